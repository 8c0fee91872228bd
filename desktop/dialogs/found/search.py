"""What a person looks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What objects are found by."""

    DETECTOR = "detector"
    TEXT = "text"
    SIMILAR = "similar"
    """Everything that is like the chosen object."""


@dataclass(frozen=True)
class Search:
    """One search: on the current frame, or on every `every`-th one where that is given."""

    kind: Kind
    detector: str = ""
    text: str = ""
    every: int | None = None
