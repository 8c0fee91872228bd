"""The help menu's actions: what there is to know."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, T

SPECS = (
    ActionSpec("tour", T("Actions", "&Tour"), T("Actions", "Show in three steps where the main job is done")),
    ActionSpec(
        "open_sample", T("Actions", "Open &sample clip"), T("Actions", "Open the clip that comes with the program")
    ),
    ActionSpec(
        "palette",
        T("Actions", "Command &palette…"),
        T("Actions", "Find a command by its name and do it"),
        keys=("Ctrl+Shift+A",),
    ),
    ActionSpec(
        "shortcuts", T("Actions", "&Keyboard shortcuts…"), T("Actions", "List and change the keys"), keys=("F1",)
    ),
    ActionSpec("log", T("Actions", "&Log…"), T("Actions", "Show the log of the program"), keys=("Ctrl+Shift+L",)),
    ActionSpec(
        "copy_diagnostics",
        T("Actions", "Copy &diagnostics"),
        T("Actions", "Copy versions, machine, clip and log for a report"),
    ),
    ActionSpec(
        "models",
        T("Actions", "&Models…"),
        T("Actions", "Download, check and remove models that engines can use"),
    ),
    ActionSpec("about", T("Actions", "&About Rotoflow"), T("Actions", "Version, licence and libraries")),
)

MENU: Menu = (
    T("Actions", "&Help"),
    (
        "tour",
        "open_sample",
        SEPARATOR,
        "palette",
        "shortcuts",
        SEPARATOR,
        "log",
        "copy_diagnostics",
        SEPARATOR,
        "models",
        SEPARATOR,
        "about",
    ),
)
