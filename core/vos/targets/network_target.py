"""The network as a target model: regions, memory and matching for one run through a clip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Floats, Image
from core.vos.flow.motion_cues import MOTION_CHANNELS, motion_channels
from core.vos.flow.warping import Flow
from core.vos.network.runtime import DecoderInputs, Features, NetworkRuntime
from core.vos.region import Region, RegionKeeper, RegionSettings, canvas_size
from core.vos.stages import stage
from core.vos.targets.anchor_views import views_of
from core.vos.targets.grouped import MOST_OBJECTS, GroupedRuntime
from core.vos.targets.growth import limit_growth
from core.vos.targets.memory import VOUCHED, MemoryFrame, MemoryLimits, SpaceTimeMemory, uncovered, undisputed, weighted
from core.vos.targets.recovery import belief, proposal, strong_votes, vote

STRIDE = 16
_SEEN = 0.5
"""An object whose warped mask stays below this probability everywhere counts as lost."""
_SURE, _OVERLAP = 0.85, 0.5
_LEAST_OF_ANCHOR, _MOST_OF_ANCHOR = 0.25, 3.0
"""The range of areas accepted when an object is recovered, as a share of its area on an anchor."""
_BELIEVED = 0.5
_FLAT = 2.0
"""Standard deviation of an image's values, of 255, below which it counts as blank: black frames, fades."""


@dataclass(frozen=True)
class NetworkSettings:
    """Input size, memory and region of the network."""

    short_side: int = 384
    """Shorter side of the network's canvas, in pixels."""
    interval: int = 5
    """Every n-th frame is kept in memory."""
    memory: MemoryLimits = field(default_factory=MemoryLimits)
    """Limits of the memory."""
    region: RegionSettings = field(default_factory=RegionSettings)
    """How the region follows the objects."""
    reference_weights: Mapping[int, float] = field(default_factory=dict)
    """In [0, 1] by frame index, for frames that count less in the memory; those with 0 are read only for objects that
    no other frame knows."""
    encode_ahead: bool = True
    """Whether a frame may be encoded in another thread while the one before it is decoded: not on a GPU, which does one
    after the other anyway."""


@dataclass
class _Seen:
    """An encoded frame, for one region, with the probabilities of its objects (K, h, w)."""

    image: Image
    region: Region
    features: Features
    object_ids: list[int]
    masks: Floats


@dataclass
class _Ahead:
    """The image that comes next, with its features for the region it probably gets."""

    image: Image
    region: Region
    features: Future[Features]

    @stage("encoder")
    def wait(self) -> Features:
        """The features, once they are there."""
        return self.features.result()


class NetworkTarget:
    """See `core.vos.target.TargetModel`. One encoding of the frame serves all objects."""

    def __init__(self, runtime: NetworkRuntime, settings: NetworkSettings | None = None) -> None:
        self._runtime = GroupedRuntime(runtime)
        self._settings = settings or NetworkSettings()
        self._memory = SpaceTimeMemory(self._settings.memory)
        self._keeper: RegionKeeper | None = None
        self._now: tuple[Image, Region, Features] | None = None
        self._coming: tuple[Image, Executor] | None = None
        self._ahead: _Ahead | None = None
        self._last: _Seen | None = None
        self._since_kept = 0
        self._spare: dict[int, MemoryFrame] = {}
        """Anchors that are not to be read, by frame index."""
        self._areas: dict[int, float] = {}
        """Pixels of each object on the anchor met last."""

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """See `TargetModel.observe`."""
        keeper = self._keeper_for(image)
        ids = list(object_ids)
        region, features = self._look_for(image, keeper, probabilities)
        if permanent:
            self._add_anchor(
                frame_index,
                self._memorise(keeper, region, features, ids, probabilities),
                self._views(keeper, image, ids, probabilities),
            )
            self._since_kept = 0
            self._areas.update(zip(ids, (float(mask.sum()) for mask in probabilities), strict=True))
        else:
            self._since_kept += 1
            if self._since_kept >= self._settings.interval:
                frame = self._memorise(keeper, region, features, ids, probabilities)
                weight = self._settings.reference_weights.get(frame_index, 1.0)
                if weight > 0:
                    self._memory.add_recent(weighted(self._undisputed(frame, features), weight))
                self._since_kept = 0
        self._last = _Seen(image, region, features, ids, probabilities)

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """See `TargetModel.predict`."""
        keeper = self._keeper_for(image)
        last = self._last if self._last is not None and self._last.image is previous_image else None
        if last is None:
            region, previous = keeper.wanted(warped), None
        else:
            region = keeper.kept(last.region, warped)
            same = region == last.region
            previous = last.features if same else self._encode(last.image, keeper, region)
        features = self._features_now(image, keeper, region)
        found = np.zeros((len(object_ids), *image.shape[:2]), np.float32)
        written = [EMPTY_BOX] * len(found)
        self._use_spare(object_ids)
        rows_of = {object_id: row for row, object_id in enumerate(object_ids)}
        for group, keys, values in self._memory.groups(object_ids):
            rows = [rows_of[object_id] for object_id in group]
            for first in range(0, len(group), MOST_OBJECTS):
                part = slice(first, first + MOST_OBJECTS)
                some, their_values = group[part], values[part]
                carried = keeper.cut_masks([warped[row] for row in rows[part]], region)
                motion = motion_channels(flow, carried, region)
                masks = keeper.cut_masks([_mask_of(last, object_id, image) for object_id in some], region)
                decoded = self._runtime.decode(
                    DecoderInputs(features, keys, their_values, previous, masks, carried, motion)
                )
                for row in [row for row, mask in enumerate(carried) if _peak(mask) < _SEEN]:
                    usual = self._areas.get(some[row], 0.0) / (region.width * region.height)
                    decoded[row] = self._recover(features, keys, their_values[row : row + 1], decoded[row], usual)
                # before aggregation: a false positive of one object must not lower another object's probability
                limited = limit_growth(decoded, carried, motion[:, 0])
                boxes = keeper.paste_into([found[row] for row in rows[part]], limited, region)
                for row, box in zip(rows[part], boxes, strict=True):
                    written[row] = box
        return confined(found, written)

    def look_ahead(self, image: Image, worker: Executor) -> None:
        """See `core.vos.target.LooksAhead`: the image is encoded."""
        if self._settings.encode_ahead:
            self._coming = image, worker

    def _add_anchor(self, frame_index: int, frame: MemoryFrame, views: Iterable[MemoryFrame]) -> None:
        weight = self._settings.reference_weights.get(frame_index, 1.0)
        if weight > 0:
            wanted = islice(views, self._memory.views_wanted)
            self._memory.add_anchor(frame_index, weighted(frame, weight), [weighted(view, weight) for view in wanted])
        else:
            self._spare[frame_index] = frame

    def _use_spare(self, object_ids: Sequence[int]) -> None:
        """Reads anchors that were not to be read after all, if nothing else knows one of the objects."""
        if not self._spare:
            return
        known = {one for group, _, _ in self._memory.groups(object_ids) for one in group}
        lacking = set(object_ids) - known
        for frame_index, frame in list(self._spare.items()):
            if lacking & frame.values.keys():
                self._memory.add_anchor(frame_index, self._spare.pop(frame_index))

    def _recover(self, features: Features, keys: Floats, values: Floats, found: Floats, usual: float) -> Floats:
        """The recovered mask of a lost object, if it is accepted, after a second pass at the memory's
        vote. `usual` is the object's part of the region on an anchor.

        The last plane of the memory's values is the mask. The frame itself stands in for the one before, so that local
        matching compares the rest of the picture with what was proposed. What is much smaller than the object is not
        accepted: background of its colour often gives small masks. Nor is what is much larger: given its own proposal,
        the network is certain of a whole black frame.
        """
        if self._now is not None and self._now[0][::8, ::8].std() < _FLAT:
            return np.zeros_like(found)
        votes = vote(self._runtime.key(features), keys, values[:1, -1])[0]
        mask = proposal(votes, found.shape[::-1])
        if mask is not None:
            still = np.zeros((1, MOTION_CHANNELS, *features[4].shape[2:]), np.float32)
            inputs = DecoderInputs(features, keys, values, features, mask[None], mask[None], still)
            again = self._runtime.decode(inputs)[0]
            present = again > 0.5
            covered = float(present.mean())
            fits = covered > _LEAST_OF_ANCHOR * usual and (usual == 0 or covered < _MOST_OF_ANCHOR * usual)
            if fits and again[present].mean() > _SURE and mask[present].mean() > _OVERLAP:
                found = again
        return found if belief(found, votes, usual) > _BELIEVED else np.zeros_like(found)

    def _keeper_for(self, image: Image) -> RegionKeeper:
        if self._keeper is None:
            size = (image.shape[1], image.shape[0])
            canvas = canvas_size(size, self._settings.short_side, STRIDE)
            self._keeper = RegionKeeper(size, canvas, self._settings.region)
        return self._keeper

    def _look_for(self, image: Image, keeper: RegionKeeper, masks: Floats) -> tuple[Region, Features]:
        """The region and features of the frame just predicted, or else made for its masks."""
        if self._now is not None and self._now[0] is image:
            return self._now[1], self._now[2]
        region = keeper.wanted(masks)
        return region, self._features_now(image, keeper, region)

    def _features_now(self, image: Image, keeper: RegionKeeper, region: Region) -> Features:
        """The features of the frame at hand. The next frame, if it is known, is encoded meanwhile for the same region,
        which mostly fits it too.
        """
        ahead, self._ahead = self._ahead, None
        if self._coming is not None:
            (coming, worker), self._coming = self._coming, None
            self._ahead = _Ahead(coming, region, worker.submit(self._encode, coming, keeper, region))
        found = ahead is not None and ahead.image is image and ahead.region == region
        features = ahead.wait() if ahead is not None and found else self._encode(image, keeper, region)
        self._now = (image, region, features)
        return features

    def _encode(self, image: Image, keeper: RegionKeeper, region: Region) -> Features:
        return self._runtime.encode(keeper.cut(image, region).astype(np.uint8, copy=False))

    def _memorise(
        self, keeper: RegionKeeper, region: Region, features: Features, object_ids: list[int], masks: Floats
    ) -> MemoryFrame:
        if not object_ids:
            return MemoryFrame(np.zeros((0, 0), np.float32), {})
        found: dict[int, Floats] = {}
        for first in range(0, len(object_ids), MOST_OBJECTS):
            part = slice(first, first + MOST_OBJECTS)
            keys, values = self._runtime.memorise(features, keeper.cut_masks(masks[part], region))
            found.update(zip(object_ids[part], values, strict=True))
        return MemoryFrame(keys, found)

    def _views(self, keeper: RegionKeeper, image: Image, object_ids: list[int], masks: Floats) -> Iterator[MemoryFrame]:
        for seen, moved in views_of(image, masks):
            region = keeper.wanted(moved)
            yield self._memorise(keeper, region, self._encode(seen, keeper, region), object_ids, moved)

    def _undisputed(self, frame: MemoryFrame, features: Features) -> MemoryFrame:
        """A frame without the cells that the anchors give to an object and the masks to none; see `undisputed`."""
        anchored = self._memory.anchor_masks(list(frame.values)) if frame.values else None
        if anchored is None:
            return frame
        key, cells = self._runtime.key(features), uncovered(frame)
        return undisputed(frame, cells, strong_votes(key.reshape(len(key), -1)[:, cells], *anchored, VOUCHED))


def _peak(mask: Floats) -> float:
    """The largest value of a mask (H, W) in [0, 1]."""
    return float(mask[bounding_box(mask).slices].max(initial=0.0))


def _mask_of(seen: _Seen | None, object_id: int, image: Image) -> Floats:
    """An object's mask (h, w) on a frame; zero where it is not known there."""
    if seen is None or object_id not in seen.object_ids:
        return np.zeros(image.shape[:2], np.float32)
    mask: Floats = seen.masks[seen.object_ids.index(object_id)]
    return mask
