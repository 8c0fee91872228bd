"""Changes of objects and of settings are steps of the history like edits of masks."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import ProjectError
from core.project import Change, Project
from core.project.repair import repair
from tests.core.project.conftest import paint

CHANGES = {
    "name": "dog",
    "class_label": "animal",
    "colour": (1, 2, 3),
    "visible": False,
    "locked": True,
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_an_object_is_one_step(
    tracked: Project, reopened: Callable[[Project], Project], field: str
) -> None:
    before = tracked.objects.get(1)
    after = dataclasses.replace(before, **{field: CHANGES[field]})  # type: ignore[arg-type]
    tracked.objects.update(after, f"Change {field}")
    tracked.objects.update(after, "Once more")
    assert tracked.history.undo_text == f"Change {field}", "what changes nothing is no step"
    tracked = reopened(tracked)
    received: list[Change] = []
    tracked.subscribe(received.append)
    assert tracked.history.undo() == f"Change {field}"
    assert tracked.objects.get(1) == before
    assert tracked.history.redo() == f"Change {field}"
    assert tracked.objects.get(1) == after
    assert [change.kind for change in received] == ["history", "history"]


def test_setting_an_object_up_is_no_step(tracked: Project) -> None:
    step = tracked.history.undo_text
    tracked.objects.update(dataclasses.replace(tracked.objects.get(1), class_label="dog"))
    assert tracked.history.undo_text == step


def test_the_order_is_one_step(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    def order() -> list[int]:
        return [track.object_id for track in tracked.objects.all]

    third = tracked.objects.add().object_id
    tracked.objects.arrange([third, 1, 2])
    tracked.objects.arrange([third, 1, 2], "Nothing")
    assert tracked.history.undo_text == "Reorder objects"
    tracked.objects.arrange([2, third, 1], "Again")
    tracked = reopened(tracked)
    assert order() == [2, third, 1]
    assert tracked.history.undo() == "Again"
    assert order() == [third, 1, 2]
    assert tracked.history.undo() == "Reorder objects"
    assert order() == [1, 2, third]
    tracked.history.redo()
    tracked.history.redo()
    assert order() == [2, third, 1]


def test_a_setting_may_be_a_step(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    received: list[Change] = []
    tracked.subscribe(received.append)
    tracked.settings.change("range", [2, 5], "Set range")
    tracked.settings.change("range", [2, 5], "Nothing")
    tracked.settings.change("range", None, "Clear range")
    assert [change.kind for change in received] == ["settings", "settings"]
    paint(tracked, 3, 1)
    tracked = reopened(tracked)
    tracked.history.undo()
    assert tracked.history.undo() == "Clear range"
    assert tracked.settings.get("range") == [2, 5]
    assert tracked.history.undo() == "Set range"
    assert tracked.settings.get("range", "never set") == "never set"
    tracked.history.redo()
    assert tracked.settings.get("range") == [2, 5]


def test_what_cannot_be_kept_is_no_step(tracked: Project) -> None:
    step = tracked.history.undo_text
    with pytest.raises(TypeError):
        tracked.settings.change("range", object(), "Set range")
    with pytest.raises(ProjectError):
        tracked.objects.update(dataclasses.replace(tracked.objects.get(1), object_id=77), "Rename")
    assert tracked.history.undo_text == step


def test_steps_of_settings_outlive_a_repair(tracked: Project, path: Path, tmp_path: Path) -> None:
    tracked.settings.change("range", [2, 5], "Set range")
    tracked.close()
    target = tmp_path / "repaired.roto"
    repair(path, target)
    with Project.open(target) as project:
        assert project.history.undo() == "Set range"
        assert project.settings.get("range") is None


def test_a_forgotten_step_leaves_no_setting_behind(tracked: Project, path: Path) -> None:
    tracked.settings.change("range", [2, 5], "Set range")
    tracked.history.undo()
    paint(tracked, 3, 1)
    tracked.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM step_setting").fetchone() == (0,)


def test_a_project_of_the_second_format_is_brought_up(tracked: Project, path: Path) -> None:
    tracked.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP TABLE step_setting; DROP TABLE shape; DROP TABLE step_shape; PRAGMA user_version = 2;"
        )
    with Project.open(path) as project:
        project.settings.change("range", [2, 5], "Set range")
        assert project.history.undo() == "Set range"
