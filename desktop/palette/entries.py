"""What the palette offers: all that is in the menus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.actions.actions import Actions, plain
from desktop.palette.fuzzy import score


@dataclass(frozen=True)
class Entry:
    """An action as it is found and shown."""

    action: QAction
    title: str
    menu: str
    keys: str
    english: str
    """The table's own texts: found in any language."""
    reason: str
    """Why it cannot be done now, where that is known."""

    def fits(self, wanted: str) -> float | None:
        """How well the entry answers what was typed; None if it does not."""
        found = [
            points - weight
            for text, weight in ((self.title, 0.0), (f"{self.menu} {self.title}", 5.0), (self.english, 10.0))
            if (points := score(wanted, text)) is not None
        ]
        return max(found) if found else None


def entries(bar: QMenuBar, actions: Actions) -> list[Entry]:
    """Everything that can be chosen in a window's menus, in their order."""
    return [
        entry
        for top in bar.actions()
        if isinstance(menu := top.menu(), QMenu)
        for entry in _of_menu(menu, plain(top.text()), actions)
    ]


def _of_menu(menu: QMenu, path: str, actions: Actions) -> Iterator[Entry]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, f"{path} › {plain(action.text())}", actions)
        elif not action.isSeparator() and action.isVisible():
            spec = actions.spec(action.objectName())
            keys = actions.keys_text(spec.name) if spec else ""
            data = action.data()
            english = f"{plain(spec.text)} {spec.tip}" if spec else data if isinstance(data, str) else ""
            yield Entry(action, plain(action.text()), path, keys, english, actions.reason(action.objectName()))
