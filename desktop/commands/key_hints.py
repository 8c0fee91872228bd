"""Tooltips of controls that are no actions, with the keys that do the same as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class KeyHints(QObject):
    """Keeps the keys in tooltips those that a person chose."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._actions = window.actions_
        controls: dict[QWidget, tuple[str, ...]] = {
            window.review.list: ("check_next", "check_previous"),
            window.tool_options.size_slider: ("smaller", "larger"),
            window.tool_options.hardness_slider: ("softer", "harder"),
            window.transport.speed: ("slower", "faster"),
            window.tool_options.overlay: ("next_overlay",),
        }
        self._hints = [(control, control.toolTip(), names) for control, names in controls.items()]
        self._actions.keys_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for control, tip, names in self._hints:
            keys = ", ".join(text for name in names if (text := self._actions.keys_text(name)))
            control.setToolTip(f"{tip} ({keys})" if keys else tip)
