"""Datasets in further ways of other programs come in right, or are refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.dataset_kinds import Kind, picture, save
from benchmarks.dataset_kinds_foreign import KINDS
from benchmarks.dataset_kinds_tools import KINDS as TOOLS
from benchmarks.interop_datasets import judge
from core.datasets.layouts.yolo_reader import read_yolo
from core.datasets.reading.notes import ReadNotes


@pytest.mark.parametrize("kind", (*KINDS, *TOOLS), ids=lambda kind: f"{kind.layout}, {kind.title}")
def test_it_comes_in_right(kind: Kind, tmp_path: Path) -> None:
    kind.make(tmp_path)
    assert judge(kind, tmp_path) == ""


def test_turned_boxes_are_told_from_outlines(tmp_path: Path) -> None:
    turned = "0 0.30 0.20 0.60 0.45 0.50625 0.65 0.20625 0.40"
    outline = "0 0.30 0.20 0.60 0.45 0.50 0.80 0.10 0.50"
    text = tmp_path / "labels/a_0.txt"
    text.parent.mkdir()
    (tmp_path / "data.yaml").write_text("train: images\nnames: [ball]\n")
    save(tmp_path / "images/a_0.png", picture(0))
    for line, noted in ((turned, True), (outline, False)):
        text.write_text(line)
        notes = ReadNotes()
        assert len(list(read_yolo(tmp_path, notes=notes))) == 1
        assert any("turned box" in one for one in map(str, notes.lines())) == noted
