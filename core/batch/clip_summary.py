"""The summary of a finished clip, stored next to its result and shown in the report."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from core.errors import BatchError
from core.messages import Message

SUMMARY_FILE = "facts.json"


@dataclass(frozen=True)
class ObjectSummary:
    """One object: its confidence on every frame (None: unknown) and, with ground truth, J and F by frame index."""

    object_id: int
    name: str
    colour: tuple[int, int, int]
    confidence: tuple[float | None, ...]
    j: dict[int, float] = field(default_factory=dict)
    f: dict[int, float] = field(default_factory=dict)

    @property
    def mean_confidence(self) -> float | None:
        """The mean confidence over the frames on which it is known."""
        return _mean([value for value in self.confidence if value is not None])

    @property
    def j_and_f(self) -> float | None:
        """The mean of J's and F's means; None without ground truth."""
        j, f = _mean(list(self.j.values())), _mean(list(self.f.values()))
        return None if j is None or f is None else (j + f) / 2


@dataclass(frozen=True)
class ClipSummary:
    """One finished clip. `key` is that of the job it was made for."""

    key: str
    name: str
    engine: str
    frame_count: int
    size: tuple[int, int]
    masked_frames: tuple[int, ...]
    exports: tuple[str, ...]
    """Names of what was exported: files and folders."""
    objects: tuple[ObjectSummary, ...]
    follow_seconds: float
    export_seconds: float
    worker: str
    notes: tuple[Message, ...] = ()
    files: tuple[str, ...] = ()
    """The files of the exports, as paths from the batch's folder."""

    @property
    def j_and_f(self) -> float | None:
        """The mean over the objects; None without ground truth."""
        return _mean([one.j_and_f for one in self.objects if one.j_and_f is not None])

    @property
    def confidence(self) -> float | None:
        """The mean over the objects."""
        return _mean([one.mean_confidence for one in self.objects if one.mean_confidence is not None])

    def write(self, folder: Path) -> None:
        """Writes the summary into a folder."""
        (folder / SUMMARY_FILE).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> ClipSummary:
        """Reads the summary in a folder. Raises BatchError if they are damaged."""
        path = folder / SUMMARY_FILE
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            objects = tuple(_object(one) for one in data.pop("objects"))
            for name in ("size", "masked_frames", "exports", "notes", "files"):
                data[name] = tuple(data[name])
            return cls(objects=objects, **data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BatchError(
                "{path}: damaged or from another version; remove its folder to do the clip again.", path=path
            ) from error


def _object(data: dict[str, Any]) -> ObjectSummary:
    for name in ("colour", "confidence"):
        data[name] = tuple(data[name])
    for name in ("j", "f"):
        data[name] = {int(frame_index): value for frame_index, value in data[name].items()}
    return ObjectSummary(**data)


def known(value: float) -> float | None:
    """A confidence as JSON holds it: four digits, NaN as None."""
    return None if math.isnan(value) else round(float(value), 4)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
