"""The view menu's actions: the canvas and the panels."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T

SPECS = (
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
        also=T("Actions", "wheel"),
    ),
    ActionSpec(
        "zoom_out",
        T("Actions", "Zoom &out"),
        T("Actions", "Zoom out"),
        Needs.CLIP,
        keys=("Ctrl+-",),
        also=T("Actions", "wheel"),
    ),
    ActionSpec(
        "notices",
        T("Actions", "&Notifications"),
        T("Actions", "Show the notices of this run, and where the results are"),
        icon="notices",
        keys=("Ctrl+Shift+N",),
    ),
    ActionSpec(
        "show_masks",
        T("Actions", "Show &masks"),
        T("Actions", "Show or hide the masks"),
        Needs.CLIP,
        "visible",
        ("M",),
        True,
        T("Actions", "hold \\ for the bare picture"),
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
        "soft_edges",
        T("Actions", "&Soft edges"),
        T("Actions", "See cut-out objects and mattes with the soft edge that an export gives them"),
        Needs.CLIP,
        keys=("Shift+Y",),
        checkable=True,
    ),
    ActionSpec(
        "pixel_grid",
        T("Actions", "Pixel &grid"),
        T("Actions", "Draw lines between pixels that are shown large"),
        Needs.CLIP,
        keys=("Ctrl+G",),
        checkable=True,
    ),
    ActionSpec(
        "key_pointer",
        T("Actions", "Point by &keys"),
        T("Actions", "Arrow keys move a pointer, Shift by one pixel, Ctrl far; Space presses and lets go"),
        Needs.CLIP,
        keys=("F4",),
        checkable=True,
    ),
    ActionSpec(
        "picture_view",
        T("Actions", "Pict&ure…"),
        T("Actions", "Exposure, gamma and tone mapping of what is shown; exports are not touched"),
        Needs.CLIP,
    ),
    ActionSpec(
        "follow",
        T("Actions", "Follo&w propagation"),
        T("Actions", "Go along with the propagation while it runs"),
        keys=("Shift+F",),
        checkable=True,
    ),
    ActionSpec(
        "reset_panels", T("Actions", "&Reset panels"), T("Actions", "Put all panels back where they were at first")
    ),
)

MENU: Menu = (
    T("Actions", "&View"),
    (
        "zoom_in",
        "zoom_out",
        "fit",
        "actual",
        SEPARATOR,
        "show_masks",
        "overlay",
        "compare",
        "outline",
        "soft_edges",
        "pixel_grid",
        "picture_view",
        "key_pointer",
        "follow",
        SEPARATOR,
        "notices",
        "panels",
        "reset_panels",
    ),
)
