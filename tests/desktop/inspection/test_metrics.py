"""The page of metrics: what it shows, where a click leads, and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableWidget

from core.batch.reports.measures import FILES
from core.project import Project
from desktop.dialogs.metrics.dialog import MetricsDialog
from tests.core.project.conftest import CLIP
from tests.desktop.conftest import Editor


def shown(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return "" if item is None else item.text()


def fits(table: QTableWidget) -> bool:
    """Whether all rows are in view."""
    return table.verticalScrollBar().maximum() == 0


def truth_of(editor: Editor, folder: Path) -> Path:
    """True masks: what is painted on the current frame, on each of the first three."""
    folder.mkdir()
    for index in range(3):
        Image.fromarray(editor.labels).save(folder / f"{index:05}.png")
    return folder


def test_masks_are_measured_shown_and_saved(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 30, 1)
    opened.paint_box(40, 10, 50, 30, 2)
    opened.answers.folder = truth_of(opened, tmp_path / "truth")
    opened.go(2)
    opened.paint_box(20, 10, 30, 30, 1)
    opened.do("measure_masks")
    opened.wait_idle()
    (dialog,) = opened.window.findChildren(MetricsDialog)
    assert dialog.isVisible() and dialog.tabs.count() == 4
    assert shown(dialog.objects, 0, 1) == "0.750", "J of the first object: 1 and 0.5"
    assert dialog.totals.rowCount() == 8
    opened.qtbot.waitUntil(lambda: fits(dialog.totals) and fits(dialog.objects), timeout=20_000)
    assert shown(dialog.confusion, 1, 0) == "200  (25.0%)"
    dialog.tabs.setCurrentIndex(1)
    assert "Frame 2" in dialog.values.text() and "Object 1 0.500" in dialog.values.text()
    right = QPoint(dialog.curve.width() - 2, 20)
    opened.qtbot.mouseClick(dialog.curve, Qt.MouseButton.LeftButton, pos=right)
    assert opened.window.session.frame_index == opened.window.session.frame_count - 1
    assert f"Frame {opened.window.session.frame_index}" in dialog.values.text(), "the line goes along"
    assert "Object 1 –" in dialog.values.text(), "there is no true mask"
    opened.go(0)
    assert "Frame 0" in dialog.values.text() and "Object 1 1.000" in dialog.values.text()
    opened.answers.written_to = tmp_path / "report"
    dialog.save_button.click()
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == sorted(FILES)
    kept = json.loads((tmp_path / "report" / "metrics.json").read_text())["clips"]
    assert next(iter(kept.values()))["objects"][0]["j"] == 0.75
    opened.answers.yes = False
    dialog.save_button.click()
    assert opened.answers.asked[-1] == "overwrite"
    opened.do("close")
    opened.qtbot.waitUntil(lambda: not opened.window.findChildren(MetricsDialog))


def test_the_truth_may_be_a_project_or_have_colours_for_numbers(opened: Editor, tmp_path: Path) -> None:
    opened.paint_box(10, 10, 30, 30, 1)
    opened.paint_box(40, 10, 50, 30, 2)
    session = opened.window.session
    assert session.video is not None
    with Project.create(tmp_path / "true.roto", CLIP, session.frame_count, session.video.size) as truth:
        truth.masks.import_labels(0, opened.labels)
    coloured = np.zeros((*opened.labels.shape, 3), np.uint8)
    coloured[10:30, 10:30], coloured[10:30, 40:50] = (200, 30, 30), (10, 20, 200)
    (tmp_path / "colours").mkdir()
    Image.fromarray(coloured).save(tmp_path / "colours" / "00000.png")
    for path in (tmp_path / "true.roto", tmp_path / "colours"):
        opened.answers.folder = path
        opened.do("measure_masks")
        opened.wait_idle()
        dialog = opened.window.findChildren(MetricsDialog)[-1]
        assert [shown(dialog.objects, row, 1) for row in range(2)] == ["1.000", "1.000"], path
    opened.answers.folder = Path(session.project.path)
    opened.do("measure_masks")
    opened.wait_idle()
    assert "in use here already" in opened.window.notices.text


def test_without_masks_or_truth_a_sentence_is_reported_and_nothing_shown(opened: Editor, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    opened.answers.folder = tmp_path / "empty"
    opened.do("measure_masks")
    opened.wait_idle()
    assert "no mask to measure" in opened.window.notices.text
    assert "truth" not in opened.answers.asked, "nobody looks for a folder that is of no use"
    opened.paint_box(10, 10, 30, 30)
    opened.do("measure_masks")
    opened.wait_idle()
    assert "no mask pictures" in opened.window.notices.text
    assert not opened.window.findChildren(MetricsDialog)
