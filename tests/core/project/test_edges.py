"""Zones of soft edges and the alpha of imported mattes in a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.errors import MaskError, ProjectError
from core.project import Project, VideoReference, copy_project

SIZE = (40, 30)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    reference = VideoReference(tmp_path / "clip.mp4", 1, "x")
    made = Project.create(tmp_path / "p.roto", reference, 5, SIZE)
    yield made
    made.close()


def same(found: np.ndarray | None, zone: np.ndarray) -> bool:
    return found is not None and bool((found == zone).all())


def test_a_zone_is_an_undo_step_and_outlasts_closing(project: Project, tmp_path: Path) -> None:
    zone = np.zeros(SIZE[::-1], np.bool_)
    zone[4:9, 6:20] = True
    assert project.edges.zone(2) is None and not project.edges.painted()
    assert project.edges.set_zone(2, zone) and not project.edges.set_zone(2, zone)
    assert same(project.edges.zone(2), zone) and project.history.undo_text == "Refine edge"
    project.history.undo()
    assert project.edges.zone(2) is None
    project.history.redo()
    project.close()
    copy_project(Path(project.path), tmp_path / "copy.roto")
    with Project.open(tmp_path / "copy.roto") as copy:
        assert same(copy.edges.zone(2), zone) and list(copy.edges.painted().zones) == [2]


def test_a_zone_that_does_not_fit_is_refused_and_nothing_changes(project: Project) -> None:
    with pytest.raises(MaskError):
        project.edges.set_zone(2, np.ones((3, 3), np.bool_))
    with pytest.raises(ProjectError):
        project.edges.set_zone(9, np.ones(SIZE[::-1], np.bool_))
    assert project.history.undo_text is None and not project.edges.painted()
    project.settings.set("edge_zone/1", "no base 64!")
    project.settings.set("edge_zone/x", "AAAA")
    assert project.edges.zone(1) is None and not project.edges.painted()


def test_alpha_is_kept_by_frame_and_object(project: Project, tmp_path: Path) -> None:
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[5:20, 5:20] = 1
    project.masks.import_labels(1, labels)
    project.edges.keep_matte(1, 1, labels * np.uint8(99))
    assert list(project.edges.painted().mattes) == [(1, 1)]
    assert not project.edges.painted(0).mattes and project.edges.painted(1).mattes
    project.close()
    with Project.open(Path(project.path)) as again:
        assert list(again.edges.painted().mattes) == [(1, 1)]
