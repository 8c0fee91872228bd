"""Objects of a dataset that come in on a later frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.batch.local import LocalRunner
from core.masks import read_mask, write_mask
from tests.core.batch.conftest import outcome
from tests.core.cli.conftest import FRAMES, picture, true_labels


@pytest.mark.parametrize("resolution", ["480p", ""])
@pytest.mark.parametrize("annotated", ["where it comes in", "everywhere"])
def test_an_object_that_comes_in_late_is_followed(tmp_path: Path, resolution: str, annotated: str) -> None:
    pictures = tmp_path / "set" / "JPEGImages" / resolution / "ride"
    masks = tmp_path / "set" / "Annotations" / resolution / "ride"
    for folder in (pictures, masks):
        folder.mkdir(parents=True)
    for frame in range(FRAMES):
        PIL.Image.fromarray(picture(frame)).save(pictures / f"{frame:05}.jpg")
        labels = true_labels(frame)
        if annotated == "where it comes in":
            labels[:] = 0 if frame else labels
        if frame >= 4:
            labels[36:46, 10:30] = 2
        if annotated == "everywhere" or frame in (0, 4):
            write_mask(masks / f"{frame:05}.png", labels)
    result, _ = outcome(tmp_path / "set", tmp_path / "out", LocalRunner(1))
    assert not result.failed
    found = [read_mask(tmp_path / "out" / "ride" / f"{frame:05}.png") for frame in range(FRAMES)]
    assert all((labels == 1).any() for labels in found)
    np.testing.assert_array_equal(found[4] == 2, labels == 2)
    assert all((found[frame] == 2).any() for frame in range(4, FRAMES))
