"""What the random work of several tests has in common: stepping through the history, and how much is tried."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from core.project import Project


class WithHistory(RuleBasedStateMachine):
    """A person who goes back and forth in what was done, but never undoes that an object was added."""

    project: Project

    def may_undo(self) -> bool:
        return self.project.history.undo_text != "Add object"

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if self.may_undo():
                self.project.history.undo()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.project.history.redo()


def few(examples: int) -> settings:
    """Settings that try the same `examples`, of twelve steps each, every time."""
    return settings(
        max_examples=examples,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
