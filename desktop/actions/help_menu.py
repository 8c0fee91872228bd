"""The help menu's actions: what there is to know."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, T

SPECS = (
    ActionSpec(
        "shortcuts", T("Actions", "&Keyboard shortcuts"), T("Actions", "List all keyboard shortcuts"), keys=("F1",)
    ),
    ActionSpec("about", T("Actions", "&About Rotoflow"), T("Actions", "Version, licence and libraries")),
)

MENU: Menu = (
    T("Actions", "&Help"),
    (
        "shortcuts",
        SEPARATOR,
        "about",
    ),
)
