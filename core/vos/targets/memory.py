"""The space-time memory: bounded however long the clip is and however many anchors there are.

Three stores: anchors, kept whole up to a limit; a ring of recent frames; and prototypes, into which what leaves either
is consolidated by merging each cell with the most similar prototype (after the long-term memory of XMem, Cheng &
Schwing, ECCV 2022, with a running mean in place of usage counts). Plain NumPy: a few megabytes.
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from core.types import Floats
from core.vos.network.runtime import missing_cells
from core.vos.targets.anchor_views import VIEWS

SHARPNESS = 30.0
"""The factor on similarities before the softmax of a read, as the network that ships has learned it."""
VOUCHED, _MISSED = 0.6, 0.3
"""A cell is disputed where the anchors' vote is the first value or more and every mask's share at most the second."""
_WEIGHT_LIMIT = 16.0
"""A prototype counts as at most this many cells, so that it follows slow changes of appearance."""


@dataclass(frozen=True)
class MemoryFrame:
    """One frame in memory: keys (C, N) of unit length and each known object's values (V, N), all float32."""

    keys: Floats
    values: Mapping[int, Floats]


def uncovered(frame: MemoryFrame) -> NDArray[np.intp]:
    """Indices (n,) of the cells of a frame with objects that no mask covers."""
    return np.flatnonzero(np.max([values[-1] for values in frame.values.values()], axis=0) <= _MISSED)


def undisputed(frame: MemoryFrame, cells: NDArray[np.intp], votes: Floats) -> MemoryFrame:
    """The frame without those of its `uncovered` cells (n,) that the anchors assign to an object.

    `votes` (K, n) in [0, 1] are the anchors' votes for these cells, wherever they are `VOUCHED` or more. A part that
    comes out from behind something is often missed at first; remembered as background it would count against itself
    from then on.
    """
    disputed = cells[votes.max(axis=0) >= VOUCHED]
    if not len(disputed):
        return frame
    kept = np.ones(frame.keys.shape[1], np.bool_)
    kept[disputed] = False
    return MemoryFrame(frame.keys[:, kept], {one: values[:, kept] for one, values in frame.values.items()})


def weighted(frame: MemoryFrame, weight: float) -> MemoryFrame:
    """The frame with cells that count as `weight`, above 0 and up to 1, of what they would when the memory is read."""
    if weight >= 1:
        return frame
    # a read weights cells by exp(SHARPNESS * similarity), and shorter keys have a lower similarity to all queries
    scale = np.float32(max(0.0, 1 + math.log(weight) / SHARPNESS))
    return MemoryFrame(frame.keys * scale, frame.values)


@dataclass(frozen=True)
class MemoryLimits:
    """Limits of the memory; the time of a read grows with each."""

    anchors: int = 3
    """Anchors: frames with a person's masks."""
    views: int = VIEWS
    """Other views of those frames; see `core.vos.targets.anchor_views`."""
    ring: int = 3
    """The newest frames with predicted masks."""
    prototypes: int = 640
    """Cells into which frames that leave the other two are consolidated."""


@dataclass
class _Prototypes:
    """Consolidated cells for one set of objects; `weights` (P,) says how many cells each stands for."""

    keys: Floats
    values: dict[int, Floats]
    weights: Floats


Group = tuple[list[int], Floats, Floats]
"""See `SpaceTimeMemory.groups`."""


@dataclass
class SpaceTimeMemory:
    """Used from one thread. Arrays handed in are kept, never written to."""

    limits: MemoryLimits = field(default_factory=MemoryLimits)
    _anchors: OrderedDict[int, MemoryFrame] = field(default_factory=OrderedDict)
    _views: dict[int, list[MemoryFrame]] = field(default_factory=dict)
    """Augmented views of the anchors, the most useful first."""
    _ring: deque[MemoryFrame] = field(default_factory=deque)
    _banks: OrderedDict[frozenset[int], _Prototypes] = field(default_factory=OrderedDict)
    _groups: dict[tuple[int, ...], list[Group]] = field(default_factory=dict)
    """What `groups` returned since the memory changed last."""

    @property
    def views_wanted(self) -> int:
        """How many views of the next anchor are of use: the more anchors there are, the fewer of each are read."""
        return max(min(1, self.limits.views), self.limits.views - len(self._anchors))

    def add_anchor(self, frame_index: int, frame: MemoryFrame, views: Sequence[MemoryFrame] = ()) -> None:
        """Keeps an anchor; beyond the limit the one met longest ago is consolidated, the first of all never.

        `views` are what is to be read beside it, as far as there is room for them.
        """
        self._groups.clear()
        self._anchors[frame_index], self._views[frame_index] = frame, list(views)
        while len(self._anchors) > max(1, self.limits.anchors):
            frames = list(self._anchors)
            oldest = frames[1] if len(frames) > 2 else frames[0]
            self._consolidate(self._anchors.pop(oldest))
            del self._views[oldest]

    def add_recent(self, frame: MemoryFrame) -> None:
        """Keeps a frame just found; the oldest beyond the ring's length is consolidated."""
        self._groups.clear()
        self._ring.append(frame)
        while len(self._ring) > self.limits.ring:
            self._consolidate(self._ring.popleft())

    def groups(self, object_ids: Sequence[int]) -> Sequence[Group]:
        """(object ids, keys (C, M), values (K, V, M)) for each group of objects known to the same frames.

        Objects of which nothing is known are in no group. M is a size that every runtime reads without a copy: cells of
        zeros, which are similar to nothing, come last. As long as nothing is added the arrays are the same ones, so
        that whoever copies them to a GPU can do so once.
        """
        asked = tuple(object_ids)
        if asked not in self._groups:
            self._groups[asked] = list(self._grouped(object_ids))
        return self._groups[asked]

    def _grouped(self, object_ids: Sequence[int]) -> Iterator[Group]:
        stores = [(frame.keys, frame.values) for frame in (*self._given(), *self._ring)]
        stores += [(bank.keys, bank.values) for bank in self._banks.values()]
        by_stores: dict[tuple[int, ...], list[int]] = {}
        for object_id in object_ids:
            known = tuple(index for index, (_, values) in enumerate(stores) if object_id in values)
            if known:
                by_stores.setdefault(known, []).append(object_id)
        for known, group in by_stores.items():
            yield (
                group,
                _joined([stores[index][0] for index in known]),
                _rows_together([[stores[index][1][one] for index in known] for one in group]),
            )

    def _given(self) -> list[MemoryFrame]:
        """The anchors, and of their views as many as may be read: the first of each, then the second ones."""
        ranked = (view for rank in zip_longest(*self._views.values()) for view in rank if view is not None)
        return [*self._anchors.values(), *islice(ranked, self.limits.views)]

    def anchor_masks(self, object_ids: Sequence[int]) -> tuple[Floats, Floats] | None:
        """Keys (C, M) and the objects' masks (K, M) in [0, 1] of the anchors that know all of `object_ids`; None if
        there is none. The last plane of the values is the mask.
        """
        known = [frame for frame in self._given() if all(one in frame.values for one in object_ids)]
        if not known:
            return None
        masks = [np.concatenate([frame.values[one][-1] for frame in known]) for one in object_ids]
        return np.concatenate([frame.keys for frame in known], axis=1), np.stack(masks)

    @property
    def cells(self) -> int:
        """How many cells a read looks at, at most."""
        keys = [frame.keys for frame in (*self._given(), *self._ring)]
        keys += [bank.keys for bank in self._banks.values()]
        return sum(int(one.shape[1]) for one in keys)

    def _consolidate(self, frame: MemoryFrame) -> None:
        if not frame.values or self.limits.prototypes <= 0:
            return
        ids = frozenset(frame.values)
        bank = self._banks.get(ids)
        if bank is None:
            # two banks at most: a new object makes a new one, and the one longest unused gives way
            while len(self._banks) >= 2:
                self._banks.popitem(last=False)
            step = max(1, -(-frame.keys.shape[1] // self.limits.prototypes))
            self._banks[ids] = _Prototypes(
                frame.keys[:, ::step].copy(),
                {one: values[:, ::step].copy() for one, values in frame.values.items()},
                np.ones(frame.keys[:, ::step].shape[1], np.float32),
            )
            return
        self._banks.move_to_end(ids)
        nearest = np.argmax(bank.keys.T @ frame.keys, axis=0)
        count = bank.keys.shape[1]
        gained = np.bincount(nearest, minlength=count).astype(np.float32)
        total = bank.weights + gained

        def blend(old: Floats, new: Floats) -> Floats:
            sums = np.zeros((count, new.shape[0]), np.float32)
            np.add.at(sums, nearest, new.T)
            blended: Floats = (old * bank.weights + sums.T) / total
            return blended

        keys = blend(bank.keys, frame.keys)
        bank.keys = keys / np.maximum(np.linalg.norm(keys, axis=0, keepdims=True), 1e-6)
        bank.values = {one: blend(values, frame.values[one]) for one, values in bank.values.items()}
        bank.weights = np.minimum(total, _WEIGHT_LIMIT)


def _rows_together(objects: list[list[Floats]]) -> Floats:
    """The values (K, V, M) of some objects, from those (V, N) of each in some frames; zeros come last.

    In memory a cell's values lie one after the other, as they are read.
    """
    filled = sum(part.shape[1] for part in objects[0])
    rows = np.zeros((len(objects), filled + missing_cells(filled), len(objects[0][0])), np.float32)
    for own, parts in zip(rows, objects, strict=True):
        np.concatenate([part.T for part in parts], out=own[:filled])
    return rows.transpose(0, 2, 1)


def _joined(parts: list[Floats]) -> Floats:
    """Keys of some frames, (C, N) each, one after the other and then zeros; see `missing_cells`."""
    missing = missing_cells(sum(part.shape[1] for part in parts))
    return np.concatenate([*parts, np.zeros((len(parts[0]), missing), np.float32)], axis=1)
