"""What was found becomes objects: their classes, names and masks in one step, next to the masks that are there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import ProjectError
from core.masks import rasterise_box
from core.masks.found import FoundObject
from core.project import Project, VideoReference
from core.types import Box, Origin

SIZE = (20, 10)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    reference = VideoReference(tmp_path / "clip.mp4", 1, "0")
    made = Project.create(tmp_path / "a.roto", reference, 5, SIZE)
    labels = np.zeros((10, 20), np.uint8)
    labels[:, :4] = 1
    made.masks.import_labels(0, labels)
    return made


def dog(*frames: int, x: int = 2, score: float = 0.9) -> FoundObject:
    return FoundObject("dog", score, {frame: rasterise_box(Box(x, 2, x + 6, 8), SIZE) for frame in frames})


def test_found_objects_are_one_step_beside_what_is_there(project: Project) -> None:
    first, second = project.masks.add_found([dog(0, 3), dog(0, x=6, score=0.5)])
    assert [(track.name, track.class_label) for track in (first, second)] == [("dog", "dog"), ("dog 2", "dog")]
    labels = project.labels(0)
    assert (labels[:, :4] == 1).all()
    # the surer one has the pixels that both want
    assert labels[4, 7] == first.object_id and labels[4, 9] == second.object_id
    assert project.anchor_frames() == [0, 3]
    assert project.origins(3) == {first.object_id: Origin.EDITED}
    project.history.undo()
    assert [track.object_id for track in project.objects.all] == [1]
    assert not project.labels(3).any()
    project.history.redo()
    assert project.objects.get(second.object_id).class_label == "dog"
    project.close()


def test_what_lies_wholly_under_other_masks_is_not_added(project: Project) -> None:
    hidden = FoundObject("cat", 0.9, {0: rasterise_box(Box(0, 0, 3, 3), SIZE)})
    with pytest.raises(ProjectError, match="Nothing is added"):
        project.masks.add_found([hidden])
    assert [track.name for track in project.masks.add_found([hidden, dog(1)])] == ["dog"]
    with pytest.raises(ProjectError):
        project.masks.add_found([dog(9)])
    project.close()
