"""One run over frames: which anchors each object is shown, and one label map of all objects' masks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.engines.checks import first_positions
from core.engines.transformers_video.fallback import Setting
from core.engines.transformers_video.memory import ObjectMemory
from core.engines.transformers_video.model import Features, VideoModel
from core.types import Anchor, Floats, FrameResult, Image, LabelMap, ReadFrame
from core.vos.aggregation import exclusive_labels, probability_patch, soft_aggregate

_SHOWN = 6
"""Anchors of an object that are held at a time, the nearest ones: memory does not grow with their number."""
_BRIDGED = 8
"""Frames after a restart for which an object's last result is a conditioning mask, too."""
_UNKNOWN = 0.5
"""Confidence of an object that has no mask yet."""

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


class Running(Protocol):
    """The network, which may be another one after memory ran out, and how it is run now."""

    @property
    def model(self) -> VideoModel:
        """The network."""
        ...

    @property
    def setting(self) -> Setting:
        """How it is run."""
        ...


class Following:
    """The state of one run; a session makes a new one for each."""

    def __init__(
        self,
        session: Running,
        size: tuple[int, int],
        anchors: Sequence[Anchor],
        frame_indices: Sequence[int],
    ) -> None:
        self._session = session
        self._size = size
        self._anchors = [anchor for anchor in anchors if anchor.object_ids]
        first = first_positions(self._anchors, frame_indices)
        start = frame_indices[0] if len(frame_indices) else 0
        self._reverse = len(frame_indices) > 1 and frame_indices[1] < start
        step = -1 if self._reverse else 1
        self._begins = {object_id: start + step * position for object_id, position in first.items()}
        self._memories: dict[int, ObjectMemory] = {}
        self._last: tuple[int, LabelMap] | None = None
        self._bridge: tuple[int, LabelMap] | None = None

    def begin_again(self) -> None:
        """After the network was changed: memories are made again from anchors and the last result."""
        self._memories = {}
        self._bridge = self._last

    def frame(self, frame_index: int, image: Image, read: ReadFrame) -> FrameResult:
        """The result for the next frame."""
        given = self._given(frame_index)
        step = -1 if self._reverse else 1
        present = sorted(key for key, begin in self._begins.items() if begin * step <= frame_index * step)
        here = frozenset().union(*(anchor.object_ids for anchor in given)) & frozenset(present)
        wanted = [object_id for object_id in present if object_id not in here]
        features: Features | None = None
        if wanted:
            features = self._session.model.encode(image)
        self._show(frame_index, features, present, read)
        masks = np.zeros((len(wanted), self._size[1], self._size[0]), np.float32)
        confidence = dict.fromkeys(sorted(here), 1.0)
        for mask, object_id in zip(masks, wanted, strict=True):
            confidence[object_id] = _UNKNOWN
            memory = self._memories.get(object_id)
            if memory is not None and memory.anchors and features is not None:
                logits, score = memory.follow(frame_index, features, self._reverse)
                mask[:] = self._session.model.probabilities(logits[None], self._size)[0]
                confidence[object_id] = _certainty(mask, score)
        result = self._result(frame_index, masks, wanted, given, confidence)
        self._last = frame_index, result.labels
        return result

    def _given(self, frame_index: int) -> list[Anchor]:
        return [anchor for anchor in self._anchors if anchor.frame_index == frame_index]

    def _show(self, frame_index: int, features: Features | None, present: Sequence[int], read: ReadFrame) -> None:
        """Adds the anchors nearest to a frame as conditioning masks of each object, one image at a time."""
        missing: dict[int, list[tuple[int, Mask]]] = {}
        for object_id in present:
            masks = self._nearest(object_id, frame_index)
            if not any(mask.any() for mask in masks.values()):
                # its appearance is unknown: it is absent until there is an anchor of it
                self._memories.pop(object_id, None)
                continue
            memory = self._memories.get(object_id)
            if memory is None:
                memory = ObjectMemory(self._session.model, self._session.setting.offload)
                self._memories[object_id] = memory
            for shown in memory.anchors - masks.keys():
                memory.forget(shown)
            for index in masks.keys() - memory.anchors:
                missing.setdefault(index, []).append((object_id, masks[index]))
        for index in sorted(missing):
            seen = features if index == frame_index else None
            seen = seen or self._session.model.encode(read(index))
            for object_id, mask in missing[index]:
                self._memories[object_id].show(index, seen, self._session.model.mask(mask))

    def _nearest(self, object_id: int, frame_index: int) -> dict[int, Mask]:
        """The conditioning masks of an object for a frame, by frame index."""
        anchors = {anchor.frame_index: anchor for anchor in self._anchors if object_id in anchor.object_ids}
        nearest = sorted(anchors, key=lambda index: (abs(index - frame_index), index))[:_SHOWN]
        found = {index: anchors[index].labels == object_id for index in nearest}
        bridge = self._bridge
        if bridge is not None and 0 < abs(frame_index - bridge[0]) <= _BRIDGED:
            found.setdefault(bridge[0], bridge[1] == object_id)
        return found

    def _result(
        self,
        frame_index: int,
        masks: Floats,
        object_ids: Sequence[int],
        given: Sequence[Anchor],
        confidence: dict[int, float],
    ) -> FrameResult:
        probabilities = soft_aggregate(masks)
        labels = exclusive_labels(probabilities, object_ids)
        for anchor in given:
            # objects on an anchor have exactly its pixels
            vouched = np.isin(anchor.labels, sorted(anchor.object_ids))
            labels[vouched] = anchor.labels[vouched]
        patches = {key: probability_patch(mask) for key, mask in zip(object_ids, probabilities, strict=True)}
        return FrameResult(frame_index, labels, confidence, probabilities=patches)


def _certainty(mask: Floats, score: float) -> float:
    """The confidence in a mask: of the object's presence or absence, and of the mask's pixels."""
    there = float(1 / (1 + np.exp(-np.clip(score, -30, 30))))
    inside = mask > 0.5
    if not inside.any():
        return 1 - there
    sure = float(mask[inside].sum())
    # the expected IoU with the ground truth if the probabilities are calibrated
    decided = sure / max(float(inside.sum()) + float(mask.sum()) - sure, 1e-3)
    return min(1.0, max(0.0, there * decided))
