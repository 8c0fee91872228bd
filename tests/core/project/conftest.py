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
    project.edit(frame_index, edit, f"Paint {object_id}")


def run_over(project: Project, frames: range, labels: LabelMap | None = None, text: str = "Propagate") -> None:
    """A whole propagation with the same labels on each frame, both objects at confidence 0.5."""
    run = project.begin_run(text)
    for frame_index in frames:
        assert project.put(run, result(frame_index, two() if labels is None else labels, o1=0.5, o2=0.5))
    project.end_run(run)


def state(project: Project) -> dict[str, object]:
    """Everything that undo must bring back."""
    return {
        "tracks": project.tracks,
        "labels": [project.labels(index).tobytes() for index in range(project.frame_count)],
        "origins": [project.origins(index) for index in range(project.frame_count)],
        "confidence": {track.object_id: project.confidence_lane(track.object_id).tobytes() for track in project.tracks},
        "measures": {track.object_id: project.measure_lane(track.object_id).tobytes() for track in project.tracks},
        "anchors": project.anchor_frames(),
        "markers": project.markers,
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
    project.import_labels(0, two())
    project.import_labels(8, two())
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
