"""The weights that were fine-tuned on a project's clip: whether there are any, how good they are, and their bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.project.storage.settings import AttachmentStore, SettingStore

_BLOB = "adaptation"
_SETTING = "adaptation"
_REFUSED = "adaptation_refused"


@dataclass(frozen=True)
class Tuned:
    """How well the clip is followed without and with the weights (J&F in [0, 1]), and whether they are used."""

    before: float
    after: float
    used: bool


class TunedWeights:
    """One set of weights at a time, a part of the project; turning them off keeps them. No change is an undo step.

    Every method that stores raises ProjectError if the file cannot be written to.
    """

    def __init__(self, settings: SettingStore, attachments: AttachmentStore) -> None:
        self._settings, self._attachments = settings, attachments

    @property
    def tuned(self) -> Tuned | None:
        """None while the clip has no weights of its own."""
        stored = self._settings.get(_SETTING)
        try:
            return Tuned(float(stored["before"]), float(stored["after"]), bool(stored["used"]))  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def refused(self) -> tuple[float, float] | None:
        """J&F before and after the last fine-tuning, if that was not better and its weights were not kept."""
        stored = self._settings.get(_REFUSED)
        try:
            return float(stored[0]), float(stored[1])  # type: ignore[index]
        except (IndexError, KeyError, TypeError, ValueError):
            return None

    @property
    def weights(self) -> bytes:
        """What to open an engine with, as its option `adaptation`; empty for the engine's own weights."""
        tuned = self.tuned
        return (self._attachments.load(_BLOB) or b"") if tuned is not None and tuned.used else b""

    def keep(self, before: float, after: float, weights: bytes) -> None:
        """Stores weights and uses them from now on; those of before are gone."""
        self._attachments.store(_BLOB, weights)
        self._settings.set(_REFUSED, None)
        self._settings.set(_SETTING, asdict(Tuned(before, after, True)))

    def refuse(self, before: float, after: float) -> None:
        """Remembers that a fine-tuning brought nothing; what was kept before stays."""
        self._settings.set(_REFUSED, [before, after])

    def use(self, used: bool) -> None:
        """Turns the weights on or off, if there are any."""
        tuned = self.tuned
        if tuned is not None and used != tuned.used:
            self._settings.set(_SETTING, asdict(Tuned(tuned.before, tuned.after, used)))
