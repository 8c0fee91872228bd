"""Opens the panels that look into pictures, masks and networks, and begins what they are for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.commands.handlers import Handlers
from desktop.panels.inspection.proposals_panel import ProposalsPanel


class InspectionCommands(QObject):
    """Each shows its panel and lets it look at the frame that is shown."""

    panel_requested = Signal(str)
    """A panel is requested in front."""

    def __init__(self, proposals: ProposalsPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposals = proposals

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"propose_objects": self._propose}

    def _propose(self) -> None:
        self.panel_requested.emit("proposals")
        self._proposals.search()
