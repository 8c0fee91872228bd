"""The strip of pictures: which frames it shows, that it shows them, and that it costs little."""

from __future__ import annotations

import itertools
import time
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from pytestqt.qtbot import QtBot

from desktop.timeline.lanes import Lanes
from desktop.timeline.ruler import Ruler
from desktop.timeline.scale import TimeScale
from desktop.timeline.thumbnail_strip import HEIGHT, ThumbnailStrip, cells
from desktop.timeline.time_strip import GUTTER
from desktop.workers.thumbnails import draw_thumbnail
from tests.desktop.conftest import Editor


def scale_of(frames: int, width: int) -> TimeScale:
    scale = TimeScale()
    scale.set_width(width)
    scale.set_clip(frames)
    return scale


@pytest.mark.parametrize("frames", [1, 12, 289, 100_000])
def test_cells_cover_the_clip_without_gaps(frames: int) -> None:
    scale = scale_of(frames, 1200)
    found = cells(scale, 72)
    assert found[0].first == 0
    assert found[-1].last == frames - 1
    for one, after in itertools.pairwise(found):
        assert after.first == one.last + 1
        assert after.left == pytest.approx(one.left + one.width)
        assert one.width >= 36
    assert len(found) <= 1200 / 36 + 1


def test_scrolling_keeps_the_frames_that_are_shown() -> None:
    scale = scale_of(100_000, 1200)
    scale.zoom(40, 600)
    before = {cell.first for cell in cells(scale, 72)}
    scale.pan(300)
    after = {cell.first for cell in cells(scale, 72)}
    assert len(before & after) >= len(before) * 2 // 3


def test_the_strip_shows_the_clips_pictures(opened: Editor) -> None:
    strip, session = opened.window.timeline.strip, opened.window.session
    thumbnails = opened.window.thumbnails
    opened.qtbot.waitUntil(lambda: all(thumbnails.get(cell.request) for cell in strip.cells()))
    shown = strip.grab().toImage()
    opened.go(11)
    for cell in list(strip.cells())[1:-1]:
        frame = draw_thumbnail(session.video.read(cell.first), None, ())  # type: ignore[union-attr]
        x = int(GUTTER + cell.left + min(cell.width, HEIGHT * frame.width() / frame.height()) / 2)
        assert _rgb(shown, x, HEIGHT // 2) == pytest.approx(
            _rgb(frame, frame.width() // 2, frame.height() // 2), abs=12
        )


def _rgb(picture: QImage, x: int, y: int) -> list[int]:
    around = [picture.pixelColor(x + i, y + j).getRgb()[:3] for i in (-1, 0, 1) for j in (-1, 0, 1)]  # type: ignore[index]
    return [round(float(value)) for value in np.mean(around, axis=0)]


def test_a_click_on_the_strip_goes_there(opened: Editor) -> None:
    timeline = opened.window.timeline
    point = QPoint(int(GUTTER + timeline.scale.x_of(7.5)), HEIGHT // 2)
    opened.qtbot.mouseClick(timeline.strip, Qt.MouseButton.LeftButton, pos=point)
    assert opened.window.session.frame_index == 7


def test_a_playhead_over_100000_frames_is_painted_in_no_time(qtbot: QtBot) -> None:
    """One step of playback: ruler, pictures and five lanes each repaint two slivers."""
    frames = 100_000
    generator = np.random.default_rng(1)
    origins = generator.integers(0, 4, frames).astype(np.uint8)
    confidence = generator.random(frames).astype(np.float32)
    scale = scale_of(frames, 1400)
    strips = [Ruler(scale), ThumbnailStrip(scale, lambda _wish: None), Lanes(scale, lambda _key: (origins, confidence))]
    from core.types import ObjectTrack

    lanes = strips[2]
    assert isinstance(lanes, Lanes)
    lanes.set_tracks([ObjectTrack(key, f"Object {key}", (200, 100, 50)) for key in range(1, 6)])
    for strip in strips:
        qtbot.addWidget(strip)
        strip.resize(1546, strip.sizeHint().height())
        strip.show()
        strip.repaint()
    start = time.perf_counter()
    for step in range(20):
        for strip in strips:
            strip.set_frame(1000 * step)
            qtbot.wait(0)
    each = (time.perf_counter() - start) / 20
    assert each < 0.03, f"{1000 * each:.1f} ms"


def test_a_sliver_is_painted_as_it_is_in_the_whole(opened: Editor) -> None:
    """What a moving playhead repaints must fit to what stands next to it."""
    opened.paint_box(10, 10, 30, 40)
    opened.go(6)
    opened.paint_box(10, 10, 30, 40)
    opened.window.session.markers.put(5, "a name longer than a sliver")
    timeline, thumbnails = opened.window.timeline, opened.window.thumbnails
    timeline.ruler.set_clip(Fraction(25))
    opened.qtbot.waitUntil(lambda: all(thumbnails.get(cell.request) for cell in timeline.strip.cells()))
    for strip in (timeline.ruler, timeline.strip, timeline.lanes):
        whole = strip.grab()
        for left in range(0, strip.width() - 17, 13):
            part = whole.copy()
            strip.render(part, QPoint(left, 0), QRegion(left, 0, 17, strip.height()))
            assert part.toImage() == whole.toImage(), f"{type(strip).__name__} at {left}"
