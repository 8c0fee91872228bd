"""Photographs that are given in place of masks: whatever they were saved as, they are refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from core.errors import MaskError
from core.masks import MaskKind, MaskReader
from core.media import open_video

_SAMPLE = Path(__file__).parents[3] / "resources/sample/clip.mp4"
Saving = Callable[[Image.Image, Path], None]


@cache
def _frame() -> NDArray[np.uint8]:
    with open_video(_SAMPLE) as clip:
        return clip.read(0)


def _shown(name: str) -> Image.Image:
    """A frame of the sample as it is, with more contrast, or low in it and blurred as the ground of a drawing."""
    picture = Image.fromarray(_frame())
    if name == "contrast":
        return Image.fromarray(np.clip((_frame().astype(int) - 90) * 3, 0, 255).astype(np.uint8))
    if name == "flat":
        grey = np.asarray(picture.convert("L").filter(ImageFilter.GaussianBlur(2)), float)
        return Image.fromarray((60 + grey * 0.4).astype(np.uint8)).convert("RGB")
    return picture


@pytest.mark.parametrize("name", ["as it is", "contrast", "flat"])
@pytest.mark.parametrize(
    ("ending", "save"),
    [
        ("png", lambda picture, path: picture.convert("L").save(path)),
        ("jpg", lambda picture, path: picture.convert("L").save(path, quality=80)),
        ("jpg", lambda picture, path: picture.save(path, quality=60)),
        ("gif", lambda picture, path: picture.quantize(64).save(path)),
        ("png", lambda picture, path: picture.quantize(32, dither=Image.Dither.NONE).save(path)),
        ("png", lambda picture, path: picture.convert("L").quantize(24).save(path)),
    ],
    ids=["grey", "grey JPEG", "JPEG", "64 colours", "32 colours", "24 greys"],
)
def test_a_photograph_is_refused(tmp_path: Path, name: str, ending: str, save: Saving) -> None:
    path = tmp_path / f"frame.{ending}"
    save(_shown(name), path)
    with pytest.raises(MaskError, match="a picture, not a mask"):
        MaskReader().read(path)


def test_what_was_said_to_be_a_matte_or_ids_is_read_as_such(tmp_path: Path) -> None:
    path = tmp_path / "frame.png"
    _shown("as it is").convert("L").quantize(24).save(path)
    assert MaskReader(MaskKind.MATTE).read(path).unnamed
    assert len(np.unique(MaskReader(MaskKind.LABELS).labels(path))) >= 20


def test_a_map_of_many_small_regions_is_still_a_map(tmp_path: Path) -> None:
    """200 ids of 12 x 10 pixels each, as superpixels are, in any order."""
    ids = np.random.default_rng(3).permutation(200).reshape(10, 20) + 1
    labels = np.kron(ids, np.ones((10, 12), int)).astype(np.uint8)
    path = tmp_path / "regions.png"
    Image.fromarray(labels).save(path)
    assert np.array_equal(MaskReader().labels(path), labels)
