"""The project: everything a person has made of a clip, in one file, safe at every moment."""

from __future__ import annotations

import math
from collections.abc import Callable

from core.project.changes import Listener, Listeners
from core.project.editing.anchoring import Anchoring
from core.project.editing.edges import Edges
from core.project.editing.history import History
from core.project.editing.markers import Markers
from core.project.editing.masks import Masks
from core.project.editing.objects import Objects
from core.project.editing.runs import Runs
from core.project.editing.settings import Settings
from core.project.editing.shapes import Shapes
from core.project.file import ProjectFile
from core.project.storage.database import Database
from core.project.storage.lanes import Confidences, Origins
from core.project.storage.measures import Measures
from core.project.storage.settings import AttachmentStore
from core.project.tuned_weights import TunedWeights
from core.types import Anchor, LabelMap, Origin


class Project(ProjectFile):
    """One open project. Its parts change it: `objects`, `masks`, `shapes`, `edges` and `markers` what a person makes,
    `runs` what an engine finds, `history` goes back and forth; `settings`, `attachments` and `tuned_weights` are what
    else it keeps.

    Its own methods read what is known of the frames. Most join several stores, and all check the frame or object; the
    stores themselves stay private, since writing to them takes a transaction. Subscribers get every part's changes,
    so `subscribe` belongs to no part.
    """

    def __init__(self, database: Database) -> None:
        """Called by `create` and `open`."""
        super().__init__(database)
        stores, listeners = self._stores, Listeners()
        self._listeners = listeners
        self.runs = Runs(stores, listeners)
        anchoring = Anchoring(stores, self.runs)
        self.objects = Objects(stores, self.runs, listeners)
        self.masks = Masks(stores, anchoring, listeners)
        self.shapes = Shapes(stores, anchoring, listeners)
        self.history = History(stores, self.runs, listeners)
        self.markers = Markers(stores, listeners)
        self.settings = Settings(stores, listeners)
        self.attachments = AttachmentStore(database)
        self.edges = Edges(stores, self.attachments, listeners)
        self.tuned_weights = TunedWeights(stores.settings, self.attachments)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """`listener` is called after every change, once it is in the file; the function returned ends that."""
        return self._listeners.add(listener)

    def labels(self, frame_index: int) -> LabelMap:
        """The masks of a frame, (H, W) uint8, the caller's own to write to; zeros if there are none.

        Raises ProjectError if there is no such frame, MaskError if the stored mask is damaged.
        """
        return self._stores.labels(frame_index)

    def has_labels(self, frame_index: int) -> bool:
        """Whether anything is known of any object on the frame, be it that the object is absent."""
        return bool(self.origins(frame_index))

    def stored_frames(self) -> list[int]:
        """The frames whose mask is in the file, in order; those that only shapes draw are not among them."""
        return self._stores.frames.stored()

    def origins(self, frame_index: int) -> dict[int, Origin]:
        """Origins by object id; objects of which nothing is known on the frame (Origin.NONE) are left out."""
        self._stores.check_frame(frame_index)
        return self._stores.origins(frame_index)

    def origin_lane(self, object_id: int) -> Origins:
        """The object's origin on every frame, (frame_count,) uint8, a copy. Raises ProjectError if unknown."""
        self.objects.get(object_id)
        return self._stores.origin_lane(object_id)

    def confidence_lane(self, object_id: int) -> Confidences:
        """The confidence on every frame, (frame_count,) float32, NaN = unknown, a copy. Raises ProjectError."""
        self.objects.get(object_id)
        return self._stores.confidence_lane(object_id)

    def measure_lane(self, object_id: int) -> Measures:
        """Area and centre on every frame, (frame_count, 3) float32: pixels, x, y.

        The area is NaN where no mask is stored or it was stored by an older program; x and y are NaN where the object
        has no pixel. Raises ProjectError if unknown.
        """
        self.objects.get(object_id)
        return self._stores.measure_lane(object_id)

    def confidence(self, frame_index: int) -> dict[int, float]:
        """How sure the engine is of each object on a frame, in [0, 1]; objects that it did not find are left out."""
        self._stores.check_frame(frame_index)
        known = {
            track.object_id: self._stores.confidence_lane(track.object_id)[frame_index] for track in self.objects.all
        }
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
