"""Which point of one outline corresponds to which of another: the same shape a little later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.shapes.contours import Polyline, along, resampled

_COARSE = 160
_BAND = 24
"""How many coarse samples a point may slide along the outline, to either side."""


def aligned(reference: Polyline, polyline: Polyline) -> Polyline:
    """Samples of the closed polyline `polyline` that correspond to those of `reference`, as many.

    First the turn that brings both nearest to each other, then a monotone matching of positions and directions.
    """
    count = min(_COARSE, len(reference))
    length = np.concatenate(
        [[0.0], np.cumsum(np.linalg.norm(np.diff(reference, axis=0, append=reference[:1]), axis=1))]
    )
    positions = length[:-1] / max(length[-1], 1e-9)
    coarse, other = resampled(reference, count), resampled(polyline, count)
    turn = _turn(coarse, other)
    other = np.roll(other, -turn, axis=0)
    matched = _matching(coarse, other, min(_BAND, count // 4))
    fractions = (matched + turn) / count
    # periodic: one turn of the one is one turn of the other
    known = np.concatenate([[-1 / count], np.arange(count) / count, [1.0]])
    values = np.concatenate([[fractions[-1] - 1], fractions, [fractions[0] + 1]])
    return along(polyline, np.interp(positions, known, values))


def _turn(one: Polyline, other: Polyline) -> int:
    """The number of samples by which the other outline is to be turned: least squares about the middles, all at once by
    FFT.
    """
    a = one[:, 0] + 1j * one[:, 1]
    b = other[:, 0] + 1j * other[:, 1]
    a, b = a - a.mean(), b - b.mean()
    correlation = np.fft.ifft(np.conj(np.fft.fft(a)) * np.fft.fft(b)).real
    return int(np.argmax(correlation))


def _matching(one: Polyline, other: Polyline, band: int) -> NDArray[np.float64]:
    """The index in `other` for each sample of `one`, never backwards: dynamic time warping in a band."""
    count = len(one)
    a, b = one - one.mean(axis=0), other - other.mean(axis=0)
    scale = max(float(np.linalg.norm(a, axis=1).mean()), 1e-9)
    offsets = np.arange(-band, band + 1)
    index = (np.arange(count)[:, None] + offsets) % count
    tangent_a, tangent_b = _directions(one), _directions(other)
    cost = (np.abs(a[:, None] - b[index]) ** 2).sum(axis=2) / scale**2
    cost += 0.3 * (1 - (tangent_a[:, None] * tangent_b[index]).sum(axis=2))
    cost += 0.02 * (offsets / max(band, 1)) ** 2
    # in a row of offsets: the next sample stays (offset - 1), continues (same offset) or skips one (offset + 1)
    best = cost[0].copy()
    came = np.zeros((count, len(offsets)), np.int64)
    for row in range(1, count):
        same = best
        stays = np.concatenate([best[1:], [np.inf]]) + 0.004
        skips = np.concatenate([[np.inf], best[:-1]]) + 0.004
        choices = np.stack([stays, same, skips])
        chosen = np.argmin(choices, axis=0)
        came[row] = np.arange(len(offsets)) + 1 - chosen
        best = choices[chosen, np.arange(len(offsets))] + cost[row]
    position = int(np.argmin(best))
    matched = np.zeros(count)
    for row in range(count - 1, -1, -1):
        matched[row] = row + offsets[position]
        position = int(came[row][position]) if row else position
    # a step of the matching is a whole sample: smoothed, samples neither cluster nor leave gaps
    slide = matched - np.arange(count)
    weights = np.hanning(9)[1:-1]
    weights /= weights.sum()
    padded = np.concatenate([slide[-3:], slide, slide[:3]])
    return np.asarray(np.maximum.accumulate(np.arange(count) + np.convolve(padded, weights, "valid")), np.float64)


def _directions(polyline: Polyline) -> Polyline:
    step = np.roll(polyline, -2, axis=0) - np.roll(polyline, 2, axis=0)
    return np.asarray(step / np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9))
