"""The project: everything a person has made of a clip, in one file, safe at every moment."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.masks import LabelEdit
from core.masks.found import FoundObject
from core.matting import PaintedEdges
from core.project.changes import Change, Listener, Listeners
from core.project.editing import Editing
from core.project.file import ProjectFile
from core.project.markers import Marker
from core.project.runs import Runs
from core.project.shape_editing import Shapes
from core.project.storage.database import Database
from core.project.storage.edges import EdgeStore
from core.project.storage.lanes import Confidences, Origins
from core.project.storage.measures import Measures
from core.project.storage.past import Step, labels_before, mask_steps
from core.project.storage.settings import AttachmentStore
from core.project.tuned_weights import TunedWeights
from core.types import Anchor, FrameResult, LabelMap, ObjectTrack, Origin

_MASK_VALUES = "mask_values"
_ORDER = "object_order"
"""The setting that holds the order of the objects."""


class Project(ProjectFile):
    """One open project: its clip, objects, masks, markers, history and settings."""

    def __init__(self, database: Database) -> None:
        """For `create` and `open`."""
        super().__init__(database)
        self._runs = Runs(self._stores)
        self._editing = Editing(self._stores, self._runs)
        self._attachments = AttachmentStore(database)
        self._edges = EdgeStore(self._stores.settings, self._attachments, self._stores.size)
        self._listeners = Listeners()
        self.tuned_weights = TunedWeights(self._stores.settings, self._attachments)
        self.shapes = Shapes(self._stores, self._editing, self._listeners)

    # -- objects

    @property
    def tracks(self) -> tuple[ObjectTrack, ...]:
        """All objects: in the order of `arrange_objects`, later ones after them by rising id."""
        stored = self._stores.settings.get(_ORDER)
        order = stored if isinstance(stored, list) else []
        places = {object_id: place for place, object_id in enumerate(order)}
        return tuple(sorted(self._stores.tracks.all, key=lambda track: places.get(track.object_id, len(places))))

    def track(self, object_id: int) -> ObjectTrack:
        """Raises ProjectError if there is no such object."""
        return self._stores.tracks.get(object_id)

    def add_object(
        self,
        name: str = "",
        colour: tuple[int, int, int] | None = None,
        object_id: int | None = None,
        text: str = "Add object",
    ) -> ObjectTrack:
        """Adds an object. Ids are never used twice, not even after removing or undoing.

        Raises ProjectError if `object_id` was used before or is outside 1 to 255, or no id is left.
        """
        track = self._editing.add_object(name, colour, object_id, text)
        self._listeners.notify((Change(None, None, 0, "objects"),))
        return track

    def update_object(self, track: ObjectTrack, text: str | None = None) -> None:
        """Replaces the object of the same id, as one undo step called `text`; with None, none: for setting one up.

        What changes nothing is no step. Raises ProjectError if there is no such object.
        """
        if self._editing.update_object(track, text):
            self._listeners.notify((Change(None, None, 0, "objects"),))

    def remove_object(self, object_id: int, text: str = "") -> None:
        """Removes an object with its masks on every frame; undo brings all of it back.

        Raises ProjectError if there is no such object, or it is locked.
        """
        self._editing.remove_object(object_id, text)
        self._listeners.notify((Change(None, None, 0, "objects"),))

    def merge_objects(self, object_id: int, into: int, text: str = "") -> None:
        """Makes an object a part of another one on every frame, as one undo step; its id is gone.

        Raises ProjectError if either is unknown or locked, or both are the same.
        """
        self._editing.merge_objects(object_id, into, text)
        self._listeners.notify((Change(None, None, 0, "objects"),))

    def arrange_objects(self, object_ids: Sequence[int], text: str = "Reorder objects") -> None:
        """The order in which `tracks` lists the objects; one undo step. Raises ProjectError if one is unknown."""
        for object_id in object_ids:
            self.track(object_id)
        before = self.tracks
        places = {object_id: place for place, object_id in enumerate(object_ids)}
        after = sorted(before, key=lambda track: places.get(track.object_id, len(places)))
        if tuple(after) != before:
            self._editing.change_setting(_ORDER, [track.object_id for track in after], text)
            self._listeners.notify((Change(None, None, 0, "objects"),))

    # -- what is known of the frames

    def labels(self, frame_index: int) -> LabelMap:
        """The masks of a frame, (H, W) uint8, the caller's own to write to; zeros if there are none.

        Raises ProjectError if there is no such frame, MaskError if the stored mask is damaged.
        """
        return self._stores.labels(frame_index)

    def has_labels(self, frame_index: int) -> bool:
        """Whether anything is known of any object on the frame, be it that the object is absent."""
        return bool(self.origins(frame_index))

    def origins(self, frame_index: int) -> dict[int, Origin]:
        """Origins by object id; objects of which nothing is known on the frame (Origin.NONE) are left out."""
        self._stores.check_frame(frame_index)
        return self._stores.origins(frame_index)

    def origin_lane(self, object_id: int) -> Origins:
        """The object's origin on every frame, (frame_count,) uint8, a copy. Raises ProjectError if unknown."""
        self.track(object_id)
        return self._stores.origin_lane(object_id)

    def confidence_lane(self, object_id: int) -> Confidences:
        """The confidence on every frame, (frame_count,) float32, NaN = unknown, a copy. Raises ProjectError."""
        self.track(object_id)
        return self._stores.confidence_lane(object_id)

    def measure_lane(self, object_id: int) -> Measures:
        """Area and centre on every frame, (frame_count, 3) float32: pixels, x, y.

        The area is NaN where no mask is stored or it was stored by an older program; x and y are NaN where the object
        has no pixel. Raises ProjectError if unknown.
        """
        self.track(object_id)
        return self._stores.measure_lane(object_id)

    def confidence(self, frame_index: int) -> dict[int, float]:
        """How sure the engine is of each object on a frame, in [0, 1]; objects that it did not find are left out."""
        self._stores.check_frame(frame_index)
        known = {track.object_id: self._stores.confidence_lane(track.object_id)[frame_index] for track in self.tracks}
        return {object_id: float(value) for object_id, value in known.items() if not math.isnan(value)}

    def anchor_frames(self) -> list[int]:
        """The frames that are an anchor of some object, in order."""
        return self._stores.lanes.anchor_frames()

    def anchor(self, frame_index: int) -> Anchor:
        """The frame as an anchor of the objects that a person vouches for there; of none if it is no anchor."""
        vouched = (key for key, origin in self.origins(frame_index).items() if origin == Origin.EDITED)
        return Anchor(frame_index, self.labels(frame_index), frozenset(vouched))

    def anchors(self) -> list[Anchor]:
        """All anchors, in order of their frames."""
        return [self.anchor(frame_index) for frame_index in self.anchor_frames()]

    def revision(self, frame_index: int) -> int:
        """Grows with every change by a person on the frame, also by undo and redo, but not with results. Not kept in
        the file. Raises ProjectError if there is no such frame."""
        return self._stores.revision(frame_index)

    # -- a person's changes

    def edit(self, frame_index: int, edit: LabelEdit, text: str) -> tuple[Change, ...]:
        """Applies an edit; objects that lose or gain a pixel become anchors on the frame.

        Their propagated masks on both sides, up to their next anchors, turn stale. Locked objects keep their pixels. An
        edit that changes nothing is no undo step. Raises ProjectError if it holds an unknown object or there is no such
        frame, MaskError if it does not fit the clip's size.
        """
        return self._listeners.notify(self._editing.edit(frame_index, edit, text))

    def mend(self, frame_index: int, edit: LabelEdit, text: str, step: int | None = None) -> int | None:
        """Applies an edit of one of many frames that changes pixels and nothing else: origins, and so anchors and what
        is stale, stay as they are. With `step`, the answer to the call before, all of them are one undo step, unless
        something else is done in between; the answer is None, or `step` again, if nothing changes.

        Locked objects keep their pixels. Raises ProjectError if the edit holds an unknown object or there is no such
        frame, MaskError if it does not fit the clip's size.
        """
        mended = self._editing.mend(frame_index, edit, text, step)
        if mended is None:
            return step
        self._listeners.notify((mended[1],))
        return mended[0]

    def import_labels(
        self, frame_index: int, labels: LabelMap, text: str = "Import mask", beside: bool = False
    ) -> tuple[Change, ...]:
        """Makes `labels`, (H, W) uint8, the whole mask of a frame, but for locked objects; with `beside` the other
        objects of the frame stay where it leaves room.

        Unknown objects are added under their ids, or under fresh ones where a removed object had that id. Objects in
        the mask, and those that it takes from the frame, become anchors. Raises MaskError if the size is another,
        ProjectError if the mask is empty and there was nothing to take, or only locked objects are in it.
        """
        return self._listeners.notify(self._editing.import_labels(frame_index, labels, text, beside))

    def add_found(self, found: Sequence[FoundObject], text: str = "Accept found objects") -> tuple[ObjectTrack, ...]:
        """Adds what a detector or a text found, at most 255 objects: each gets its class, a name after it, and its
        masks as anchors; one undo step. Masks that are there stay, and the surer one lies on top of others.

        Returns those of which a pixel is seen. Raises ProjectError if there is none, no id is left, or no such frame.
        """
        tracks, changes = self._editing.add_found(found, text)
        self._listeners.notify(changes)
        return tracks

    def drop_anchor(self, frame_index: int, text: str = "Remove anchor") -> tuple[Change, ...]:
        """The frame's masks are no longer vouched for: they and the results that depended on them turn stale."""
        return self._listeners.notify(self._editing.drop_anchor(frame_index, text))

    # -- soft edges

    def edges(self, frame_index: int | None = None) -> PaintedEdges:
        """The painted zones of all frames, and the alpha that came with masks, or with those of one frame: what exports
        and previews ask for."""
        return self._edges.painted(frame_index)

    def edge_zone(self, frame_index: int) -> NDArray[np.bool_] | None:
        """The zone of a frame in which the picture decides how soft the edge is, (H, W) bool; None if never painted."""
        return self._edges.zone(frame_index)

    def set_edge_zone(self, frame_index: int, zone: NDArray[np.bool_], text: str = "Refine edge") -> bool:
        """Gives a frame another zone, (H, W) bool, as one undo step; False if it has that already.

        Raises ProjectError if there is no such frame, MaskError if the size is another.
        """
        self._stores.check_fit(frame_index, zone.astype(np.uint8))
        stored = self._edges.with_zone(frame_index, zone)
        if stored is None:
            return False
        self._editing.change_setting(self._edges.zone_key(frame_index), stored, text)
        self._listeners.notify((Change(frame_index, None, 0, "settings"),))
        return True

    def keep_matte(self, frame_index: int, object_id: int, alpha: NDArray[np.uint8]) -> None:
        """Keeps the alpha, (H, W) uint8, that an object's mask on a frame was made of: soft exports write it as long as
        that mask stays as it is. No undo step. Raises ProjectError if there is no such frame.
        """
        self._edges.keep_matte(frame_index, object_id, alpha, self.labels(frame_index) == object_id)

    # -- markers

    @property
    def markers(self) -> tuple[Marker, ...]:
        """All markers, in the order of their frames."""
        return self._stores.markers.all

    def set_marker(self, frame_index: int, name: str = "", text: str = "Set marker") -> None:
        """Marks a frame, or gives its marker another name; one undo step. Raises ProjectError if no such frame."""
        if self._editing.set_marker(frame_index, name, text):
            self._listeners.notify((Change(None, None, 0, "markers"),))

    def remove_marker(self, frame_index: int, text: str = "Remove marker") -> None:
        """Takes a frame's marker away, if it has one; one undo step. Raises ProjectError if no such frame."""
        if self._editing.set_marker(frame_index, None, text):
            self._listeners.notify((Change(None, None, 0, "markers"),))

    # -- an engine's results

    def begin_run(self, text: str) -> int:
        """Begins a propagation; its results become one undo step. The id is good until `end_run` or `close`."""
        return self._runs.begin(text)

    def put(self, run_id: int, result: FrameResult, revision: int | None = None) -> bool:
        """Stores a result; False if it was dropped because the frame was edited after `revision`.

        Objects that are locked, or anchored on the frame, stay bit-identical. A result speaks of its `object_ids`, by
        default of those that have a pixel or a confidence in it; others keep theirs where it found nothing. Removed
        objects are ignored. An object whose anchors were changed since the run began gets its results as stale. Raises
        ProjectError if the run is not open or there is no such frame, MaskError if the size is another.
        """
        change = self._runs.put(run_id, result, revision)
        if change is not None:
            self._listeners.notify((change,))
        return change is not None

    def end_run(self, run_id: int) -> None:
        """Ends a propagation, finished or cancelled. What a crash leaves of a run is one undo step all the same."""
        self._runs.end(run_id)

    # -- history

    def undo(self) -> str | None:
        """Takes the last step back; its text, or None if there is none."""
        return self._notified(self._editing.undo())

    def redo(self) -> str | None:
        """Does the step that was undone last again; its text, or None if there is none."""
        return self._notified(self._editing.redo())

    @property
    def undo_text(self) -> str | None:
        """What undo would take back."""
        step = self._stores.history.last_done()
        return step[1] if step else None

    @property
    def last_step(self) -> int | None:
        """The number of the step that undo would take back."""
        step = self._stores.history.last_done()
        return step[0] if step else None

    @property
    def redo_text(self) -> str | None:
        """What redo would do again."""
        step = self._stores.history.first_undone()
        return step[1] if step else None

    def mask_steps(self) -> tuple[Step, ...]:
        """The done steps that changed masks, the newest first: what `labels_before` can be asked about."""
        return mask_steps(self._stores)

    def labels_before(self, frame_index: int, step_id: int) -> LabelMap:
        """The labels of a frame before a done step, in the objects that there are now; the caller's own to write to.

        Raises ProjectError if there is no such frame, MaskError if the stored mask is damaged.
        """
        return labels_before(self._stores, frame_index, step_id)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """`listener` is called after every change, once it is in the file; the function returned ends that."""
        return self._listeners.add(listener)

    def _notified(self, step: tuple[str, tuple[Change, ...]] | None) -> str | None:
        if step is None:
            return None
        self._listeners.notify(step[1])
        return step[0]

    # -- settings and attachments

    @property
    def mask_values(self) -> dict[int, int]:
        """Value in mask pictures by object id, of objects that came with a value beyond 255; written back with them."""
        stored = self._stores.settings.get(_MASK_VALUES)
        return {int(number): int(value) for number, value in stored.items()} if isinstance(stored, dict) else {}

    @mask_values.setter
    def mask_values(self, values: Mapping[int, int]) -> None:
        self._stores.settings.set(_MASK_VALUES, {str(number): value for number, value in values.items()})

    def get(self, key: str, default: object = None) -> object:
        """A setting as JSON gives it back (a tuple comes back as a list), or `default`."""
        return self._stores.settings.get(key, default)

    def set(self, key: str, value: object) -> None:
        """Stores a setting; no undo step. Raises TypeError or ValueError if JSON cannot hold it."""
        self._stores.settings.set(key, value)

    def change(self, key: str, value: object, text: str) -> None:
        """Stores a setting as one undo step; what changes nothing is none. Raises TypeError or ValueError as `set`."""
        if self._editing.change_setting(key, value, text):
            self._listeners.notify((Change(None, None, 0, "settings"),))

    def store_blob(self, name: str, data: bytes) -> None:
        """Keeps bytes, such as a picture of the project; no undo step."""
        self._attachments.store(name, data)

    def load_blob(self, name: str) -> bytes | None:
        """The bytes of that name, or None."""
        return self._attachments.load(name)
