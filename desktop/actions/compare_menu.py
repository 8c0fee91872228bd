"""The compare submenu's actions: two results of a frame, or the frames next to it."""

from __future__ import annotations

from desktop.actions.spec import SEPARATOR, ActionSpec, Menu, Needs, T


def _way(name: str, text: str, tip: str, key: str) -> ActionSpec:
    return ActionSpec(f"compare_{name}", text, tip, Needs.CLIP, keys=(key,), checkable=True)


SPECS = (
    _way(
        "wipe",
        T("Actions", "&Wipe"),
        T(
            "Actions",
            "See the masks of before the last propagation, or another step, beside those of now",
        ),
        "Ctrl+Alt+W",
    ),
    _way("flicker", T("Actions", "&Flicker"), T("Actions", "See the masks of before and now in turn"), "Ctrl+Alt+F"),
    _way(
        "difference",
        T("Actions", "&Difference"),
        T("Actions", "See where masks were added, taken away or given to another object"),
        "Ctrl+Alt+D",
    ),
    _way(
        "onion",
        T("Actions", "&Onion skin"),
        T("Actions", "See outlines of the masks on the frames before (blue) and after (orange)"),
        "Ctrl+Alt+O",
    ),
    ActionSpec(
        "compare_engines",
        T("Actions", "Compare &engines…"),
        T("Actions", "Follow everything again with another engine, and see both results side by side"),
        Needs.MASK,
    ),
)

COMPARISONS = tuple(spec.name for spec in SPECS if spec.checkable)
"""Names of the actions of which at most one is chosen."""

MENU: Menu = (T("Actions", "&Compare"), (*COMPARISONS, SEPARATOR, "compare_engines"))
