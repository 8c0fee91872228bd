"""Read access to what is open: the part of the session that changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from core.errors import RotoflowError
from core.types import Anchor, LabelMap, ObjectTrack

if TYPE_CHECKING:
    from core.media import FrameCache, VideoSource
    from core.project import Project, Step


class SessionReading(QObject):
    """The open project and its clip, which frame and object are current, and what is known of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self.video: VideoSource | None = None
        self.cache: FrameCache | None = None
        self.frame_index = 0
        self.current_object = 0
        self._labels: LabelMap | None = None
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._areas: tuple[LabelMap, Mapping[int, int]] | None = None

    @property
    def is_open(self) -> bool:
        return self._project is not None

    @property
    def project(self) -> Project:
        """The open project. For commands, which make snapshots of it for the workers; raises if there is none."""
        if self._project is None:
            raise RotoflowError(self.tr("Nothing is open: open a clip or a project first."))
        return self._project

    @property
    def frame_count(self) -> int:
        return self.video.frame_count if self.video else 0

    @property
    def tracks(self) -> tuple[ObjectTrack, ...]:
        """The objects in their order, `visible` as they are seen now: with solo, the current one alone."""
        return self._tracks

    def track(self, object_id: int) -> ObjectTrack | None:
        return next((track for track in self._tracks if track.object_id == object_id), None)

    @property
    def labels(self) -> LabelMap | None:
        """The current frame's labels; not to be written to."""
        if self._labels is None and self._project is not None:
            self._labels = self._project.labels(self.frame_index)
        return self._labels

    def labels_at(self, frame_index: int) -> LabelMap:
        """A frame's labels; not to be written to."""
        if frame_index == self.frame_index and self.labels is not None:
            return self.labels
        return self.project.labels(frame_index)

    def mask_steps(self) -> tuple[Step, ...]:
        """The done steps that changed masks, the newest first."""
        return self._project.history.mask_steps() if self._project is not None else ()

    def lane_data(self, object_id: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Origin and confidence of an object on every frame."""
        return self.project.origin_lane(object_id), self.project.confidence_lane(object_id)

    def has_mask(self, object_id: int) -> bool:
        """Whether anything is known of an object on any frame."""
        return bool(self.project.origin_lane(object_id).any())

    def confidence(self, object_id: int) -> float | None:
        """How sure the engine is of an object on the current frame; None where it gave none."""
        if not self.is_open:
            return None
        value = float(self.project.confidence_lane(object_id)[self.frame_index])
        return None if np.isnan(value) else value

    def areas(self, known: bool = False) -> Mapping[int, int]:
        """Pixels of each object on the current frame; objects without any are left out.

        With `known`, for what is painted, nothing is read: no object has any pixels until the labels have been. Reading
        may have to wait for the disk, and meanwhile other things are painted.
        """
        from core.masks import areas

        labels = self._labels if known else self.labels
        if labels is None:
            return {}
        if self._areas is None or self._areas[0] is not labels:
            self._areas = labels, areas(labels)
        return self._areas[1]

    def anchors(self) -> list[Anchor]:
        return self.project.anchors() if self.is_open else []

    def anchor_frames(self) -> list[int]:
        return self.project.anchor_frames() if self.is_open else []

    @property
    def has_anchors(self) -> bool:
        return bool(self.anchor_frames())

    @property
    def locked_ids(self) -> frozenset[int]:
        return frozenset(track.object_id for track in self._tracks if track.locked)

    @property
    def undo_text(self) -> str | None:
        return self._project.history.undo_text if self._project else None

    @property
    def redo_text(self) -> str | None:
        return self._project.history.redo_text if self._project else None
