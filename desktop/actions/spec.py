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
    """A clip, and long work that is requested can begin or wait for its turn."""
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


REASONS = {
    Needs.CLIP: T("Actions", "Open a clip first."),
    Needs.READY: T("Actions", "This has to wait until the clip is open."),
    Needs.IDLE: T("Actions", "This needs an open clip and no work running."),
    Needs.MASK: T("Actions", "This needs a mask to start from."),
    Needs.OBJECT: T("Actions", "Add an object first."),
    Needs.JOB: T("Actions", "Nothing is running."),
    Needs.UNDO: T("Actions", "There is nothing to undo."),
    Needs.REDO: T("Actions", "There is nothing to redo."),
}
"""Why an action whose need is not met cannot be used."""

_BEFORE = {
    Needs.READY: (Needs.CLIP,),
    Needs.IDLE: (Needs.CLIP,),
    Needs.MASK: (Needs.CLIP, Needs.READY),
    Needs.OBJECT: (Needs.CLIP,),
}
"""What comes first: without a clip there is no mask either."""


def reason(needs: Needs, met: frozenset[Needs]) -> str:
    """Why what `needs` that cannot be used, untranslated; empty where it can."""
    if needs in met:
        return ""
    return REASONS[next((one for one in (*_BEFORE.get(needs, ()), needs) if one not in met), needs)]


SEPARATOR = "-"

Menu = tuple[str, tuple[str, ...]]
"""Title, and the names of what is in it: actions, separators and submenus."""
