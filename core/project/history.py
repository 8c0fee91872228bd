"""The steps that can be undone and redone. They live in the file, so they outlast the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.project.database import Database


class Remembers(Protocol):
    """A store that keeps the other side of what a step changed."""

    def forget(self, step: int) -> None: ...


class History:
    """The order of the steps: the done ones, then the undone ones. What they hold is kept by the stores."""

    def __init__(self, database: Database, stores: Sequence[Remembers]) -> None:
        self._database = database
        self._stores = tuple(stores)

    def begin(self, text: str) -> int:
        """A new step after the last done one; undone steps are gone for good."""
        self._clear_redo()
        step = self._database.execute("INSERT INTO step (text) VALUES (?)", (text,)).lastrowid
        assert step is not None
        return step

    def resume(self, step: int | None, text: str) -> int:
        """The step given if it is still the last done one, else a new one.

        A step can only grow at the end of the history: a change recorded below another one could not be undone exactly.
        """
        last = self.last_done()
        if step is None or last is None or last[0] != step:
            return self.begin(text)
        self._clear_redo()
        return step

    def last_done(self) -> tuple[int, str] | None:
        """Id and text of the step that undo would undo."""
        return self._database.row("SELECT step_id, text FROM step WHERE NOT undone ORDER BY step_id DESC LIMIT 1")

    def first_undone(self) -> tuple[int, str] | None:
        """Id and text of the step that redo would redo."""
        return self._database.row("SELECT step_id, text FROM step WHERE undone ORDER BY step_id LIMIT 1")

    def mark(self, step: int, undone: bool) -> None:
        """Writes down that a step was undone or redone."""
        self._database.execute("UPDATE step SET undone = ? WHERE step_id = ?", (undone, step))

    def _clear_redo(self) -> None:
        for (step,) in self._database.rows("SELECT step_id FROM step WHERE undone"):
            for store in self._stores:
                store.forget(step)
            self._database.execute("DELETE FROM step WHERE step_id = ?", (step,))
