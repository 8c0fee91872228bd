"""Adds keys to the tooltips of controls that do the same as an action."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.actions.actions import Actions


class KeyHints(QObject):
    """Keeps the keys in tooltips those that a person chose."""

    def __init__(
        self, actions: Actions, controls: Mapping[QWidget, tuple[str, ...]], parent: QObject | None = None
    ) -> None:
        """`controls` says for each control the actions that do the same."""
        super().__init__(parent)
        self._actions = actions
        self._hints = [(control, control.toolTip(), names) for control, names in controls.items()]
        self._actions.keys_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for control, tip, names in self._hints:
            keys = ", ".join(text for name in names if (text := self._actions.keys_text(name)))
            control.setToolTip(f"{tip} ({keys})" if keys else tip)
