"""Fields of an index beyond masks and classes, kept so that they are there when the dataset is written again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class SourceFields:
    """JSON values by what they belong to: the dataset, the clip, a frame, an object of a frame (frame, object id)."""

    dataset: Entry = field(default_factory=dict)
    clip: Entry = field(default_factory=dict)
    frames: Mapping[int, Entry] = field(default_factory=dict)
    masks: Mapping[tuple[int, int], Entry] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The fields as one JSON value; empty if there are none."""
        found: dict[str, Any] = {}
        if self.dataset:
            found["dataset"] = dict(self.dataset)
        if self.clip:
            found["clip"] = dict(self.clip)
        if self.frames:
            found["frames"] = [[frame, dict(entry)] for frame, entry in self.frames.items()]
        if self.masks:
            found["masks"] = [[*key, dict(entry)] for key, entry in self.masks.items()]
        return found

    @staticmethod
    def from_json(value: object) -> SourceFields:
        """The fields of such a value; what does not look like them is left out, for files can be changed by anyone."""
        if not isinstance(value, dict):
            return SourceFields()
        frames = {one[0]: one[1] for one in _rows(value.get("frames"), 2)}
        masks = {(one[0], one[1]): one[2] for one in _rows(value.get("masks"), 3)}
        return SourceFields(_entry(value.get("dataset")), _entry(value.get("clip")), frames, masks)


def _entry(value: object) -> Entry:
    return value if isinstance(value, dict) else {}


def _rows(value: object, width: int) -> list[list[Any]]:
    rows = value if isinstance(value, list) else []
    return [
        row
        for row in rows
        if isinstance(row, list)
        and len(row) == width
        and all(isinstance(number, int) for number in row[:-1])
        and isinstance(row[-1], dict)
    ]
