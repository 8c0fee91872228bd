"""Fine-tuning in the engine panel: start it, see what it brought, turn it off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.actions.actions import Actions
from desktop.panels.engine_panel import EnginePanel
from desktop.session.adaptation import Adaptation
from desktop.theme import theme

translate = QCoreApplication.translate


def expectation(count: int) -> str:
    """What fine-tuning on so many masked frames can be expected to bring; empty for none."""
    if count < 2:
        text = translate(
            "TuningRow", "From one masked frame it usually gains little. More of them, spread over the clip, help."
        )
        return text if count else ""
    text = translate("TuningRow", "It learns from {count} masked frames, and is kept only if it follows them better.")
    return text.format(count=count)


class TuningRow(QWidget):
    """Shown for engines that can be fine-tuned. The box is there once there are weights to use."""

    def __init__(
        self,
        adaptation: Adaptation,
        anchor_frames: Callable[[], Sequence[int]],
        engine: EnginePanel,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._anchor_frames = anchor_frames
        self._adaptation, self._engine = adaptation, engine
        action = actions["fine_tune"]
        self.start = QPushButton(self.tr("Fine-tune"))
        self.start.setToolTip(action.toolTip())
        self.start.clicked.connect(action.trigger)
        self.start.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.start.setEnabled)
        action.enabledChanged.connect(lambda _enabled: self.show_note())
        self.used = QCheckBox()
        self.used.setToolTip(
            self.tr(
                "Propagate with the weights fine-tuned on this clip. J&F of following its anchors, without and with."
            )
        )
        self.note = QLabel()
        self.note.setProperty("dim", True)
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.used, 1)
        row.addWidget(self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.note)
        # the click, not the state: showing what is stored must not store it
        self.used.clicked.connect(adaptation.use)
        adaptation.changed.connect(self._show)
        engine.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._engine.adaptable)
        tuned = self._adaptation.tuned
        self.used.setVisible(tuned is not None)
        if tuned is not None:
            text = self.tr("Fine-tuned: {before} → {after}")
            self.used.setText(text.format(before=f"{tuned.before:.3f}", after=f"{tuned.after:.3f}"))
            self.used.setChecked(tuned.used)
        self.show_note()

    def show_note(self) -> None:
        """Says how the last fine-tuning ended, else what the next one can be expected to bring."""
        refused, count = self._adaptation.refused, len(self._anchor_frames())
        if refused is not None:
            text = self.tr("The last one followed this clip no better and was not kept: {before} → {after}.")
            text = text.format(before=f"{refused[0]:.3f}", after=f"{refused[1]:.3f}")
        else:
            text = "" if self._adaptation.tuned is not None else expectation(count)
        self.note.setText(text)
        self.note.setVisible(bool(text))
