"""What can be wrong with the masks of a clip, as values: the texts for people are made where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """A kind of thing that stands out. None of them is certain: a person looks."""

    SWAP = "swap"
    """Two objects have exchanged their ids, or one has taken the other's."""
    EMPTY = "empty"
    """An object is gone for a few frames and comes back."""
    MISSING = "missing"
    """An object has no mask on any frame."""
    AREA = "area"
    """An object's area changes much more from one frame to the next than it does elsewhere."""
    POSITION = "position"
    """An object's centre jumps."""
    HOLES = "holes"
    """Small holes, or a large one that comes from nowhere."""
    SPECKS = "specks"
    """Small parts apart from the rest."""
    POOR = "poor"
    """Far from the true mask; only where there is one."""


@dataclass(frozen=True)
class Finding:
    """Something to look at.

    `frame_index` is the frame to go to, `first` and `last` the frames concerned. `cost` orders findings: how many masks
    are likely wrong, see `core.quality.costs`; `weight` in [0, 1], how odd it is, those of the same cost. `value`
    depends on the kind: EMPTY, HOLES, SPECKS: number of frames; AREA: the ratio of the areas (2 is twice as large);
    POSITION: the jump as a share of the object's size; SWAP: the overlap with the position taken; POOR: J&F. `other_id`
    is the other object of a SWAP.
    """

    fault: Fault
    frame_index: int
    object_id: int
    weight: float
    value: float = 0.0
    first: int = 0
    last: int = 0
    other_id: int | None = None
    cost: float = 0.0


def sentence(finding: Finding, name: str, other: str = "") -> str:
    """The finding in English, for the command line and reports. `name` and `other` are the objects'."""
    value, frames = finding.value, _frames(finding)
    match finding.fault:
        case Fault.SWAP:
            return f"{name} has taken the place of {other}"
        case Fault.EMPTY:
            return f"{name} has no mask on {frames}, but before and after"
        case Fault.MISSING:
            return f"{name} has no mask on any frame"
        case Fault.AREA:
            return f"{name} is suddenly {_times(value)}"
        case Fault.POSITION:
            return f"{name} jumps by {value:.1f} times its size"
        case Fault.HOLES:
            return f"{name} has holes on {frames}"
        case Fault.SPECKS:
            return f"{name} has specks on {frames}"
        case Fault.POOR:
            return f"{name} is far from the true mask: J&F {value:.2f}"


def _frames(finding: Finding) -> str:
    if finding.first == finding.last:
        return f"frame {finding.first}"
    return f"{finding.value:.0f} frames from {finding.first} to {finding.last}"


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times as large" if ratio >= 1 else f"{1 / ratio:.1f} times smaller"
