"""Corrections hold for what is drawn besides strokes: shapes with keyframes, zones of soft edges and markers, in random
order with strokes, locks, undo and redo.

- what is locked stays bit-identical, and so does every frame outside the keyframes of a shape;
- zones and markers change no mask;
- undoing everything gives the first state, redoing everything the last, and reopening changes nothing.
"""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from core.masks import LabelEdit, rasterise_box
from core.project import Project
from core.shapes import Shape
from core.types import Box
from tests.core.project.conftest import CLIP, FRAMES, SIZE, state
from tests.core.project.machines import WithHistory, few
from tests.core.shapes.curves import square

frames = st.integers(0, FRAMES - 1)
corners = st.tuples(st.integers(0, SIZE[0] - 9), st.integers(0, SIZE[1] - 9))
object_ids = st.integers(1, 3)


def everything(project: Project) -> dict[str, object]:
    zones = [project.edges.zone(index) for index in range(FRAMES)]
    return {
        **state(project),
        "shapes": project.shapes.all,
        "zones": [None if zone is None or not zone.any() else zone.tobytes() for zone in zones],
    }


class Drawings(WithHistory):
    """A person who draws."""

    @initialize()
    def make(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="rotoflow-test-")
        self.project = Project.create(Path(self.folder.name) / "clip.roto", CLIP, FRAMES, SIZE)
        for _ in range(3):
            self.project.objects.add()
        self.first, self.ours = everything(self.project), 0

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        project = self.project
        for track in project.objects.all:
            # locks are no steps
            project.objects.update(dataclasses.replace(track, locked=False))
        last, steps = everything(project), 0
        while project.history.undo_text != "Add object":
            assert project.history.undo() is not None
            steps += 1
        assert everything(project) == self.first
        for _ in range(steps):
            assert project.history.redo() is not None
        assert everything(project) == last
        project.close()
        self.folder.cleanup()

    def _labels(self) -> list[np.ndarray]:
        return [self.project.labels(index) for index in range(FRAMES)]

    def _check_locked(self, before: list[np.ndarray]) -> None:
        for track in self.project.objects.all:
            for old, new in zip(before, self._labels(), strict=True):
                if track.locked:
                    np.testing.assert_array_equal(new == track.object_id, old == track.object_id)

    def _is_locked(self, object_id: int) -> bool:
        return any(track.object_id == object_id and track.locked for track in self.project.objects.all)

    @rule(object_id=object_ids, ends=st.tuples(frames, frames), places=st.tuples(corners, corners))
    def draw(self, object_id: int, ends: tuple[int, int], places: tuple[tuple[int, int], tuple[int, int]]) -> None:
        if self._is_locked(object_id):
            return
        before = self._labels()
        keys = {frame: square(x, y, x + 8, y + 8) for frame, (x, y) in zip(ends, places, strict=True)}
        self.project.shapes.put([Shape(0, object_id, keys, "Piece 1")], "Draw shape")
        self._check_locked(before)
        for index, labels in enumerate(self._labels()):
            if not min(ends) <= index <= max(ends):
                np.testing.assert_array_equal(labels, before[index])

    @rule(object_id=object_ids, frame=frames, corner=corners, erase=st.booleans())
    def paint(self, object_id: int, frame: int, corner: tuple[int, int], erase: bool) -> None:
        before, (x, y) = self._labels(), corner
        locked = frozenset(track.object_id for track in self.project.objects.all if track.locked)
        patch = rasterise_box(Box(x, y, x + 7, y + 5), SIZE)
        if erase:
            edit = LabelEdit.erase(before[frame].copy(), patch, None, locked=locked)
        else:
            edit = LabelEdit.paint(before[frame].copy(), patch, object_id, locked=locked)
        if edit is not None:
            self.project.masks.edit(frame, edit, "paint")
        self._check_locked(before)

    @rule(frame=frames, corner=corners, name=st.text(max_size=4))
    def mark(self, frame: int, corner: tuple[int, int], name: str) -> None:
        before, (x, y) = self._labels(), corner
        zone = np.zeros(SIZE[::-1], bool)
        zone[y : y + 5, x : x + 5] = True
        self.project.edges.set_zone(frame, zone)
        self.project.markers.set(frame, name)
        for old, new in zip(before, self._labels(), strict=True):
            np.testing.assert_array_equal(old, new)

    @rule(object_id=object_ids)
    def lock(self, object_id: int) -> None:
        track = next(one for one in self.project.objects.all if one.object_id == object_id)
        self.project.objects.update(dataclasses.replace(track, locked=not track.locked))

    @rule()
    def reopen(self) -> None:
        path, before = self.project.path, everything(self.project)
        self.project.close()
        self.project = Project.open(path)
        assert everything(self.project) == before


Drawings.TestCase.settings = few(2)
TestDrawings = Drawings.TestCase
