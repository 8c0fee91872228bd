"""Re-detection of an object that left or was lost, by a vote of the memory, without flow or a previous mask.

The network finds something whether the object is present or not: after a cut to another clip, earlier weights masked
something in 50 of 60 frames (docs/experiments.md). So a mask without a predecessor is accepted only with enough
belief, which a logistic regression estimates.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Floats

_NEIGHBOURS = 8
_SHARPNESS = 20.0
_ALIKE = 0.8
"""Least cosine similarity of a cell to its nearest cell in memory for its vote to count."""
_ROUNDING = 1e-4
"""Similarities closer than this may be in either order."""
_SHARE = 0.6
_FEWEST_CELLS = 3
_PRESENT = 0.5
_OFFSET, _DECIDED, _VOTED, _TOO_LARGE = -8.16, 9.5, 2.0, -0.64
"""Logistic regression over frames after a cut, half of them of clips without the object; see docs/experiments.md."""


def vote(key: Floats, memory_keys: Floats, memory_masks: Floats) -> Floats:
    """The share of an object among the most similar cells in memory (k-nearest-neighbour vote).

    `key` (C, h, w) and `memory_keys` (C, M) have unit length, `memory_masks` (K, M) is in [0, 1]. Returns (K, h, w) in
    [0, 1], zero where nothing in memory is similar.
    """
    channels, height, width = key.shape
    votes = _votes(key.reshape(channels, -1).T @ memory_keys, memory_masks)
    return votes.reshape(-1, height, width)


def _votes(similarity: Floats, memory_masks: Floats) -> Floats:
    """`vote` from the similarities (N, M) of cells to those in memory: (K, N)."""
    nearest = _nearest(similarity)
    best = np.take_along_axis(similarity, nearest, axis=1)
    weights = np.exp(_SHARPNESS * (best - best.max(axis=1, keepdims=True)))
    votes: Floats = (weights * memory_masks[:, nearest]).sum(axis=2) / weights.sum(axis=1)
    votes[:, best.max(axis=1) < _ALIKE] = 0
    return votes.astype(np.float32, copy=False)


def _maxima(similarity: Floats) -> Floats:
    """The largest value in each of some parts of the rows of (N, M): (N, P), with P at most `_NEIGHBOURS`."""
    rows, columns = similarity.shape
    parts = min(_NEIGHBOURS, columns)
    size = columns // parts
    maxima: Floats = similarity[:, : parts * size].reshape(rows, parts, size).max(axis=2)
    rest = similarity[:, parts * size :]
    if rest.shape[1]:
        maxima[:, -1:] = np.maximum(maxima[:, -1:], rest.max(axis=1, keepdims=True))
    return maxima


def _nearest(similarity: Floats) -> NDArray[np.intp]:
    """Columns of the `_NEIGHBOURS` largest values of each row of (N, M), or of all if there are fewer, in no order.

    In two stages: the largest are in the blocks with the largest maxima. Blocks are of every n-th column, so that
    maxima are of whole rows; what is left over is compared in the second stage.
    """
    rows, columns = similarity.shape
    count = min(_NEIGHBOURS, columns)
    size = columns // _NEIGHBOURS
    if size <= count:
        return np.argpartition(similarity, -count, axis=1)[:, -count:]
    blocked = size * _NEIGHBOURS
    maxima = similarity[:, :blocked].reshape(rows, _NEIGHBOURS, size).max(axis=1)
    blocks = np.argpartition(maxima, -count, axis=1)[:, -count:]
    candidates = (blocks[:, None] + size * np.arange(_NEIGHBOURS)[:, None]).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(blocked, columns), (rows, columns - blocked))
    candidates = np.concatenate([candidates, rest], axis=1)
    best = np.argpartition(np.take_along_axis(similarity, candidates, axis=1), -count, axis=1)[:, -count:]
    return np.take_along_axis(candidates, best, axis=1)


def strong_votes(key: Floats, memory_keys: Floats, memory_masks: Floats, least: float) -> Floats:
    """`vote` for cells (C, N), wherever it may come to `least` or more: (K, N), zero elsewhere.

    At most all but one of the neighbours are an object's, and that one is more similar than the best of these by no
    more than the vote allows; and of cells that are more similar than the best there are few. So only for few cells
    are the neighbours looked for.
    """
    votes = np.zeros((len(memory_masks), key.shape[1]), np.float32)
    of_objects = memory_masks.max(axis=0) > 0
    if not of_objects.any() or not key.shape[1]:
        return votes
    lead = math.log((1 - least) * (_NEIGHBOURS - 1) / least) / _SHARPNESS
    to_objects = key.T @ memory_keys[:, of_objects]
    near = np.flatnonzero(to_objects.max(axis=1) >= _ALIKE - max(0.0, lead))
    to_others = key[:, near].T @ memory_keys[:, ~of_objects]
    to_objects = to_objects[near]
    if to_others.shape[1]:
        # the best of each part of the others: how many there are ahead, at least
        ahead = _maxima(to_others) - to_objects.max(axis=1, keepdims=True) - _ROUNDING
        few = (ahead > 0).sum(axis=1) <= (1 - least) * _NEIGHBOURS
        chosen = np.flatnonzero(few & (ahead.max(axis=1) <= lead))
        near, to_objects, to_others = near[chosen], to_objects[chosen], to_others[chosen]
    if len(near):
        masks = np.concatenate([memory_masks[:, of_objects], memory_masks[:, ~of_objects]], axis=1)
        votes[:, near] = _votes(np.concatenate([to_objects, to_others], axis=1), masks)
    return votes


def proposal(votes: Floats, size: tuple[int, int]) -> Floats | None:
    """The largest connected part of the votes as a mask (H, W) of `size` (width, height), or None if there is none."""
    parts, names, stats, _ = cv2.connectedComponentsWithStats((votes > _SHARE).astype(np.uint8), connectivity=8)
    if parts < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[largest, cv2.CC_STAT_AREA] < _FEWEST_CELLS:
        return None
    mask = cv2.resize((names == largest).astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    found: Floats = np.asarray(mask, np.float32)
    return found


def belief(found: Floats, votes: Floats, usual: float) -> float:
    """The probability in [0, 1] that a mask without a predecessor is the object's; zero without a mask.

    `found` (H, W) are probabilities, `votes` (h, w) the result of `vote` on that frame; `usual` is the object's area
    on an anchor as a share of the picture's, zero if it is not known.
    """
    present = found > _PRESENT
    covered = float(present.mean())
    if covered == 0:
        return 0.0
    cells = cv2.resize(present.astype(np.float32), votes.shape[::-1], interpolation=cv2.INTER_AREA) > _PRESENT
    voted = float(votes[cells].mean()) if cells.any() else 0.0
    larger = math.log(covered / usual) if 0 < usual < covered else 0.0
    score = _OFFSET + _DECIDED * float(found[present].mean()) + _VOTED * voted + _TOO_LARGE * larger
    return 1 / (1 + math.exp(-score))
