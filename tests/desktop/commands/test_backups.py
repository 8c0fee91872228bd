"""Backups in the window: restoring one, and opening what is damaged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.project import backups
from tests.desktop.conftest import Editor


@pytest.fixture
def painted(opened: Editor, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a mask, closed, of which there is a backup as soon as it is opened again."""
    monkeypatch.setenv(backups.BACKUPS_VARIABLE, str(tmp_path / "copies"))
    monkeypatch.setattr(backups, "LEAST_SECONDS", 0.0)
    opened.paint_box(10, 10, 30, 40)
    path = Path(opened.window.session.project.path)
    opened.do("close")
    return path


def opened_again(editor: Editor, path: Path) -> None:
    """Opens it, and waits for the question and for what is opened because of its answer."""
    editor.window.open(path)
    editor.qtbot.waitUntil(lambda: editor.window.session.is_open and not editor.window.jobs.busy)


def test_an_emptied_project_is_restored(opened: Editor, painted: Path) -> None:
    opened.open(painted)
    opened.do("clear_mask")
    assert not opened.labels.any()
    opened.answers.chosen = 0
    opened.do("restore")
    opened.wait_idle()
    opened.qtbot.waitUntil(lambda: opened.window.session.is_open and "is as it was" in opened.window.notices.text)
    assert opened.labels[20, 20] == 1
    assert "1 frame with masks" in opened.answers.asked[-1]
    assert [one.frames for one in backups.list_backups(painted)[-2:]] == [0, 1]


def test_a_project_without_backups_says_so(opened: Editor) -> None:
    opened.do("restore")
    assert "There is no backup of pictures.roto yet" in opened.window.notices.text


@pytest.mark.parametrize("by_clip", [False, True])
@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_project_is_restored_when_it_is_opened(
    opened: Editor, painted: Path, pictures: Path, by_clip: bool, data: bytes
) -> None:
    assert backups.back_up(painted) is not None
    painted.write_bytes(data)
    opened.answers.chosen = 0
    opened_again(opened, pictures if by_clip else painted)
    assert opened.window.session.project.path == painted
    assert opened.labels[20, 20] == 1


def test_a_person_finds_the_backup_of_a_project_that_was_renamed_and_damaged(
    opened: Editor, painted: Path, tmp_path: Path
) -> None:
    assert backups.back_up(painted) is not None
    opened.window.session.close()
    renamed = painted.rename(tmp_path / "other-name.roto")
    renamed.write_bytes(b"SQLite format 3\0" + bytes(5000))
    asked: list[list[str]] = []
    # what can be read is the first way, the backups of others are the second
    answers = iter([1, 0])

    def choice(_title: str, _text: str, ways: Sequence[str]) -> int:
        asked.append(list(ways))
        return next(answers)

    opened.window.ask.choice = choice  # type: ignore[method-assign, assignment]
    opened_again(opened, renamed)
    assert opened.window.session.project.path == renamed
    assert opened.labels[20, 20] == 1
    assert str(painted) in asked[1][0]


def test_what_can_be_read_of_a_damaged_project_is_opened(opened: Editor, painted: Path) -> None:
    whole = bytearray(painted.read_bytes())
    # a table's name: what it holds is found, and what it is called is not
    place = whole.index(b"attachment")
    whole[place : place + 10] = b"xttachmens"
    painted.write_bytes(whole)
    opened.answers.chosen = 0
    opened_again(opened, painted)
    assert opened.window.session.project.path.name == "pictures-repaired.roto"
    assert opened.labels[20, 20] == 1
    opened.qtbot.waitUntil(lambda: "Frames with masks in" in opened.window.notices.text)


def test_a_backup_without_masks_is_not_chosen_before_what_can_be_read(opened: Editor, painted: Path) -> None:
    opened.open(painted)
    opened.do("clear_mask")
    opened.do("close")
    backups.back_up(painted)
    for one in backups.list_backups(painted):
        if one.frames:
            one.path.unlink()
    assert [one.frames for one in backups.list_backups(painted)] == [0]
    painted.write_bytes(b"SQLite format 3\0" + bytes(5000))
    ways: list[str] = []

    def choice(_title: str, _text: str, choices: Sequence[str]) -> None:
        ways.extend(choices)

    opened.window.ask.choice = choice  # type: ignore[method-assign, assignment]
    opened.window.open(painted)
    opened.qtbot.waitUntil(lambda: bool(ways))
    assert [text.split()[0] for text in ways] == ["Save", "Restore:"]


def test_an_empty_file_without_backups_is_no_project(opened: Editor, painted: Path, pictures: Path) -> None:
    painted.write_bytes(b"")
    opened.open(pictures)
    assert opened.window.session.is_open and not opened.labels.any()
    opened.paint_box(1, 1, 9, 9)
    assert opened.window.session.project.path == painted and painted.stat().st_size


def test_a_person_who_wants_neither_gets_the_sentence(opened: Editor, painted: Path) -> None:
    assert backups.back_up(painted) is not None
    painted.write_bytes(b"SQLite format 3\0" + bytes(5000))
    opened.answers.chosen = None
    opened.window.open(painted)
    opened.qtbot.waitUntil(lambda: "no Rotoflow project" in opened.window.notices.text)
    assert not opened.window.session.is_open
