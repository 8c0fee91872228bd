"""All that is in a project file, side by side. What belongs together is changed together by `editing` and `runs`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.errors import ProjectError
from core.masks import check_labels
from core.project.history import History
from core.project.markers import MarkerStore
from core.project.storage.database import Database
from core.project.storage.frames import FrameStore
from core.project.storage.lanes import LaneStore
from core.project.storage.settings import SettingStore
from core.project.tracks import TrackStore
from core.types import LabelMap


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
        self.history = History(database, (self.tracks, self.frames, self.lanes, self.markers, self.settings))
        # not in the file: a revision is compared with one taken earlier by work in flight, which a restart ends
        self._revisions = np.zeros(self.frame_count, np.int64)
        for store in (self.tracks, self.frames, self.lanes, self.markers):
            database.on_rollback(store.reload)

    def labels(self, frame_index: int) -> LabelMap:
        """The labels of a frame, (H, W) uint8 and writable, without the pixels of removed objects."""
        self.check_frame(frame_index)
        return self.tracks.hide_dead(self.frames.read(frame_index))

    def revision(self, frame_index: int) -> int:
        """How many times a person has changed the frame since the project was opened."""
        self.check_frame(frame_index)
        return int(self._revisions[frame_index])

    def raise_revisions(self, frames: Iterable[int]) -> None:
        """Counts a person's change on the frames."""
        self._revisions[list(frames)] += 1

    def check_frame(self, frame_index: int) -> None:
        """Raises ProjectError if the clip has no such frame."""
        if not 0 <= frame_index < self.frame_count:
            raise ProjectError(f"There is no frame {frame_index}; the clip's go from 0 to {self.frame_count - 1}.")

    def check_fit(self, frame_index: int, labels: LabelMap) -> None:
        """Raises ProjectError or MaskError if the labels cannot be those of the frame."""
        self.check_frame(frame_index)
        check_labels(labels, self.size, f"The mask of frame {frame_index}")
