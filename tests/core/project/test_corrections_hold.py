"""Corrections hold, whatever is done in whatever order: random work by hypothesis and the real propagation.

- what a person painted, and what is locked, stays bit-identical through every propagation;
- objects that are not followed keep pixels, origin and confidence;
- an edit makes stale exactly what depended on it, and nothing else;
- an update follows exactly what is missing or stale, and leaves nothing of that;
- fine-tuning changes no mask, and undo does not change what was tuned;
- undoing everything gives the first state, redoing everything the last.
"""

from __future__ import annotations

import dataclasses
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from core.engines import load
from core.errors import EngineError
from core.jobs import CancelToken
from core.masks import LabelEdit, rasterise_box
from core.project import Project
from core.propagation import Direction, PropagationRequest, plan, propagate, updates
from core.types import Box, Origin
from tests.core.project.conftest import CLIP, FRAMES, SIZE, state
from tests.core.project.machines import WithHistory, few

_BLACK = np.zeros((*SIZE[::-1], 3), np.uint8)
frames = st.integers(0, FRAMES - 1)
boxes = st.builds(
    lambda x, y, width, height: Box(x, y, min(SIZE[0], x + width), min(SIZE[1], y + height)),
    st.integers(0, SIZE[0] - 2),
    st.integers(0, SIZE[1] - 2),
    st.integers(1, 14),
    st.integers(1, 10),
)
object_ids = st.integers(1, 4)


class Corrections(WithHistory):
    """A person at work, and an engine."""

    @initialize()
    def make(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="rotoflow-test-")
        self.project = Project.create(Path(self.folder.name) / "clip.roto", CLIP, FRAMES, SIZE)
        self.first = state(self.project)
        self.weights, self.used = b"", False
        for _ in range(4):
            self.project.objects.add()

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        # locks are no steps: what is undone must not meet them
        project = self.project
        last = state(project)
        # work may end after an undo: what can be done again then is left alone below
        beyond, steps = project.history.redo_text, 0
        while project.history.undo() is not None:
            steps += 1
        assert state(project)["labels"] == self.first["labels"]
        assert project.objects.all == () and project.anchor_frames() == []
        self._check_weights()
        for _ in range(steps):
            assert project.history.redo() is not None
        assert project.history.redo_text == beyond
        after = state(project)
        for key in ("labels", "origins", "confidence", "measures"):
            assert after[key] == last[key], key
        project.close()
        self.folder.cleanup()

    def _known(self) -> tuple[list[np.ndarray], dict[int, tuple[np.ndarray, np.ndarray]]]:
        project = self.project
        labels = [project.labels(index) for index in range(FRAMES)]
        lanes = {
            track.object_id: (project.origin_lane(track.object_id), project.confidence_lane(track.object_id))
            for track in project.objects.all
        }
        return labels, lanes

    @rule(frame=frames, box=boxes, object_id=object_ids, erase=st.booleans())
    def paint(self, frame: int, box: Box, object_id: int, erase: bool) -> None:
        project = self.project
        labels, lanes = self._known()
        locked = frozenset(track.object_id for track in project.objects.all if track.locked)
        patch = rasterise_box(box, SIZE)
        if erase:
            edit = LabelEdit.erase(labels[frame].copy(), patch, None, locked=locked)
        else:
            edit = LabelEdit.paint(labels[frame].copy(), patch, object_id, locked=locked)
        if edit is None:
            return
        project.masks.edit(frame, edit, "paint")
        for key, (origins, sure) in lanes.items():
            expected = origins.copy()
            if key in edit.object_ids and key not in locked:
                expected[frame] = Origin.EDITED
                for way in (range(frame + 1, FRAMES), range(frame - 1, -1, -1)):
                    for index in way:
                        if origins[index] == Origin.EDITED:
                            break
                        if origins[index] == Origin.PROPAGATED:
                            expected[index] = Origin.STALE
            np.testing.assert_array_equal(project.origin_lane(key), expected)
            elsewhere = np.arange(FRAMES) != frame
            np.testing.assert_array_equal(project.confidence_lane(key)[elsewhere], sure[elsewhere])
        for index in range(FRAMES):
            if index != frame:
                np.testing.assert_array_equal(project.labels(index), labels[index])
        for key in locked:
            np.testing.assert_array_equal(project.labels(frame) == key, labels[frame] == key)

    @rule(object_id=object_ids)
    def lock(self, object_id: int) -> None:
        track = next((one for one in self.project.objects.all if one.object_id == object_id), None)
        if track is not None:
            self.project.objects.update(dataclasses.replace(track, locked=not track.locked))

    @rule(frame=frames)
    def drop(self, frame: int) -> None:
        before = self._known()[0]
        self.project.masks.drop_anchor(frame)
        for index in range(FRAMES):
            np.testing.assert_array_equal(self.project.labels(index), before[index])

    @precondition(lambda self: bool(self.project.anchor_frames()))
    @rule(
        followed=st.frozensets(object_ids, min_size=1),
        ends=st.tuples(frames, frames),
        direction=st.sampled_from(Direction),
        stopped=st.integers(1, FRAMES + 2),
    )
    def follow(self, followed: frozenset[int], ends: tuple[int, int], direction: Direction, stopped: int) -> None:
        project = self.project
        labels, lanes = self._known()
        locked = frozenset(track.object_id for track in project.objects.all if track.locked)
        request = PropagationRequest(
            FRAMES,
            tuple(project.anchors()),
            direction,
            min(ends),
            max(ends),
            object_ids=followed,
            locked=locked,
            stored=project.labels,
        )
        token, done = CancelToken(), 0
        run = project.runs.begin("follow")
        try:
            with closing(load("fake").open(SIZE, "cpu", {})) as session:
                for result in propagate(session, request, lambda _: _BLACK, token):
                    assert project.runs.put(run, result)
                    done += 1
                    if done == stopped:
                        token.cancel()
        except EngineError:
            assert done == 0, "there was nothing to follow"
        project.runs.end(run)
        touched = request.targets
        for index in range(FRAMES):
            now = project.labels(index)
            for key, (origins, sure) in lanes.items():
                held = key not in touched or origins[index] == Origin.EDITED or not min(ends) <= index <= max(ends)
                if held:
                    np.testing.assert_array_equal(now == key, labels[index] == key)
                    assert project.origin_lane(key)[index] == origins[index]
                    np.testing.assert_array_equal(project.confidence_lane(key)[index], sure[index])

    @precondition(lambda self: bool(self.project.anchor_frames()))
    @rule(everywhere=st.booleans(), ends=st.tuples(frames, frames))
    def update(self, everywhere: bool, ends: tuple[int, int]) -> None:
        """Follows what is missing or stale, and nothing else."""
        project = self.project
        labels, lanes = self._known()
        locked = frozenset(track.object_id for track in project.objects.all if track.locked)
        request = PropagationRequest(
            FRAMES, tuple(project.anchors()), Direction.BOTH, min(ends), max(ends), locked=locked, stored=project.labels
        )
        if not request.targets:
            return
        origins = {key: lanes[key][0] for key in request.targets}
        parts = updates(request, origins, everywhere=everywhere)
        asked = {(key, frame) for part in parts for key in part.targets for frame in plan(part).frames}
        run = project.runs.begin("update")
        with closing(load("fake").open(SIZE, "cpu", {})) as session:
            for part in parts:
                for result in propagate(session, part, lambda _: _BLACK, CancelToken()):
                    assert project.runs.put(run, result)
        project.runs.end(run)
        for index in range(FRAMES):
            now = project.labels(index)
            for key, (before, sure) in lanes.items():
                after = project.origin_lane(key)[index]
                if (key, index) not in asked or before[index] == Origin.EDITED:
                    np.testing.assert_array_equal(now == key, labels[index] == key)
                    assert after == before[index]
                    np.testing.assert_array_equal(project.confidence_lane(key)[index], sure[index])
                else:
                    assert after == Origin.PROPAGATED, "what was followed is up to date"
        if parts:
            again = {key: project.origin_lane(key) for key in request.targets}
            assert updates(request, again, everywhere=everywhere) == (), "there is nothing left to follow"

    @rule(way=st.sampled_from(("keep", "refuse", "on", "off")), weights=st.binary(min_size=1, max_size=40))
    def fine_tune(self, way: str, weights: bytes) -> None:
        """It changes how the clip is followed from now on, and nothing that is there; it is no step."""
        project = self.project
        before, steps = state(project), (project.history.undo_text, project.history.redo_text)
        if way == "keep":
            project.tuned_weights.keep(0.5, 0.6, weights)
            self.weights = weights
        elif way == "refuse":
            project.tuned_weights.refuse(0.5, 0.4)
        else:
            project.tuned_weights.use(way == "on")
        assert (state(project), (project.history.undo_text, project.history.redo_text)) == (before, steps)
        self.used = way == "keep" or (self.used if way == "refuse" else way == "on")
        self._check_weights()

    def _check_weights(self) -> None:
        assert self.project.tuned_weights.weights == (self.weights if self.used else b"")

    def may_undo(self) -> bool:
        return len(self.project.objects.all) == 4 and super().may_undo()

    @rule()
    def reopen(self) -> None:
        path, before = self.project.path, state(self.project)
        self.project.close()
        self.project = Project.open(path)
        assert state(self.project) == before
        self._check_weights()


Corrections.TestCase.settings = few(4)
TestCorrections = Corrections.TestCase
