"""From frames and label maps to what a format stores: labels, alpha, and the objects' own colours."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.delivery.clip import Picture
from core.delivery.feather import Feathers
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError
from core.jobs import CancelToken
from core.masks import present_ids
from core.matting import EdgeReader, FrameBefore, estimate_foreground, smooth_alphas, soft_alpha
from core.media import VideoSource
from core.media.stills.values import decode_srgb, to_sixteen
from core.types import Image, LabelMap

ReadLabels = Callable[[int], LabelMap]
Confidence = Callable[[int], Mapping[int, float]]
"""How sure the masks of a frame are, in [0, 1] by object id; objects that are not in it are a person's, or unknown."""


@dataclass(frozen=True)
class Rendered:
    """One frame of an export, at its size."""

    position: int
    """0 for the first frame exported."""
    frame_index: int
    labels: LabelMap
    """Other objects are left out."""
    alpha: NDArray[np.float32] | None = None
    """(H, W) in [0, 1]."""
    picture: Picture | None = None
    """The clip's picture, (H, W, 3) RGB; of float32 it is linear light."""
    foreground: Picture | None = None
    """The objects' own colours, (H, W, 3) RGB, not multiplied."""


@dataclass(frozen=True)
class Needs:
    """What a format wants rendered; the rest is not computed."""

    alpha: bool = False
    picture: bool = False
    deep: bool = False
    """Pictures of 16 bits, where the clip has more than 8."""
    light: bool = False
    """Pictures of linear light in floats, uncut, where the clip has such."""


def output_size(size: tuple[int, int], scale: float) -> tuple[int, int]:
    """(width, height) after scaling, at least one pixel."""
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def present_in(labels: ReadLabels, frames: Sequence[int], cancel: CancelToken) -> list[int]:
    """The ids of the objects on any of the frames, in order. Raises DeliveryError if there is none."""
    ids: set[int] = set()
    for frame_index in frames:
        cancel.raise_if_cancelled()
        ids |= present_ids(labels(frame_index))
    if not ids:
        raise DeliveryError("There is no object in these frames; mask one, or choose other frames.")
    return sorted(ids)


def masked_frames(
    labels: ReadLabels, object_ids: Sequence[int], frames: Sequence[int], cancel: CancelToken
) -> list[int]:
    """Those of the frames that have any of the objects, or any at all. Raises DeliveryError if there is none."""
    found = []
    for frame_index in frames:
        cancel.raise_if_cancelled()
        shown = labels(frame_index)
        if np.isin(shown, object_ids).any() if object_ids else shown.any():
            found.append(frame_index)
    if not found:
        raise DeliveryError("There is no object in these frames; mask one, or choose other frames.")
    return found


def render(
    video: VideoSource,
    labels: ReadLabels,
    settings: ExportSettings,
    frames: Sequence[int],
    object_ids: Sequence[int],
    needs: Needs,
    size: tuple[int, int],
    confidence: Confidence | None = None,
    feathers: Feathers | None = None,
    edges: EdgeReader | None = None,
) -> Generator[Rendered, None, None]:
    """Yields the frames in order. `object_ids` empty means every object; `size` is the
    (width, height) of what is yielded. Objects drawn by feathered shapes get the alpha of `feathers`; `edges` has
    painted zones, and the alpha that came with masks. Holds no more than the smoothing needs.

    Raises MediaError for frames that cannot be read, DeliveryError for label maps of another size than the clip.
    """
    chosen = np.zeros(256, np.uint8)
    chosen[list(object_ids) if object_ids else slice(1, None)] = 1
    keep = chosen * np.arange(256, dtype=np.uint8)

    def read_labels(frame_index: int) -> LabelMap:
        found = labels(frame_index)
        if found.shape != (video.size[1], video.size[0]):
            raise DeliveryError(
                "The mask of frame {frame_index} is {width} x {height}, the clip {width2} x {height2}; import it "
                "again at the clip's size.",
                frame_index=frame_index,
                width=found.shape[1],
                height=found.shape[0],
                width2=video.size[0],
                height2=video.size[1],
            )
        return np.asarray(keep[found], np.uint8)

    if not needs.alpha:
        for position, frame_index in enumerate(frames):
            yield Rendered(position, frame_index, _scaled(read_labels(frame_index), size, cv2.INTER_NEAREST))
        return

    def sure_of(frame_index: int, found: LabelMap) -> float | None:
        if confidence is None:
            return None
        shown = np.bincount(found.ravel(), minlength=256)
        return min((value for object_id, value in confidence(frame_index).items() if shown[object_id]), default=None)

    deep = needs.deep and video.info.bit_depth > 8
    waiting: deque[tuple[int, LabelMap, Picture]] = deque()

    def matted() -> Iterator[tuple[Image, NDArray[np.float32]]]:
        before: FrameBefore | None = None
        for frame_index in frames:
            light = video.read_light(frame_index) if needs.light else None
            shown = video.read_deep(frame_index) if deep and light is None else video.read(frame_index)
            guide = np.asarray(shown if shown.dtype == np.uint8 else shown >> 8, np.uint8)
            picture: Picture = shown if light is None else light
            found = read_labels(frame_index)
            waiting.append((frame_index, found, picture))
            sure = sure_of(frame_index, found)
            zone = None if edges is None else edges.zone(frame_index)
            # a hard edge was requested where there is no band
            own = {} if edges is None or settings.matte.band == 0 else edges.mattes(frame_index, found)
            rest = np.where(np.isin(found, list(own)), np.uint8(0), found).astype(np.uint8) if own else found
            if feathers is not None:
                # only parts of the mask are requested, so there is no whole frame to go on from
                alpha = feathers.alpha(frame_index, rest, partial(_soft, guide, settings, sure, zone))
            else:
                alpha = soft_alpha(guide, rest > 0, settings.matte, sure, before, zone)
            for object_id, matte in own.items():
                # what lies over it is another object's
                alpha = np.maximum(alpha, np.where((found > 0) & (found != object_id), 0, matte))
            before = None if feathers is not None else FrameBefore(guide, alpha)
            yield guide, alpha

    for position, alpha in enumerate(smooth_alphas(matted(), settings.matte.smoothing)):
        frame_index, found, picture = waiting.popleft()
        if settings.invert:
            alpha = 1 - alpha
        foreground = _foreground(picture, alpha) if needs.picture else None
        yield Rendered(
            position,
            frame_index,
            _scaled(found, size, cv2.INTER_NEAREST),
            _scaled(alpha, size, cv2.INTER_AREA),
            _scaled(picture, size, cv2.INTER_AREA) if needs.picture else None,
            None if foreground is None else _scaled(foreground, size, cv2.INTER_AREA),
        )


def _soft(
    guide: Image,
    settings: ExportSettings,
    sure: float | None,
    zone: NDArray[np.bool_] | None,
    mask: NDArray[np.bool_],
) -> NDArray[np.float32]:
    return soft_alpha(guide, mask, settings.matte, sure, zone=zone)


def _foreground(picture: Picture, alpha: NDArray[np.float32]) -> Picture:
    if picture.dtype == np.float32:
        return _light_of_foreground(picture, alpha)
    if picture.dtype == np.uint8:
        return estimate_foreground(np.asarray(picture, np.uint8), alpha)
    return estimate_foreground(np.asarray(picture, np.uint16), alpha)


def _light_of_foreground(light: Picture, alpha: NDArray[np.float32]) -> Picture:
    """Where the object covers all, its light as it is; along its edge estimated from 16 bits up to the brightest."""
    brightest = np.float32(max(1.0, float(light.max())))
    coded = to_sixteen(np.asarray(light / brightest, np.float32), linear=True)
    estimated = decode_srgb(estimate_foreground(coded, alpha).astype(np.float32) / np.float32(65535)) * brightest
    return np.asarray(np.where((alpha >= 1)[..., None], light, estimated), np.float32)


def _scaled(values: NDArray[Any], size: tuple[int, int], interpolation: int) -> NDArray[Any]:
    height, width = values.shape[:2]
    if (width, height) == size:
        return values
    if interpolation == cv2.INTER_AREA and (size[0] > width or size[1] > height):
        interpolation = cv2.INTER_LINEAR
    return np.asarray(cv2.resize(values, size, interpolation=interpolation))


def quantised(alpha: NDArray[np.float32], bits: int) -> Picture:
    """Alpha in [0, 1] as (H, W) uint8 or uint16."""
    top = 255 if bits == 8 else 65535
    return np.asarray(np.rint(np.clip(alpha, 0, 1) * np.float32(top)), np.uint8 if bits == 8 else np.uint16)


def rgba(frame: Rendered, bits: int, premultiplied: bool) -> Picture:
    """(H, W, 4) RGBA, uint8 or uint16, straight or multiplied by alpha."""
    assert frame.alpha is not None and frame.foreground is not None
    colours = at_depth(frame.foreground, bits)
    alpha = quantised(frame.alpha, bits)
    if premultiplied:
        # by the stored alpha, so that dividing gives the colour back
        top = np.float32(255 if bits == 8 else 65535)
        colours = np.rint(colours.astype(np.float32) * (alpha.astype(np.float32) / top)[..., None]).astype(alpha.dtype)
    return np.dstack([colours, alpha])


def at_depth(picture: Picture, bits: int) -> Picture:
    """The picture with 8 or 16 bits a channel."""
    if bits == 16:
        return picture if picture.dtype == np.uint16 else np.asarray(picture * np.uint16(257), np.uint16)
    if picture.dtype == np.uint8:
        return picture
    return np.asarray((picture.astype(np.uint32) + 128) // 257, np.uint8)


def over(frame: Rendered, behind: Picture) -> Picture:
    """The objects before a picture, (H, W, 3) RGB, with 16 bits if the objects have them."""
    assert frame.alpha is not None and frame.foreground is not None
    bits = 8 if frame.foreground.dtype == np.uint8 else 16
    weight = frame.alpha[..., None]
    mixed = frame.foreground * weight + at_depth(behind, bits) * (1 - weight)
    return np.rint(mixed).astype(np.uint8 if bits == 8 else np.uint16)
