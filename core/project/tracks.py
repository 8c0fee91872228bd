"""The objects that are followed, and which ids were ever given out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import asdict

import cv2
import numpy as np

from core.errors import ProjectError, ProjectFormatError
from core.masks import object_colour
from core.project.storage.database import Database
from core.types import MAX_OBJECT_ID, LabelMap, ObjectTrack

_MERGED = "merged_into"
"""The only field in the payload of an object that was merged into another one."""


class TrackStore:
    """Tracks by object id, kept in memory and in the file. Methods that change one are called in a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._given: dict[int, int] = {}
        self.reload()

    def reload(self) -> None:
        """Reads everything from the file again."""
        self._tracks: dict[int, ObjectTrack] = {}
        self._merged: dict[int, int] = {}
        self._unknown: dict[int, dict[str, object]] = {}
        for object_id, payload in self._database.rows("SELECT object_id, payload FROM track ORDER BY object_id"):
            self._keep(object_id, payload)
        self._used = {row[0] for row in self._database.rows("SELECT object_id FROM used_id")}
        self._find_dead()

    @property
    def all(self) -> tuple[ObjectTrack, ...]:
        return tuple(self._tracks[object_id] for object_id in sorted(self._tracks))

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(self._tracks)

    @property
    def locked(self) -> frozenset[int]:
        """Ids of the objects that nothing may change."""
        return frozenset(track.object_id for track in self._tracks.values() if track.locked)

    def get(self, object_id: int) -> ObjectTrack:
        """Raises ProjectError if there is no such object."""
        if object_id not in self._tracks:
            raise ProjectError("There is no object {object_id} in this project; add it first.", object_id=object_id)
        return self._tracks[object_id]

    def is_used(self, object_id: int) -> bool:
        """Whether the id was given out, to an object that is there or one that is gone and may come back."""
        return object_id in self._used

    def take_id(self, object_id: int | None = None) -> int:
        """Gives out an id that no object had before. Raises ProjectError if one had it or none is left."""
        if object_id is None:
            object_id = max(self._used, default=0) + 1
            if object_id > MAX_OBJECT_ID:
                free = set(range(1, MAX_OBJECT_ID + 1)) - self._used
                if not free:
                    raise ProjectError(
                        "All {max_object_id} object ids of this project were used; start another one.",
                        max_object_id=MAX_OBJECT_ID,
                    )
                object_id = min(free)
        if not 1 <= object_id <= MAX_OBJECT_ID:
            raise ProjectError(
                "An object cannot have id {object_id}; ids go from 1 to {max_object_id}.",
                object_id=object_id,
                max_object_id=MAX_OBJECT_ID,
            )
        if object_id in self._used:
            raise ProjectError(
                "Object id {object_id} was used before in this project; ids are never used twice.", object_id=object_id
            )
        self._database.execute("INSERT INTO used_id VALUES (?)", (object_id,))
        self._used.add(object_id)
        self._given[object_id] = self.given(object_id) + 1
        return object_id

    def given(self, object_id: int) -> int:
        """How often the id was given out since the project was opened."""
        return self._given.get(object_id, 0)

    def add(self, step: int, name: str, colour: tuple[int, int, int] | None, object_id: int) -> ObjectTrack:
        """Adds an object under an id from `take_id`."""
        track = ObjectTrack(object_id, name or f"Object {object_id}", colour or object_colour(object_id))
        self._remember(step, object_id)
        self._store(object_id, _to_json(track, {}))
        return track

    def update(self, step: int | None, track: ObjectTrack) -> None:
        """Replaces a track, as part of a step if there is one. Raises ProjectError if there is no such object."""
        self.get(track.object_id)
        if step is not None:
            self._remember(step, track.object_id)
        self._store(track.object_id, _to_json(track, self._unknown.get(track.object_id, {})))

    def remove(self, step: int, object_id: int) -> None:
        """Takes an object away; its pixels stay in the stored masks and are hidden by `hide_dead`."""
        self._remember(step, object_id)
        self._store(object_id, None)

    def merge(self, step: int, object_id: int, into: int) -> None:
        """Makes an object a part of another one: its pixels in the stored masks are that one's from now on."""
        self._remember(step, object_id)
        self._store(object_id, json.dumps({_MERGED: into}))

    def parts(self, object_id: int) -> list[int]:
        """The ids whose pixels in the stored masks are the object's: its own and those merged into it."""
        return [key for key in (object_id, *self._merged) if self._merged_into(key) == object_id]

    def hide_dead(self, labels: LabelMap) -> LabelMap:
        """The labels (H, W) uint8 as they are to be seen: the pixels of objects that are gone are background, those
        of merged ones belong to what they were merged into. May be the same array.

        So removing and merging are instant however many frames there are, and undoing them is exact. The ids are never
        used again.
        """
        return labels if self._alive is None else cv2.LUT(labels, self._alive).astype(np.uint8, copy=False)

    def swap(self, step: int) -> None:
        """Exchanges the tracks of a step with the ones that are there."""
        for object_id, payload in self._database.rows(
            "SELECT object_id, payload FROM step_track WHERE step_id = ?", (step,)
        ):
            now = self._payload(object_id)
            self._database.execute(
                "UPDATE step_track SET payload = ? WHERE step_id = ? AND object_id = ?", (now, step, object_id)
            )
            self._store(object_id, payload)

    def forget(self, step: int) -> None:
        """Throws away what a step remembers. The ids of objects that only undone steps knew are free again: no mask has
        a pixel of them, and no step restores them.
        """
        for (object_id,) in self._database.rows(
            "SELECT object_id FROM step_track JOIN step USING (step_id) WHERE step_id = ? AND undone "
            "AND object_id NOT IN (SELECT object_id FROM track) AND object_id NOT IN "
            "(SELECT object_id FROM step_track JOIN step USING (step_id) WHERE NOT undone)",
            (step,),
        ):
            self._database.execute("DELETE FROM used_id WHERE object_id = ?", (object_id,))
            self._used.discard(object_id)
        self._find_dead()
        self._database.execute("DELETE FROM step_track WHERE step_id = ?", (step,))

    def _remember(self, step: int, object_id: int) -> None:
        self._database.execute(
            "INSERT OR IGNORE INTO step_track VALUES (?, ?, ?)", (step, object_id, self._payload(object_id))
        )

    def _payload(self, object_id: int) -> str | None:
        if object_id in self._merged:
            return json.dumps({_MERGED: self._merged[object_id]})
        track = self._tracks.get(object_id)
        return None if track is None else _to_json(track, self._unknown.get(object_id, {}))

    def _store(self, object_id: int, payload: str | None) -> None:
        if payload is None:
            self._database.execute("DELETE FROM track WHERE object_id = ?", (object_id,))
        else:
            self._database.execute("INSERT OR REPLACE INTO track VALUES (?, ?)", (object_id, payload))
        self._keep(object_id, payload)
        self._find_dead()

    def _keep(self, object_id: int, payload: str | None) -> None:
        self._tracks.pop(object_id, None)
        self._merged.pop(object_id, None)
        if payload is None:
            return
        try:
            fields = json.loads(payload)
            if not isinstance(fields, dict):
                raise ValueError("no fields")
            if _MERGED in fields:
                self._merged[object_id] = int(fields[_MERGED])
            else:
                self._tracks[object_id], self._unknown[object_id] = _from_fields(object_id, fields)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise ProjectFormatError(
                "{path}: damaged; what it says of object {object_id} makes no sense. Try to repair it.",
                path=self._database.path,
                object_id=object_id,
            ) from error

    def _find_dead(self) -> None:
        dead = self._used - set(self._tracks)
        self._alive: LabelMap | None = None
        if dead:
            self._alive = np.arange(MAX_OBJECT_ID + 1, dtype=np.uint8)
            for object_id in dead:
                self._alive[object_id] = self._merged_into(object_id)

    def _merged_into(self, object_id: int) -> int:
        """The object that an id's pixels belong to; 0 if there is none."""
        # merging in turn makes chains, never rings: an object that is merged is there no more to be merged into
        chain = {object_id}
        while object_id in self._merged:
            object_id = self._merged[object_id]
            if object_id in chain:
                raise ProjectFormatError("{path}: damaged; its objects are merged in a ring.", path=self._database.path)
            chain.add(object_id)
        return object_id if object_id in self._tracks else 0


def _to_json(track: ObjectTrack, unknown: dict[str, object]) -> str:
    fields = asdict(track)
    del fields["object_id"]
    return json.dumps({**unknown, **fields})


def _from_fields(object_id: int, fields: dict[str, object]) -> tuple[ObjectTrack, dict[str, object]]:
    """The track, and the fields that this version does not know: a newer one's, and kept for it.

    Raises ValueError, TypeError or KeyError if a field is missing or of another kind.
    """
    known = {one.name for one in dataclasses.fields(ObjectTrack)} - {"object_id"}
    own = {name: value for name, value in fields.items() if name in known}
    colour = own.pop("colour")
    if not isinstance(colour, list) or len(colour) != 3:
        raise ValueError("colour")
    red, green, blue = colour
    for part in colour:
        if type(part) is not int or not 0 <= part <= 255:
            raise ValueError("colour")
    for name, value in own.items():
        if not isinstance(value, bool if name in ("visible", "locked") else str):
            raise ValueError(name)
    track = ObjectTrack(object_id, colour=(red, green, blue), **own)  # type: ignore[arg-type]
    return track, {name: value for name, value in fields.items() if name not in known}


def is_payload(object_id: int, payload: str, payloads: Mapping[int, str]) -> bool:
    """Whether a track's row makes sense, among all the rows by object id."""
    chain = {object_id}
    try:
        fields = json.loads(payload)
        while _MERGED in fields:
            object_id = int(fields[_MERGED])
            if object_id in chain:
                return False
            chain.add(object_id)
            if object_id not in payloads:
                return True
            fields = json.loads(payloads[object_id])
        _from_fields(object_id, fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False
    return True
