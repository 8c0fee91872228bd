"""Where the project of a clip goes when its usual place is another clip's, or is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import ProjectError
from core.outputs import too_long_for_database
from core.own_folders import projects_folder
from core.project import Project
from tests.desktop.conftest import Editor


def test_another_file_in_the_clips_place_gets_a_project_and_is_told_where_the_masks_are(
    editor: Editor, make_clip: Callable[[int], Path]
) -> None:
    clip = make_clip(4)
    editor.open(clip)
    editor.paint_box(20, 10, 60, 50)
    editor.do("close")
    make_clip(6)
    editor.open(clip)
    assert "film.roto keeps its masks" in editor.window.notices.text
    assert editor.window.session.project.path == clip.with_name("film.mp4.roto")
    editor.paint_box(20, 10, 60, 50)
    editor.do("close")
    editor.open(clip)
    assert "keeps its masks" not in editor.window.notices.text, "it is told once"
    editor.do("close")
    with Project.open(clip.with_name("film.roto")) as project:
        assert project.anchor_frames() == [0]


def test_a_clip_at_a_path_that_no_database_can_have(editor: Editor, tmp_path: Path) -> None:
    clip = tmp_path
    while not too_long_for_database(clip.with_name(f"{clip.name}.roto")):
        clip /= "🐶" * 20
    clip.mkdir(parents=True)
    for index in range(2):
        Image.fromarray(np.full((64, 96, 3), index, np.uint8)).save(clip / f"{index}.png")
    editor.open(clip)
    editor.paint_box(20, 10, 60, 50)
    path = editor.window.session.project.path
    assert path.parent == projects_folder()
    assert str(path) in editor.window.notices.text
    assert "too long for a project" in editor.window.notices.text
    editor.do("close")
    with Project.open(path) as project:
        assert project.anchor_frames() == [0]


def test_a_folder_renamed_while_its_clip_is_open_is_said_and_kept(
    editor: Editor, make_clip: Callable[[int], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    clip = make_clip(4).rename(folder / "film.mp4")
    editor.open(clip)
    editor.paint_box(20, 10, 60, 50)
    folder.rename(tmp_path / "renamed")
    editor.go(1)
    with pytest.raises(ProjectError, match="Put its folder back"):
        editor.paint_box(20, 10, 60, 50)
    (tmp_path / "renamed").rename(folder)
    editor.paint_box(20, 10, 60, 50)
    editor.do("close")
    with Project.open(folder / "film.roto") as project:
        assert project.anchor_frames() == [0, 1]
