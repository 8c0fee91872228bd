"""Fine-tuning in the engine panel: start it, see what it brought, turn it off again."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from desktop.actions.actions import Actions
from desktop.panels.engine_panel import EnginePanel
from desktop.session.adaptation import Adaptation
from desktop.theme import theme


class TuningRow(QWidget):
    """Shown for engines that can be fine-tuned. The box is there once there are weights to use."""

    def __init__(
        self, adaptation: Adaptation, engine: EnginePanel, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._adaptation, self._engine = adaptation, engine
        action = actions["fine_tune"]
        self.start = QPushButton(self.tr("Fine-tune"))
        self.start.setToolTip(action.toolTip())
        self.start.clicked.connect(action.trigger)
        self.start.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.start.setEnabled)
        self.used = QCheckBox()
        self.used.setToolTip(
            self.tr(
                "Propagate with the weights fine-tuned on this clip. J&F of following its anchors, without and with."
            )
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.used, 1)
        layout.addWidget(self.start)
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
