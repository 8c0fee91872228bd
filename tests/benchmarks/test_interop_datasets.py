"""The datasets that the benchmark makes come in right."""

from __future__ import annotations

import pytest

from benchmarks.interop_datasets import run


@pytest.mark.parametrize(
    "layout", ["voc", "davis", "mots", "youtube", "cvat", "labelme", "supervisely", "label-studio"]
)
def test_all_inputs_of_a_layout_are_right(layout: str) -> None:
    assert [row for row in run(layout) if row["wrong"]] == []


@pytest.mark.parametrize("layout", ["coco", "yolo"])
def test_all_inputs_of_an_index_are_right(layout: str) -> None:
    assert [row for row in run(layout) if row["wrong"]] == []


@pytest.mark.parametrize(
    "layout",
    [
        "burst",
        "visor",
        "sa-v",
        "panoptic",
        "cityscapes",
        "fiftyone",
        "labelbox",
        "via",
        "object",
        "isat",
        "v7",
        "vott",
        "datumaro",
    ],
)
def test_all_inputs_of_a_layout_that_is_read_alone_are_right(layout: str) -> None:
    assert [row for row in run(layout) if row["wrong"]] == []
