"""Pictures on their way to the screen: the one wanted last stays, drafts become exact, and no stroke is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, current_thread

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage

from core.errors import MediaError
from core.media.cache import FrameCache
from core.media.source import GiveUp
from core.types import Image
from desktop.playback.pictures import to_picture
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def film(editor: Editor, make_clip: Callable[[int], Path]) -> Editor:
    editor.open(make_clip(60))
    return editor


def exact(editor: Editor, frame: int) -> QImage:
    video = editor.window.session.video
    assert video is not None
    return to_picture(video.read(frame))


def on_screen(editor: Editor) -> QImage:
    picture: QImage = editor.view.frame_item.pixmap().toImage()
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def test_a_late_frame_does_not_replace_one_that_was_wanted_since(opened: Editor) -> None:
    window, cache = opened.window, opened.window.session.cache
    assert cache is not None
    cache.prefetch(0, 1)
    opened.qtbot.waitUntil(lambda: cache.get(1) is not None)
    answers: list[Callable[[], object]] = []
    request = cache.request

    def held_up(*wish: object) -> None:
        answers.append(lambda: request(*wish))  # type: ignore[arg-type]

    cache.get = lambda index, draft=False: None if index == 9 else cache.read(index)  # type: ignore[method-assign, assignment]
    cache.request = held_up  # type: ignore[method-assign, assignment]
    window.session.go_to(9)
    window.session.go_to(1)
    assert window.canvas.shown_frame == 1
    shown: list[int] = []
    window.feed.ready.connect(lambda index, _picture: shown.append(index))
    answers[0]()
    opened.qtbot.waitUntil(lambda: not window.feed.pending)
    assert shown == []
    assert window.canvas.shown_frame == window.session.frame_index == 1


def test_playing_ends_on_the_exact_picture(film: Editor) -> None:
    window = film.window
    sharpened: list[int] = []
    window.feed.sharpened.connect(lambda index, _picture: sharpened.append(index))
    window.player.play(1.0)
    film.qtbot.waitUntil(lambda: (window.canvas.shown_frame or 0) > 5)
    window.player.stop()
    film.qtbot.waitUntil(lambda: bool(sharpened))
    assert sharpened == [window.session.frame_index]
    assert window.canvas.shown_frame == window.session.frame_index
    assert on_screen(film) == exact(film, window.session.frame_index)


def test_a_scrub_ends_on_the_exact_picture(film: Editor) -> None:
    window = film.window
    ruler = window.timeline.ruler

    def point_of(frame: int):  # type: ignore[no-untyped-def]
        return ruler.rect().center().__class__(round(ruler.middle_of(frame)), ruler.height() - 6)

    film.qtbot.mousePress(ruler, LEFT, pos=point_of(3))
    for frame in (12, 55, 31):
        film.qtbot.mouseMove(ruler, point_of(frame))
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 31)
    film.qtbot.mouseRelease(ruler, LEFT, pos=point_of(31))
    film.qtbot.waitUntil(lambda: on_screen(film) == exact(film, 31))


def test_a_stroke_goes_on_while_its_picture_becomes_exact(film: Editor) -> None:
    window = film.window
    window.player.play(1.0)
    film.qtbot.waitUntil(lambda: (window.canvas.shown_frame or 0) > 5)
    sharpened: list[int] = []
    window.feed.sharpened.connect(lambda index, _picture: sharpened.append(index))
    window.brush.set_size(10)
    film.stroke((20, 20), (40, 30), let_go=False)
    assert not window.player.playing
    film.qtbot.waitUntil(lambda: bool(sharpened))
    assert window.canvas.view.mask_item.labels[20, 20] == 1, "the stroke is still shown"
    film.qtbot.mouseRelease(film.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, film.at(40, 30))
    assert film.labels[20, 20] == film.labels[30, 40] == 1
    assert np.unique(film.labels).tolist() == [0, 1]


def test_while_scrubbing_a_keyframe_stands_in_and_the_frame_itself_follows(film: Editor) -> None:
    window = film.window
    video = window.session.video
    assert video is not None
    video.quick_frame = lambda index: index // 20 * 20  # type: ignore[method-assign, assignment]
    shown: list[int] = []
    window.feed.ready.connect(lambda index, _picture: shown.append(index))
    window.feed.set_scrubbing(True)
    window.session.go_to(57)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 57)
    window.session.go_to(55)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 55)
    assert shown == [40, 57, 55], "what is on the screen is nearer to 55 than the keyframe"
    assert on_screen(film) == exact(film, 55)
    window.feed.set_scrubbing(False)
    window.session.go_to(18)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 18)
    assert shown == [40, 57, 55, 18], "a jump goes straight to its frame"


def test_without_its_picture_a_frame_has_its_own_masks_and_takes_strokes(opened: Editor) -> None:
    window, cache = opened.window, opened.window.session.cache
    assert cache is not None
    opened.stroke((10, 10), (40, 10))
    cache.get = lambda index, draft=False: None  # type: ignore[method-assign, assignment]
    gone = MediaError("{path}: is gone.", path=Path("clip"))
    cache.request = lambda index, answer, *_: answer(index, None, gone)  # type: ignore[method-assign]
    window.session.go_to(7)
    assert window.canvas.shown_frame == 7
    assert not window.canvas.view.mask_item.labels.any(), "not those of the frame before"
    assert "is gone" in window.notices.text
    opened.stroke((10, 30), (40, 30))
    assert window.session.project.anchor_frames() == [0, 7]


class _Clock:
    """A clock that goes when it is told to; takes the place of the player's."""

    def __init__(self) -> None:
        self.now = self.begun = 0.0

    def start(self) -> None:
        self.begun = self.now

    def nsecsElapsed(self) -> int:
        return round((self.now - self.begun) * 1e9)


def decoder_waits(film: Editor, way: Event, monkeypatch: pytest.MonkeyPatch) -> FrameCache:
    """Empties the cache, which is returned; each frame is decoded once `way` is set."""
    video, cache = film.window.session.video, film.window.session.cache
    assert video is not None and cache is not None
    fetch = video.fetch

    def waiting(index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
        assert way.wait(20)
        return fetch(index, draft, give_up)

    cache.forget()
    monkeypatch.setattr(video, "fetch", waiting)
    return cache


@pytest.mark.parametrize("speed", [1.0, -1.0])
def test_the_clock_starts_with_the_first_picture(film: Editor, monkeypatch: pytest.MonkeyPatch, speed: float) -> None:
    """A decoder that has to go elsewhere takes the time of several frames: none of them is left out for that."""
    window, clock, way = film.window, _Clock(), Event()
    film.go(30)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 30)
    cache = decoder_waits(film, way, monkeypatch)
    monkeypatch.setattr(window.player, "_clock", clock)
    window.player._patience.setInterval(20_000)
    shown: list[int] = []
    window.feed.ready.connect(lambda index, _picture: shown.append(index))
    window.player.play(speed)
    assert window.player.playing
    clock.now = 0.5
    way.set()
    step = 1 if speed > 0 else -1
    for distance in (1, 2, 3):
        film.qtbot.waitUntil(lambda distance=distance: cache.get(30 + distance * step, draft=True) is not None)  # type: ignore[misc]
        film.qtbot.waitUntil(window.player._timer.isActive)
        clock.now += 0.041
        film.qtbot.waitUntil(lambda distance=distance: window.session.frame_index == 30 + distance * step)  # type: ignore[misc]
    window.player.stop()
    film.qtbot.waitUntil(lambda: not window.feed.pending)
    assert [index for index in shown if index != 30][:3] == [30 + step, 30 + 2 * step, 30 + 3 * step]


def test_a_clip_that_gives_no_picture_is_played_all_the_same(film: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    window, way = film.window, Event()
    decoder_waits(film, way, monkeypatch)
    window.player._patience.setInterval(1)
    window.player.play(1.0)
    film.qtbot.waitUntil(lambda: window.session.frame_index > 2)
    way.set()
    window.player.stop()


def test_the_next_picture_is_made_by_the_thread_that_decodes(film: Editor) -> None:
    window, makers = film.window, set[str]()
    played: list[int] = []

    def noted(image: Image) -> QImage:
        makers.add(current_thread().name)
        return to_picture(image)

    window.feed.ready.connect(lambda index, _picture: played.append(index))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.playback.ahead.to_picture", noted)
        window.feed.set_playing(1.0)
        film.qtbot.waitUntil(lambda: window.feed.ahead.take(1) is not None)
        made = window.feed.ahead.take(1)
        window.session.go_to(1)
    assert makers == {"rotoflow-decode"}
    assert played == [1]
    assert window.canvas._picture is made
    window.feed.set_playing(0.0)
    assert window.feed.ahead.take(2) is None, "pictures are kept while it plays only"


def test_at_the_end_of_a_range_its_first_picture_is_made(film: Editor) -> None:
    """Playing goes on there; made when it is due, it would come after a seek of the decoder."""
    window, ahead = film.window, film.window.feed.ahead
    window.session.range.mark(30, 40)
    film.go(40)
    window.feed.set_playing(1.0)
    film.qtbot.waitUntil(lambda: ahead.take(30) is not None and ahead.take(31) is not None)
    window.feed.set_playing(-1.0)
    film.go(30)
    film.qtbot.waitUntil(lambda: ahead.take(40) is not None)
    window.feed.set_playing(0.0)


def test_going_to_the_start_reads_on_from_there(film: Editor) -> None:
    """A jump back says nothing of the direction: what is read ahead is what playing needs."""
    window, cache = film.window, film.window.session.cache
    assert cache is not None
    film.go(50)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 50)
    cache.forget()
    film.go(0)
    film.qtbot.waitUntil(lambda: cache.get(1) is not None)


class _Paints(QObject):
    """Counts the paint events of the widgets that it is installed on."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_a_frame_paints_nothing_of_what_lies_behind_it(film: Editor) -> None:
    """Canvas and timeline are opaque: the panels that hold them are not painted first on every frame."""
    window, behind, shown = film.window, _Paints(), _Paints()
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 0 and not window.jobs.busy)
    film.qtbot.waitUntil(lambda: all(window.thumbnails.get(cell.request) for cell in window.timeline.strip.cells()))
    window.repaint()
    for widget in (window.canvas, window.timeline, window.timeline._area.viewport()):
        widget.installEventFilter(behind)
    window.timeline.ruler.installEventFilter(shown)
    film.view.viewport().installEventFilter(shown)
    window.session.go_to(1)
    film.qtbot.waitUntil(lambda: window.canvas.shown_frame == 1 and shown.count >= 2)
    assert behind.count == 0
