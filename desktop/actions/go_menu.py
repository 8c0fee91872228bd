"""The go menu's actions: playback, frames and ranges."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
    ActionSpec(
        "play",
        T("Actions", "&Play"),
        T("Actions", "Play or stop"),
        Needs.CLIP,
        "play",
        ("K",),
        also=T("Actions", "Space"),
    ),
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
        "slower",
        T("Actions", "&Slower"),
        T("Actions", "Play more slowly"),
        Needs.CLIP,
        keys=("Shift+J",),
    ),
    ActionSpec(
        "faster",
        T("Actions", "Fas&ter"),
        T("Actions", "Play faster"),
        Needs.CLIP,
        keys=("Shift+L",),
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
        "mark_out", T("Actions", "Set o&ut point"), T("Actions", "End the range here"), Needs.CLIP, "mark_out", ("O",)
    ),
    ActionSpec(
        "clear_range",
        T("Actions", "&Clear range"),
        T("Actions", "Make the range the whole clip"),
        Needs.CLIP,
        keys=("Shift+I",),
    ),
    ActionSpec(
        "marker",
        T("Actions", "Set or remove &marker"),
        T("Actions", "Mark this frame, or take its marker away"),
        Needs.CLIP,
        "marker",
        ("Ctrl+M",),
    ),
    ActionSpec(
        "name_marker",
        T("Actions", "Name marker…"),
        T("Actions", "Mark this frame with a name, or rename its marker"),
        Needs.CLIP,
        keys=("Ctrl+Alt+M",),
    ),
    ActionSpec(
        "previous_marker",
        T("Actions", "Previous marker"),
        T("Actions", "Previous marker"),
        Needs.CLIP,
        keys=("Ctrl+Shift+Left",),
    ),
    ActionSpec(
        "next_marker",
        T("Actions", "Next marker"),
        T("Actions", "Next marker"),
        Needs.CLIP,
        keys=("Ctrl+Shift+Right",),
    ),
    ActionSpec(
        "previous_anchor",
        T("Actions", "Previous anc&hor"),
        T("Actions", "Previous anchor"),
        Needs.CLIP,
        keys=("Ctrl+Left",),
    ),
    ActionSpec(
        "next_anchor", T("Actions", "Ne&xt anchor"), T("Actions", "Next anchor"), Needs.CLIP, keys=("Ctrl+Right",)
    ),
    ActionSpec(
        "check_next",
        T("Actions", "Next frame to chec&k"),
        T("Actions", "Go to the next of the frames the engine is least sure of"),
        Needs.CLIP,
        "check_next",
        ("N",),
    ),
    ActionSpec(
        "check_previous",
        T("Actions", "Previous frame to check"),
        T("Actions", "Go to the previous of the frames the engine is least sure of"),
        Needs.CLIP,
        keys=("Shift+N",),
    ),
)

MENU: Menu = (
    T("Actions", "&Go"),
    (
        "play",
        "shuttle_back",
        "shuttle_on",
        "slower",
        "faster",
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
        "marker",
        "name_marker",
        "previous_marker",
        "next_marker",
        SEPARATOR,
        "mark_in",
        "mark_out",
        "clear_range",
    ),
)
