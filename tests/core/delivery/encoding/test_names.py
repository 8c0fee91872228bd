"""Names of files that are no UTF-8 are written and read by libraries that take nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets.writing import DatasetSettings, write_dataset
from core.delivery.clip import ColourTags
from core.delivery.encoding.exr import read_exr, write_exr
from core.delivery.encoding.tiff import read_tiff, write_tiff
from core.files import library_path, readable_name
from core.jobs import CancelToken
from core.masks import MaskReader
from core.media import read_image
from tests.core.datasets.clips import clip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that an old program has named."""
    found = tmp_path / os.fsdecode(b"caf\xe9 #%d")
    found.mkdir()
    return found


def test_pictures_are_written_and_read(folder: Path) -> None:
    pixels = np.zeros((8, 10, 4), np.float16)
    pixels[2:6, 3:7] = 1
    path = folder / os.fsdecode(b"a\xe9.exr")
    write_exr(path, pixels, ColourTags())
    np.testing.assert_array_equal(read_exr(path), pixels)
    np.testing.assert_array_equal(MaskReader().labels(path), pixels[..., 3] > 0)
    assert read_image(path).shape == (8, 10, 3)
    whole = (pixels * 255).astype(np.uint8)
    write_tiff(folder / "a.tif", whole, premultiplied=False)
    np.testing.assert_array_equal(read_tiff(folder / "a.tif"), whole)
    assert len(list(folder.iterdir())) == 2


def test_a_link_is_made_only_where_it_is_needed(folder: Path, tmp_path: Path) -> None:
    with library_path(tmp_path / "a.exr") as name:
        assert name == str(tmp_path / "a.exr")
    with library_path(folder / "a.exr") as name:
        name.encode()
        assert name.endswith(".exr")
    assert not Path(name).parent.exists()
    assert readable_name(folder.name) == "caf\\xe9 #%d"


def test_a_dataset_has_readable_names_in_it(folder: Path) -> None:
    one = replace(clip(), name=os.fsdecode(b"w\xe9lk"))
    for _ in write_dataset([one], folder / "set", DatasetSettings("coco"), CancelToken()):
        pass
    text = (folder / "set/README.md").read_text(encoding="utf-8")
    assert "# set" in text
    assert "w_lk" in "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.json"))
