"""Playing, stepping, scrubbing, marking, and the timeline under a real mouse."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from core.media.source import GiveUp
from core.project.storage.settings import SettingStore
from desktop.timeline.time_strip import GUTTER
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def film(editor: Editor, make_clip: Callable[[int], Path]) -> Editor:
    editor.open(make_clip(60))
    return editor


def test_keys_step_and_jump(film: Editor) -> None:
    session = film.window.session
    for key, frame in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, 59),
        (Qt.Key.Key_Right, 59),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
    ):
        film.key(key)
        assert session.frame_index == frame
    film.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.frame_index == 10


def test_space_plays_in_real_time_and_stops_on_the_exact_frame(film: Editor) -> None:
    start = time.perf_counter()
    film.key(Qt.Key.Key_Space)
    assert film.window.player.playing
    film.qtbot.wait(800)
    film.key(Qt.Key.Key_Space)
    elapsed = time.perf_counter() - start
    frame = film.window.session.frame_index
    assert frame == pytest.approx(elapsed * 25, abs=4)
    film.qtbot.waitUntil(lambda: film.window.canvas.shown_frame == frame)


def test_a_slow_decoder_loses_frames_and_no_time(film: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    video = film.window.session.video
    assert video is not None
    fetch, shown = video.fetch, []

    def slow(index: int, draft: bool = False, give_up: GiveUp | None = None) -> np.ndarray:
        time.sleep(0.1)
        return fetch(index, draft, give_up)

    monkeypatch.setattr(video, "fetch", slow)
    film.window.feed.ready.connect(lambda index, _picture: shown.append(index))
    film.go(20)
    film.window.player.play(1.0)
    film.qtbot.waitUntil(lambda: film.window.session.frame_index > 20)
    film.qtbot.wait(1000)
    film.window.player.stop()
    frame = film.window.session.frame_index
    assert frame == pytest.approx(46, abs=5)
    assert len(shown) < 20
    film.qtbot.waitUntil(lambda: film.window.canvas.shown_frame == frame)


def test_j_k_l_shuttle(film: Editor) -> None:
    player = film.window.player
    film.go(30)
    film.key(Qt.Key.Key_L)
    assert player.speed == 1
    film.key(Qt.Key.Key_L)
    assert player.speed == 2
    film.key(Qt.Key.Key_J)
    assert player.speed == -1
    film.key(Qt.Key.Key_K)
    assert player.speed == 0


def test_the_speed_of_playing_is_chosen_by_menu_and_keys(film: Editor) -> None:
    player, button = film.window.player, film.window.transport.speed
    assert button.text() == "1×"
    next(action for action in button.menu().actions() if action.data() == 0.25).trigger()
    assert button.text() == "0.25×"
    film.key(Qt.Key.Key_K)
    assert player.speed == 0.25
    film.key(Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert player.speed == 0.5, "taken up while it plays"
    film.key(Qt.Key.Key_L)
    assert player.speed == 1, "the shuttle goes in multiples of the speed"
    film.key(Qt.Key.Key_J)
    assert (player.speed, button.text()) == (-0.5, "−0.5×")
    film.key(Qt.Key.Key_K)
    assert button.text() == "0.5×"
    for _ in range(9):
        film.key(Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert player.pace == 0.1
    assert [action.isChecked() for action in button.menu().actions()].index(True) == 0


def test_half_speed_takes_twice_as_long(film: Editor) -> None:
    player, session = film.window.player, film.window.session
    taken = []
    for pace in (1.0, 0.5):
        player.set_pace(pace)
        session.go_to(0)
        film.qtbot.waitUntil(lambda: film.window.canvas.shown_frame == 0)
        start = time.perf_counter()
        player.toggle()
        film.qtbot.waitUntil(lambda: session.frame_index >= 10, timeout=10_000)
        taken.append(time.perf_counter() - start)
        player.stop()
    assert taken[0] == pytest.approx(0.4, abs=0.15)
    assert taken[1] == pytest.approx(0.8, abs=0.2)


def test_backwards_goes_back(film: Editor) -> None:
    film.go(40)
    film.key(Qt.Key.Key_J)
    film.qtbot.waitUntil(lambda: film.window.session.frame_index < 35)
    film.key(Qt.Key.Key_K)


def test_playing_stays_in_the_marked_range_and_loops(film: Editor) -> None:
    film.window.session.range.mark(10, 14)
    film.go(12)
    seen: list[int] = []
    film.window.session.frame_changed.connect(seen.append)
    film.key(Qt.Key.Key_L)
    film.qtbot.waitUntil(lambda: seen.count(10) >= 2)
    film.key(Qt.Key.Key_K)
    assert set(seen) <= set(range(10, 15))


def test_without_loop_playing_stops_at_the_end(film: Editor) -> None:
    film.do("loop")
    film.go(55)
    film.key(Qt.Key.Key_L)
    film.qtbot.waitUntil(lambda: not film.window.player.playing)
    assert film.window.session.frame_index == 59


def test_i_and_o_mark_the_range_and_it_is_remembered(film: Editor) -> None:
    session = film.window.session
    film.go(12)
    film.key(Qt.Key.Key_I)
    film.go(40)
    film.key(Qt.Key.Key_O)
    assert session.range.value == (12, 40)
    film.go(50)
    film.key(Qt.Key.Key_I)
    assert session.range.value == (50, 59), "an in point beyond the out point pushes it to the end"
    path = session.project.path
    film.do("close")
    film.open(path)
    assert session.range.value == (50, 59)
    film.do("clear_range")
    assert session.range.value is None


def test_a_click_on_the_ruler_goes_there_and_a_drag_scrubs_to_the_exact_frame(film: Editor) -> None:
    ruler, session = film.window.timeline.ruler, film.window.session
    point = [QPoint(int(ruler.middle_of(frame)), 15) for frame in (20, 33, 47)]
    film.qtbot.mousePress(ruler, LEFT, pos=point[0])
    assert session.frame_index == 20
    film.qtbot.mouseMove(ruler, point[1])
    film.qtbot.mouseMove(ruler, point[2])
    film.qtbot.mouseRelease(ruler, LEFT, pos=point[2])
    assert session.frame_index == 47
    film.qtbot.waitUntil(lambda: film.window.canvas.shown_frame == 47)
    film.qtbot.mouseMove(ruler, point[0])
    assert session.frame_index == 47, "the button is up"


def test_a_click_on_a_lane_chooses_its_object_and_goes_there(film: Editor) -> None:
    film.paint_box(10, 10, 20, 20, object_id=1)
    film.paint_box(30, 10, 40, 20, object_id=2)
    film.window.session.choose_object(1)
    lanes = film.window.timeline.lanes
    film.qtbot.mouseClick(lanes, LEFT, pos=QPoint(int(lanes.middle_of(25)), 26 + 10))
    assert film.window.session.current_object == 2
    assert film.window.session.frame_index == 25
    film.qtbot.mouseClick(lanes, LEFT, pos=QPoint(GUTTER // 2, 10))
    assert film.window.session.current_object == 1
    assert film.window.session.frame_index == 25, "a click on a name seeks nowhere"


def test_the_lanes_are_painted_in_the_objects_colour_with_their_anchors(film: Editor) -> None:
    film.paint_box(10, 10, 20, 20)
    film.do("propagate_forward")
    film.wait_idle()
    film.go(59)
    lanes = film.window.timeline.lanes
    lanes.invalidate()
    picture = lanes.grab().toImage()
    colour = film.window.session.tracks[0].colour
    bar = picture.pixelColor(int(lanes.middle_of(10)), 20)
    assert abs(bar.red() - colour[0]) + abs(bar.green() - colour[1]) + abs(bar.blue() - colour[2]) < 160
    diamond = picture.pixelColor(int(lanes.middle_of(0)), 13)
    assert min(diamond.red(), diamond.green(), diamond.blue()) > 200


def test_a_lane_reports_what_is_known_of_the_frame_under_the_pointer(film: Editor) -> None:
    film.paint_box(10, 10, 20, 20)
    film.do("propagate_forward")
    film.wait_idle()
    lanes = film.window.timeline.lanes

    def tip(frame: int, y: int = 10) -> str:
        return lanes.tip_at(QPoint(int(lanes.middle_of(frame)), y))

    assert tip(0) == "Object 1  ·  Frame 0  ·  anchor"
    assert tip(1) == "Object 1  ·  Frame 1  ·  propagated  ·  0.95"
    assert tip(0, 200) == "", "below the lanes"
    assert lanes.tip_at(QPoint(20, 10)) == "", "over the names"
    film.paint_box(30, 30, 40, 40)
    assert tip(1).startswith("Object 1  ·  Frame 1  ·  stale")


def test_typing_a_frame_number_goes_there(film: Editor) -> None:
    field = film.window.transport.frame
    field.selectAll()
    film.qtbot.keyClicks(field, "37")
    film.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert film.window.session.frame_index == 37


def test_painting_stops_playing_on_the_frame_that_is_seen(film: Editor) -> None:
    film.window.player.play(1.0)
    film.qtbot.wait(200)
    film.stroke((30, 30), (50, 30))
    assert not film.window.player.playing
    shown = film.window.canvas.shown_frame
    assert shown == film.window.session.frame_index
    assert film.labels.any()


def test_playing_reads_no_setting_of_the_project(film: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk may be slow, and a frame is due every few milliseconds."""
    film.paint_box(10, 10, 30, 40)
    session, player = film.window.session, film.window.player
    film.qtbot.waitUntil(lambda: not film.window.jobs.busy)
    asked: list[str] = []
    get = SettingStore.get

    def noted(self: SettingStore, key: str, default: object = None) -> object:
        asked.append(key)
        return get(self, key, default)

    player.play(1.0)
    monkeypatch.setattr(SettingStore, "get", noted)
    film.qtbot.waitUntil(lambda: session.frame_index >= 4)
    monkeypatch.undo()
    player.stop()
    assert not asked
