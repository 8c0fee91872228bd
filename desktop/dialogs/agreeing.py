"""Questions before something is lost: Enter, pressed without reading, loses nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


def agrees_to_lose(parent: QWidget, title: str, question: str, go: str) -> bool:
    """Whether the person chooses the button `go`. Cancel has the focus, and Enter and Esc are that."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=parent)
    goes = box.addButton(go, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(translate("Ask", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is goes
