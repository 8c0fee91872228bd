"""How a clip looks on the screen: exposure, gamma and tone mapping. What engines and exports read stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.image_folder import ImageFolder
from core.media.options import ClipOptions
from core.media.source import GiveUp, VideoSource
from core.media.stills.values import encode_srgb
from core.types import Image

_WHITE_NITS = 203.0
"""ITU-R BT.2408: how bright HDR shows what is white paper."""
_STEPS = 4096
"""Entries of the table from light to screen; half a step is less than half a level of 8 bits."""
# ITU-R BT.2087: linear light of BT.2020 primaries in those of BT.709
_TO_BT709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)


@dataclass(frozen=True)
class View:
    """How a clip is displayed. The defaults show it as it is meant to look."""

    exposure: float = 0.0
    """Stops: 1 shows twice the light."""
    gamma: float = 1.0
    """Above 1 lifts the dark parts."""
    tone_mapped: bool = True
    """HDR is mapped to the screen's range; otherwise its numbers are shown as they are."""


class ViewedClip(VideoSource):
    """A clip as it is shown: pictures come through `view`, all else from the clip it was made of.

    It takes over the clip: closing it closes that.
    """

    def __init__(self, video: VideoSource) -> None:
        super().__init__(video.info)
        self._video = video
        self.view = View()
        """May be set at any time; pictures that were read before are not changed."""

    @property
    def video(self) -> VideoSource:
        """The clip itself."""
        return self._video

    @property
    def options(self) -> ClipOptions:
        return self._video.options

    def reopen(self) -> VideoSource:
        return self._video.reopen()

    def read(self, frame_index: int) -> Image:
        return self.fetch(frame_index)

    def fetch(self, frame_index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
        view, info = self.view, self._info
        transfer = info.transfer if view.tone_mapped else ""
        if not transfer and view.exposure == 0 and view.gamma == 1:
            return self._video.fetch(frame_index, draft, give_up)
        if info.linear_light and isinstance(self._video, ImageFolder):
            return _screen(np.asarray(self._video.read_stored(frame_index), np.float32), view)
        # a draft is enough to stand for the decoder's picture, and what is shown for a moment may have 8 bits
        shown = self._video.fetch(frame_index, draft, give_up)
        if draft or info.bit_depth <= 8:
            light = _light_of(transfer, 8)[shown]
        else:
            light = _light_of(transfer, 16)[self._video.read_deep(frame_index)]
        if transfer and info.colour_matrix == "bt2020":
            light = cv2.transform(light, _TO_BT709)
        return _screen(_compressed(light) if transfer else light, view)

    def frame_name(self, frame_index: int) -> str:
        return self._video.frame_name(frame_index)

    def frame_number(self, frame_index: int) -> int:
        return self._video.frame_number(frame_index)

    def seconds(self, frame_index: int) -> float:
        return self._video.seconds(frame_index)

    def quick_frame(self, frame_index: int) -> int:
        return self._video.quick_frame(frame_index)

    def close(self) -> None:
        self._video.close()


@lru_cache(maxsize=6)
def _light_of(transfer: str, bits: int) -> NDArray[np.float32]:
    """Linear light of every value of 8 or 16 bits: 1 is white."""
    value = np.linspace(0, 1, 1 << bits, dtype=np.float64)
    if transfer == "PQ":
        # SMPTE ST 2084
        m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
        power = value ** (1 / m2)
        light = 10000 / _WHITE_NITS * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    elif transfer == "HLG":
        # ITU-R BT.2100, for a screen of 1000 nits, whose system gamma of 1.2 is taken channel by channel
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        scene = np.where(value <= 0.5, value**2 / 3, (np.exp((value - c) / a) + b) / 12)
        light = 1000 / _WHITE_NITS * scene**1.2
    else:
        light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


def _compressed(light: NDArray[Any]) -> NDArray[np.float32]:
    """Light of any strength below 1: up to half of white nearly as it is, what is brighter ever closer together."""
    knee = np.float32(0.5)
    above = np.maximum(light - knee, 0)
    return np.asarray(np.minimum(light, knee) + above / (1 + above / (1 - knee)), np.float32)


def _screen(light: NDArray[np.float32], view: View) -> Image:
    """Linear light as 8-bit sRGB, through exposure and gamma."""
    steps = np.nan_to_num(light * np.float32(2.0**view.exposure), nan=0.0, posinf=1.0, neginf=0.0)
    # entries lie evenly in the square root of light, which the eye is about as sensitive to
    steps = np.sqrt(np.clip(steps, 0, 1)) * np.float32(_STEPS - 1) + np.float32(0.5)
    return np.asarray(_to_screen(view.gamma)[steps.astype(np.uint16)], np.uint8)


@lru_cache(maxsize=8)
def _to_screen(gamma: float) -> NDArray[np.uint8]:
    light = np.linspace(0, 1, _STEPS, dtype=np.float32) ** 2
    shown = encode_srgb(light) ** np.float32(1 / gamma)
    return np.asarray(np.floor(shown * 255 + 0.5), np.uint8)
