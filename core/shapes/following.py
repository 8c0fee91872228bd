"""Shapes with keyframes made of the masks of many frames."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.jobs import CancelToken, Progress, ProgressClock
from core.shapes.alignment import aligned
from core.shapes.contours import Polyline, outlines, resampled, signed_area, smoothed
from core.shapes.fitting import (
    SMALLEST,
    TOLERANCE,
    Fit,
    fit_outlines,
    iou,
    piece_shape,
    sample_count,
    worth_fitting,
)
from core.shapes.model import Shape

ReadMask = Callable[[int], NDArray[np.bool_]]
"""An object's mask on a frame, (H, W)."""
_OVERLAP = 0.15
"""Boxes of one piece on two frames share at least so much of what they cover together."""
_MOST_FRAMES_OFF = 95
"""Percentile of an outline's samples that must be near enough between keyframes."""


@dataclass
class _Track:
    """One piece or hole, as long as it can be followed: its outline on each frame, with corresponding samples."""

    hole: bool
    frames: list[int] = field(default_factory=list)
    polylines: list[Polyline] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(abs(signed_area(polyline)) for polyline in self.polylines)


def follow_masks(
    read: ReadMask,
    frames: Sequence[int],
    object_id: int,
    cancel: CancelToken,
    tolerance: float = TOLERANCE,
    every: int | None = None,
    smallest: float = SMALLEST,
    gap: int = 1,
) -> Generator[Progress, None, Fit]:
    """Shapes with keyframes that cover an object's masks on `frames`, in order; yields after each frame.

    Keyframes are on every n-th frame with `every`, else where they are needed: between them the outline is nowhere
    farther off than twice the tolerance, apart from a few points. A piece that comes, goes, merges or parts is another
    shape from there on. Frames more than `gap` apart
    are not of one shape. The generator returns a Fit; raises
    MaskError if no frame has a mask or the tolerance is no number of pixels, CancelledError.
    """
    if not 0 < tolerance <= 1000:
        raise MaskError("A tolerance of {tolerance} pixels: must be more than 0 and at most 1000.", tolerance=tolerance)
    clock = ProgressClock(2 * len(frames), cancel)
    done: list[_Track] = []
    open_tracks: list[_Track] = []
    for number, frame in enumerate(frames):
        cancel.raise_if_cancelled()
        if number and frame > frames[number - 1] + gap:
            done, open_tracks = [*done, *open_tracks], []
        found = worth_fitting(outlines(read(frame)), smallest)
        ended, open_tracks = _matched(open_tracks, found, frame)
        done.extend(ended)
        yield clock.step(number + 1)
    tracks = sorted([*done, *open_tracks], key=lambda track: -track.size)
    if not tracks:
        raise MaskError("There is no mask on these frames that a shape could be fitted to.")
    shapes: list[Shape] = []
    for track in tracks:
        cancel.raise_if_cancelled()
        chosen = _every(track, every) if every else _needed(track, 2 * tolerance)
        points = fit_outlines([track.polylines[index] for index in chosen], tolerance, cancel.raise_if_cancelled)
        keys = {track.frames[index]: found for index, found in zip(chosen, points, strict=True)}
        shapes.append(piece_shape(object_id, keys, track.hole, shapes))
    overlaps = []
    for number, frame in enumerate(frames):
        cancel.raise_if_cancelled()
        mask = read(frame)
        if mask.any():
            overlaps.append(iou(shapes, frame, mask))
        yield clock.step(len(frames) + number + 1)
    return Fit(tuple(shapes), min(overlaps), float(np.mean(overlaps)))


def _matched(open_tracks: list[_Track], found: list[Polyline], frame: int) -> tuple[list[_Track], list[_Track]]:
    """(tracks that end, tracks that continue or begin): each outline continues with what it overlaps most."""
    pairs = sorted(
        (
            (_shared(track.polylines[-1], polyline), one, other)
            for one, track in enumerate(open_tracks)
            for other, polyline in enumerate(found)
            if track.hole == (signed_area(polyline) < 0)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    followed: set[int] = set()
    for share, one, other in pairs:
        if share < _OVERLAP or one in followed or other in taken:
            continue
        followed.add(one)
        taken.add(other)
        track = open_tracks[one]
        track.frames.append(frame)
        track.polylines.append(aligned(track.polylines[-1], found[other]))
    ended = [track for one, track in enumerate(open_tracks) if one not in followed]
    continued = [track for one, track in enumerate(open_tracks) if one in followed]
    for other, polyline in enumerate(found):
        if other not in taken:
            samples = resampled(polyline, max(48, sample_count([polyline])))
            continued.append(_Track(signed_area(polyline) < 0, [frame], [samples]))
    return ended, continued


def _shared(one: Polyline, other: Polyline) -> float:
    low, high = np.maximum(one.min(axis=0), other.min(axis=0)), np.minimum(one.max(axis=0), other.max(axis=0))
    shared = float(np.prod(np.maximum(high - low, 0)))
    areas = [float(np.prod(polyline.max(axis=0) - polyline.min(axis=0))) for polyline in (one, other)]
    return shared / max(sum(areas) - shared, 1e-9)


def _every(track: _Track, step: int) -> list[int]:
    last = len(track.frames) - 1
    return sorted({*range(0, last, max(1, step)), last})


def _needed(track: _Track, limit: float) -> list[int]:
    """The indices of keyframes: the ends, and again and again where the way between two is worst."""
    last = len(track.frames) - 1
    chosen = {0, last}
    waiting = [(0, last)]
    while waiting:
        first, end = waiting.pop()
        worst, index = 0.0, first
        for middle in range(first + 1, end):
            share = (track.frames[middle] - track.frames[first]) / (track.frames[end] - track.frames[first])
            between = track.polylines[first] + (track.polylines[end] - track.polylines[first]) * share
            off = _off(between, track.polylines[middle])
            if off > worst:
                worst, index = off, middle
        if worst > limit:
            chosen.add(index)
            waiting += [(first, index), (index, end)]
    return sorted(chosen)


def _off(guessed: Polyline, true: Polyline) -> float:
    """How far an outline is off, across it: samples that slide along do no harm."""
    calm = smoothed(true, 2)
    direction = np.roll(calm, -2, axis=0) - np.roll(calm, 2, axis=0)
    length = np.maximum(np.linalg.norm(direction, axis=1), 1e-9)
    away = guessed - true
    across = np.abs(away[:, 0] * direction[:, 1] - away[:, 1] * direction[:, 0]) / length
    return float(np.percentile(across, _MOST_FRAMES_OFF))
