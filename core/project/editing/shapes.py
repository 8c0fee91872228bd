"""What a person does to the shapes of a project: each method is one transaction and one undo step."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import ProjectError
from core.masks import LabelEdit, Patch, decode_labels, encode_labels, object_patch
from core.project.changes import SHAPES_CHANGED, Change, Listeners
from core.project.editing.anchoring import Anchoring
from core.project.storage.stores import Stores
from core.shapes import Shape, drawn_patch, is_drawn, points_at
from core.types import Box, LabelMap, Origin


class Shapes:
    """The shapes of an open project, `Project.shapes`.

    On the keyframes of an object's shapes its mask is stored, and the frame is an anchor of it; corrections painted
    there stay when a shape is changed. On the frames between, the object is drawn from its shapes whenever labels are
    read, unless a person has painted it there; a propagation does not overwrite it.
    """

    def __init__(self, stores: Stores, anchoring: Anchoring, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores = stores
        self._anchoring = anchoring
        self._listeners = listeners

    @property
    def all(self) -> tuple[Shape, ...]:
        """The shapes in the order in which they are drawn."""
        return self._stores.shapes.all

    def of_object(self, object_id: int) -> list[Shape]:
        """An object's shapes, in the order in which they are drawn."""
        return self._stores.shapes.of_object(object_id)

    def get(self, shape_id: int) -> Shape:
        """Raises ProjectError if there is no such shape."""
        return self._stores.shapes.get(shape_id)

    def key_frames(self, object_id: int) -> list[int]:
        """The frames on which any of an object's shapes has a keyframe, in order."""
        return sorted({frame for shape in self.of_object(object_id) for frame in shape.keys})

    def put(
        self,
        shapes: Sequence[Shape],
        text: str,
        removed: Iterable[int] = (),
        afresh: bool = False,
        drawn: int | None = None,
        keeps: bool | None = None,
    ) -> tuple[Shape, ...]:
        """Adds shapes (those with id 0), changes others, and takes some away, all as one undo step called `text`.

        On each keyframe the pixels that the shapes now cover otherwise are changed; with `afresh` the object's mask is
        what they cover and nothing else. `keeps` says whether shapes are added to a mask on a keyframe where none was
        drawn before; None adds them to what a person painted and replaces other results. `drawn` is the step of
        `draw_key` for all of the keyframes: nothing is left to do on them, and it all is that step. Returns the shapes
        with their ids. Raises ProjectError if an object or shape is unknown, an object is locked or a keyframe lies
        outside the clip, MaskError if a shape cannot be drawn.
        """
        stores = self._stores
        gone = [stores.shapes.get(shape_id) for shape_id in dict.fromkeys(removed)]
        known = [stores.shapes.get(shape.shape_id) for shape in shapes if shape.shape_id]
        self._check(shapes)
        concerned = [*gone, *known, *shapes]
        objects = sorted({shape.object_id for shape in concerned})
        for object_id in objects:
            track = stores.tracks.get(object_id)
            if track.locked:
                raise ProjectError("{name} is locked; unlock it to change its shapes.", name=track.name)
        if not concerned:
            return ()
        old = {object_id: stores.shapes.of_object(object_id) for object_id in objects}
        wanted = {object_id: self._with(object_id, shapes, gone) for object_id in objects}
        keys = {
            object_id: sorted(
                frame
                for frame in {frame for shape in concerned if shape.object_id == object_id for frame in shape.keys}
                if drawn is None and (afresh or _state(old[object_id], frame) != _state(wanted[object_id], frame))
            )
            for object_id in objects
        }
        # packed: at 4K the masks of a hundred keyframes are too much at once
        before = {frame: encode_labels(stores.labels(frame)) for frames in keys.values() for frame in frames}
        with stores.database.transaction():
            step = stores.steps.resume(drawn, text)
            for shape in gone:
                stores.shapes.remove(step, shape.shape_id)
            put = tuple(
                stores.shapes.change(step, shape) if shape.shape_id else stores.shapes.add(step, shape)
                for shape in shapes
            )
            for object_id in objects:
                new = stores.shapes.of_object(object_id)
                for frame in keys[object_id]:
                    labels = decode_labels(before[frame])
                    before[frame] = encode_labels(self._redraw(step, frame, labels, old[object_id], new, afresh, keeps))
        stores.raise_revisions({frame for shape in concerned for frame in range(shape.first, shape.last + 1)})
        self._listeners.notify(SHAPES_CHANGED)
        return put

    def draw_key(self, frame: int, object_id: int, patch: Patch, text: str, step: int | None = None) -> int:
        """Makes a patch an object's mask on a frame that will be a keyframe, before `put` gets all the shapes.

        With `step`, the answer to the call before, all are one undo step unless something else is done in between. For
        hundreds of keyframes, between which the caller can do other things. Raises ProjectError if the object is
        unknown or locked, or there is no such frame.
        """
        stores = self._stores
        track = stores.tracks.get(object_id)
        if track.locked:
            raise ProjectError("{name} is locked; unlock it to change its shapes.", name=track.name)
        labels = stores.labels(frame)
        edit = _redrawn(labels, object_id, Patch.nothing(), patch, True, stores.tracks.locked)
        touched = edit.object_ids if edit else frozenset()
        if edit:
            edit.apply(labels)
        with stores.database.transaction():
            step = stores.steps.resume(step, text)
            self._anchoring.anchor(step, frame, labels, touched | {object_id})
        stores.raise_revisions([frame])
        self._listeners.notify((Change(frame, None, stores.revision(frame), "edit"),))
        return step

    def to_masks(self, object_id: int, text: str) -> int:
        """Makes the masks that an object's shapes draw a person's own, and takes the shapes away; one undo step.

        Returns the number of frames. Raises ProjectError if the object is unknown, locked or has no shapes.
        """
        stores = self._stores
        track = stores.tracks.get(object_id)
        if track.locked:
            raise ProjectError("{name} is locked; unlock it to change its shapes.", name=track.name)
        frames = np.flatnonzero(stores.shapes.drawn_frames(object_id)).tolist()
        if not frames:
            raise ProjectError("{name} has no shapes.", name=track.name)
        with stores.database.transaction():
            step = stores.steps.begin(text)
            for frame in frames:
                if stores.lanes.on_frame(frame).get(object_id) != Origin.EDITED:
                    self._anchoring.anchor(step, frame, stores.labels(frame), (object_id,))
            stores.shapes.remove_object(step, object_id)
        stores.raise_revisions(frames)
        self._listeners.notify(SHAPES_CHANGED)
        return len(frames)

    def _check(self, shapes: Sequence[Shape]) -> None:
        for shape in shapes:
            shape.check()
            for frame in shape.keys:
                self._stores.check_frame(frame)

    def _with(self, object_id: int, shapes: Sequence[Shape], gone: Sequence[Shape]) -> list[Shape]:
        """The shapes that an object will have."""
        others = {shape.shape_id for shape in (*shapes, *gone)}
        kept = [shape for shape in self.of_object(object_id) if shape.shape_id not in others]
        found = [*kept, *(shape for shape in shapes if shape.object_id == object_id)]
        # those without an id get the highest ones
        return sorted(found, key=lambda shape: shape.shape_id or math.inf)

    def _redraw(
        self,
        step: int,
        frame: int,
        labels: LabelMap,
        old: Sequence[Shape],
        new: Sequence[Shape],
        afresh: bool,
        keeps: bool | None,
    ) -> LabelMap:
        """Brings the stored mask of a frame up to date, which may be a keyframe no more; returns the frame's labels."""
        stores = self._stores
        object_id = (*old, *new)[0].object_id
        was, now = (drawn_patch(shapes, frame, stores.size) for shapes in (old, new))
        anchored = stores.lanes.on_frame(frame).get(object_id) == Origin.EDITED
        is_key = any(frame in shape.keys for shape in new)
        if not is_key and not anchored:
            return labels
        pure = not is_key and _is_only(labels, object_id, was)
        if pure and object_id in stores.shapes.drawn_on(frame):
            # between keyframes now: drawn whenever it is read
            stores.lanes.set(step, object_id, frame, Origin.NONE)
            return labels
        alone = afresh or (not _covers(old, frame) and not (anchored if keeps is None else keeps))
        edit = _redrawn(labels, object_id, was, now, alone, stores.tracks.locked)
        touched = edit.object_ids if edit else frozenset()
        if edit:
            edit.apply(labels)
        self._anchoring.anchor(step, frame, labels, touched | {object_id})
        if pure:
            # nothing is left of what was drawn here, and no anchor says that the object is absent
            stores.lanes.set(step, object_id, frame, Origin.NONE)
        return labels


def _state(shapes: Sequence[Shape], frame: int) -> object:
    """What decides an object's mask on a frame, to be compared."""
    drawn = [(points_at(shape, frame), shape.mode) for shape in shapes if is_drawn(shape, frame)]
    return drawn, any(frame in shape.keys for shape in shapes)


def _covers(shapes: Sequence[Shape], frame: int) -> bool:
    return any(is_drawn(shape, frame) for shape in shapes)


def _is_only(labels: LabelMap, object_id: int, patch: Patch) -> bool:
    """Whether an object's mask is exactly a patch."""
    mask = labels == object_id
    return int(np.count_nonzero(mask)) == int(np.count_nonzero(patch.mask)) and bool(
        mask[patch.box.slices][patch.mask].all()
    )


def _redrawn(
    labels: LabelMap, object_id: int, was: Patch, now: Patch, alone: bool, locked: frozenset[int]
) -> LabelEdit | None:
    """The edit that turns what shapes covered into what they cover now; the rest of the object stays, unless the mask
    is to be theirs `alone`."""
    box = was.box.union(now.box)
    if alone:
        present = object_patch(labels, object_id)
        box = now.box if present is None else now.box.union(present.box)
    if box.empty:
        return None
    part = labels[box.slices].copy()
    covers = _placed(now, box)
    if alone:
        part[part == object_id] = 0
        part[covers] = object_id
    else:
        covered = _placed(was, box)
        part[covered & ~covers & (part == object_id)] = 0
        part[covers & ~covered] = object_id
    return LabelEdit.replace_part(labels, box, part, locked)


def _placed(patch: Patch, box: Box) -> NDArray[np.bool_]:
    """A patch in a box that holds it, (box.height, box.width)."""
    mask = np.zeros((box.height, box.width), np.bool_)
    x, y = patch.box.x0 - box.x0, patch.box.y0 - box.y0
    if not patch.box.empty:
        mask[y : y + patch.box.height, x : x + patch.box.width] = patch.mask
    return mask
