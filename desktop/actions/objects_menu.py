"""The objects menu's actions: objects and anchors."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "add_object", T("Actions", "&Add object"), T("Actions", "Add an object"), Needs.CLIP, "add", ("Ctrl+N",)
    ),
    ActionSpec(
        "rename_object",
        T("Actions", "Re&name object"),
        T("Actions", "Rename the chosen object"),
        Needs.OBJECT,
        keys=("F2",),
    ),
    ActionSpec(
        "remove_object",
        T("Actions", "&Delete object"),
        T("Actions", "Delete the chosen object and its masks; undo brings it back"),
        Needs.OBJECT,
        "remove",
        ("Ctrl+Del",),
    ),
    ActionSpec(
        "toggle_visible",
        T("Actions", "&Visible"),
        T("Actions", "Show or hide the chosen object"),
        Needs.OBJECT,
        "visible",
        ("Ctrl+H",),
    ),
    ActionSpec(
        "toggle_locked",
        T("Actions", "&Locked"),
        T("Actions", "Lock the chosen object, so that nothing changes it"),
        Needs.OBJECT,
        "locked",
        ("Ctrl+K",),
    ),
    ActionSpec(
        "drop_anchor",
        T("Actions", "D&rop anchor"),
        T("Actions", "Let propagation change this frame again"),
        Needs.CLIP,
        "drop_anchor",
        ("Ctrl+D",),
    ),
)

MENU: Menu = (
    T("Actions", "&Objects"),
    (
        "add_object",
        "rename_object",
        "toggle_visible",
        "toggle_locked",
        SEPARATOR,
        "drop_anchor",
        SEPARATOR,
        "remove_object",
    ),
)
