"""The sample is ready for the main job, and the tour shows where it is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.session import sample
from desktop.settings.store import data_folder, settings
from desktop.tour.bubble import Bubble
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def on_sample(editor: Editor) -> Editor:
    settings().setValue("tour_done", False)
    editor.open(sample.CLIP)
    return editor


def bubble_of(editor: Editor) -> Bubble:
    bubble = editor.window.findChild(Bubble)
    assert bubble is not None
    return bubble


def target(editor: Editor, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(editor.window, QPoint(0, 0)), widget.size())


def test_the_sample_has_its_first_mask_and_p_starts_the_main_job(on_sample: Editor) -> None:
    session = on_sample.window.session
    assert [track.object_id for track in session.tracks] == [1, 2, 3]
    assert session.anchor_frames() == [0]
    assert data_folder() in session.project.path.parents, "the program's own folder stays as it is"
    on_sample.window.propagation.follow = False
    on_sample.key(Qt.Key.Key_P)
    assert on_sample.window.jobs.busy
    on_sample.wait_idle()
    assert session.labels_at(5).any()


def test_a_mask_that_was_undone_does_not_come_back_over_other_work(on_sample: Editor) -> None:
    on_sample.paint_box(10, 10, 30, 30, object_id=4)
    on_sample.do("close")
    on_sample.open(sample.CLIP)
    assert len(on_sample.window.session.tracks) == 4


def test_three_steps_point_at_canvas_propagate_and_export(on_sample: Editor) -> None:
    bubble, window = bubble_of(on_sample), on_sample.window
    assert "Mask" in bubble.title.text()
    assert target(on_sample, window.canvas).contains(bubble.geometry().topLeft())
    assert window.rect().contains(bubble.geometry())
    on_sample.qtbot.mouseClick(bubble.forward_button, LEFT)
    assert "P " in bubble.text.text()
    edge = bubble.geometry()
    button = next(
        widget
        for widget in window.transport.findChildren(QWidget)
        if getattr(widget, "defaultAction", lambda: None)() is window.actions_["propagate_forward"]
    )
    position = target(on_sample, button)
    assert min(abs(edge.bottom() - position.top()), abs(edge.top() - position.bottom())) <= 2
    assert edge.left() <= position.center().x() <= edge.right()
    on_sample.qtbot.mouseClick(bubble.back_button, LEFT)
    assert "Mask" in bubble.title.text()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        on_sample.qtbot.keyClick(bubble.forward_button, key)
    assert "Export" in bubble.title.text()
    assert not bubble.leave_button.isVisible()
    on_sample.qtbot.mouseClick(bubble.forward_button, LEFT)
    on_sample.qtbot.waitUntil(lambda: not isValid(bubble))


def test_the_tour_comes_once_by_itself_and_again_when_asked_for(on_sample: Editor) -> None:
    bubble = bubble_of(on_sample)
    on_sample.qtbot.keyClick(bubble.forward_button, Qt.Key.Key_Escape)
    on_sample.qtbot.waitUntil(lambda: not isValid(bubble))
    on_sample.do("close")
    on_sample.do("open_sample")
    on_sample.wait_idle()
    assert on_sample.window.findChild(Bubble) is None
    on_sample.do("close")
    on_sample.do("tour")
    on_sample.wait_idle()
    assert bubble_of(on_sample).isVisible()


def test_the_bubble_goes_along_with_the_window(on_sample: Editor) -> None:
    bubble, window = bubble_of(on_sample), on_sample.window
    for _ in range(2):
        on_sample.qtbot.mouseClick(bubble.forward_button, LEFT)
    window.resize(1000, 700)
    on_sample.qtbot.waitUntil(lambda: window.rect().contains(bubble.geometry()))
    shot = bubble.grab().toImage()
    assert shot.pixelColor(bubble.width() // 2, bubble.height() // 2) != shot.pixelColor(1, bubble.height() - 2)


def test_the_empty_canvas_offers_the_sample_and_states_the_keys(editor: Editor) -> None:
    empty = editor.window.canvas.empty
    assert "Ctrl+O" in empty.open_button.toolTip()
    editor.window.actions_.assign_keys("open", ["F9"])
    assert "F9" in empty.open_button.toolTip()
    editor.qtbot.mouseClick(empty.sample_button, LEFT)
    editor.wait_idle()
    assert editor.window.session.has_anchors


def test_after_the_tour_the_keys_are_the_canvas_s(on_sample: Editor) -> None:
    window = on_sample.window
    on_sample.qtbot.waitUntil(window.isActiveWindow)
    on_sample.qtbot.mouseClick(bubble_of(on_sample).leave_button, LEFT)
    on_sample.qtbot.waitUntil(window.canvas.view.hasFocus)


def test_a_click_on_what_a_notice_offers_leaves_the_keys_where_they_were(opened: Editor) -> None:
    window = opened.window
    opened.qtbot.waitUntil(window.isActiveWindow)
    window.canvas.view.setFocus()
    window.notices.notify("Done.", offer="Show", action=lambda: None)
    opened.qtbot.mouseClick(window.notices.button, LEFT)
    assert not window.notices.text
    assert window.canvas.view.hasFocus()
