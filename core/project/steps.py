"""The steps that can be undone and redone. They live in the file, so they outlast the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.project.storage.database import Database

MAX_STEPS = 500
"""Steps that can be undone; the oldest is forgotten for each one beyond."""
MAX_OLD_MASKS = 50_000
"""Masks kept for undo alone, a few hundred megabytes: beyond that the oldest steps go too."""
KEPT_ANYWAY = 5
"""The newest steps are kept however much they hold."""
_LARGE_STEP = 100


class StepStore(Protocol):
    """A store that remembers, for each step, the values before or after it."""

    def forget(self, step: int) -> None: ...


class Steps:
    """The order of the steps: the done ones, then the undone ones. What they hold is kept by the stores.

    It is bounded, see `MAX_STEPS` and `MAX_OLD_MASKS`; the oldest done steps are forgotten, for good.
    """

    def __init__(self, database: Database, stores: Sequence[StepStore]) -> None:
        self._database = database
        self._stores = tuple(stores)
        self._leading: int | None = None

    def lead(self, step: int) -> None:
        """The step only makes way for the next one that `begin` is told to join: both become one."""
        self._leading = step

    def begin(self, text: str, joins: bool = False) -> int:
        """A new step after the last done one; undone steps are gone for good. One that `joins` is the leading step, if
        that is the last done one, which is called `text` from then on.
        """
        last = self.last_done()
        if joins and last is not None and last[0] == self._leading:
            self._clear_redo()
            self._database.execute("UPDATE step SET text = ? WHERE step_id = ?", (text, last[0]))
            # once: what is done after it is a step of its own
            self._leading = None
            return last[0]
        self._clear_redo()
        self._forget_oldest()
        step = self._database.execute("INSERT INTO step (text) VALUES (?)", (text,)).lastrowid
        assert step is not None
        return step

    def resume(self, step: int | None, text: str) -> int:
        """The step given if it is still the last done one, else a new one.

        A step can only grow at the end of the history: a change recorded below another one could not be undone exactly.
        """
        last = self.last_done()
        if step is None or last is None or last[0] != step:
            return self.begin(text, joins=True)
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
            self._forget(step)

    def _forget_oldest(self) -> None:
        """Makes room for one more step. Called with only done steps left."""
        steps = [row[0] for row in self._database.rows("SELECT step_id FROM step ORDER BY step_id")]
        excess = max(0, len(steps) + 1 - MAX_STEPS)
        # only a propagation holds so many masks that it is worth counting all
        if steps and self._old_masks(steps[-1]) >= _LARGE_STEP:
            excess = max(excess, self._beyond_budget(steps))
        for step in steps[:excess]:
            self._forget(step)

    def _old_masks(self, step: int) -> int:
        row = self._database.row("SELECT count(*) FROM step_frame WHERE step_id = ?", (step,))
        return int(row[0]) if row else 0

    def _beyond_budget(self, steps: Sequence[int]) -> int:
        """How many of the oldest steps are to go, so that the others hold no more masks than allowed."""
        held = 0
        for newer, step in enumerate(reversed(steps)):
            held += self._old_masks(step)
            if held > MAX_OLD_MASKS and newer >= KEPT_ANYWAY:
                return len(steps) - newer
        return 0

    def _forget(self, step: int) -> None:
        for store in self._stores:
            store.forget(step)
        self._database.execute("DELETE FROM step WHERE step_id = ?", (step,))
