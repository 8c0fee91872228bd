"""Masks that scripts saved as NumPy arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks import MaskReader
from tests.core.masks.test_reading import HEIGHT, WIDTH, assert_alike, scene


def _saved(path: Path, array: NDArray[np.generic]) -> Path:
    if path.suffix == ".npy":
        np.save(path, array)
    else:
        np.savez_compressed(path, mask=array)
    return path


@pytest.mark.parametrize("ending", ["npy", "npz"])
@pytest.mark.parametrize("kind", ["bool", "uint8", "int64", ">u2", "float32", "int32"])
def test_a_label_map_keeps_its_ids(tmp_path: Path, ending: str, kind: str) -> None:
    """True is one object, and so is 1; of other numbers each is an id."""
    truth = scene(1) if kind == "bool" else scene(3)
    read = MaskReader().read(_saved(tmp_path / f"mask.{ending}", truth.astype(kind)), (WIDTH, HEIGHT))
    assert np.array_equal(read.labels, truth)


@pytest.mark.parametrize("layout", ["first axis", "last axis", "Fortran", "colours"])
def test_it_may_lie_in_any_order(tmp_path: Path, layout: str) -> None:
    truth = scene(1) > 0
    arrays = {
        "first axis": truth[None],
        "last axis": truth[..., None],
        "Fortran": np.asfortranarray(truth),
        "colours": np.where(truth[..., None], np.array([200, 40, 40], np.uint8), 0).astype(np.uint8),
    }
    read = MaskReader().read(_saved(tmp_path / "mask.npy", arrays[layout]), (WIDTH, HEIGHT))
    assert np.array_equal(read.labels > 0, truth)


def test_probabilities_are_a_matte(tmp_path: Path) -> None:
    import cv2

    soft = cv2.GaussianBlur((scene(1) > 0).astype(np.float64), (0, 0), 1.5)
    read = MaskReader().read(_saved(tmp_path / "mask.npy", soft))
    assert read.unnamed and read.alpha is not None
    assert_alike(read.labels, scene(1))


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        (np.zeros((5, HEIGHT, WIDTH), bool), rf"5 x {HEIGHT} x {WIDTH}; a mask is height x width"),
        (np.zeros(7), "the shape 7"),
        (np.zeros((0, 4)), "the shape 0 x 4"),
        (np.full((4, 4), "a"), "no numbers"),
        (np.zeros((9, 9), np.uint8), "the mask is 9 x 9"),
    ],
)
def test_other_arrays_are_refused_with_the_reason(tmp_path: Path, array: NDArray[np.generic], reason: str) -> None:
    with pytest.raises(MaskError, match=reason):
        MaskReader().read(_saved(tmp_path / "mask.npy", array), (WIDTH, HEIGHT))


def test_damaged_files_and_objects_of_python_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "objects.npy", np.array([[{}]], object), allow_pickle=True)
    (tmp_path / "text.npy").write_text("no array")
    (tmp_path / "text.npz").write_text("no archive")
    np.savez(tmp_path / "two.npz", a=scene(1), b=scene(1))
    whole = _saved(tmp_path / "cut.npy", scene(1)).read_bytes()
    (tmp_path / "cut.npy").write_bytes(whole[: len(whole) // 2])
    np.savez(tmp_path / "method.npz", scene(1))
    archive = bytearray((tmp_path / "method.npz").read_bytes())
    entry = archive.index(b"PK\x01\x02")
    for method in (8, entry + 10):
        # in the file's header and in the directory: a method of compression that there is none of
        archive[method : method + 2] = (77).to_bytes(2, "little")
    (tmp_path / "method.npz").write_bytes(archive)
    archive[8:10] = archive[entry + 10 : entry + 12] = bytes(2)
    for flags in (6, entry + 8):
        archive[flags] |= 1
    (tmp_path / "encrypted.npz").write_bytes(archive)
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(MaskError, match=path.name):
            MaskReader().read(path)
