"""Projects small enough to look at every pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from core.masks import LabelEdit, rasterise_box
from core.project import Project, VideoReference
from core.types import Box, FrameResult, LabelMap

SIZE = (32, 20)
FRAMES = 12
BRUSH = Box(3, 3, 9, 9)
CLIP = VideoReference(Path("clip.mp4"), 1000, "ab12")


def block(object_id: int, x0: int = 4, width: int = 8) -> LabelMap:
    """Labels with one object, a rectangle."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[4:14, x0 : x0 + width] = object_id
    return labels


def two() -> LabelMap:
    """Object 1 on the left, object 2 on the right."""
    return np.maximum(block(1, 2), block(2, 20))


def result(frame_index: int, labels: LabelMap, **confidence: float) -> FrameResult:
    """A result; confidences are named o1, o2 and so on."""
    return FrameResult(frame_index, labels, {int(key[1:]): value for key, value in confidence.items()})


def paint(project: Project, frame_index: int, object_id: int, box: Box = BRUSH) -> None:
    """One stroke of a rectangular brush."""
    edit = LabelEdit.paint(project.labels(frame_index), rasterise_box(box, SIZE), object_id)
    assert edit is not None
    project.masks.edit(frame_index, edit, f"Paint {object_id}")


def run_over(project: Project, frames: range, labels: LabelMap | None = None, text: str = "Propagate") -> None:
    """A whole propagation with the same labels on each frame, both objects at confidence 0.5."""
    run = project.runs.begin(text)
    for frame_index in frames:
        assert project.runs.put(run, result(frame_index, two() if labels is None else labels, o1=0.5, o2=0.5))
    project.runs.end(run)


def state(project: Project) -> dict[str, object]:
    """Everything that undo must bring back."""
    keys = [track.object_id for track in project.objects.all]
    return {
        "tracks": project.objects.all,
        "labels": [project.labels(index).tobytes() for index in range(project.frame_count)],
        "origins": [project.origins(index) for index in range(project.frame_count)],
        "confidence": {key: project.confidence_lane(key).tobytes() for key in keys},
        "measures": {key: project.measure_lane(key).tobytes() for key in keys},
        "anchors": project.anchor_frames(),
        "markers": project.markers.all,
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clip.roto"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.create(path, CLIP, FRAMES, SIZE) as project:
        yield project


@pytest.fixture
def tracked(project: Project) -> Project:
    """Two objects: an anchor of both on frame 0 and one on frame 8, results between and after."""
    project.masks.import_labels(0, two())
    project.masks.import_labels(8, two())
    run_over(project, range(1, FRAMES))
    return project


@pytest.fixture
def reopened(path: Path) -> Iterator[Callable[[Project], Project]]:
    """Closes a project and opens it again."""
    opened: list[Project] = []

    def reopen(project: Project) -> Project:
        project.close()
        opened.append(Project.open(path))
        return opened[-1]

    yield reopen
    for project in opened:
        project.close()
