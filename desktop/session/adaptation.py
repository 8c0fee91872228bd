"""The weights that were fine-tuned on the open clip, for the widgets: a part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from core.project import Project, Tuned, TunedWeights


class Adaptation(QObject):
    """The open project's `TunedWeights`, with a signal when they change; nothing while no project is open."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored: TunedWeights | None = None

    def adopt(self, project: Project | None) -> None:
        """Another project, or none."""
        self._stored = project.tuned_weights if project else None
        self.changed.emit()

    @property
    def tuned(self) -> Tuned | None:
        """None while the clip has no weights of its own."""
        return self._stored.tuned if self._stored else None

    @property
    def refused(self) -> tuple[float, float] | None:
        """J&F before and after the last fine-tuning, if its weights were not kept."""
        return self._stored.refused if self._stored else None

    @property
    def weights(self) -> bytes:
        """What an engine is to be opened with; empty for its own weights."""
        return self._stored.weights if self._stored else b""

    def keep(self, before: float, after: float, weights: bytes) -> None:
        """Stores weights and uses them from now on; those of before are gone."""
        if self._stored is not None:
            self._stored.keep(before, after, weights)
            self.changed.emit()

    def refuse(self, before: float, after: float) -> None:
        """Remembers that a fine-tuning brought nothing; what was kept before stays."""
        if self._stored is not None:
            self._stored.refuse(before, after)
            self.changed.emit()

    def use(self, used: bool) -> None:
        """Turns the weights on or off."""
        if self._stored is not None:
            self._stored.use(used)
            self.changed.emit()
