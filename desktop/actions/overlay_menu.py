"""The overlay submenu's actions: the ways to look at masks."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T


def _way(name: str, text: str, tip: str) -> ActionSpec:
    return ActionSpec(f"overlay_{name}", text, tip, Needs.CLIP, checkable=True)


_WAYS = (
    _way("colours", T("Actions", "&Colours"), T("Actions", "See the objects' colours over the picture")),
    _way("outlines", T("Actions", "&Outlines only"), T("Actions", "See the objects' outlines over the picture")),
    _way("masks", T("Actions", "&Masks only"), T("Actions", "See the masks without the picture")),
    _way("matte", T("Actions", "M&atte"), T("Actions", "See how much of each pixel the objects cover")),
    _way("black", T("Actions", "On &black"), T("Actions", "See the objects on black")),
    _way("white", T("Actions", "On &white"), T("Actions", "See the objects on white")),
    _way("checker", T("Actions", "On chec&kerboard"), T("Actions", "See the objects on a checkerboard")),
    _way("green", T("Actions", "On &green"), T("Actions", "See the objects on green")),
)

OVERLAYS = tuple(spec.name for spec in _WAYS)
"""Names of the actions of which one is always chosen."""

SPECS = (
    *_WAYS,
    ActionSpec(
        "next_overlay",
        T("Actions", "&Next way"),
        T("Actions", "See masks and picture the next way"),
        Needs.CLIP,
        keys=("Y",),
    ),
)

MENU: Menu = (T("Actions", "Over&lay"), (*OVERLAYS, SEPARATOR, "next_overlay"))
