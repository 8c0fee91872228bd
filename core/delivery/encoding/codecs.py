"""The video encoders, and how a rendered frame becomes what each of them takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import av
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

    @property
    def bits(self) -> int:
        """Bits a channel that it keeps."""
        found = re.search(r"(10|12|16)(le|be)$", self.pixel_format)
        return int(found[1]) if found else 8

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


def codec_for(settings: ExportSettings, suffix: str, frame_count: int, deep: bool = False) -> Codec:
    """The encoder for a format name, a file ending and a number of frames; `deep` asks for more than 8 bits."""
    crf = None if settings.quality is None else str(settings.quality)
    if settings.format == "prores4444":
        options = {"profile": "4444", "alpha_bits": "16", "vendor": "apl0"}
        return Codec("prores_ks", "yuva444p10le", "alpha", options, alpha_error=2.0, deep=True, limited=True)
    if settings.format == "vp9-alpha":
        # without alternate references: they break the pairing of picture and alpha
        options = {
            "crf": crf or "18",
            "b": "0",
            "auto-alt-ref": "0",
            "row-mt": "1",
            "cpu-used": "4",
            "deadline": "good",
        }
        decoder = "libvpx-vp9"
        return Codec(
            "libvpx-vp9",
            "yuva420p",
            "alpha",
            options,
            "",
            decoder,
            3.0,
            lossy_alpha=True,
            colour_error=_loss(settings),
            square=True,
        )
    if settings.format == "ffv1":
        pixels = "gbrap16le" if deep else "bgra"
        lossless = {"level": "3", "slicecrc": "1"}
        return Codec("ffv1", pixels, "alpha", lossless, alpha_error=0.0, deep=deep, square=True)
    if settings.format == "matte" and suffix == ".mkv":
        pixels = "gray" if settings.bits == 8 else "gray16le"
        return Codec("ffv1", pixels, "matte", {"level": "3", "slicecrc": "1"}, alpha_error=0.0, square=True)
    content: Content = "matte" if settings.format == "matte" else "composite"
    quiet = {"preset": settings.speed, "crf": crf or ("12" if content == "matte" else "16")}
    error = 3.0 if content == "matte" else None
    crop = settings.odd == "crop"
    deep = deep and content == "composite"
    pixels = "yuv420p10le" if deep else "yuv420p"
    loss = _loss(settings)
    if settings.format == "hevc":
        # clips shorter than x265's own delay come out with time stamps it never set, unless frames stay in order
        quiet["x265-params"] = "log-level=none" + (":bframes=0" if frame_count < _X265_DELAY else "")
        return Codec("libx265", pixels, content, quiet, "hvc1", colour_error=loss, deep=deep, even=True, crop=crop)
    return Codec(
        "libx264",
        pixels,
        content,
        quiet,
        alpha_error=error,
        lossy_alpha=True,
        colour_error=loss,
        deep=deep,
        even=True,
        crop=crop,
    )


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
