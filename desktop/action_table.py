"""Every action in one table: what it is called, what it needs, its icon and its keys; and the menus."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Needs(Enum):
    """When an action can be used."""

    NOTHING = auto()
    CLIP = auto()
    IDLE = auto()
    """A clip, and no long work running."""
    MASK = auto()
    """An anchor to start from, and no long work running."""
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


SPECS = (
    ActionSpec(
        "open",
        T("Actions", "&Open clip or project…"),
        T("Actions", "Open a clip or a project"),
        icon="open",
        keys=("Ctrl+O",),
    ),
    ActionSpec(
        "open_folder",
        T("Actions", "Open folder of &pictures…"),
        T("Actions", "Open a folder of pictures as a clip"),
        keys=("Ctrl+Shift+O",),
    ),
    ActionSpec(
        "import_mask",
        T("Actions", "&Import mask…"),
        T("Actions", "Import a mask picture for this frame"),
        Needs.IDLE,
        "import_mask",
        ("Ctrl+I",),
    ),
    ActionSpec(
        "close",
        T("Actions", "&Close"),
        T("Actions", "Close the clip; everything is already saved"),
        Needs.CLIP,
        keys=("Ctrl+W",),
    ),
    ActionSpec("quit", T("Actions", "&Quit"), T("Actions", "Quit; everything is already saved"), keys=("Ctrl+Q",)),
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
    ActionSpec(
        "fit", T("Actions", "&Fit in window"), T("Actions", "Show the whole picture"), Needs.CLIP, "fit", ("F",)
    ),
    ActionSpec(
        "actual",
        T("Actions", "&Actual size"),
        T("Actions", "One pixel of the picture is one of the screen"),
        Needs.CLIP,
        "actual",
        ("Ctrl+0",),
    ),
    ActionSpec(
        "zoom_in",
        T("Actions", "Zoom &in"),
        T("Actions", "Zoom in"),
        Needs.CLIP,
        keys=("Ctrl++", "Ctrl+="),
        also="wheel",
    ),
    ActionSpec(
        "zoom_out", T("Actions", "Zoom &out"), T("Actions", "Zoom out"), Needs.CLIP, keys=("Ctrl+-",), also="wheel"
    ),
    ActionSpec(
        "show_masks",
        T("Actions", "Show &masks"),
        T("Actions", "Show or hide the masks"),
        Needs.CLIP,
        "visible",
        ("M",),
        True,
    ),
    ActionSpec(
        "outline",
        T("Actions", "Out&lines"),
        T("Actions", "Draw an outline around each mask"),
        Needs.CLIP,
        keys=("Shift+M",),
        checkable=True,
    ),
    ActionSpec(
        "follow",
        T("Actions", "&Follow propagation"),
        T("Actions", "Go along with the propagation while it runs"),
        keys=("Shift+F",),
        checkable=True,
    ),
    ActionSpec("play", T("Actions", "&Play"), T("Actions", "Play or stop"), Needs.CLIP, "play", ("K",), also="Space"),
    ActionSpec(
        "shuttle_back",
        T("Actions", "Play &backwards"),
        T("Actions", "Play backwards, again for faster"),
        Needs.CLIP,
        keys=("J",),
    ),
    ActionSpec(
        "shuttle_on",
        T("Actions", "Play for&wards"),
        T("Actions", "Play forwards, again for faster"),
        Needs.CLIP,
        keys=("L",),
    ),
    ActionSpec(
        "loop", T("Actions", "L&oop"), T("Actions", "Begin again at the end"), Needs.CLIP, "loop", ("Ctrl+L",), True
    ),
    ActionSpec(
        "previous", T("Actions", "P&revious frame"), T("Actions", "Previous frame"), Needs.CLIP, "previous", ("Left",)
    ),
    ActionSpec("next", T("Actions", "&Next frame"), T("Actions", "Next frame"), Needs.CLIP, "next", ("Right",)),
    ActionSpec(
        "back_10", T("Actions", "Ten frames back"), T("Actions", "Ten frames back"), Needs.CLIP, keys=("Shift+Left",)
    ),
    ActionSpec(
        "on_10", T("Actions", "Ten frames on"), T("Actions", "Ten frames on"), Needs.CLIP, keys=("Shift+Right",)
    ),
    ActionSpec("first", T("Actions", "&First frame"), T("Actions", "First frame"), Needs.CLIP, "first", ("Home",)),
    ActionSpec("last", T("Actions", "L&ast frame"), T("Actions", "Last frame"), Needs.CLIP, "last", ("End",)),
    ActionSpec(
        "mark_in", T("Actions", "Set &in point"), T("Actions", "Begin the range here"), Needs.CLIP, "mark_in", ("I",)
    ),
    ActionSpec(
        "mark_out", T("Actions", "Set &out point"), T("Actions", "End the range here"), Needs.CLIP, "mark_out", ("O",)
    ),
    ActionSpec(
        "clear_range",
        T("Actions", "&Clear range"),
        T("Actions", "Make the range the whole clip"),
        Needs.CLIP,
        keys=("Shift+I",),
    ),
    ActionSpec(
        "previous_anchor",
        T("Actions", "Previous anc&hor"),
        T("Actions", "Previous anchor"),
        Needs.CLIP,
        keys=("Ctrl+Left",),
    ),
    ActionSpec(
        "next_anchor", T("Actions", "Next ancho&r"), T("Actions", "Next anchor"), Needs.CLIP, keys=("Ctrl+Right",)
    ),
    ActionSpec(
        "check_next",
        T("Actions", "Next frame to chec&k"),
        T("Actions", "Go to the next frame the engine is unsure of"),
        Needs.CLIP,
        "check_next",
        ("N",),
    ),
    ActionSpec(
        "check_previous",
        T("Actions", "Previous frame to check"),
        T("Actions", "Go to the previous frame the engine is unsure of"),
        Needs.CLIP,
        keys=("Shift+N",),
    ),
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
    ActionSpec(
        "propagate_backward",
        T("Actions", "&Backward"),
        T("Actions", "Propagate from this frame to the clip's start"),
        Needs.MASK,
        "backward",
        ("Shift+P",),
    ),
    ActionSpec(
        "propagate_both",
        T("Actions", "B&oth ways"),
        T("Actions", "Propagate through the whole clip, both ways"),
        Needs.MASK,
        "both",
        ("Ctrl+P",),
    ),
    ActionSpec(
        "propagate_forward",
        T("Actions", "&Forward"),
        T("Actions", "Propagate from this frame to the clip's end"),
        Needs.MASK,
        "forward",
        ("P",),
    ),
    ActionSpec(
        "propagate_one",
        T("Actions", "Ne&xt frame only"),
        T("Actions", "Propagate to the next frame only"),
        Needs.MASK,
        "one_frame",
        ("Ctrl+Shift+P",),
    ),
    ActionSpec(
        "propagate_range",
        T("Actions", "In and out &range"),
        T("Actions", "Propagate inside the range set with I and O"),
        Needs.MASK,
        "range",
        ("R",),
    ),
    ActionSpec(
        "cancel", T("Actions", "&Cancel"), T("Actions", "Stop; what is finished stays"), Needs.JOB, "cancel", ("Esc",)
    ),
    ActionSpec(
        "export_masks",
        T("Actions", "Export &masks…"),
        T("Actions", "Export the masks as pictures"),
        Needs.IDLE,
        "export",
        ("Ctrl+E",),
    ),
    ActionSpec(
        "shortcuts", T("Actions", "&Keyboard shortcuts"), T("Actions", "List all keyboard shortcuts"), keys=("F1",)
    ),
    ActionSpec("about", T("Actions", "&About Rotoflow"), T("Actions", "Version, licence and libraries")),
)

SEPARATOR = "-"
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        T("Actions", "&File"),
        ("open", "open_folder", "recent", SEPARATOR, "import_mask", "export_masks", SEPARATOR, "close", "quit"),
    ),
    (T("Actions", "&Edit"), ("undo", "redo", SEPARATOR, "hand", "brush", "eraser", SEPARATOR, "smaller", "larger")),
    (
        T("Actions", "&View"),
        ("zoom_in", "zoom_out", "fit", "actual", SEPARATOR, "show_masks", "outline", "follow", SEPARATOR, "panels"),
    ),
    (
        T("Actions", "&Go"),
        (
            "play",
            "shuttle_back",
            "shuttle_on",
            "loop",
            SEPARATOR,
            "previous",
            "next",
            "back_10",
            "on_10",
            "first",
            "last",
            SEPARATOR,
            "previous_anchor",
            "next_anchor",
            "check_next",
            "check_previous",
            SEPARATOR,
            "mark_in",
            "mark_out",
            "clear_range",
        ),
    ),
    (
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
    ),
    (
        T("Actions", "&Propagate"),
        (
            "propagate_forward",
            "propagate_backward",
            "propagate_both",
            "propagate_one",
            "propagate_range",
            SEPARATOR,
            "cancel",
        ),
    ),
    (T("Actions", "&Help"), ("shortcuts", SEPARATOR, "about")),
)
