"""Cubic Bezier curves through closed outlines, by least squares (after Schneider, 1990).

Several outlines are fitted together when they are one shape on several keyframes: their samples correspond, and each
gets its points at the same samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.shapes.contours import Polyline, perimeter, resampled, signed_area, smoothed
from core.shapes.model import MAX_POINTS, BezierPoint, Points

Values = NDArray[np.float64]
CancelCheck = Callable[[], object]
"""Called again and again during long work."""

_CORNER = np.radians(48.0)
"""An outline that turns by more than this within a few pixels has a corner there."""
_ARM = 7.0
"""Pixels on both sides by which a turn is measured: a pixel's steps must not look like one."""
_TANGENT = 4.0
"""Pixels on both sides by which a direction is measured."""
_CALM = 1.2
"""Standard deviation, in pixels, by which an outline is smoothed for that."""
_CORNER_REACH = 2.0
"""How far off an outline its corner may be, in pixels."""
_ROUNDS = 3
"""How often the samples' parameters along a curve are found again."""
_FEWEST = 3
"""Samples between two points."""
_SAMPLES = (8, 72)
"""As many samples of a piece are examined, at least and at most."""
_WORST_KEY = 2.5
"""How many times the tolerance one of several outlines may be away, if the others make up for it."""


def never_cancelled() -> None:
    """Does not end the work."""


@dataclass(frozen=True)
class _Piece:
    """From one joint to the next: of each outline the cubic (K, 4, 2), how far they are away together, and the sample
    at which that is worst."""

    curves: Values
    error: float
    worst: int


class _Outlines:
    """Corresponding samples of outlines, (K, N, 2), and directions along them."""

    def __init__(self, polylines: Sequence[Polyline]) -> None:
        self.samples = np.stack(polylines)
        steps = np.linalg.norm(np.diff(self.samples, axis=1, append=self.samples[:, :1]), axis=2)
        self.count = len(polylines[0])
        self.arcs = np.concatenate([np.zeros((len(polylines), 1)), np.cumsum(steps, axis=1)], axis=1)
        """How far along its outline each sample is, (K, N + 1), the last being the whole length."""
        self._calm: list[Polyline] = []
        for polyline in polylines:
            even = resampled(polyline, max(8, round(perimeter(polyline))))
            self._calm.append(smoothed(even, _CALM))

    def arm(self, longest: float) -> float:
        """A length to measure by, shorter where an outline is short."""
        return max(1.0, min(longest, float(self.arcs[:, -1].min()) / 12))

    def thickness(self) -> float:
        """How wide the thinnest of the outlines is, were it a strip."""
        areas = np.array([abs(signed_area(polyline)) for polyline in self.samples])
        return float((2 * areas / np.maximum(self.arcs[:, -1], 1e-9)).min())

    def turns(self) -> Values:
        """The mean angle by which the outlines turn at each sample, (N,)."""
        arm = self.arm(_ARM)
        index = np.arange(self.count)
        before, here, after = self._at(index, -arm), self._at(index, 0.0), self._at(index, arm)
        one, two = here - before, after - here
        cross = one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]
        return np.asarray(np.abs(np.arctan2(cross, (one * two).sum(axis=2))).mean(axis=0))

    def tangents(self, index: int, side: int, most: float) -> Values:
        """Unit directions at a sample, (K, 2): of the outline there, or with `side` 1 or -1 of what comes after it, or
        seen backwards of what comes before. Measured by at most `most` pixels."""
        reach = min(self.arm(_TANGENT), max(1.0, most))
        samples = np.array([index % self.count])
        if side:
            # smoothing has rounded the corner: only what lies beyond is true
            reach = min(reach, max(1.0, most) / 2)
            direction = (self._at(samples, side * 2 * reach) - self._at(samples, side * reach))[:, 0]
        else:
            direction = (self._at(samples, reach) - self._at(samples, -reach))[:, 0]
        length = np.linalg.norm(direction, axis=1, keepdims=True)
        return np.asarray(np.where(length > 1e-9, direction / np.maximum(length, 1e-9), [1.0, 0.0]))

    def sharpen(self, corners: frozenset[int]) -> None:
        """Moves the samples at corners to where the sides meet: the outline of pixels cuts corners off."""
        for index in corners:
            one, two = self.tangents(index, -1, np.inf), self.tangents(index, 1, np.inf)
            samples, reach = np.array([index]), self.arm(_TANGENT)
            here, there = self._at(samples, -reach)[:, 0], self._at(samples, reach)[:, 0]
            cross = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
            between = there - here
            share = (between[:, 0] * two[:, 1] - between[:, 1] * two[:, 0]) / np.where(
                np.abs(cross) > 0.3, cross, np.inf
            )
            meeting = here + one * share[:, None]
            near = (np.abs(cross) > 0.3) & (np.linalg.norm(meeting - self.samples[:, index], axis=1) < _CORNER_REACH)
            self.samples[:, index] = np.where(near[:, None], meeting, self.samples[:, index])

    def piece(self, first: int, last: int) -> tuple[Values, Values]:
        """Evenly spaced samples from one sample to another, (K, n, 2), and how long the pieces are, (K,)."""
        index = np.arange(first, last + 1)
        turn, inside = np.divmod(index, self.count)
        arcs = self.arcs[:, inside] + turn * self.arcs[:, -1:]
        points = self.samples[:, inside]
        lengths = arcs[:, -1] - arcs[:, 0]
        fewest, most = _SAMPLES
        n = int(np.clip(lengths.max(), fewest, most))
        even = np.linspace(0, 1, n)
        found = np.empty((len(points), n, 2))
        for number in range(len(points)):
            wanted = arcs[number, 0] + even * lengths[number]
            for axis in (0, 1):
                found[number, :, axis] = np.interp(wanted, arcs[number], points[number, :, axis])
        return found, lengths

    def sample_near(self, number: int, first: int, last: int, share: float) -> int:
        """The sample at a share of the way from one to another, of one outline."""
        index = np.arange(first, last + 1)
        turn, inside = np.divmod(index, self.count)
        arcs = self.arcs[number, inside] + turn * self.arcs[number, -1]
        return first + int(np.searchsorted(arcs, arcs[0] + share * (arcs[-1] - arcs[0])))

    def _at(self, index: NDArray[np.int64], beyond: float) -> Values:
        """Points of the smoothed outlines so many pixels beyond samples, (K, len(index), 2)."""
        found = []
        for number, calm in enumerate(self._calm):
            count = len(calm)
            position = (self.arcs[number, index] + beyond) / max(float(self.arcs[number, -1]), 1e-9) * count
            low = np.floor(position).astype(np.int64)
            share = (position - low)[:, None]
            found.append(calm[low % count] * (1 - share) + calm[(low + 1) % count] * share)
        return np.stack(found)


class _Fitting:
    """The joints of outlines, and the curves between them."""

    def __init__(self, outlines: _Outlines, tolerance: float, check_cancelled: CancelCheck) -> None:
        self._outlines = outlines
        self._check_cancelled = check_cancelled
        # what is small or thin needs to be met more closely to be met at all
        self._tolerance = min(tolerance, float(outlines.arcs[:, -1].min()) / 24, outlines.thickness() / 3)
        self._corners = _corners(outlines.turns(), max(1, round(outlines.arm(_ARM) * _density(outlines))))
        outlines.sharpen(self._corners)
        self._pieces: dict[tuple[int, int], _Piece] = {}

    def run(self) -> list[Points]:
        """The points of each outline."""
        joints = self._fewer(self._split(self._first_joints()))
        count = self._outlines.count
        pieces = [self._piece(*ends) for ends in zip(joints, [*joints[1:], joints[0] + count], strict=True)]
        return [self._points(number, joints, pieces) for number in range(len(self._outlines.samples))]

    def _first_joints(self) -> list[int]:
        if len(self._corners) > 1:
            return sorted(self._corners)
        count = self._outlines.count
        first = next(iter(self._corners), int(np.argmin(self._outlines.samples[0, :, 1])))
        return sorted((first + count * quarter // 4) % count for quarter in range(4))

    def _split(self, joints: list[int]) -> list[int]:
        count = self._outlines.count
        done: list[int] = []
        waiting = [*zip(joints, [*joints[1:], joints[0] + count], strict=True)][::-1]
        while waiting:
            first, last = waiting.pop()
            piece = self._piece(first, last)
            full = len(done) + len(waiting) + 1 >= MAX_POINTS
            if piece.error <= self._tolerance or last - first < 2 * _FEWEST or full:
                done.append(first % count)
                continue
            middle = min(max(piece.worst, first + _FEWEST), last - _FEWEST)
            waiting += [(middle, last), (first, middle)]
        return sorted(done)

    def _fewer(self, joints: list[int]) -> list[int]:
        """Takes out points without which the curve fits as well: splitting where it is worst leaves some."""
        count = self._outlines.count
        position = 0
        while position < len(joints) and len(joints) > 2:
            before, here, after = joints[position - 1], joints[position], joints[(position + 1) % len(joints)]
            after += count * (after <= before)
            if here not in self._corners and self._piece(before, after).error <= self._tolerance:
                del joints[position]
            else:
                position += 1
        return joints

    def _piece(self, first: int, last: int) -> _Piece:
        first, last = first % self._outlines.count, last - first // self._outlines.count * self._outlines.count
        if (first, last) not in self._pieces:
            self._pieces[first, last] = self._fit(first, last)
        return self._pieces[first, last]

    def _fit(self, first: int, last: int) -> _Piece:
        self._check_cancelled()
        outlines, corners = self._outlines, self._corners
        samples, lengths = outlines.piece(first, last)
        most = float(lengths.min()) / 2
        leaving = outlines.tangents(first, 1 if first in corners else 0, most)
        at_corner = last % outlines.count in corners
        arriving = outlines.tangents(last, -1, most) if at_corner else -outlines.tangents(last, 0, most)
        parameters = np.tile(np.linspace(0, 1, samples.shape[1]), (len(samples), 1))
        curves = _least_squares(samples, parameters, leaving, arriving, lengths)
        for _ in range(_ROUNDS):
            parameters = _nearest(samples, curves, parameters)
            curves = _least_squares(samples, parameters, leaving, arriving, lengths)
        away = np.linalg.norm(_at(curves, parameters) - samples, axis=2)
        number, sample = np.unravel_index(int(np.argmax(away)), away.shape)
        each = away.max(axis=1)
        error = max(float(np.sqrt((each**2).mean())), float(each.max()) / (_WORST_KEY if len(each) > 1 else 1))
        worst = outlines.sample_near(int(number), first, last, int(sample) / (samples.shape[1] - 1))
        return _Piece(curves, error, worst)

    def _points(self, number: int, joints: Sequence[int], pieces: Sequence[_Piece]) -> Points:
        points = []
        for position, joint in enumerate(joints):
            x, y = self._outlines.samples[number, joint]
            before, after = pieces[position - 1].curves[number], pieces[position].curves[number]
            (in_x, in_y), (out_x, out_y) = before[2] - before[3], after[1] - after[0]
            points.append(BezierPoint(*(float(value) for value in (x, y, in_x, in_y, out_x, out_y))))
        return tuple(points)


def fit_together(
    polylines: Sequence[Polyline], tolerance: float, check_cancelled: CancelCheck = never_cancelled
) -> list[Points]:
    """Fits one shape to outlines whose samples correspond, each (N, 2): the points for each of them, of one number.

    No point of a single outline is farther from its curve than `tolerance` pixels, unless points would be closer than a
    few samples; of several that holds in the mean, and a single one may be a few times as far.
    `check_cancelled` is called again and again, and may raise to end the work.
    """
    return _Fitting(_Outlines(polylines), tolerance, check_cancelled).run()


def _density(outlines: _Outlines) -> float:
    """Samples to a pixel."""
    return outlines.count / max(float(outlines.arcs[:, -1].mean()), 1e-9)


def _corners(turns: Values, arm: int) -> frozenset[int]:
    """The samples at which the outlines turn most, and sharply."""
    highest = np.max([np.roll(turns, shift) for shift in range(-arm, arm + 1)], axis=0)
    found: list[int] = []
    for index in np.flatnonzero((turns >= highest) & (turns > _CORNER)).tolist():
        if not found or index - found[-1] > arm:
            found.append(index)
    if len(found) > 1 and found[0] + len(turns) - found[-1] <= arm:
        found.pop()
    return frozenset(found)


def _least_squares(samples: Values, parameters: Values, leaving: Values, arriving: Values, lengths: Values) -> Values:
    """The cubics (K, 4, 2) with given ends and directions at them: two lengths of each are free."""
    start, end = samples[:, 0], samples[:, -1]
    t = parameters[..., None]
    s = 1 - t
    one, two = 3 * s * s * t, 3 * s * t * t
    rest = samples - (s**3 + one) * start[:, None] - (t**3 + two) * end[:, None]
    a, b = one * leaving[:, None], two * arriving[:, None]

    def sums(left: Values, right: Values) -> Values:
        return np.asarray((left * right).sum(axis=(1, 2)))

    aa, ab, bb, ra, rb = sums(a, a), sums(a, b), sums(b, b), sums(a, rest), sums(b, rest)
    determinant = aa * bb - ab * ab
    safe = np.where(np.abs(determinant) > 1e-12, determinant, 1)
    chord = np.linalg.norm(end - start, axis=1)
    out, back = (ra * bb - rb * ab) / safe, (aa * rb - ab * ra) / safe
    sound = determinant > 1e-9 * np.maximum(aa * bb, 1e-12)
    for length in (out, back):
        sound &= (length > 1e-3 * chord) & (length < 1.5 * np.maximum(lengths, chord))
    out, back = np.where(sound, out, lengths / 3)[:, None], np.where(sound, back, lengths / 3)[:, None]
    return np.stack([start, start + leaving * out, end + arriving * back, end], axis=1)


def _at(curves: Values, parameters: Values) -> Values:
    t = parameters[..., None]
    s = 1 - t
    one, two, three, four = (curves[:, index][:, None] for index in range(4))
    return np.asarray(s**3 * one + 3 * s * s * t * two + 3 * s * t * t * three + t**3 * four)


def _nearest(samples: Values, curves: Values, parameters: Values) -> Values:
    """Better parameters of the samples along the curves: one step of Newton's method."""
    t = parameters[..., None]
    s = 1 - t
    first = 3 * np.diff(curves, axis=1)
    second = 2 * np.diff(first, axis=1)
    speed = s * s * first[:, None, 0] + 2 * s * t * first[:, None, 1] + t * t * first[:, None, 2]
    bend = s * second[:, None, 0] + t * second[:, None, 1]
    away = _at(curves, parameters) - samples
    slope = (speed * speed).sum(axis=2) + (away * bend).sum(axis=2)
    step = (away * speed).sum(axis=2) / np.where(np.abs(slope) > 1e-12, slope, np.inf)
    better = np.clip(parameters - np.clip(step, -0.2, 0.2), 0, 1)
    better[:, 0], better[:, -1] = 0, 1
    return np.maximum.accumulate(better, axis=1)
