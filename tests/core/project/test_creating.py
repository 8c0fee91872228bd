from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.errors import MaskError, ProjectError
from core.media import ClipOptions, fingerprint, open_video, stored_options
from core.project import Project
from core.project.creating import create_project


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    folder = tmp_path / "clip"
    folder.mkdir()
    for number in range(3):
        PIL.Image.new("RGB", (8, 6)).save(folder / f"{number}.png")
    return folder


def test_a_project_states_how_its_clip_is_read_and_starts_from_the_masks(clip: Path, tmp_path: Path) -> None:
    mask = np.zeros((6, 8), np.uint8)
    mask[1:3, 2:5] = 2
    options = ClipOptions(rate=Fraction(25))
    with open_video(clip, options) as video, create_project(tmp_path / "a.roto", video, {2: mask}, {2: 300}) as made:
        assert made.frame_count == 3
    with Project.open(tmp_path / "a.roto") as project:
        assert project.locate_video(fingerprint) == clip
        assert stored_options(project.settings) == options
        assert project.anchor_frames() == [2]
        assert np.array_equal(project.labels(2), mask)
        assert project.settings.mask_values == {2: 300}


def test_nothing_is_left_of_a_project_whose_masks_do_not_fit(clip: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.roto"
    with open_video(clip) as video:
        with pytest.raises(MaskError):
            create_project(target, video, {0: np.ones((3, 3), np.uint8)}, {})
        assert [path.name for path in tmp_path.iterdir()] == ["clip"]
        target.write_text("somebody's")
        with pytest.raises(ProjectError):
            create_project(target, video, {}, {})
    assert target.read_text() == "somebody's"
