"""What the timeline is computed from: scale, lanes, ticks, time code."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest

from core.types import Origin
from desktop.panels.objects_model import Column
from desktop.playback.timecode import clock, timecode
from desktop.timeline.lane_image import anchor_columns, lane_image, reduce_lane
from desktop.timeline.lanes import LANE_HEIGHT
from desktop.timeline.ruler import tick_step
from desktop.timeline.scale import TimeScale
from tests.desktop.conftest import Editor


def scale_of(frames: int, width: int) -> TimeScale:
    scale = TimeScale()
    scale.set_width(width)
    scale.set_clip(frames)
    return scale


def test_every_frame_is_found_at_its_own_place() -> None:
    scale = scale_of(90, 900)
    assert [scale.frame_at(scale.x_of(frame + 0.5)) for frame in range(90)] == list(range(90))
    assert scale.frame_at(-50) == 0
    assert scale.frame_at(5000) == 89


def test_zoom_keeps_the_frame_under_the_pointer() -> None:
    scale = scale_of(1000, 500)
    before = scale.frame_at(200)
    for _ in range(6):
        scale.zoom(1.5, 200)
    assert abs(scale.frame_at(200) - before) <= 1
    for _ in range(20):
        scale.zoom(0.5, 100)
    assert scale.shows_all
    assert scale.first == 0


def test_pan_stays_inside_the_clip_and_reveal_brings_a_frame_into_sight() -> None:
    scale = scale_of(1000, 500)
    scale.zoom(10, 0)
    scale.pan(-100)
    assert scale.first == 0
    scale.reveal(900)
    assert 0 <= scale.x_of(900) <= 500
    scale.pan(1e6)
    assert scale.frame_at(500) == 999


def test_a_column_of_many_frames_shows_its_anchor_and_its_lowest_confidence() -> None:
    origins = np.full(1000, Origin.PROPAGATED, np.uint8)
    confidence = np.ones(1000, np.float32)
    origins[105] = Origin.EDITED
    confidence[207] = 0.25
    confidence[300:400] = np.nan
    origins[500:600] = Origin.NONE
    origins[700] = Origin.STALE
    ranks, sure = reduce_lane(origins, confidence, 0.0, 10.0, 120)
    assert ranks[10] == 3
    assert ranks[50:60].max() == 0
    assert ranks[70] == 2
    assert sure[20] == 0.25
    assert sure[30] == 1.0
    assert ranks[100:].max() == 0, "columns beyond the clip are empty"


def test_a_frame_wider_than_a_column_fills_its_columns() -> None:
    origins = np.array([Origin.NONE, Origin.PROPAGATED, Origin.NONE], np.uint8)
    ranks, _ = reduce_lane(origins, np.ones(3, np.float32), 0.0, 0.1, 30)
    assert ranks.tolist() == [0] * 10 + [1] * 10 + [0] * 10


def test_the_lane_is_as_high_as_the_confidence_and_stale_is_hatched() -> None:
    ranks = np.array([0, 1, 1, 2, 3], np.uint8).repeat(12)
    sure = np.array([1, 1, 0.6875, 1, 0.1], np.float32).repeat(12)
    picture = lane_image(ranks, sure, (255, 0, 0), 20)
    alpha = np.array([[picture.pixelColor(x, y).alpha() for x in range(60)] for y in range(20)])
    assert alpha[:, 5].max() == 0
    assert (alpha[:, 18] == 205).all()
    assert (alpha[:10, 30] == 38).all()
    assert (alpha[10:, 30] == 205).all()
    assert set(np.unique(alpha[:, 36:48])) == {60, 205}
    assert (alpha[:, 54] == 205).all(), "an anchor is certain"


def test_a_doubtful_stretch_turns_red_and_an_anchor_never_does() -> None:
    ranks, sure = np.array([1, 1, 1, 3], np.uint8), np.array([1.0, 0.75, 0.0, 0.0], np.float32)
    picture = lane_image(ranks, sure, (0, 100, 200), 20)
    colours = [picture.pixelColor(x, 19) for x in range(4)]
    assert [colours[x].getRgb()[:3] for x in (0, 3)] == [(0, 100, 200)] * 2  # type: ignore[index]
    assert colours[0].red() < colours[1].red() < colours[2].red()
    assert colours[2].red() > colours[2].blue()


def test_anchors_are_found() -> None:
    origins = np.array([0, 2, 1, 3, 2], np.uint8)
    assert anchor_columns(origins).tolist() == [1, 4]


def test_a_lane_of_100000_frames_is_reduced_in_no_time() -> None:
    generator = np.random.default_rng(1)
    origins = generator.integers(0, 4, 100_000).astype(np.uint8)
    confidence = generator.random(100_000).astype(np.float32)
    start = time.perf_counter()
    for _ in range(10):
        ranks, sure = reduce_lane(origins, confidence, 0.0, 100_000 / 1400, 1400)
        lane_image(ranks, sure, (10, 200, 30), 18)
    assert (time.perf_counter() - start) / 10 < 0.05


@pytest.mark.parametrize(
    ("frame", "rate", "text"),
    [
        (0, Fraction(25), "00:00:00:00"),
        (26, Fraction(25), "00:00:01:01"),
        (90000, Fraction(25), "01:00:00:00"),
        (29, Fraction(30000, 1001), "00:00:00:29"),
        (30, Fraction(30000, 1001), "00:00:01:00"),
        (7, None, "7"),
    ],
)
def test_timecode(frame: int, rate: Fraction | None, text: str) -> None:
    assert timecode(frame, rate) == text


def test_timecode_never_goes_back() -> None:
    for rate in (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(25), Fraction(60), Fraction(25, 2)):
        texts = [timecode(frame, rate) for frame in range(400)]
        assert texts == sorted(texts), rate


def test_clock() -> None:
    assert [clock(7.4), clock(750), clock(3723)] == ["0:07", "12:30", "1:02:03"]


def test_ticks_are_round_and_far_enough_apart() -> None:
    for frames_per_pixel in (0.03, 0.2, 1.0, 3.7, 71.0):
        for rate in (None, Fraction(25), Fraction(30000, 1001)):
            assert tick_step(frames_per_pixel, rate) >= 90 * frames_per_pixel
    assert tick_step(1.0, Fraction(25)) == 125
    assert tick_step(0.2, None) == 20


def test_the_chosen_objects_lane_is_seen_among_many(opened: Editor) -> None:
    session, timeline = opened.window.session, opened.window.timeline
    for _ in range(40):
        session.add_object()

    def seen(row: int) -> bool:
        region = timeline.lanes.visibleRegion().boundingRect()
        return bool(region.top() <= row * LANE_HEIGHT and (row + 1) * LANE_HEIGHT <= region.bottom() + 1)

    opened.qtbot.waitUntil(lambda: seen(39), timeout=20_000)
    session.choose_object(1)
    opened.qtbot.waitUntil(lambda: seen(0), timeout=20_000)
    view = opened.window.objects.view
    index = view.model().index(39, Column.COLOUR)
    needed = view.sizeHintForIndex(index).width()
    assert view.visualRect(index).width() >= needed, "two digits are not cut"
