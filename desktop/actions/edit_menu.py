"""The edit menu's actions: history and tools."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec("undo", T("Actions", "&Undo"), T("Actions", "Undo"), Needs.UNDO, "undo", ("Ctrl+Z",)),
    ActionSpec("redo", T("Actions", "&Redo"), T("Actions", "Redo"), Needs.REDO, "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(
        "hand", T("Actions", "&Hand"), T("Actions", "Move the picture"), Needs.CLIP, "hand", ("V",), True, "Space+drag"
    ),
    ActionSpec(
        "brush", T("Actions", "&Brush"), T("Actions", "Paint the chosen object"), Needs.CLIP, "brush", ("B",), True
    ),
    ActionSpec(
        "eraser", T("Actions", "&Eraser"), T("Actions", "Erase the chosen object"), Needs.CLIP, "eraser", ("E",), True
    ),
    ActionSpec(
        "smaller",
        T("Actions", "&Smaller brush"),
        T("Actions", "Smaller brush"),
        Needs.CLIP,
        keys=("[",),
        also="Ctrl+wheel",
    ),
    ActionSpec(
        "larger",
        T("Actions", "&Larger brush"),
        T("Actions", "Larger brush"),
        Needs.CLIP,
        keys=("]",),
        also="Ctrl+wheel",
    ),
)

MENU: Menu = (
    T("Actions", "&Edit"),
    (
        "undo",
        "redo",
        SEPARATOR,
        "hand",
        "brush",
        "eraser",
        SEPARATOR,
        "smaller",
        "larger",
    ),
)
