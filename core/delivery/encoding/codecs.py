"""The video encoders, and how a rendered frame becomes what each of them takes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import av
import cv2
import numpy as np
from av.video.reformatter import VideoReformatter

from core.delivery.clip import ColourTags, Picture
from core.delivery.encoding.yuv import to_yuv420
from core.delivery.render import Rendered, at_depth, quantised, rgba
from core.delivery.settings import ExportSettings
from core.media.colour import FULL_RANGE

# Bicubic, with all chroma samples read: what is thrown away by 4:2:0 is averaged, not skipped. Exact rounding.
_QUALITY = 4 | 0x2000 | 0x4000 | 0x40000
_X265_DELAY = 16
_AVX_512 = 13
"""CV_CPU_AVX_512F, which OpenCV names in C alone."""
Content = Literal["alpha", "composite", "matte"]


@dataclass(frozen=True)
class Codec:
    """One encoder. `options` go to it as they are."""

    encoder: str
    pixel_format: str
    content: Content
    options: Mapping[str, str] = field(default_factory=dict)
    tag: str = ""
    decoder: str = ""
    """Read back with this one; the default one drops VP9's alpha."""
    alpha_error: float | None = None
    """How far the alpha read back may be off, in levels of 255: at most, or for lossy alpha on average."""
    lossy_alpha: bool = False
    colour_error: float = 6.0
    """How far colours read back may be off, in levels of 255, on average over means of blocks."""
    deep: bool = False
    even: bool = False
    """Needs even width and height."""
    crop: bool = False
    """An odd row or column is cut off, rather than repeated."""
    square: bool = False
    """Its stream has no pixel shape, and PyAV cannot give Matroska and WebM one: pixels are made square."""
    limited: bool = False
    """Knows limited range only."""
    bt709: bool = False
    """Its stream names the matrix itself, and always that of BT.709."""
    woven: bool = False
    """It can say which field of a woven frame is shown first."""
    smallest: tuple[int, int] = (1, 1)
    """The least width and height that it takes."""

    @property
    def bits(self) -> int:
        """Bits a channel that it keeps."""
        found = re.search(r"(10|12|16)(le|be)$", self.pixel_format)
        return int(found[1]) if found else 8

    @property
    def chroma(self) -> str:
        """The chroma subsampling of the codec."""
        found = re.search(r"4\d\d", self.pixel_format)
        return found[0] if found else "444"

    @property
    def has_matrix(self) -> bool:
        """Whether it stores YUV."""
        return self.pixel_format.startswith("yuv")

    def size(self, size: tuple[int, int]) -> tuple[int, int]:
        """(width, height) as stored."""
        if not self.even:
            return size
        step = -1 if self.crop else 1
        return size[0] + step * (size[0] % 2), size[1] + step * (size[1] % 2)


def codec_for(
    settings: ExportSettings, suffix: str, frame_count: int, deep: bool = False, chroma: str = "420"
) -> Codec:
    """The encoder for a format name, a file ending and a number of frames; `deep` asks for more than 8 bits, `chroma`
    says how the clip samples colour, "420", "422" or "444", for the encoders that have it, too.
    """
    if settings.format in _CUT_OUT:
        return _CUT_OUT[settings.format](settings, deep)
    if settings.format == "matte" and suffix == ".mkv":
        pixels = "gray" if settings.bits == 8 else "gray16le"
        return Codec("ffv1", pixels, "matte", {"level": "3", "slicecrc": "1"}, alpha_error=0.0, square=True, woven=True)
    if settings.format == "matte":
        options = _x264(settings, 12)
        loss = _loss(settings)
        return _shaped(
            Codec("libx264", "yuv420p", "matte", options, alpha_error=3.0, colour_error=loss, woven=True), settings
        )
    return _shaped(_composite(settings, frame_count, deep, chroma), settings)


def _composite(settings: ExportSettings, frame_count: int, deep: bool, chroma: str) -> Codec:
    loss, speed = _loss(settings), settings.speed
    wide = "422" if chroma == "422" else "420"
    pixels = f"yuv{wide}p10le" if deep else f"yuv{wide}p"
    options: dict[str, str]
    if settings.format == "hevc":
        options = {"preset": speed, "crf": _crf(settings, 16)}
        # clips shorter than x265's own delay come out with time stamps it never set, unless frames stay in order
        # frames at once change what is encoded: as many on every machine
        options["x265-params"] = "log-level=none:frame-threads=2" + (":bframes=0" if frame_count < _X265_DELAY else "")
        return Codec("libx265", pixels, "composite", options, "hvc1", colour_error=loss, deep=deep)
    if settings.format == "vp9":
        # the library is built for 8 bits
        options = {**_VP9, "crf": _crf(settings, 18)}
        return Codec("libvpx-vp9", f"yuv{wide}p", "composite", options, colour_error=loss, square=True)
    if settings.format == "av1":
        # its log on the terminal is not for the user
        os.environ.setdefault("SVT_LOG", "1")
        options = {"preset": str(_SVT_PRESETS.get(speed, 8)), "crf": _crf(settings, 20)}
        pixels = "yuv420p10le" if deep else "yuv420p"
        return Codec("libsvtav1", pixels, "composite", options, colour_error=loss, deep=deep, square=True)
    if settings.format == "dnxhr":
        profile, pixels = ("dnxhr_hqx", "yuv422p10le") if deep else ("dnxhr_hq", "yuv422p")
        if chroma == "444":
            profile, pixels, deep = "dnxhr_444", "yuv444p10le", True
        options = {"profile": profile}
        return Codec("dnxhd", pixels, "composite", options, deep=deep, limited=True, bt709=True, smallest=_LEAST_DNXHR)
    options = _x264(settings, 16)
    return Codec("libx264", pixels, "composite", options, colour_error=loss, deep=deep, woven=True)


def _shaped(codec: Codec, settings: ExportSettings) -> Codec:
    return replace(codec, even=True, crop=settings.odd == "crop", lossy_alpha=codec.content == "matte")


def _prores(settings: ExportSettings, deep: bool) -> Codec:
    options = {"profile": "4444", "alpha_bits": "16", "vendor": "apl0"}
    return Codec("prores_ks", "yuva444p10le", "alpha", options, alpha_error=2.0, deep=True, limited=True, woven=True)


def _vp9_alpha(settings: ExportSettings, deep: bool) -> Codec:
    # without alternate references: they break the pairing of picture and alpha
    options = {**_VP9, "crf": _crf(settings, 18), "auto-alt-ref": "0"}
    decoder, loss = "libvpx-vp9", _loss(settings)
    return Codec(
        "libvpx-vp9", "yuva420p", "alpha", options, "", decoder, 3.0, lossy_alpha=True, colour_error=loss, square=True
    )


def _ffv1(settings: ExportSettings, deep: bool) -> Codec:
    pixels = "gbrap16le" if deep else "bgra"
    return Codec(
        "ffv1", pixels, "alpha", {"level": "3", "slicecrc": "1"}, alpha_error=0.0, deep=deep, square=True, woven=True
    )


def _webp(settings: ExportSettings, deep: bool) -> Codec:
    return Codec("libwebp_anim", "bgra", "alpha", {"quality": "80", "loop": "0"}, alpha_error=0.0, square=True)


_CUT_OUT: dict[str, Callable[[ExportSettings, bool], Codec]] = {
    "prores4444": _prores,
    "vp9-alpha": _vp9_alpha,
    "ffv1": _ffv1,
    "webp": _webp,
}
_VP9 = {"b": "0", "row-mt": "1", "cpu-used": "4", "deadline": "good"}
_SVT_PRESETS = {"ultrafast": 12, "superfast": 11, "veryfast": 10, "faster": 9, "fast": 9, "slow": 6, "slower": 5}
_SVT_PRESETS["veryslow"] = 4
_LEAST_DNXHR = (256, 120)


def _x264(settings: ExportSettings, usual: int) -> dict[str, str]:
    options = {"preset": settings.speed, "crf": _crf(settings, usual)}
    if cv2.checkHardwareSupport(_AVX_512):
        # its AVX-512 code for macroblock trees reads memory that nobody has written where a row of macroblocks is no
        # multiple of 16: other bytes every time, and other pixels. AVX2 gives what machines without AVX-512 give, too.
        options["x264-params"] = "asm=AVX2"
    return options


def _crf(settings: ExportSettings, usual: int) -> str:
    return str(usual if settings.quality is None else settings.quality)


def _loss(settings: ExportSettings) -> float:
    """What a lossy encoder may do to the mean of a block, in levels of 255: at the worst qualities it is much."""
    return 6.0 + 0.5 * max(0, (settings.quality or 0) - 18)


class FrameMaker:
    """Makes `av.VideoFrame`s for a codec. Not thread-safe."""

    def __init__(self, codec: Codec, colours: ColourTags, settings: ExportSettings) -> None:
        self._codec, self._colours, self._settings = codec, colours, settings
        self._scaler = VideoReformatter()

    def make(self, frame: Rendered, composite: Picture | None) -> Any:
        """The frame to encode; `composite` is its picture for codecs without alpha, (H, W, 3) RGB of 8 or 16 bits."""
        codec = self._codec
        if codec.content == "alpha":
            bits = 16 if codec.deep else 8
            pixels, layout = rgba(frame, bits, self._settings.premultiplied), "rgba64le" if codec.deep else "rgba"
            if codec.pixel_format == "gbrap16le":
                return _planar_gbra(pixels)
            if codec.pixel_format == "bgra":
                return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[..., [2, 1, 0, 3]]), format="bgra")
        elif codec.content == "matte":
            assert frame.alpha is not None
            if not codec.has_matrix:
                bits = 8 if codec.pixel_format == "gray" else 16
                return av.VideoFrame.from_ndarray(quantised(frame.alpha, bits), format=codec.pixel_format)
            pixels, layout = np.repeat(quantised(frame.alpha, 8)[..., None], 3, axis=2), "rgb24"
        else:
            assert composite is not None
            pixels, layout = at_depth(composite, 16 if codec.deep else 8), "rgb48le" if codec.deep else "rgb24"
        return self._converted(self._evened(pixels), layout)

    def _evened(self, pixels: Picture) -> Picture:
        height, width = pixels.shape[:2]
        if not self._codec.even or not (height % 2 or width % 2):
            return pixels
        if self._codec.crop:
            return pixels[: height - height % 2, : width - width % 2]
        return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")

    def _converted(self, pixels: Picture, layout: str) -> Any:
        colours = self._colours
        if self._codec.pixel_format == "yuv420p":
            values = to_yuv420(np.asarray(pixels, np.uint8), colours.matrix_name, colours.full_range)
            return self._tagged(av.VideoFrame.from_ndarray(values, format="yuv420p"))
        stored = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=layout)
        frame = self._scaler.reformat(
            stored,
            format=self._codec.pixel_format,
            src_colorspace=colours.scaler_matrix,
            dst_colorspace=colours.scaler_matrix,
            src_color_range=FULL_RANGE,
            dst_color_range=colours.range_tag,
            interpolation=_QUALITY,
        )
        return self._tagged(frame)

    def _tagged(self, frame: Any) -> Any:
        colours = self._colours
        frame.colorspace, frame.color_range = colours.matrix, colours.range_tag
        if hasattr(frame, "color_primaries"):  # PyAV has them from version 15 on; ProRes takes them from the frame
            frame.color_primaries, frame.color_trc = colours.primaries, colours.transfer
        return frame


def _planar_gbra(pixels: Picture) -> Any:
    """(H, W, 4) uint16 RGBA as it is: the scaler would touch it."""
    frame = av.VideoFrame(pixels.shape[1], pixels.shape[0], "gbrap16le")
    for plane, channel in zip(frame.planes, (1, 2, 0, 3), strict=True):
        rows = np.zeros((plane.height, plane.line_size // 2), np.uint16)
        rows[:, : pixels.shape[1]] = pixels[..., channel]
        plane.update(rows.tobytes())
    return frame
