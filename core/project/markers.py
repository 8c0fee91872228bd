"""Markers: frames that a person has given a name."""

from __future__ import annotations

from dataclasses import dataclass

from core.project.storage.database import Database


@dataclass(frozen=True)
class Marker:
    """A named frame; the name may be empty."""

    frame_index: int
    name: str


class MarkerStore:
    """Markers by frame, at most one each, kept in memory and in the file. Changed in a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.reload()

    def reload(self) -> None:
        """Reads everything from the file again."""
        self._names: dict[int, str] = dict(self._database.rows("SELECT frame_index, name FROM marker"))

    @property
    def all(self) -> tuple[Marker, ...]:
        """The markers in the order of their frames."""
        return tuple(Marker(frame_index, self._names[frame_index]) for frame_index in sorted(self._names))

    def name(self, frame_index: int) -> str | None:
        """The name of the marker on a frame; None if there is none."""
        return self._names.get(frame_index)

    def set(self, step: int, frame_index: int, name: str | None) -> None:
        """Sets, renames or, with None, removes the marker of a frame, as part of a step."""
        self._database.execute(
            "INSERT OR IGNORE INTO step_marker VALUES (?, ?, ?)", (step, frame_index, self.name(frame_index))
        )
        self._store(frame_index, name)

    def swap(self, step: int) -> None:
        """Exchanges the markers of a step with the ones that are there."""
        for frame_index, name in self._database.rows(
            "SELECT frame_index, name FROM step_marker WHERE step_id = ?", (step,)
        ):
            self._database.execute(
                "UPDATE step_marker SET name = ? WHERE step_id = ? AND frame_index = ?",
                (self.name(frame_index), step, frame_index),
            )
            self._store(frame_index, name)

    def forget(self, step: int) -> None:
        """Throws away what a step remembers."""
        self._database.execute("DELETE FROM step_marker WHERE step_id = ?", (step,))

    def _store(self, frame_index: int, name: str | None) -> None:
        if name is None:
            self._database.execute("DELETE FROM marker WHERE frame_index = ?", (frame_index,))
            self._names.pop(frame_index, None)
        else:
            self._database.execute("INSERT OR REPLACE INTO marker VALUES (?, ?)", (frame_index, name))
            self._names[frame_index] = name
