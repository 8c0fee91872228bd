"""What a person does to the masks of a project: each method is one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from core.errors import MaskError, ProjectError
from core.masks import LabelEdit, present_ids
from core.masks.found import FoundObject, lay_out, names_of
from core.project.changes import OBJECTS_CHANGED, Change, ChangeKind, Listeners
from core.project.editing.anchoring import Anchoring
from core.project.storage.stores import Stores
from core.types import MAX_OBJECT_ID, Box, LabelMap, ObjectTrack, Origin


class Masks:
    """The masks of an open project, `Project.masks`."""

    def __init__(self, stores: Stores, anchoring: Anchoring, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._anchoring, self._listeners = stores, anchoring, listeners

    def edit(self, frame_index: int, edit: LabelEdit, text: str) -> tuple[Change, ...]:
        """Applies an edit; objects that lose or gain a pixel become anchors on the frame.

        Their propagated masks on both sides, up to their next anchors, turn stale. Locked objects keep their pixels. An
        edit that changes nothing is no undo step. Raises ProjectError if it holds an unknown object or there is no such
        frame, MaskError if it does not fit the clip's size. The first one after an object was added for it is one step
        with that.
        """
        stores = self._stores
        labels = stores.labels(frame_index)
        if edit.box != edit.box.clipped(*stores.size):
            raise MaskError(
                "The edit reaches outside the clip, which is {width} x {height}.",
                width=stores.size[0],
                height=stores.size[1],
            )
        # recomputed against what is there now: since it was made, a result may have come in or an object been locked
        part = labels[edit.box.slices]
        real = LabelEdit.replace(part, np.where(edit.changed, edit.after, part), stores.tracks.locked)
        if real is None:
            return ()
        touched = real.object_ids
        self._check_known(touched)
        real.apply(part)
        with stores.database.transaction():
            step = stores.steps.begin(text, joins=True)
            self._anchoring.anchor(step, frame_index, labels, touched)
        x0, y0 = edit.box.x0 + real.box.x0, edit.box.y0 + real.box.y0
        box = Box(x0, y0, x0 + real.box.width, y0 + real.box.height)
        return self._listeners.notify((self._changed(frame_index, box),))

    def mend(self, frame_index: int, edit: LabelEdit, text: str, step: int | None = None) -> int | None:
        """Applies an edit of one of many frames that changes pixels and nothing else: origins, and so anchors and what
        is stale, stay as they are. With `step`, the answer to the call before, all of them are one undo step, unless
        something else is done in between; the answer is None, or `step` again, if nothing changes.

        Locked objects keep their pixels. Raises ProjectError if the edit holds an unknown object or there is no such
        frame, MaskError if it does not fit the clip's size.
        """
        stores = self._stores
        labels = stores.labels(frame_index)
        part = labels[edit.box.slices]
        real = LabelEdit.replace(part, np.where(edit.changed, edit.after, part), stores.tracks.locked)
        if real is None:
            return step
        self._check_known(real.object_ids)
        real.apply(part)
        with stores.database.transaction():
            step = stores.steps.resume(step, text)
            stores.frames.write(step, frame_index, labels)
        self._listeners.notify((self._changed(frame_index, edit.box),))
        return step

    def import_labels(
        self,
        frame_index: int,
        labels: LabelMap,
        text: str = "Import mask",
        keep_others: bool = False,
        step: int | None = None,
    ) -> tuple[Change, ...]:
        """Makes `labels`, (H, W) uint8, the whole mask of a frame, but for locked objects; with `keep_others` the other
        objects of the frame stay where it leaves room.

        Unknown objects are added under their ids, or under fresh ones where a removed object had that id. Objects in
        the mask, and those that it takes from the frame, become anchors. It is a part of `step` while that is the last
        one, so that many frames are undone at once. Raises MaskError if the size is another,
        ProjectError if the mask is empty and there was nothing to take, or only locked objects are in it.
        """
        stores = self._stores
        stores.check_fit(frame_index, labels)
        current = stores.labels(frame_index)
        wanted = present_ids(labels)
        missing = sorted(wanted - stores.tracks.ids)
        with stores.database.transaction():
            step = stores.steps.resume(step, text)
            labels = self._add_missing(step, labels, missing)
            shown = present_ids(labels) - stores.tracks.locked
            if keep_others:
                rest = np.where(np.isin(current, sorted(shown)), np.uint8(0), current)
                labels = np.where(labels > 0, labels, rest)
            real = LabelEdit.replace(current, labels, stores.tracks.locked)
            touched = shown | (real.object_ids if real else frozenset())
            if not touched:
                raise ProjectError(
                    "The mask for frame {frame_index} would change nothing: it is empty or locked.",
                    frame_index=frame_index,
                )
            if real:
                real.apply(current)
            self._anchoring.anchor(step, frame_index, current, touched)
        change = self._changed(frame_index, real.box if real else Box(0, 0, 0, 0))
        return self._listeners.notify((*(OBJECTS_CHANGED if missing else ()), change))

    def add_found(self, found: Sequence[FoundObject], text: str = "Accept found objects") -> tuple[ObjectTrack, ...]:
        """Adds what a detector or a text found, at most 255 objects: each gets its class, a name after it, and its
        masks as anchors; one undo step. Masks that are there stay, and the surer one lies on top of others.

        Returns those of which a pixel is seen. Raises ProjectError if there is none, no id is left, or no such frame.
        """
        stores = self._stores
        frames = sorted({frame_index for one in found for frame_index in one.masks})
        for frame_index in frames:
            stores.check_frame(frame_index)
        current = {frame_index: stores.labels(frame_index) for frame_index in frames}
        laid = {frame_index: lay_out(found, frame_index, labels) for frame_index, labels in current.items()}
        seen = sorted(set().union(*(present_ids(labels) for labels in laid.values())))
        if not seen:
            raise ProjectError("Nothing is added: other objects' masks lie where these are.")
        names = names_of((found[key - 1].label for key in seen), (track.name for track in stores.tracks.all))
        tracks = []
        table = np.zeros(MAX_OBJECT_ID + 1, np.uint8)
        with stores.database.transaction():
            step = stores.steps.begin(text)
            for key, name in zip(seen, names, strict=True):
                track = stores.tracks.add(step, name, None, stores.tracks.take_id(None))
                track = replace(track, class_label=found[key - 1].label)
                stores.tracks.update(step, track)
                table[key] = track.object_id
                tracks.append(track)
            for frame_index, labels in laid.items():
                added = table[labels]
                if added.any():
                    self._anchoring.anchor(
                        step, frame_index, np.where(added > 0, added, current[frame_index]), present_ids(added)
                    )
        width, height = stores.size
        changed = (self._changed(frame_index, Box(0, 0, width, height)) for frame_index in frames)
        self._listeners.notify((*OBJECTS_CHANGED, *changed))
        return tuple(tracks)

    def drop_anchor(self, frame_index: int, text: str = "Remove anchor") -> tuple[Change, ...]:
        """The masks of a frame are no longer vouched for: they and the results that depended on them turn stale.

        Raises ProjectError if there is no such frame, or shapes draw all of its masks.
        """
        stores = self._stores
        stores.check_frame(frame_index)
        anchored = {key for key, origin in stores.lanes.on_frame(frame_index).items() if origin == Origin.EDITED}
        keys = {shape.object_id for shape in stores.shapes.all if frame_index in shape.keys}
        dropped = sorted(anchored - keys)
        if anchored and not dropped:
            raise ProjectError(
                "Frame {frame_index}: its masks are drawn by shapes; delete the keyframe instead.",
                frame_index=frame_index,
            )
        if not dropped:
            return ()
        with stores.database.transaction():
            step = stores.steps.begin(text)
            self._anchoring.drop(step, frame_index, dropped)
        return self._listeners.notify((self._changed(frame_index, Box(0, 0, 0, 0), "anchor"),))

    def _add_missing(self, step: int, labels: LabelMap, missing: Iterable[int]) -> LabelMap:
        """Adds the objects that an imported mask has and the project has not; the mask in the project's ids."""
        tracks = self._stores.tracks
        table = np.arange(MAX_OBJECT_ID + 1, dtype=np.uint8)
        for value in sorted(missing, key=tracks.is_used):
            # an id that belonged to a removed object is not given out again: the imported one gets a fresh id
            table[value] = tracks.take_id(None if tracks.is_used(value) else value)
            tracks.add(step, "", None, int(table[value]))
        return table[labels]

    def _check_known(self, object_ids: Iterable[int]) -> None:
        for object_id in object_ids:
            self._stores.tracks.get(object_id)

    def _changed(self, frame_index: int, box: Box, kind: ChangeKind = "edit") -> Change:
        self._stores.raise_revisions([frame_index])
        return Change(frame_index, box, self._stores.revision(frame_index), kind)
