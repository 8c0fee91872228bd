"""Which object each colour and each value stands for, the same on all pictures of a clip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.types import MAX_OBJECT_ID

Key = tuple[str, int]
"""("grey", value) or ("colour", 0xRRGGBB)."""

_MAX_DISTANCE = 40
"""Two lossy colours this close are one object's."""


class IdTable:
    """Gives every key an id from 1 to 255 and never another one afterwards.

    With a `shared` table the clips of a dataset agree as far as ids reach: a colour gets the id that it has there.
    """

    def __init__(self, shared: IdTable | None = None) -> None:
        self._ids: dict[Key, int] = {}
        self._taken: set[int] = set()
        self._shared = shared
        self._loose = 0

    @property
    def ids(self) -> Mapping[Key, int]:
        """The id of every key so far; 0 is background."""
        return dict(self._ids)

    def colours(self) -> NDArray[np.int16]:
        """(N, 3) int16: the colours that have an id."""
        packed = [value for kind, value in self._ids if kind == "colour"]
        return np.array([[value >> 16, value >> 8 & 255, value & 255] for value in packed], np.int16).reshape(-1, 3)

    def set(self, key: Key, object_id: int) -> None:
        """Makes `object_id` the id of a key that has none; 0 says that it is background."""
        self._ids.setdefault(key, object_id)
        self._taken.add(object_id)

    def find(self, keys: Iterable[tuple[Key, int]], what: str, lossy: bool = False) -> list[int]:
        """The id of each key. With it comes the id that it gets where it is new and that one is free, or 0 for any.

        `lossy` takes a colour for the one known that it is closest to, if that is close. Raises MaskError, beginning
        with `what`, where there are more objects than ids.
        """
        pairs = list(keys)
        found: dict[int, int] = {}
        for index, (key, _) in enumerate(pairs):
            known = self._ids.get(key)
            if known is None and lossy:
                known = self._nearest(key)
            if known is not None:
                self._ids.setdefault(key, known)
                found[index] = known
        # first those that can have the id they ask for, so that nobody takes it from them
        for index, (key, wanted) in enumerate(pairs):
            if index not in found and wanted == 0 and self._shared is not None:
                (wanted,) = self._shared._offered(key)
            if index not in found and 0 < wanted <= MAX_OBJECT_ID and wanted not in self._taken:
                found[index] = self._assign(key, wanted)
        for index, (key, _) in enumerate(pairs):
            if index not in found:
                free = next((one for one in range(1, MAX_OBJECT_ID + 1) if one not in self._taken), None)
                if free is None:
                    raise MaskError(
                        "{what}: with it there are more than {max_object_id} objects; a clip cannot have more. "
                        "Give the objects to follow alone, such as a mask file for each, or paint the others black.",
                        what=what,
                        max_object_id=MAX_OBJECT_ID,
                    )
                found[index] = self._assign(key, free)
        return [found[index] for index in range(len(pairs))]

    def _assign(self, key: Key, object_id: int) -> int:
        self._ids[key] = object_id
        self._taken.add(object_id)
        return object_id

    def _offered(self, key: Key) -> tuple[int]:
        """The id that a dataset's table has for a key: its own numbers go on beyond those that a label map holds."""
        if key not in self._ids:
            self._loose += 1
            self._ids[key] = self._loose
        return (self._ids[key],)

    def _nearest(self, key: Key) -> int | None:
        kind, value = key
        best, found = _MAX_DISTANCE + 1, None
        for (other_kind, other), number in self._ids.items():
            if other_kind == kind and (distance := _distance(kind, value, other)) < best:
                best, found = distance, number
        return found


def _distance(kind: str, one: int, other: int) -> int:
    if kind == "grey":
        return abs(one - other)
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (16, 8, 0))
