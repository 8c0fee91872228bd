"""The one question that is asked before running work is left."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.actions.spec import T

translate = QCoreApplication.translate


class Purpose(Enum):
    """What a person is about to do."""

    QUIT = T("Leaving", "Quit Rotoflow?")
    CLOSE = T("Leaving", "Close this clip?")
    OPEN = T("Leaving", "Open another clip?")


class Leave(Enum):
    """What becomes of the running work."""

    FINISH = auto()
    """It is finished first."""
    STOP = auto()
    """It is stopped; what is done is kept."""


def ask_to_leave(window: QWidget, purpose: Purpose, running: Sequence[str]) -> Leave | None:
    """Asks what becomes of the work of these titles; None to stay."""
    names = ", ".join(running)
    box = QMessageBox(
        QMessageBox.Icon.Question,
        translate("Leaving", purpose.value),
        translate("Leaving", "Work is not finished yet: {names}.").format(names=names),
        parent=window,
    )
    box.setInformativeText(
        translate(
            "Leaving",
            "When it is stopped, finished frames and clips are kept, and the rest is offered again. "
            "Of an export that is stopped nothing is left behind.",
        )
    )
    finish = box.addButton(translate("Leaving", "&Finish first"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(translate("Leaving", "&Stop and keep"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(translate("Leaving", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(finish)
    box.exec()
    chosen = box.clickedButton()
    return Leave.FINISH if chosen is finish else Leave.STOP if chosen is stop else None
