"""The quality panel's filters, and fixing specks and holes on many frames as one step."""

from __future__ import annotations

import numpy as np
import pytest

from core.masks import LabelEdit
from core.quality.findings import Fault
from core.types import FrameResult, Origin
from desktop.dialogs.fix_dialog import FixChoice, FixDialog, FixSubject
from tests.desktop.conftest import Editor


@pytest.fixture
def dirty(opened: Editor) -> Editor:
    """Two propagated objects; the first has a speck on frames 3 and 4, the second a hole on frame 7 and a gap on 9."""
    session = opened.window.session
    session.add_object()
    session.add_object()
    run = session.project.runs.begin("Propagate")
    for frame in range(12):
        labels = np.zeros((64, 96), np.uint8)
        labels[10:30, 10 + frame : 40 + frame] = 1
        labels[40:60, 50 - frame : 80 - frame] = 2
        if frame in (3, 4):
            labels[2:4, 2:4] = 1
        if frame == 7:
            labels[50:52, 55:57] = 0
        if frame == 9:
            labels[labels == 2] = 0
        session.project.runs.put(run, FrameResult(frame, labels, {1: 0.9, 2: 0.9}), None)
    session.end_run(run)
    edit = LabelEdit.replace(session.labels_at(0), np.where(session.labels_at(0) == 1, 0, session.labels_at(0)))
    assert edit is not None
    session.project.masks.edit(0, edit, "Paint")
    session.project.history.undo()
    opened.do("check_masks")
    opened.wait_idle()
    return opened


def kinds(editor: Editor) -> list[tuple[Fault, int]]:
    return [(one.fault, one.frame_index) for one in editor.window.quality.findings]


def test_findings_are_listed_by_what_they_cost(dirty: Editor) -> None:
    assert kinds(dirty) == [(Fault.EMPTY, 9), (Fault.SPECKS, 3), (Fault.HOLES, 7)]
    assert "about 1 masks" in dirty.window.quality.list.item(0).toolTip()


def test_filters_by_kind_object_and_cost(dirty: Editor) -> None:
    panel = dirty.window.quality
    assert panel.filter.isVisibleTo(panel)
    panel.filter.kinds.setCurrentIndex(panel.filter.kinds.findData(Fault.HOLES))
    assert kinds(dirty) == [(Fault.HOLES, 7)]
    assert panel.note.text() == "1 of 3 on 12 frames"
    panel.list.setCurrentRow(0)
    panel.go(0)
    assert dirty.window.session.frame_index == 7
    panel.filter.objects.setCurrentIndex(panel.filter.objects.findData(1))
    assert kinds(dirty) == []
    assert "Nothing of that kind" in panel.hint.text()
    panel.filter.kinds.setCurrentIndex(0)
    assert kinds(dirty) == [(Fault.SPECKS, 3)]
    panel.filter.objects.setCurrentIndex(0)
    panel.filter.costs.setCurrentIndex(2)
    assert kinds(dirty) == [(Fault.EMPTY, 9)]
    dirty.window.session.change_object(2, name="dog")
    panel.fill()
    assert panel.filter.objects.itemText(2) == "dog"


def test_fixing_many_frames_is_one_step_and_changes_no_origin(dirty: Editor) -> None:
    session = dirty.window.session
    before = [session.labels_at(frame).copy() for frame in range(12)]
    origins = [session.project.origins(frame) for frame in range(12)]
    dirty.answers.fixed = FixChoice(10, 10, range(12), (1, 2))
    dirty.do("fix_masks")
    dirty.wait_idle()
    changed = [frame for frame in range(12) if (session.labels_at(frame) != before[frame]).any()]
    assert changed == [3, 4, 7]
    assert not session.labels_at(3)[2:4, 2:4].any()
    assert (session.labels_at(7)[50:52, 55:57] == 2).all()
    assert [session.project.origins(frame) for frame in range(12)] == origins
    assert set(origins[3].values()) == {Origin.PROPAGATED}
    assert "3 of 12" in dirty.window.notices.text
    dirty.do("undo")
    assert all((session.labels_at(frame) == before[frame]).all() for frame in range(12))
    dirty.do("redo")
    assert not session.labels_at(4)[2:4, 2:4].any()


def test_only_the_chosen_frames_and_unlocked_objects_are_fixed(dirty: Editor) -> None:
    session = dirty.window.session
    session.change_object(2, locked=True)
    session.range.mark(4, 8)
    dirty.answers.fixed = FixChoice(10, 10, range(4, 9), (1,))
    dirty.do("fix_masks")
    dirty.wait_idle()
    assert dirty.answers.fix_subject == FixSubject(12, (4, 8), [(1, "Object 1")], 2)
    assert session.labels_at(3)[2:4, 2:4].any()
    assert not session.labels_at(4)[2:4, 2:4].any()
    assert not session.labels_at(7)[50:52, 55:57].any()


def test_without_a_mask_there_is_nothing_to_fix(opened: Editor) -> None:
    opened.do("fix_masks")
    assert "no mask to fix" in opened.window.notices.text
    assert opened.answers.asked == []


def test_the_dialog_states_what_is_chosen(opened: Editor) -> None:
    dialog = FixDialog(FixSubject(12, (4, 8), [(1, "dog"), (3, "cat")], 25), opened.window)
    opened.qtbot.addWidget(dialog)
    assert dialog.choice == FixChoice(25, 25, range(4, 9), (1, 3))
    dialog.holes.setChecked(False)
    dialog.frames.whole.setChecked(True)
    dialog.objects.setCurrentIndex(2)
    assert dialog.choice == FixChoice(25, 0, range(12), (3,))
    dialog.specks.setChecked(False)
    assert not dialog.fix.isEnabled()
