"""What a person does to the objects of a project: each method is one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import ProjectError
from core.project.changes import OBJECTS_CHANGED, Listeners
from core.project.editing.runs import Runs
from core.project.storage.stores import Stores
from core.types import ObjectTrack

_ORDER = "object_order"
"""The setting that holds the order of the objects."""


class Objects:
    """The objects of an open project, `Project.objects`."""

    def __init__(self, stores: Stores, runs: Runs, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._runs, self._listeners = stores, runs, listeners

    @property
    def all(self) -> tuple[ObjectTrack, ...]:
        """The objects in the order of `arrange`, later ones after them by rising id."""
        stored = self._stores.settings.get(_ORDER)
        return _arranged(self._stores.tracks.all, stored if isinstance(stored, list) else [])

    def get(self, object_id: int) -> ObjectTrack:
        """Raises ProjectError if there is no such object."""
        return self._stores.tracks.get(object_id)

    def add(
        self,
        name: str = "",
        colour: tuple[int, int, int] | None = None,
        object_id: int | None = None,
        text: str = "Add object",
    ) -> ObjectTrack:
        """Adds an object without a mask. The id of a removed object is not used again, that of one whose adding was
        undone is.

        Raises ProjectError if `object_id` was used before or is outside 1 to 255, or no id is left.
        """
        stores = self._stores
        with stores.database.transaction():
            step = stores.steps.begin(text)
            track = stores.tracks.add(step, name, colour, stores.tracks.take_id(object_id))
        self._listeners.notify(OBJECTS_CHANGED)
        return track

    def update(self, track: ObjectTrack, text: str | None = None) -> None:
        """Replaces the object of the same id, as one undo step called `text`; with None, none: for setting one up.

        What changes nothing is no step. Raises ProjectError if there is no such object.
        """
        stores = self._stores
        if stores.tracks.get(track.object_id) == track:
            return
        with stores.database.transaction():
            stores.tracks.update(None if text is None else stores.steps.begin(text), track)
        self._listeners.notify(OBJECTS_CHANGED)

    def remove(self, object_id: int, text: str = "") -> None:
        """Removes an object with its masks on every frame; undo brings all of it back.

        Raises ProjectError if there is no such object, or it is locked.
        """
        stores = self._stores
        track = stores.tracks.get(object_id)
        if track.locked:
            raise ProjectError("{name} is locked; unlock it to remove it.", name=track.name)
        with stores.database.transaction():
            step = stores.steps.begin(text or f"Remove {track.name}")
            stores.tracks.remove(step, object_id)
            frames = stores.lanes.clear(step, object_id)
            stores.shapes.remove_object(step, object_id)
        stores.raise_revisions(frames)
        self._listeners.notify(OBJECTS_CHANGED)

    def merge(self, object_id: int, into: int, text: str = "") -> None:
        """Makes an object a part of another one on every frame; its id is gone.

        Raises ProjectError if either is unknown or locked, or both are the same.
        """
        stores = self._stores
        source, target = stores.tracks.get(object_id), stores.tracks.get(into)
        if object_id == into:
            raise ProjectError("{name} cannot be merged into itself.", name=source.name)
        for track in (source, target):
            if track.locked:
                raise ProjectError("{name} is locked; unlock it to merge it.", name=track.name)
        with stores.database.transaction():
            step = stores.steps.begin(text or f"Merge {source.name} into {target.name}")
            frames = stores.lanes.merge(step, object_id, into)
            stores.tracks.merge(step, object_id, into)
            stores.shapes.merge(step, object_id, into)
        stores.raise_revisions(frames)
        self._runs.outdate(into, slice(0, stores.frame_count))
        self._listeners.notify(OBJECTS_CHANGED)

    def arrange(self, object_ids: Sequence[int], text: str = "Reorder objects") -> None:
        """Puts the objects in this order, those not named after them. Raises ProjectError if one is unknown."""
        for object_id in object_ids:
            self.get(object_id)
        before = self.all
        after = _arranged(before, object_ids)
        if after != before and self._stores.change_setting(_ORDER, [track.object_id for track in after], text):
            self._listeners.notify(OBJECTS_CHANGED)


def _arranged(tracks: Sequence[ObjectTrack], object_ids: Sequence[object]) -> tuple[ObjectTrack, ...]:
    indices = {object_id: index for index, object_id in enumerate(object_ids)}
    return tuple(sorted(tracks, key=lambda track: indices.get(track.object_id, len(indices))))
