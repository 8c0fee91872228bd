"""The guard over what is read, and over what the program keeps for itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.errors import OutputError
from core.outputs import check_database_name, check_name, spare_inputs, too_long_for_database
from core.own_folders import own_folders, projects_folder
from core.project import Project, VideoReference

LONG = "촬영" * 42
"""252 bytes: nothing can be added to such a name."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of pictures, deep enough to have folders above and below it."""
    folder = tmp_path / "shots" / "one"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.png").write_bytes(b"picture")
    return folder


class TestTheGuard:
    def test_what_is_read_is_not_written_to(self, source: Path) -> None:
        for output in (source, source / ".." / "one", source / "a.png"):
            with pytest.raises(OutputError, match=r"is read here|lies inside"):
                spare_inputs([output], [source])

    def test_nor_what_holds_it(self, source: Path) -> None:
        for output in (source.parent, source.parent.parent):
            with pytest.raises(OutputError, match="holds"):
                spare_inputs([output], [source / "a.png"])

    def test_nor_what_lies_inside(self, source: Path) -> None:
        for output in (source / "new", source / "new" / "deeper.mov", source / "deep"):
            with pytest.raises(OutputError, match="lies inside"):
                spare_inputs([output], [source])

    def test_links_are_seen_through(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(source)
        (tmp_path / "picture").symlink_to(source / "a.png")
        os.link(source / "a.png", tmp_path / "twin.png")
        for output, read in (
            (tmp_path / "link", source),
            (tmp_path / "link" / "new", source),
            (source, tmp_path / "link"),
            (source / "new", tmp_path / "link"),
            (tmp_path / "picture", source / "a.png"),
            (tmp_path / "twin.png", source / "a.png"),
            (source, tmp_path / "picture"),
        ):
            with pytest.raises(OutputError):
                spare_inputs([output], [read])

    @pytest.mark.parametrize("way", ["missing/../shots/one", "shots/one/a.png/../new", "shots/missing/../../shots"])
    def test_what_is_only_there_once_a_folder_is_made(self, source: Path, tmp_path: Path, way: str) -> None:
        """`missing/..` is nothing, so the guard would see nothing: whoever makes `missing` writes to its neighbours."""
        for given in (tmp_path / way, Path(os.path.relpath(tmp_path)) / way):
            for check in (lambda path: spare_inputs([path], [source]), check_name):
                with pytest.raises(OutputError, match="leads up from"):
                    check(given)
        check_name(source / ".." / "two")
        check_name(Path("..") / "two")

    def test_all_else_may_be(self, source: Path, tmp_path: Path) -> None:
        spare_inputs(
            [source.parent / "two", source.parent / "one.mov", tmp_path / "shots2"],
            [source, None, tmp_path / "is not there", Path("a\0b")],
        )

    def test_what_the_program_keeps_is_spared_under_any_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("XDG_CONFIG_HOME", "ROTOFLOW_BACKUPS"):
            monkeypatch.setenv(name, str(tmp_path / name))
        for index, (folder, _) in enumerate(own_folders()):
            link = tmp_path / str(index)
            # it may not be there yet
            link.symlink_to(folder)
            for output in (folder, folder / "new" / "deep.png", link, link / "new"):
                with pytest.raises(OutputError, match="where the program keeps"):
                    spare_inputs([output], [])
            spare_inputs([folder / "new"], [], allowed=[folder])
        spare_inputs([projects_folder() / "clip.roto"], [])


class TestNames:
    def test_too_long_is_reported_before_anything_is_made(self, tmp_path: Path) -> None:
        check_name(tmp_path / LONG)
        for path, room in ((tmp_path / (LONG + "abcd"), 0), (tmp_path / LONG, 4), (tmp_path / (LONG * 2) / "a", 0)):
            with pytest.raises(OutputError, match="too long by"):
                check_name(path, room)
        with pytest.raises(OutputError, match="no name"):
            check_name(tmp_path / "a\0b")

    def test_a_path_too_long_for_a_database_is_reported_and_the_longest_is_one(self, tmp_path: Path) -> None:
        folder = tmp_path
        while too_long_for_database(folder / "deeper" / "a.roto") == 0:
            folder /= "deeper"
        folder.mkdir(parents=True)
        check_database_name(folder / "a.roto")
        with Project.create(folder / "a.roto", VideoReference(Path("clip.mp4"), 1, ""), 2, (8, 6)) as project:
            project.objects.add()
        for name in ("a.roto", f"{'b' * 200}.roto"):
            with pytest.raises(OutputError, match=r"too long by .* for a project"):
                check_database_name(folder / "deeper" / name)
