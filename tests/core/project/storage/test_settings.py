"""Settings and attachments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.project import Project


def test_settings_come_back(project: Project, reopened: Callable[[Project], Project]) -> None:
    project.set("range", (3, 8))
    project.set("engine", {"name": "builtin", "size": 480, "half": None})
    project.set("engine", {"name": "fake"})
    again = reopened(project)
    assert again.get("range") == [3, 8]
    assert again.get("engine") == {"name": "fake"}
    assert again.get("nothing", 7) == 7
    assert again.get("nothing") is None


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}], ids=["an object", "not a number", "a set"])
def test_what_json_cannot_hold_is_refused(project: Project, value: object) -> None:
    project.set("key", 1)
    with pytest.raises((TypeError, ValueError)):
        project.set("key", value)
    assert project.get("key") == 1


def test_attachments_come_back(project: Project, reopened: Callable[[Project], Project]) -> None:
    weights = bytes(range(256)) * 4000
    project.store_blob("weights", b"old")
    project.store_blob("weights", weights)
    project.store_blob("a note", b"")
    again = reopened(project)
    assert again.load_blob("weights") == weights
    assert again.load_blob("a note") == b""
    assert again.load_blob("nothing") is None


def test_neither_is_part_of_the_history(project: Project) -> None:
    project.add_object()
    project.undo()
    project.set("key", 1)
    project.store_blob("weights", b"data")
    assert project.redo_text == "Add object"
    project.redo()
    project.undo()
    assert (project.get("key"), project.load_blob("weights")) == (1, b"data")
