"""Writing under another name and renaming, and what is left by killed programs."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from core import files
from core.files import (
    atomic_file,
    is_vacant,
    move_into,
    partial_path,
    publish,
    remove_folder,
    replace_path,
    staged_folder,
    sweep,
)

LONG = "촬영" * 42
"""252 bytes: nothing can be added to such a name."""


class TestNames:
    def test_the_longest_names_can_be_written(self, tmp_path: Path) -> None:
        with atomic_file(tmp_path / LONG, ".png") as part:
            part.write_text("done")
        with staged_folder(tmp_path / f"{LONG}abc") as folder:
            (folder / LONG).write_text("done")
        assert (tmp_path / LONG).read_text() == (tmp_path / f"{LONG}abc" / LONG).read_text() == "done"


class TestWritingBeside:
    def test_an_error_leaves_what_was_there(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("old")
        with pytest.raises(ValueError, match="stop"), atomic_file(tmp_path / "a") as part:
            part.write_text("half")
            raise ValueError("stop")
        with pytest.raises(ValueError, match="stop"), staged_folder(tmp_path / "new" / "b") as folder:
            (folder / "c").write_text("half")
            raise ValueError("stop")
        assert [one.name for one in tmp_path.iterdir()] == ["a"]
        assert (tmp_path / "a").read_text() == "old"

    def test_a_folder_gets_its_files_together(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "mine").write_text("mine")
        (tmp_path / "b" / "c").write_text("old")
        with staged_folder(tmp_path / "b") as folder:
            (folder / "c").write_text("new")
            assert (tmp_path / "b" / "c").read_text() == "old"
        assert {one.name: one.read_text() for one in (tmp_path / "b").iterdir()} == {"mine": "mine", "c": "new"}

    def test_a_new_file_never_takes_the_place_of_another(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_links(*_: object) -> None:
            raise OSError(1, "no hard links here")

        for number in range(2):
            target = tmp_path / f"a{number}"
            target.touch()
            (tmp_path / f"a{number}-wal").write_text("of a database that is gone")
            with partial_path(tmp_path) as part:
                part.write_text("first")
                publish(part, target)
            with pytest.raises(FileExistsError), partial_path(tmp_path) as part:
                part.write_text("second")
                publish(part, target)
            assert target.read_text() == "first"
            monkeypatch.setattr(Path, "hardlink_to", no_links)
        assert sorted(one.name for one in tmp_path.iterdir()) == ["a0", "a1"]


class TestWhatIsLeft:
    KILLED = """
        import pathlib, sys, time
        from core.files import partial_path, staged_folder
        here = pathlib.Path(sys.argv[1])
        with partial_path(here, ".mov") as part, staged_folder(here / "new") as folder:
            part.write_text("half")
            part.with_name(part.name + "-wal").write_text("half")
            (folder / "picture").write_text("half")
            print("ready", flush=True)
            time.sleep(60)
    """

    def test_of_a_killed_program_is_taken_away_by_the_next(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "_swept", set())
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(self.KILLED), str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        try:
            assert process.stdout is not None and process.stdout.readline() == b"ready\n"
            sweep(tmp_path)
            assert len(list(tmp_path.iterdir())) == 3, "what a running program writes stays"
            assert is_vacant(tmp_path)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        with atomic_file(tmp_path / "a") as part:
            part.write_text("done")
        assert [one.name for one in tmp_path.iterdir()] == ["a"]

    def test_of_another_machine_stays_for_a_week(self, tmp_path: Path) -> None:
        old, fresh = tmp_path / ".rotoflow-0123abcd-7-0-aa.partial", tmp_path / ".rotoflow-0123abcd-8-0-aa.partial"
        for left in (old, fresh):
            left.touch()
        os.utime(old, (1.0, 1.0))
        others = [".mine.partial", ".rotoflow-dataset"]
        for name in others:
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (1.0, 1.0))
        sweep(tmp_path)
        assert sorted(one.name for one in tmp_path.iterdir()) == sorted([*others, fresh.name])
        fresh.unlink()
        assert not is_vacant(tmp_path)


@pytest.mark.parametrize("named", [False, True])
def test_an_error_of_writing_names_the_file_that_was_asked_for(tmp_path: Path, named: bool) -> None:
    with pytest.raises(OSError, match="No space") as caught, atomic_file(tmp_path / "a.png") as part:
        raise OSError(errno.ENOSPC, "No space left on device", *([str(part)] if named else []))
    assert caught.value.filename == str(tmp_path / "a.png")
    with pytest.raises(OSError) as caught, atomic_file(tmp_path / "a.png"):
        raise OSError(errno.ENOENT, "No such file", "other.png")
    assert caught.value.filename == "other.png"


def test_a_folder_replaces_another_as_a_whole(tmp_path: Path) -> None:
    staged, target = tmp_path / "staged", tmp_path / "target"
    for folder, name in ((staged, "new"), (target, "old")):
        folder.mkdir()
        (folder / name).touch()
    replace_path(staged, target)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["target", "target/new"]
    remove_folder(target)
    assert not list(tmp_path.iterdir())


def test_of_a_linked_folder_the_link_is_removed(tmp_path: Path) -> None:
    folder, link = tmp_path / "big", tmp_path / "link"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    link.symlink_to(folder)
    remove_folder(link)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big"]
    assert (folder / "mine").read_text() == "mine"


def test_a_folder_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "old").touch()
    with partial_path(tmp_path) as part:
        part.mkdir()
        (part / "new").touch()

        rename = Path.rename

        def refuse(path: Path, name: Path) -> Path:
            if path == part:
                raise OSError("no")
            return rename(path, name)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "rename", refuse)
            with pytest.raises(OSError, match="no"):
                replace_path(part, tmp_path / "target")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["target", "old"]


def test_what_takes_a_files_place_is_on_the_disk_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    whole = os.fsync

    def noting(file: int) -> None:
        written.append(os.fstat(file).st_size)
        whole(file)

    monkeypatch.setattr(os, "fsync", noting)
    for text in ("first", "the second"):
        with atomic_file(tmp_path / "file") as part:
            part.write_text(text)
    assert written == [len("the second")], "there was nothing to lose the first time"
    for text in ("one", "other"):
        with staged_folder(tmp_path / "folder") as staged:
            (staged / "file").write_text(text)
    assert written[1:] == [len("other")]


def test_what_came_between_check_and_move_is_not_replaced(tmp_path: Path) -> None:
    """By another program, within a folder too."""
    staged, target = tmp_path / "staged", tmp_path / "target"
    for folder in (staged, target):
        folder.mkdir()
    (staged / "a.png").write_bytes(b"result")
    (target / "a.png").write_bytes(b"somebody's own")
    with pytest.raises(FileExistsError):
        move_into(staged, target, replacing=False)
    assert (target / "a.png").read_bytes() == b"somebody's own"
    move_into(staged, target)
    assert (target / "a.png").read_bytes() == b"result"
    assert not staged.exists()


def test_a_pipe_is_no_empty_file(tmp_path: Path) -> None:
    part, target = tmp_path / "part", tmp_path / "pipe.roto"
    part.write_bytes(b"new")
    os.mkfifo(target)
    with pytest.raises(FileExistsError):
        publish(part, target)
    assert target.is_fifo()
