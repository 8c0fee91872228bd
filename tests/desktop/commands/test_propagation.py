"""Propagation from the window: reach, live results, cancel, anchors, undo, closing in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from core.engines.fake import FakeSession
from core.errors import CancelledError
from core.messages import Message
from core.project import Project
from core.types import FrameResult, Origin
from desktop.session.checking import frames_to_check
from tests.core.media.clips import write_clip
from tests.desktop.conftest import Editor


@pytest.fixture
def slow_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake engine, at about fifty frames a second."""
    import time

    quick = FakeSession._results

    def slow(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for result in quick(self, *arguments):  # type: ignore[arg-type]
            time.sleep(0.02)
            yield result

    monkeypatch.setattr(FakeSession, "_results", slow)


def origins(editor: Editor, object_id: int = 1) -> list[int]:
    return editor.window.session.lane_data(object_id)[0].tolist()


def test_forward_follows_the_object_to_the_end(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    assert origins(opened) == [Origin.EDITED] + [Origin.PROPAGATED] * 11
    for frame in (1, 7, 11):
        expected = np.zeros((64, 96), np.uint8)
        expected[10:40, 10 + frame : 30 + frame] = 1
        assert (opened.window.session.labels_at(frame) == expected).all()


def test_backward_both_one_and_range_reach_as_far_as_they_say(opened: Editor) -> None:
    session = opened.window.session
    opened.go(6)
    opened.paint_box(40, 10, 60, 40)
    opened.do("propagate_backward")
    opened.wait_idle()
    assert origins(opened) == [1] * 6 + [2] + [0] * 5
    opened.go(6)
    opened.do("propagate_one")
    opened.wait_idle()
    assert origins(opened) == [1] * 6 + [2, 1] + [0] * 4
    session.project.history.undo()
    session.project.history.undo()
    assert origins(opened) == [0] * 6 + [2] + [0] * 5
    opened.go(6)
    opened.do("propagate_both")
    opened.wait_idle()
    assert origins(opened) == [1] * 6 + [2] + [1] * 5
    session.project.history.undo()
    opened.go(4)
    opened.do("mark_in")
    opened.go(9)
    opened.do("mark_out")
    opened.do("propagate_range")
    opened.wait_idle()
    assert origins(opened) == [0] * 4 + [1, 1, 2, 1, 1, 1] + [0] * 2


@pytest.mark.parametrize("action", ["propagate_forward", "propagate_both", "propagate_one", "redo_everything"])
def test_a_single_picture_has_no_frame_to_propagate_to(editor: Editor, tmp_path: Path, action: str) -> None:
    Image.fromarray(np.full((64, 96, 3), 90, np.uint8)).save(tmp_path / "one.png")
    editor.open(tmp_path / "one.png")
    editor.paint_box(10, 10, 30, 40)
    editor.do(action)
    editor.wait_idle()
    assert "single picture" in editor.window.notices.text and "Export" in editor.window.notices.text


def test_a_range_that_is_not_set_is_asked_for(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_range")
    assert "range" in opened.window.notices.text
    assert not opened.window.jobs.busy


def test_the_canvas_goes_along_and_shows_results_as_they_come(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    seen: set[int] = set()
    opened.window.session.frame_changed.connect(seen.add)
    opened.do("propagate_forward")
    opened.wait_idle()
    assert len(seen) >= 3
    opened.qtbot.waitUntil(lambda: opened.window.canvas.shown_frame == 11)
    assert opened.view.mask_item.labels[20, 25] == 1


def test_who_goes_elsewhere_is_left_there(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: opened.window.session.frame_index >= 3)
    opened.go(1)
    opened.wait_idle()
    assert opened.window.session.frame_index == 1
    assert origins(opened)[11] == Origin.PROPAGATED


def test_escape_cancels_and_keeps_what_is_done_as_one_undo_step(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: origins(opened)[3] == Origin.PROPAGATED)
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()
    lane = origins(opened)
    assert lane[3] == Origin.PROPAGATED
    assert lane[11] == Origin.NONE
    assert "Cancelled" in opened.window.notices.text
    assert "kept" in opened.window.notices.text
    opened.do("undo")
    assert origins(opened) == [2] + [0] * 11
    opened.do("redo")
    assert origins(opened) == lane


def test_a_frame_painted_meanwhile_keeps_the_persons_pixels(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: origins(opened)[2] == Origin.PROPAGATED)
    opened.go(10)
    opened.paint_box(50, 50, 60, 60)
    painted = opened.labels.copy()
    opened.wait_idle()
    assert (opened.window.session.labels_at(10) == painted).all()
    assert origins(opened)[10] == Origin.EDITED


def test_anchors_and_locked_objects_stay_bit_identical(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40, object_id=1)
    opened.paint_box(60, 10, 80, 40, object_id=2)
    opened.do("propagate_forward")
    opened.wait_idle()
    opened.go(6)
    opened.paint_box(0, 0, 5, 5, object_id=1)
    anchor = opened.labels.copy()
    locked = [opened.window.session.labels_at(frame) == 2 for frame in range(12)]
    opened.window.session.change_object(2, locked=True)
    opened.go(0)
    opened.do("propagate_both")
    opened.wait_idle()
    assert (opened.window.session.labels_at(6) == anchor).all()
    for frame in range(12):
        assert ((opened.window.session.labels_at(frame) == 2) == locked[frame]).all()


def test_progress_is_shown_and_goes_away(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    reported: list[tuple[int, int]] = []
    opened.window.jobs.progressed.connect(lambda progress: reported.append((progress.done, progress.total)))
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: len(reported) > 4)
    assert opened.window.job_bar.isVisible()
    assert "fps" in opened.window.job_bar.bar.toolTip()
    assert opened.window.actions_["pause"].isEnabled()
    opened.wait_idle()
    assert not opened.window.job_bar.isVisible()
    assert reported[-1][0] == reported[-1][1]


def test_an_engine_that_fails_reports_it_and_keeps_what_is_done(
    opened: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.errors import EngineError

    quick = FakeSession._results

    def failing(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for number, result in enumerate(quick(self, *arguments)):  # type: ignore[arg-type]
            if number == 4:
                raise EngineError("The engine ran out of memory. Choose a smaller size.")
            yield result

    monkeypatch.setattr(FakeSession, "_results", failing)
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    assert "ran out of memory" in opened.window.notices.text
    assert "kept" in opened.window.notices.text
    assert origins(opened)[1] == Origin.PROPAGATED


def test_closing_in_the_middle_keeps_what_has_arrived(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: origins(opened)[3] == Origin.PROPAGATED)
    path = opened.window.session.project.path
    opened.window.close()
    opened.qtbot.waitUntil(lambda: not opened.window.isVisible(), timeout=20_000)
    with Project.open(path) as project:
        assert project.origin_lane(1)[3] == Origin.PROPAGATED
        assert project.history.undo_text == "Propagate forward"


def test_results_reach_the_panels(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    # the list may have been filled in the middle, and is once more at the end
    opened.qtbot.waitUntil(lambda: [one.frame_index for one in opened.window.review._proposals[:1]] == [9])
    opened.do("first")
    opened.do("check_next")
    assert opened.window.session.frame_index == 9
    assert opened.window.anchors.model.rowCount() == 1
    assert "Frame 0" in opened.window.anchors.model.index(0).data()


def test_both_ways_between_two_anchors_shows_progress_of_the_way_back_too(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.go(11)
    opened.paint_box(21, 10, 41, 40)
    reported: list[int] = []
    opened.window.jobs.progressed.connect(lambda progress: reported.append(progress.done))
    opened.do("propagate_both")
    opened.wait_idle()
    assert reported[-1] > 12
    assert origins(opened) == [2] + [1] * 10 + [2]


def test_a_project_made_by_nobody_is_not_left_in_the_clips_folder(editor: Editor, tmp_path: Path) -> None:
    editor.open(tmp_path)
    assert not editor.window.session.is_open
    assert not list(tmp_path.parent.glob("*.roto"))
    assert editor.window.notices.text


def test_after_a_correction_only_what_is_stale_is_followed_again(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40, object_id=1)
    opened.paint_box(60, 45, 80, 60, object_id=2)
    opened.go(6)
    opened.paint_box(16, 10, 36, 40, object_id=1)
    opened.go(0)
    opened.do("propagate_both")
    opened.wait_idle()
    before = [opened.window.session.labels_at(frame).copy() for frame in range(12)]
    sure = opened.window.session.project.confidence_lane(2).copy()
    # a correction of object 1 on frame 9 is of no concern to frames before the anchor on 6, nor to object 2
    opened.go(9)
    opened.paint_box(19, 4, 39, 40, object_id=1)
    assert origins(opened) == [2] + [1] * 5 + [2] + [3] * 2 + [2] + [3] * 2
    written: list[int | None] = []
    opened.window.session.project.subscribe(lambda change: written.append(change.frame_index))
    opened.do("propagate_forward")
    opened.wait_idle()
    assert origins(opened) == [2] + [1] * 5 + [2] + [1] * 2 + [2] + [1] * 2
    assert sorted(frame for frame in written if frame is not None) == [7, 8, 10, 11], "on both sides of the correction"
    after = [opened.window.session.labels_at(frame) for frame in range(12)]
    for frame in range(12):
        assert ((after[frame] == 2) == (before[frame] == 2)).all()
        if frame <= 6:
            assert (after[frame] == before[frame]).all()
    assert after[10][5, 30] == 1, "the correction was followed"
    np.testing.assert_array_equal(opened.window.session.project.confidence_lane(2), sure)
    assert "4 frames in" in opened.window.notices.text
    first = frames_to_check(opened.window.session)[0].frame_index
    assert f"Least sure: frame {first}." in opened.window.notices.text, "the first that Check next lists"


def test_where_nothing_is_stale_everything_can_be_redone(opened: Editor) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    undo = opened.window.session.undo_text
    opened.go(0)
    opened.do("propagate_forward")
    opened.wait_idle()
    assert "Nothing to update" in opened.window.notices.text
    written: list[int | None] = []
    opened.window.session.project.subscribe(lambda change: written.append(change.frame_index))
    opened.qtbot.mouseClick(opened.window.notices.button, Qt.MouseButton.LeftButton)
    opened.wait_idle()
    assert set(range(1, 12)) <= set(written)
    written.clear()
    opened.do("redo_everything")
    opened.wait_idle()
    assert set(range(1, 12)) <= set(written)
    assert undo == "Propagate forward"


def test_a_propagation_that_was_cancelled_goes_on_where_it_ended(opened: Editor, slow_engine: None) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: origins(opened)[3] == Origin.PROPAGATED)
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()
    first = origins(opened).index(Origin.NONE)
    opened.go(0)
    written: list[int | None] = []
    opened.window.session.project.subscribe(lambda change: written.append(change.frame_index))
    opened.do("propagate_forward")
    opened.wait_idle()
    assert sorted(written) == list(range(first, 12))  # type: ignore[type-var]


def test_a_cancelled_propagation_offers_to_go_on_in_its_clip_only(
    opened: Editor, slow_engine: None, tmp_path: Path
) -> None:
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.qtbot.waitUntil(lambda: origins(opened)[3] == Origin.PROPAGATED)
    opened.key(Qt.Key.Key_Escape)
    opened.wait_idle()
    notices = opened.window.notices
    assert notices.button.text() == "Go on" and Origin.NONE in origins(opened)
    offer = notices.history.notices[-1].action
    # not from where the person happens to be by now
    opened.go(9)
    notices.button.click()
    opened.wait_idle()
    assert Origin.NONE not in origins(opened)
    opened.open(write_clip(tmp_path / "other.mp4", 12))
    assert offer is not None
    offer()
    assert not opened.window.jobs.busy and "no longer open" in notices.text
    opened.do("close")
    opened.window.propagation._end(CancelledError("Cancelled."))
    assert "Cancelled" in notices.text, "work that did not stop ends after its clip was closed"
    notices.button.click()
    assert "no longer open" in notices.text


def test_what_the_engine_reports_is_a_notice(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = FakeSession._results

    def with_a_notice(self: FakeSession, *arguments: object) -> Iterator[FrameResult]:
        for result in quick(self, *arguments):  # type: ignore[arg-type]
            if result.frame_index == 3:
                output = Message("The memory of the device is full: the CPU follows from here on, much slower.")
                vars(self)["notices"] = [output]
            yield result

    monkeypatch.setattr(FakeSession, "_results", with_a_notice)
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    assert "CPU follows from here on" in " ".join(notice.text for notice in opened.window.notices.history.notices)
