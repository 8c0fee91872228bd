"""The objects menu's actions: objects and anchors."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "add_object", T("Actions", "&Add object"), T("Actions", "Add an object"), Needs.CLIP, "add", ("Ctrl+N",)
    ),
    ActionSpec(
        "find_objects",
        T("Actions", "&Find objects…"),
        T("Actions", "Let a detector or a text find objects, and accept those that are wanted"),
        Needs.READY,
        keys=("Ctrl+F",),
    ),
    ActionSpec(
        "rename_object",
        T("Actions", "Re&name object"),
        T("Actions", "Rename the chosen object"),
        Needs.OBJECT,
        keys=("F2",),
    ),
    ActionSpec(
        "classify_object",
        T("Actions", "&Class of object"),
        T("Actions", "Say what kind of thing the chosen object is"),
        Needs.OBJECT,
        keys=("Shift+F2",),
    ),
    ActionSpec(
        "suggest_classes",
        T("Actions", "Su&ggest classes"),
        T("Actions", "Suggest what new objects are by the classes given before; the examples stay on this machine"),
        checkable=True,
    ),
    ActionSpec(
        "colour_object",
        T("Actions", "Colour of ob&ject…"),
        T("Actions", "Choose the colour of the chosen object"),
        Needs.OBJECT,
        keys=("Ctrl+F2",),
    ),
    ActionSpec(
        "merge_object",
        T("Actions", "&Merge into…"),
        T("Actions", "Make the chosen object a part of another one, on every frame"),
        Needs.OBJECT,
        "merge",
        ("Ctrl+J",),
    ),
    ActionSpec(
        "object_up",
        T("Actions", "Move object &up"),
        T("Actions", "Move the chosen object up in the list"),
        Needs.OBJECT,
        keys=("Ctrl+Shift+Up",),
    ),
    ActionSpec(
        "object_down",
        T("Actions", "Move object d&own"),
        T("Actions", "Move the chosen object down in the list"),
        Needs.OBJECT,
        keys=("Ctrl+Shift+Down",),
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
        "solo",
        T("Actions", "&Solo"),
        T("Actions", "Show the chosen object alone"),
        Needs.OBJECT,
        "solo",
        ("Ctrl+Shift+H",),
        True,
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
        T("Actions", "&Remove anchor"),
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
        "find_objects",
        "rename_object",
        "classify_object",
        "suggest_classes",
        "colour_object",
        "toggle_visible",
        "solo",
        "toggle_locked",
        SEPARATOR,
        "object_up",
        "object_down",
        "merge_object",
        SEPARATOR,
        "drop_anchor",
        SEPARATOR,
        "remove_object",
    ),
)
