"""The weights that were fine-tuned on the open clip, for the widgets: a part of the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from core.project import Project

_BLOB = "adaptation"
_SETTING = "adaptation"
_REFUSED = "adaptation_refused"


@dataclass(frozen=True)
class Tuned:
    """How well the clip is followed without and with them (J&F in [0, 1]), and whether they are used."""

    before: float
    after: float
    used: bool


class Adaptation(QObject):
    """Keeps one set of weights in the project; turning them off keeps them. Lives with the session."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self.tuned: Tuned | None = None
        """None while the clip has no weights of its own."""
        self.refused: tuple[float, float] | None = None
        """J&F before and after the last fine-tuning, if that was not better and its weights were not kept."""

    def adopt(self, project: Project | None) -> None:
        """Another project, or none."""
        self._project = project
        stored = project.get(_SETTING) if project else None
        self.tuned = (
            Tuned(float(stored["before"]), float(stored["after"]), bool(stored["used"]))
            if isinstance(stored, dict)
            else None
        )
        refused = project.get(_REFUSED) if project else None
        self.refused = (float(refused[0]), float(refused[1])) if isinstance(refused, list) else None
        self.changed.emit()

    @property
    def weights(self) -> bytes:
        """What an engine is to be opened with; empty for its own weights."""
        if self._project is None or self.tuned is None or not self.tuned.used:
            return b""
        return self._project.load_blob(_BLOB) or b""

    def keep(self, before: float, after: float, weights: bytes) -> None:
        """Stores weights and uses them from now on; those of before are gone."""
        if self._project is not None:
            self._project.store_blob(_BLOB, weights)
            self._project.set(_REFUSED, None)
            self.refused = None
            self._write(Tuned(before, after, True))

    def refuse(self, before: float, after: float) -> None:
        """Remembers that a fine-tuning brought nothing; what was kept before stays."""
        if self._project is not None:
            self._project.set(_REFUSED, [before, after])
            self.refused = before, after
            self.changed.emit()

    def use(self, used: bool) -> None:
        """Turns the weights on or off."""
        if self.tuned is not None and used != self.tuned.used:
            self._write(Tuned(self.tuned.before, self.tuned.after, used))

    def _write(self, tuned: Tuned) -> None:
        assert self._project is not None
        self._project.set(_SETTING, {"before": tuned.before, "after": tuned.after, "used": tuned.used})
        self.tuned = tuned
        self.changed.emit()
