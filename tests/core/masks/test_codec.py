"""Label maps as bytes."""

from __future__ import annotations

import numpy as np
import pytest

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks import check_labels, decode_labels, encode_labels, present_ids
from core.types import Box, LabelMap


def scene() -> LabelMap:
    labels = np.zeros((60, 90), np.uint8)
    labels[5:30, 10:40] = 3
    labels[20:50, 35:80] = 255
    return labels


@pytest.mark.parametrize(
    "labels",
    [
        scene(),
        np.zeros((7, 5), np.uint8),
        np.full((3, 1), 9, np.uint8),
        np.eye(40, 33, dtype=np.uint8),
        np.random.default_rng(1).integers(0, 256, (31, 47), np.uint8),
        scene()[::2, ::3],
        scene().T,
    ],
    ids=["objects", "empty", "full", "corner to corner", "noise", "strided", "transposed"],
)
def test_what_goes_in_comes_out(labels: LabelMap) -> None:
    decoded = decode_labels(encode_labels(labels))
    np.testing.assert_array_equal(decoded, labels)
    assert decoded.dtype == np.uint8
    decoded[:] = 0  # the caller's own to write to


def test_a_frame_of_masks_is_small() -> None:
    y, x = np.mgrid[:1080, :1920]
    labels = (((x - 900) ** 2 + (y - 500) ** 2) < 300**2 + 4000 * np.sin(x / 7)).astype(np.uint8)
    assert len(encode_labels(labels)) < 8_000
    assert len(encode_labels(np.zeros((2160, 3840), np.uint8))) < 100


def test_any_damaged_byte_is_noticed() -> None:
    data = encode_labels(scene())
    for index in range(len(data)):
        damaged = bytearray(data)
        damaged[index] ^= 0x10
        with pytest.raises(MaskError, match="damaged"):
            decode_labels(bytes(damaged))


def test_any_missing_end_is_noticed() -> None:
    data = encode_labels(scene())
    for length in range(len(data)):
        with pytest.raises(MaskError, match="damaged"):
            decode_labels(data[:length])


@pytest.mark.parametrize(
    "wrong", [np.zeros((4, 4), np.int32), np.zeros((4, 4, 3), np.uint8), np.zeros(9, np.uint8)], ids=str
)
def test_other_arrays_are_refused(wrong: LabelMap) -> None:
    with pytest.raises(MaskError, match="expected"):
        encode_labels(wrong)


def test_a_wrong_size_is_reported_with_both_sizes() -> None:
    with pytest.raises(MaskError, match=r"90 x 60, but the clip is 60 x 90"):
        check_labels(scene(), (60, 90))


def test_ids_and_box_of_what_is_there() -> None:
    labels = scene()
    assert present_ids(labels) == {3, 255}
    assert bounding_box(labels) == Box(10, 5, 80, 50)
    assert present_ids(labels[:, ::2]) == {3, 255}
    assert present_ids(np.zeros((4, 4), np.uint8)) == frozenset()
    assert bounding_box(np.zeros((4, 4), np.uint8)).empty
    assert present_ids(np.zeros((0, 4), np.uint8)) == frozenset()
