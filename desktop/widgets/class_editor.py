"""Editing a class label in a list: the classes in use are proposed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget


class ClassEditor(QStyledItemDelegate):
    """A line that completes to a class that another object has."""

    def __init__(self, class_labels: Callable[[], list[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._class_labels = class_labels

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        line = QLineEdit(parent)
        completer = QCompleter(self._class_labels(), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        line.setCompleter(completer)
        return line
