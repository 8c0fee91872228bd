"""Decides which keys go to the tool on the canvas, before menus and focus get them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.tools.base import Tool

CHOOSING = {int(Qt.Key.Key_Tab): 1, int(Qt.Key.Key_Backtab): -1}
"""Another of several things that are meant."""
COMPARE = Qt.Key.Key_Backslash
"""Shows the bare picture while it is held."""
_PENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
"""What the keys mean while a tool has something pending: confirm, drop, a step back."""


def are_for(tool: Tool, event: QKeyEvent) -> bool:
    """Whether a key belongs to what a tool has pending."""
    return tool.pending and (event.key() in _PENDING or event.matches(QKeySequence.StandardKey.Undo))
