"""What is said about objects, and settings that a person makes, are steps of the history like edits of masks."""

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
    before = tracked.track(1)
    after = dataclasses.replace(before, **{field: CHANGES[field]})  # type: ignore[arg-type]
    tracked.update_object(after, f"Change {field}")
    tracked.update_object(after, "Once more")
    assert tracked.undo_text == f"Change {field}", "what changes nothing is no step"
    tracked = reopened(tracked)
    heard: list[Change] = []
    tracked.subscribe(heard.append)
    assert tracked.undo() == f"Change {field}"
    assert tracked.track(1) == before
    assert tracked.redo() == f"Change {field}"
    assert tracked.track(1) == after
    assert [change.kind for change in heard] == ["history", "history"]


def test_setting_an_object_up_is_no_step(tracked: Project) -> None:
    step = tracked.undo_text
    tracked.update_object(dataclasses.replace(tracked.track(1), class_label="dog"))
    assert tracked.undo_text == step


def test_the_order_is_one_step(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    def order() -> list[int]:
        return [track.object_id for track in tracked.tracks]

    third = tracked.add_object().object_id
    tracked.arrange_objects([third, 1, 2])
    tracked.arrange_objects([third, 1, 2], "Nothing")
    assert tracked.undo_text == "Reorder objects"
    tracked.arrange_objects([2, third, 1], "Again")
    tracked = reopened(tracked)
    assert order() == [2, third, 1]
    assert tracked.undo() == "Again"
    assert order() == [third, 1, 2]
    assert tracked.undo() == "Reorder objects"
    assert order() == [1, 2, third]
    tracked.redo()
    tracked.redo()
    assert order() == [2, third, 1]


def test_a_setting_may_be_a_step(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    heard: list[Change] = []
    tracked.subscribe(heard.append)
    tracked.change("range", [2, 5], "Set range")
    tracked.change("range", [2, 5], "Nothing")
    tracked.change("range", None, "Clear range")
    assert [change.kind for change in heard] == ["settings", "settings"]
    paint(tracked, 3, 1)
    tracked = reopened(tracked)
    tracked.undo()
    assert tracked.undo() == "Clear range"
    assert tracked.get("range") == [2, 5]
    assert tracked.undo() == "Set range"
    assert tracked.get("range", "never set") == "never set"
    tracked.redo()
    assert tracked.get("range") == [2, 5]


def test_what_cannot_be_kept_is_no_step(tracked: Project) -> None:
    step = tracked.undo_text
    with pytest.raises(TypeError):
        tracked.change("range", object(), "Set range")
    with pytest.raises(ProjectError):
        tracked.update_object(dataclasses.replace(tracked.track(1), object_id=77), "Rename")
    assert tracked.undo_text == step


def test_steps_of_settings_outlive_a_repair(tracked: Project, path: Path, tmp_path: Path) -> None:
    tracked.change("range", [2, 5], "Set range")
    tracked.close()
    target = tmp_path / "repaired.roto"
    repair(path, target)
    with Project.open(target) as project:
        assert project.undo() == "Set range"
        assert project.get("range") is None


def test_a_forgotten_step_leaves_no_setting_behind(tracked: Project, path: Path) -> None:
    tracked.change("range", [2, 5], "Set range")
    tracked.undo()
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
        project.change("range", [2, 5], "Set range")
        assert project.undo() == "Set range"
