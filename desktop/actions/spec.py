"""What describes an action: what it is called, what it needs, its icon and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Needs(Enum):
    """When an action can be used."""

    NOTHING = auto()
    CLIP = auto()
    IDLE = auto()
    """A clip, and no long work running."""
    READY = auto()
    """A clip, and long work that is asked for can begin or wait for its turn."""
    MASK = auto()
    """READY, and an anchor to start from."""
    OBJECT = auto()
    JOB = auto()
    """Long work running."""
    UNDO = auto()
    REDO = auto()


@dataclass(frozen=True)
class ActionSpec:
    name: str
    text: str
    tip: str
    needs: Needs = Needs.NOTHING
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False
    also: str = ""
    """A key that works elsewhere than through the action, for the tooltip."""


def T(context: str, text: str) -> str:
    """Marks a text for the translation tools (QT_TRANSLATE_NOOP is untyped); it is looked up when it is shown."""
    return text


SEPARATOR = "-"

Menu = tuple[str, tuple[str, ...]]
"""Title, and the names of what is in it: actions, separators and submenus."""
