"""What a person does to a project: each method is one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from core.errors import MaskError, ProjectError
from core.masks import LabelEdit, present_ids
from core.masks.found import FoundObject, lay_out, names_of
from core.project.changes import Change, ChangeKind
from core.project.runs import Runs
from core.project.storage.stores import Stores
from core.types import MAX_OBJECT_ID, Box, LabelMap, ObjectTrack, Origin


class Editing:
    """Changes the stores and says what changed; tells nobody."""

    def __init__(self, stores: Stores, runs: Runs) -> None:
        self._stores = stores
        self._runs = runs

    # -- masks

    def edit(self, frame_index: int, edit: LabelEdit, text: str) -> tuple[Change, ...]:
        """Applies an edit; the objects that lose or gain a pixel become anchors on the frame."""
        stores = self._stores
        labels = stores.labels(frame_index)
        if edit.box != edit.box.clipped(*stores.size):
            raise MaskError(
                "The edit reaches outside the clip, which is {width} x {height}.",
                width=stores.size[0],
                height=stores.size[1],
            )
        # taken anew against what is there now: since it was made, a result may have come in or an object been locked
        part = labels[edit.box.slices]
        real = LabelEdit.replace(part, np.where(edit.changed, edit.after, part), stores.tracks.locked)
        if real is None:
            return ()
        touched = real.object_ids
        self._check_known(touched)
        real.apply(part)
        with stores.database.transaction():
            step = stores.history.begin(text)
            self.anchor(step, frame_index, labels, touched)
        x0, y0 = edit.box.x0 + real.box.x0, edit.box.y0 + real.box.y0
        box = Box(x0, y0, x0 + real.box.width, y0 + real.box.height)
        return (self._changed(frame_index, box, "edit"),)

    def mend(self, frame_index: int, edit: LabelEdit, text: str, step: int | None) -> tuple[int, Change] | None:
        """Applies an edit that changes pixels and nothing else, in `step` while that is the last; None if nothing."""
        stores = self._stores
        labels = stores.labels(frame_index)
        part = labels[edit.box.slices]
        real = LabelEdit.replace(part, np.where(edit.changed, edit.after, part), stores.tracks.locked)
        if real is None:
            return None
        self._check_known(real.object_ids)
        real.apply(part)
        with stores.database.transaction():
            step = stores.history.resume(step, text)
            stores.frames.write(step, frame_index, labels)
        return step, self._changed(frame_index, edit.box, "edit")

    def import_labels(self, frame_index: int, labels: LabelMap, text: str, beside: bool = False) -> tuple[Change, ...]:
        """Makes `labels` the mask of the frame; locked objects stay. Objects it shows or removes become anchors.

        With `beside` the objects that it does not show stay where it leaves room.
        """
        stores = self._stores
        stores.check_fit(frame_index, labels)
        current = stores.labels(frame_index)
        wanted = present_ids(labels)
        missing = sorted(wanted - stores.tracks.ids)
        with stores.database.transaction():
            step = stores.history.begin(text)
            labels = self._add_missing(step, labels, missing)
            shown = present_ids(labels) - stores.tracks.locked
            if beside:
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
            self.anchor(step, frame_index, current, touched)
        change = self._changed(frame_index, real.box if real else Box(0, 0, 0, 0), "edit")
        return (Change(None, None, 0, "objects"), change) if missing else (change,)

    def add_found(self, found: Sequence[FoundObject], text: str) -> tuple[tuple[ObjectTrack, ...], tuple[Change, ...]]:
        """Adds what was found as objects of its class, each on its frames, beside the masks that are there."""
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
            step = stores.history.begin(text)
            for key, name in zip(seen, names, strict=True):
                track = stores.tracks.add(step, name, None, stores.tracks.take_id(None))
                track = replace(track, class_label=found[key - 1].label)
                stores.tracks.update(step, track)
                table[key] = track.object_id
                tracks.append(track)
            for frame_index, labels in laid.items():
                added = table[labels]
                if added.any():
                    self.anchor(step, frame_index, np.where(added > 0, added, current[frame_index]), present_ids(added))
        width, height = stores.size
        changed = (self._changed(frame_index, Box(0, 0, width, height), "edit") for frame_index in frames)
        return tuple(tracks), (Change(None, None, 0, "objects"), *changed)

    def drop_anchor(self, frame_index: int, text: str) -> tuple[Change, ...]:
        """The masks of a frame are no longer vouched for: they stay as stale ones until the next propagation."""
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
            step = stores.history.begin(text)
            for object_id in dropped:
                stores.lanes.set(step, object_id, frame_index, Origin.STALE)
                self._depend_no_more(step, object_id, frame_index)
        return (self._changed(frame_index, Box(0, 0, 0, 0), "anchor"),)

    # -- objects

    def add_object(
        self, name: str, colour: tuple[int, int, int] | None, object_id: int | None, text: str
    ) -> ObjectTrack:
        """Adds an object without a mask."""
        stores = self._stores
        with stores.database.transaction():
            step = stores.history.begin(text)
            return stores.tracks.add(step, name, colour, stores.tracks.take_id(object_id))

    def update_object(self, track: ObjectTrack, text: str | None) -> bool:
        """Replaces name, class, colour, visible and locked; False if that changes nothing. No step without a text."""
        stores = self._stores
        if stores.tracks.get(track.object_id) == track:
            return False
        with stores.database.transaction():
            stores.tracks.update(None if text is None else stores.history.begin(text), track)
        return True

    def remove_object(self, object_id: int, text: str) -> None:
        """Removes an object with its masks on every frame."""
        stores = self._stores
        track = stores.tracks.get(object_id)
        if track.locked:
            raise ProjectError("{name} is locked; unlock it to remove it.", name=track.name)
        with stores.database.transaction():
            step = stores.history.begin(text or f"Remove {track.name}")
            stores.tracks.remove(step, object_id)
            frames = stores.lanes.clear(step, object_id)
            stores.shapes.remove_object(step, object_id)
        stores.raise_revisions(frames)

    def merge_objects(self, object_id: int, into: int, text: str) -> None:
        """Makes an object a part of another one on every frame."""
        stores = self._stores
        source, target = stores.tracks.get(object_id), stores.tracks.get(into)
        if object_id == into:
            raise ProjectError("{name} cannot be merged into itself.", name=source.name)
        for track in (source, target):
            if track.locked:
                raise ProjectError("{name} is locked; unlock it to merge it.", name=track.name)
        with stores.database.transaction():
            step = stores.history.begin(text or f"Merge {source.name} into {target.name}")
            frames = stores.lanes.merge(step, object_id, into)
            stores.tracks.merge(step, object_id, into)
            stores.shapes.merge(step, object_id, into)
        stores.raise_revisions(frames)
        self._runs.outdate(into, slice(0, stores.frame_count))

    # -- markers

    def set_marker(self, frame_index: int, name: str | None, text: str) -> bool:
        """Sets, renames or, with None, removes the marker of a frame; False if that changes nothing."""
        stores = self._stores
        stores.check_frame(frame_index)
        if stores.markers.name(frame_index) == name:
            return False
        with stores.database.transaction():
            stores.markers.set(stores.history.begin(text), frame_index, name)
        return True

    # -- settings

    def change_setting(self, key: str, value: object, text: str) -> bool:
        """Stores a setting; False if that changes nothing."""
        stores = self._stores
        if stores.settings.get(key) == value:
            return False
        with stores.database.transaction():
            stores.settings.change(stores.history.begin(text), key, value)
        return True

    # -- history

    def undo(self) -> tuple[str, tuple[Change, ...]] | None:
        """Takes the last step back; its text and what changed, or None if there is none."""
        return self._swap(self._stores.history.last_done(), undone=True)

    def redo(self) -> tuple[str, tuple[Change, ...]] | None:
        """Does the step undone last again; its text and what changed, or None if there is none."""
        return self._swap(self._stores.history.first_undone(), undone=False)

    # -- inside

    def _swap(self, found: tuple[int, str] | None, undone: bool) -> tuple[str, tuple[Change, ...]] | None:
        if found is None:
            return None
        stores, (step, text) = self._stores, found
        with stores.database.transaction():
            frames = stores.frames.swap(step)
            objects, anchors = stores.lanes.swap(step)
            stores.tracks.swap(step)
            stores.markers.swap(step)
            stores.settings.swap(step)
            drawn = stores.shapes.swap(step)
            stores.history.mark(step, undone)
        changed = sorted({*frames, *anchors})
        stores.raise_revisions({*changed, *drawn})
        for object_id in objects:
            self._runs.outdate(object_id, slice(0, stores.frame_count))
        one = changed[0] if len(changed) == 1 else None
        return text, (Change(one, None, 0 if one is None else stores.revision(one), "history"),)

    def anchor(self, step: int, frame_index: int, labels: LabelMap, object_ids: Iterable[int]) -> None:
        """As part of a step, stores the labels of a frame, which becomes an anchor of the objects."""
        self._stores.frames.write(step, frame_index, labels)
        for object_id in sorted(object_ids):
            self._stores.lanes.set(step, object_id, frame_index, Origin.EDITED)
            self._depend_no_more(step, object_id, frame_index)

    def _depend_no_more(self, step: int, object_id: int, frame_index: int) -> None:
        span = self._stores.lanes.span(object_id, frame_index)
        self._stores.mark_stale(step, object_id, span)
        self._runs.outdate(object_id, span)

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

    def _changed(self, frame_index: int, box: Box, kind: ChangeKind) -> Change:
        self._stores.raise_revisions([frame_index])
        return Change(frame_index, box, self._stores.revision(frame_index), kind)
