"""Settings and attachments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.project import Project


def test_settings_come_back(project: Project, reopened: Callable[[Project], Project]) -> None:
    project.settings.set("range", (3, 8))
    project.settings.set("engine", {"name": "builtin", "size": 480, "half": None})
    project.settings.set("engine", {"name": "fake"})
    again = reopened(project)
    assert again.settings.get("range") == [3, 8]
    assert again.settings.get("engine") == {"name": "fake"}
    assert again.settings.get("nothing", 7) == 7
    assert again.settings.get("nothing") is None


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}], ids=["an object", "not a number", "a set"])
def test_what_json_cannot_hold_is_refused(project: Project, value: object) -> None:
    project.settings.set("key", 1)
    with pytest.raises((TypeError, ValueError)):
        project.settings.set("key", value)
    assert project.settings.get("key") == 1


def test_attachments_come_back(project: Project, reopened: Callable[[Project], Project]) -> None:
    weights = bytes(range(256)) * 4000
    project.attachments.store("weights", b"old")
    project.attachments.store("weights", weights)
    project.attachments.store("a note", b"")
    again = reopened(project)
    assert again.attachments.load("weights") == weights
    assert again.attachments.load("a note") == b""
    assert again.attachments.load("nothing") is None


def test_neither_is_part_of_the_history(project: Project) -> None:
    project.objects.add()
    project.history.undo()
    project.settings.set("key", 1)
    project.attachments.store("weights", b"data")
    assert project.history.redo_text == "Add object"
    project.history.redo()
    project.history.undo()
    assert (project.settings.get("key"), project.attachments.load("weights")) == (1, b"data")
