"""The one question that is asked before running work is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Unfinished:
    """Work that runs or waits."""

    title: str
    kind: str = ""
    """As what it is kept to be begun again; empty for what is not."""


_WHEN_STOPPED = {
    "propagate": T("Leaving", "When the propagation is stopped, finished frames are kept."),
    "batch": T("Leaving", "When the batch is stopped, finished clips are kept."),
    "export": T("Leaving", "Of an export that is stopped nothing is left behind."),
    "export_dataset": T("Leaving", "Of an export that is stopped nothing is left behind."),
    "fine_tune": T("Leaving", "When fine-tuning is stopped, the engine stays as it is."),
}


def when_stopped(running: Sequence[Unfinished]) -> str:
    """What stopping does to this work and to no other: a sentence for each kind, then what comes back."""
    known = [one.kind for one in running if one.kind in _WHEN_STOPPED]
    sentences = list(dict.fromkeys(translate("Leaving", _WHEN_STOPPED[kind]) for kind in known))
    if known:
        sentences.append(translate("Leaving", "What is not finished is offered again."))
    dropped = ", ".join(one.title for one in running if one.kind not in _WHEN_STOPPED)
    if dropped:
        sentences.append(translate("Leaving", "Has to be started again: {names}.").format(names=dropped))
    return " ".join(sentences)


def ask_to_leave(window: QWidget, purpose: Purpose, running: Sequence[Unfinished]) -> Leave | None:
    """Asks what becomes of this work; None to stay."""
    names = ", ".join(one.title for one in running)
    box = QMessageBox(
        QMessageBox.Icon.Question,
        translate("Leaving", purpose.value),
        translate("Leaving", "Work is not finished yet: {names}.").format(names=names),
        parent=window,
    )
    box.setInformativeText(when_stopped(running))
    finish = box.addButton(translate("Leaving", "&Finish first"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(translate("Leaving", "&Stop and keep"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(translate("Leaving", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(finish)
    box.exec()
    chosen = box.clickedButton()
    return Leave.FINISH if chosen is finish else Leave.STOP if chosen is stop else None
