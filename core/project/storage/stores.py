"""All that is in a project file, side by side. What belongs together is changed together by `core.project.editing`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.errors import ProjectError
from core.masks import check_labels
from core.messages import Message
from core.project.markers import MarkerStore
from core.project.steps import Steps
from core.project.storage.database import Database
from core.project.storage.frames import FrameStore
from core.project.storage.lanes import Confidences, LaneStore, Origins
from core.project.storage.measures import Measures
from core.project.storage.settings import SettingStore
from core.project.storage.shapes import ShapeStore
from core.project.tracks import TrackStore
from core.types import LabelMap, Origin


class Stores:
    """The stores of one project, its frame count and size (width, height), and the revision of each frame."""

    def __init__(self, database: Database) -> None:
        row = database.row("SELECT frame_count, width, height FROM project")
        assert row is not None
        self.database = database
        self.frame_count: int = row[0]
        self.size: tuple[int, int] = (row[1], row[2])
        self.tracks = TrackStore(database)
        self.frames = FrameStore(database, self.frame_count, self.size)
        self.lanes = LaneStore(database, self.frame_count)
        self.markers = MarkerStore(database)
        self.settings = SettingStore(database)
        self.shapes = ShapeStore(database, self.frame_count)
        self.steps = Steps(database, (self.tracks, self.frames, self.lanes, self.markers, self.settings, self.shapes))
        # not in the file: a revision is compared with one taken earlier by work in flight, which a restart ends
        self._revisions = np.zeros(self.frame_count, np.int64)
        for store in (self.tracks, self.frames, self.lanes, self.markers, self.shapes):
            database.on_rollback(store.reload)

    def labels(self, frame_index: int) -> LabelMap:
        """The labels of a frame, (H, W) uint8 and writable, without the pixels of removed objects.

        Objects that shapes are drawn of are drawn now, unless the frame is an anchor of theirs: so changing a keyframe
        is instant however many frames depend on it, and undoing it is exact.
        """
        self.check_frame(frame_index)
        labels = self.tracks.hide_dead(self.frames.read(frame_index))
        drawn = self.shapes.drawn_on(frame_index)
        if not drawn:
            return labels
        kept = self._anchored(frame_index) | (self.tracks.locked - drawn)
        return self.shapes.draw(labels, frame_index, kept)

    def origins(self, frame_index: int) -> dict[int, Origin]:
        """Origins by object id on a frame; objects drawn by shapes are up to date between the keyframes."""
        origins = self.lanes.on_frame(frame_index)
        drawn = self.shapes.drawn_on(frame_index) - self._anchored(frame_index)
        return dict(sorted({**origins, **dict.fromkeys(drawn, Origin.PROPAGATED)}.items())) if drawn else origins

    def origin_lane(self, object_id: int) -> Origins:
        """As `origins`, for an object on every frame, (frame_count,) uint8; a copy."""
        lane = self.lanes.origins(object_id)
        lane[self._only_drawn(object_id, lane)] = Origin.PROPAGATED
        return lane

    def confidence_lane(self, object_id: int) -> Confidences:
        """The confidence lane, (frame_count,) float32, NaN where unknown or drawn by a shape; a copy."""
        lane = self.lanes.confidences(object_id)
        lane[self._only_drawn(object_id, self.lanes.origins(object_id))] = np.nan
        return lane

    def measure_lane(self, object_id: int) -> Measures:
        """The measures of what is stored, (frame_count, 3) float32, NaN where shapes are drawn instead."""
        lane = self.frames.measures.lane(self.tracks.parts(object_id))
        lane[self._only_drawn(object_id, self.lanes.origins(object_id))] = np.nan
        return lane

    def mark_stale(self, step: int, object_id: int, span: slice) -> None:
        """Makes an object's propagated masks in a span stale, but for those that shapes draw."""
        drawn = self.shapes.drawn_frames(object_id)[span]
        edges = np.flatnonzero(np.diff(np.concatenate([[True], drawn, [True]]).astype(np.int8)))
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            self.lanes.mark_stale(step, object_id, slice(span.start + first, span.start + last))

    def _anchored(self, frame_index: int) -> frozenset[int]:
        return frozenset(key for key, origin in self.lanes.on_frame(frame_index).items() if origin == Origin.EDITED)

    def _only_drawn(self, object_id: int, lane: Origins) -> NDArray[np.bool_]:
        """The frames on which an object is drawn by shapes and no anchor, (frame_count,)."""
        return np.asarray(self.shapes.drawn_frames(object_id) & (lane != Origin.EDITED))

    def revision(self, frame_index: int) -> int:
        """How many times a person has changed the frame since the project was opened."""
        self.check_frame(frame_index)
        return int(self._revisions[frame_index])

    def raise_revisions(self, frames: Iterable[int]) -> None:
        """Counts a person's change on the frames."""
        self._revisions[list(frames)] += 1

    def change_setting(self, key: str, value: object, text: str) -> bool:
        """Stores a setting as one undo step called `text`; False if that changes nothing."""
        if self.settings.get(key) == value:
            return False
        with self.database.transaction():
            self.settings.change(self.steps.begin(text), key, value)
        return True

    def check_frame(self, frame_index: int) -> None:
        """Raises ProjectError if the clip has no such frame."""
        if not 0 <= frame_index < self.frame_count:
            raise ProjectError(
                "There is no frame {frame_index}; the clip's go from 0 to {last}.",
                frame_index=frame_index,
                last=self.frame_count - 1,
            )

    def check_fit(self, frame_index: int, labels: LabelMap) -> None:
        """Raises ProjectError or MaskError if the labels cannot be those of the frame."""
        self.check_frame(frame_index)
        check_labels(labels, self.size, Message("The mask of frame {frame_index}", frame_index=frame_index))
