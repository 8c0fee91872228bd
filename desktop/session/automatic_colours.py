"""The colour of an object that gets its first mask: one that is seen on the picture, unless a person chose another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.types import MAX_OBJECT_ID, Image, ObjectTrack

if TYPE_CHECKING:
    from desktop.session.reading import SessionReading

_SETTING = "automatic_colours"
"""The setting that keeps, by object id, the colours chosen here; a person's own are not in it."""


class AutomaticColours:
    """Lives with the session; whoever shows frames reports which picture is on the screen."""

    def __init__(self) -> None:
        self.picture: Callable[[], Image | None] = lambda: None

    def distinguish(self, session: SessionReading, track: ObjectTrack) -> None:
        """Gives an object that was just added, and has no mask yet, a colour that no other object has."""
        from core.masks import object_colour

        taken = {one.colour for one in session.project.objects.all if one.object_id != track.object_id}
        if track.colour in taken:
            usual = (object_colour(number) for number in range(1, MAX_OBJECT_ID + 1))
            self._choose(session, track, next((colour for colour in usual if colour not in taken), track.colour))

    @contextmanager
    def of_new(self, session: SessionReading) -> Iterator[None]:
        """Around a change of the current frame: objects that have their first mask after it get their colours."""
        masked = {track.object_id for track in session.project.objects.all if session.has_mask(track.object_id)}
        yield
        picture, labels = self.picture(), session.labels
        new = [track for track in session.project.objects.all if track.object_id not in masked]
        if not new or picture is None or labels is None or labels.shape != picture.shape[:2]:
            return
        from core.masks import contrasting_colour, object_colour, object_patch

        chosen = self._chosen(session)
        for track in new:
            patch, usual = object_patch(labels, track.object_id), object_colour(track.object_id)
            automatic = track.colour == usual or chosen.get(str(track.object_id)) == list(track.colour)
            if patch is None or not automatic:
                continue
            others = [one.colour for one in session.project.objects.all if one.object_id != track.object_id]
            colour = contrasting_colour(picture, patch, others, usual)
            self._choose(session, track, colour)

    def _chosen(self, session: SessionReading) -> dict[str, object]:
        stored = session.project.settings.get(_SETTING)
        return dict(stored) if isinstance(stored, dict) else {}

    def _choose(self, session: SessionReading, track: ObjectTrack, colour: tuple[int, int, int]) -> None:
        if colour != track.colour:
            # a part of what was done, not a step of its own
            session.project.objects.update(dataclasses.replace(track, colour=colour))
            session.project.settings.set(_SETTING, {**self._chosen(session), str(track.object_id): list(colour)})
