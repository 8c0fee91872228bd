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
        leads: bool = False,
    ) -> ObjectTrack:
        """Adds an object without a mask. The id of a removed object is not used again, that of one whose adding was
        undone is. With `leads` it is added for the mask or shape that comes next: both are one undo step.

        Raises ProjectError if `object_id` was used before or is outside 1 to 255, or no id is left.
        """
        stores = self._stores
        with stores.database.transaction():
            step = stores.steps.begin(text)
            track = stores.tracks.add(step, name, colour, stores.tracks.take_id(object_id))
            if leads:
                stores.steps.lead(step)
        self._listeners.notify(OBJECTS_CHANGED)
        return track

    def update(self, track: ObjectTrack, text: str | None = None) -> None:
        """Replaces the object of the same id, as one undo step called `text`; with None, none: for setting one up.

        What changes nothing is no step. Raises ProjectError if there is no such object.
        """
        self.update_all((track,), text)

    def update_all(self, tracks: Sequence[ObjectTrack], text: str | None = None) -> None:
        """Does for several objects what `update` does for one, as one step. Raises ProjectError if one is unknown."""
        stores = self._stores
        changed = [track for track in tracks if stores.tracks.get(track.object_id) != track]
        if not changed:
            return
        with stores.database.transaction():
            step = None if text is None else stores.steps.begin(text)
            for track in changed:
                stores.tracks.update(step, track)
        self._listeners.notify(OBJECTS_CHANGED)

    def remove(self, object_id: int, text: str = "") -> None:
        """Removes an object with its masks on every frame; undo brings all of it back.

        Raises ProjectError if there is no such object, or it is locked.
        """
        self.remove_all((object_id,), text)

    def remove_all(self, object_ids: Sequence[int], text: str = "") -> None:
        """Does for several objects what `remove` does for one, as one step.

        Raises ProjectError if one is unknown or locked; then none is removed.
        """
        stores = self._stores
        tracks = [stores.tracks.get(object_id) for object_id in object_ids]
        for track in tracks:
            if track.locked:
                raise ProjectError("{name} is locked; unlock it to remove it.", name=track.name)
        if not tracks:
            return
        frames: set[int] = set()
        with stores.database.transaction():
            step = stores.steps.begin(text or f"Remove {tracks[0].name}")
            for track in tracks:
                stores.tracks.remove(step, track.object_id)
                frames.update(stores.lanes.clear(step, track.object_id))
                stores.shapes.remove_object(step, track.object_id)
        stores.raise_revisions(sorted(frames))
        self._listeners.notify(OBJECTS_CHANGED)

    def merge(self, object_id: int, into: int, text: str = "") -> None:
        """Makes an object a part of another one on every frame; its id is gone.

        Raises ProjectError if either is unknown or locked, or both are the same.
        """
        self.merge_all((object_id,), into, text)

    def merge_all(self, object_ids: Sequence[int], into: int, text: str = "") -> None:
        """Does for several objects what `merge` does for one, as one step.

        Raises ProjectError if one is unknown, locked or `into` itself; then none is merged.
        """
        stores = self._stores
        target = stores.tracks.get(into)
        sources = [stores.tracks.get(object_id) for object_id in object_ids]
        if target in sources:
            raise ProjectError("{name} cannot be merged into itself.", name=target.name)
        for track in (*sources, target):
            if track.locked:
                raise ProjectError("{name} is locked; unlock it to merge it.", name=track.name)
        if not sources:
            return
        frames: set[int] = set()
        with stores.database.transaction():
            step = stores.steps.begin(text or f"Merge {sources[0].name} into {target.name}")
            for track in sources:
                frames.update(stores.lanes.merge(step, track.object_id, into))
                stores.tracks.merge(step, track.object_id, into)
                stores.shapes.merge(step, track.object_id, into)
        stores.raise_revisions(sorted(frames))
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
