"""The shapes that objects are drawn by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import ProjectError, ProjectFormatError
from core.project.storage.database import Database
from core.project.storage.sanity import MOST_SHAPE_TEXT
from core.shapes import Shape, drawn_patch, is_drawn, shape_from_json, shape_to_json
from core.types import LabelMap


def draw_shapes(shapes: Sequence[Shape], labels: LabelMap, frame_index: int, kept: frozenset[int]) -> LabelMap:
    """The labels of a frame, (H, W) uint8, with objects drawn by their shapes instead of what is stored of them; those
    in `kept` neither lose nor gain a pixel. May be the same array."""
    drawn = sorted({shape.object_id for shape in shapes if is_drawn(shape, frame_index)} - kept)
    if not drawn:
        return labels
    table = np.arange(256, dtype=np.uint8)
    table[drawn] = 0
    found: LabelMap = cv2.LUT(labels, table).astype(np.uint8, copy=False)
    is_kept = np.zeros(256, np.bool_)
    is_kept[sorted(kept)] = True
    size = labels.shape[1], labels.shape[0]
    for object_id in drawn:
        patch = drawn_patch([shape for shape in shapes if shape.object_id == object_id], frame_index, size)
        part = found[patch.box.slices]
        part[patch.mask & ~is_kept[part] if kept else patch.mask] = object_id
    return found


class ShapeStore:
    """Shapes by id, kept in memory and in the file. Methods that change one are called in a transaction."""

    def __init__(self, database: Database, frame_count: int) -> None:
        self._database = database
        self._frame_count = frame_count
        self.reload()

    def reload(self) -> None:
        """Reads everything from the file again."""
        self._shapes: dict[int, Shape] = {}
        for shape_id, payload in self._database.rows("SELECT shape_id, payload FROM shape ORDER BY shape_id"):
            self._shapes[shape_id] = self._read(shape_id, payload)

    @property
    def all(self) -> tuple[Shape, ...]:
        """The shapes in the order in which they are drawn."""
        return tuple(self._shapes[shape_id] for shape_id in sorted(self._shapes))

    def of_object(self, object_id: int) -> list[Shape]:
        """An object's shapes, in the order in which they are drawn."""
        return [shape for shape in self.all if shape.object_id == object_id]

    def get(self, shape_id: int) -> Shape:
        """Raises ProjectError if there is no such shape."""
        if shape_id not in self._shapes:
            raise ProjectError("There is no shape {shape_id} in this project.", shape_id=shape_id)
        return self._shapes[shape_id]

    def drawn_frames(self, object_id: int) -> NDArray[np.bool_]:
        """Whether any of an object's shapes is drawn, for each frame, (frame_count,)."""
        found = np.zeros(self._frame_count, np.bool_)
        for shape in self._shapes.values():
            if shape.object_id == object_id:
                found[shape.first : shape.last + 1] = True
        return found

    def drawn_on(self, frame_index: int) -> frozenset[int]:
        """Ids of the objects that a shape is drawn of on a frame."""
        return frozenset(shape.object_id for shape in self._shapes.values() if shape.first <= frame_index <= shape.last)

    def draw(self, labels: LabelMap, frame_index: int, kept: frozenset[int]) -> LabelMap:
        """As `draw_shapes`, with the shapes that there are."""
        return draw_shapes(self.all, labels, frame_index, kept)

    def before(self, step_id: int) -> tuple[Shape, ...]:
        """The shapes that there were before a done step, in the order in which they are drawn."""
        past = dict(self._shapes)
        # the first step since then that changed a shape holds what was there
        for shape_id, payload in self._database.rows(
            "SELECT shape_id, payload FROM step_shape JOIN step USING (step_id) "
            "WHERE step_id >= ? AND NOT undone ORDER BY step_id DESC",
            (step_id,),
        ):
            if payload is None:
                past.pop(shape_id, None)
            else:
                past[shape_id] = self._read(shape_id, payload)
        return tuple(past[shape_id] for shape_id in sorted(past))

    def add(self, step: int, shape: Shape) -> Shape:
        """Adds a shape as part of a step; returns it with its id."""
        text = self._text(shape)
        shape_id = self._database.execute("INSERT INTO shape (payload) VALUES (?)", (text,)).lastrowid
        assert shape_id is not None
        self._remember(step, shape_id)
        # as it is read again: what is drawn now is what is drawn after reopening
        self._shapes[shape_id] = self._read(shape_id, text)
        return self._shapes[shape_id]

    def change(self, step: int, shape: Shape) -> Shape:
        """Replaces the shape of the same id as part of a step; returns it as it is stored. Raises ProjectError if there
        is none."""
        self.get(shape.shape_id)
        self._remember(step, shape.shape_id)
        self._store(shape.shape_id, self._text(shape))
        return self.get(shape.shape_id)

    def remove(self, step: int, shape_id: int) -> None:
        """Takes a shape away as part of a step."""
        self._remember(step, shape_id)
        self._store(shape_id, None)

    def remove_object(self, step: int, object_id: int) -> None:
        """Takes all shapes of an object away."""
        for shape in self.of_object(object_id):
            self.remove(step, shape.shape_id)

    def merge(self, step: int, object_id: int, into: int) -> None:
        """Makes an object's shapes another one's."""
        for shape in self.of_object(object_id):
            self.change(step, replace(shape, object_id=into))

    def swap(self, step: int) -> frozenset[int]:
        """Exchanges the shapes of a step with the ones that are there; returns the frames that they are drawn on."""
        frames: set[int] = set()
        for shape_id, payload in self._database.rows(
            "SELECT shape_id, payload FROM step_shape WHERE step_id = ?", (step,)
        ):
            now = self._shapes.get(shape_id)
            self._database.execute(
                "UPDATE step_shape SET payload = ? WHERE step_id = ? AND shape_id = ?",
                (None if now is None else self._text(now), step, shape_id),
            )
            self._store(shape_id, payload)
            for shape in (now, self._shapes.get(shape_id)):
                if shape is not None:
                    frames.update(range(shape.first, shape.last + 1))
        return frozenset(frames)

    def forget(self, step: int) -> None:
        """Throws away what a step remembers."""
        self._database.execute("DELETE FROM step_shape WHERE step_id = ?", (step,))

    def _remember(self, step: int, shape_id: int) -> None:
        known = self._shapes.get(shape_id)
        self._database.execute(
            "INSERT OR IGNORE INTO step_shape VALUES (?, ?, ?)",
            (step, shape_id, None if known is None else self._text(known)),
        )

    def _store(self, shape_id: int, payload: str | None) -> None:
        if payload is None:
            self._database.execute("DELETE FROM shape WHERE shape_id = ?", (shape_id,))
            self._shapes.pop(shape_id, None)
        else:
            self._database.execute("INSERT OR REPLACE INTO shape VALUES (?, ?)", (shape_id, payload))
            self._shapes[shape_id] = self._read(shape_id, payload)

    def _text(self, shape: Shape) -> str:
        text = shape_to_json(shape)
        if len(text) > MOST_SHAPE_TEXT:
            raise ProjectError("The shape has too many points and keyframes; make several of it.")
        return text

    def _read(self, shape_id: int, payload: str) -> Shape:
        try:
            shape = shape_from_json(shape_id, payload)
            if shape.last >= self._frame_count:
                raise ValueError("a keyframe after the clip")
        except ValueError as error:
            raise ProjectFormatError(
                "{path}: damaged; its shape {shape_id} makes no sense. Try to repair it.",
                path=self._database.path,
                shape_id=shape_id,
            ) from error
        return shape
