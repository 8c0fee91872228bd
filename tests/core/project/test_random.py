"""Long random work, compared at each turn with a model that simply copies everything."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import ProjectError
from core.masks import LabelEdit, rasterise_stroke
from core.project import Project
from core.types import FrameResult, LabelMap, ObjectTrack, Origin
from tests.core.project.conftest import FRAMES, SIZE

Generator = np.random.Generator


@dataclass
class Content:
    """What undo restores."""

    labels: list[LabelMap] = field(default_factory=lambda: [np.zeros(SIZE[::-1], np.uint8) for _ in range(FRAMES)])
    origins: dict[int, list[Origin]] = field(default_factory=dict)
    confidence: dict[int, list[float]] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)


class Model:
    """A project without any cleverness: every step keeps a copy of all that was there before it."""

    def __init__(self) -> None:
        self.now = Content()
        self.done: list[tuple[object, Content]] = []
        self.undone: list[tuple[object, Content]] = []
        self.used: set[int] = set()
        self.locked: set[int] = set()
        self.outdated: set[tuple[int, int]] = set()

    def step(self, key: object) -> None:
        known = self.now.alive.union(*(before.alive for _, before in self.done))
        gone = set[int]().union(*(after.alive for _, after in self.undone)) - known
        self.used -= gone
        self.locked -= gone
        self.undone.clear()
        if not self.done or key is None or self.done[-1][0] is not key:
            self.done.append((key, copy.deepcopy(self.now)))

    def add(self, object_id: int) -> None:
        self.step(None)
        self._add(object_id)

    def _add(self, object_id: int) -> None:
        assert object_id not in self.used
        self.used.add(object_id)
        self.now.alive.add(object_id)
        self.now.origins[object_id] = [Origin.NONE] * FRAMES
        self.now.confidence[object_id] = [np.nan] * FRAMES

    def remove(self, object_id: int) -> None:
        self.step(None)
        self.now.alive.remove(object_id)
        del self.now.origins[object_id], self.now.confidence[object_id]
        for labels in self.now.labels:
            labels[labels == object_id] = 0

    def replace(self, frame_index: int, new: LabelMap, vouched: set[int], added: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        """An edit or an import."""
        self.step(None)
        for object_id in sorted(added):
            self._add(object_id)
        old = self.now.labels[frame_index]
        keep = np.isin(old, list(self.locked)) | np.isin(new, list(self.locked))
        merged = np.where(keep, old, new)
        changed = merged != old
        touched = vouched | set(old[changed].tolist()) | set(merged[changed].tolist())
        self.now.labels[frame_index] = merged
        for object_id in touched - {0}:
            self._set(object_id, frame_index, Origin.EDITED)
            self._depend_no_more(object_id, frame_index)

    def drop(self, frame_index: int) -> None:
        dropped = [key for key, lane in self.now.origins.items() if lane[frame_index] == Origin.EDITED]
        if dropped:
            self.step(None)
        for object_id in dropped:
            self._set(object_id, frame_index, Origin.STALE)
            self._depend_no_more(object_id, frame_index)

    def put(self, run: object, result: FrameResult) -> None:
        index, now = result.frame_index, self.now
        spoken = (set(result.confidence) | set(np.unique(result.labels).tolist())) & now.alive
        protected = {key for key in now.alive if now.origins[key][index] == Origin.EDITED} | (self.locked & now.alive)
        written = spoken - protected
        if not written:
            return
        self.step(run)
        old, new = self.now.labels[index], np.zeros(SIZE[::-1], np.uint8)
        for y, x in np.ndindex(*new.shape):
            if old[y, x] in protected:
                new[y, x] = old[y, x]
            elif result.labels[y, x] in written:
                new[y, x] = result.labels[y, x]
            elif old[y, x] not in written:
                new[y, x] = old[y, x]
        self.now.labels[index] = new
        for object_id in written:
            stale = (object_id, index) in self.outdated
            origin = Origin.STALE if stale else Origin.PROPAGATED
            self._set(object_id, index, origin, result.confidence.get(object_id, np.nan))

    def undo(self) -> None:
        if self.done:
            key, content = self.done.pop()
            self.undone.append((key, self.now))
            self.now = content

    def redo(self) -> None:
        if self.undone:
            key, content = self.undone.pop()
            self.done.append((key, self.now))
            self.now = content

    def _set(self, object_id: int, index: int, origin: Origin, confidence: float = np.nan) -> None:
        self.now.origins[object_id][index] = origin
        self.now.confidence[object_id][index] = confidence

    def _depend_no_more(self, object_id: int, frame_index: int) -> None:
        lane = self.now.origins[object_id]
        for way in (range(frame_index, FRAMES), range(frame_index, -1, -1)):
            for index in way:
                if lane[index] == Origin.EDITED and index != frame_index:
                    break
                self.outdated.add((object_id, index))
                if lane[index] == Origin.PROPAGATED:
                    lane[index] = Origin.STALE


class Walk:
    """The same random work on a project and on the model."""

    def __init__(self, project: Project, rng: Generator) -> None:
        self.project, self.rng, self.model = project, rng, Model()
        self.run: int | None = None
        self.run_key: object = None

    def frame(self) -> int:
        return int(self.rng.integers(FRAMES))

    def some_object(self) -> int | None:
        alive = sorted(self.model.now.alive)
        return int(self.rng.choice(alive)) if alive else None

    def noise(self, top: int = 6) -> LabelMap:
        """Blocks of ids, some of which are no object."""
        blocks = self.rng.integers(0, top, (5, 8)) * self.rng.integers(0, 2, (5, 8))
        return np.kron(blocks, np.ones((4, 4))).astype(np.uint8)

    def add(self) -> None:
        if len(self.model.used) < 12:
            self.model.add(self.project.objects.add().object_id)

    def remove(self) -> None:
        if (chosen := self.some_object()) is not None and self.rng.random() < 0.3:
            if chosen in self.model.locked:
                with pytest.raises(ProjectError, match="unlock it to remove it"):
                    self.project.objects.remove(chosen)
                return
            self.project.objects.remove(chosen)
            self.model.remove(chosen)

    def lock(self) -> None:
        if (chosen := self.some_object()) is not None:
            locked = chosen not in self.model.locked
            self.project.objects.update(dataclasses.replace(self.project.objects.get(chosen), locked=locked))
            (self.model.locked.add if locked else self.model.locked.discard)(chosen)

    def stroke(self) -> None:
        if (chosen := self.some_object()) is None:
            return
        frame_index = self.frame()
        labels = self.project.labels(frame_index)
        points = [(float(x), float(y)) for x, y in self.rng.uniform(-2, 34, (3, 2))]
        patch = rasterise_stroke(points, 2.5, SIZE)
        if self.rng.random() < 0.7:
            edit = LabelEdit.paint(labels, patch, chosen, self.model.locked)
        else:
            edit = LabelEdit.erase(labels, patch, None, self.model.locked)
        if edit is not None:
            self.project.masks.edit(frame_index, edit, "stroke")
            edit.apply(labels)
            self.model.replace(frame_index, labels, set())

    def load(self) -> None:
        frame_index, labels = self.frame(), self.noise(5)
        labels = np.where(np.isin(labels, list(self.model.used - self.model.now.alive)), 0, labels).astype(np.uint8)
        shown = set(np.unique(labels).tolist()) - {0}
        try:
            self.project.masks.import_labels(frame_index, labels)
        except ProjectError:
            return
        self.model.replace(frame_index, labels, shown - self.model.locked, shown - self.model.now.alive)

    def drop(self) -> None:
        frame_index = self.frame()
        self.project.masks.drop_anchor(frame_index)
        self.model.drop(frame_index)

    def results(self) -> None:
        if self.run is None:
            self.run, self.run_key = self.project.runs.begin("run"), object()
            self.model.outdated.clear()
        for _ in range(int(self.rng.integers(1, 6))):
            sure = {int(key): float(np.float32(self.rng.random())) for key in self.rng.integers(1, 6, 3)}
            result = FrameResult(self.frame(), self.noise(), sure)
            assert self.project.runs.put(self.run, result)
            self.model.put(self.run_key, result)

    def end(self) -> None:
        if self.run is not None:
            self.project.runs.end(self.run)
            self.run = self.run_key = None

    def undo(self) -> None:
        self.end()
        for _ in range(int(self.rng.integers(1, 4))):
            self.project.history.undo()
            self.model.undo()

    def redo(self) -> None:
        self.end()
        for _ in range(int(self.rng.integers(1, 4))):
            self.project.history.redo()
            self.model.redo()

    def compare(self) -> None:
        now, project = self.model.now, self.project
        # a lock is no step, but it comes and goes with its object
        self.model.locked = {track.object_id for track in project.objects.all if track.locked} | (
            self.model.locked - now.alive
        )
        assert {track.object_id for track in project.objects.all} == now.alive
        for index in range(FRAMES):
            np.testing.assert_array_equal(project.labels(index), now.labels[index])
            known = {key: lane[index] for key, lane in now.origins.items() if lane[index] != Origin.NONE}
            assert project.origins(index) == known
        for object_id in now.alive:
            assert project.origin_lane(object_id).tolist() == now.origins[object_id]
            wanted: NDArray[np.float32] = np.array(now.confidence[object_id], np.float32)
            np.testing.assert_array_equal(project.confidence_lane(object_id), wanted)
        history = project.history
        assert (history.undo_text is None, history.redo_text is None) == (not self.model.done, not self.model.undone)


@pytest.mark.parametrize("seed", range(8))
def test_random_work_is_what_a_naive_model_says(
    project: Project, reopened: Callable[[Project], Project], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    walk = Walk(project, rng)
    turns = ["stroke"] * 5 + ["results"] * 4 + ["undo"] * 4 + ["redo"] * 3 + ["end"] * 2
    turns += ["add", "remove", "lock", "load", "load", "drop", "reopen"]
    for turn in ["add", "add", *rng.choice(turns, 120)]:
        if turn == "reopen":
            walk.run = walk.run_key = None  # as after a crash: nobody ended the run
            walk.project = reopened(walk.project)
        else:
            getattr(walk, str(turn))()
        walk.compare()


def test_the_model_notices_a_difference(project: Project) -> None:
    walk = Walk(project, np.random.default_rng(0))
    walk.add()
    project.objects.update(ObjectTrack(1, "still fine", (1, 2, 3)))
    walk.compare()
    project.masks.import_labels(3, np.ones(SIZE[::-1], np.uint8))
    with pytest.raises(AssertionError):
        walk.compare()
