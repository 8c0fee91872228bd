"""Reads an export back and compares it with what was rendered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from core.delivery.clip import FFMPEG_ERRORS, describe
from core.delivery.colour_check import ColourBlocks
from core.delivery.encoding.codecs import Codec
from core.delivery.sound.checking import SentSound, sound_fault
from core.errors import CancelledError, DeliveryError, RotoflowError
from core.jobs import CancelToken
from core.media import AnimatedPicture, open_video
from core.media.colour import colour_model
from core.media.containers.opening import open_container
from core.media.reference import reference_rgb
from core.messages import Message

_SAMPLES = 6


def sampled(count: int) -> frozenset[int]:
    """The positions whose alpha is kept for comparison: first, last and some between."""
    return frozenset(round(position) for position in np.linspace(0, max(0, count - 1), _SAMPLES))


@dataclass
class Expected:
    """What must be found. `seconds` of each frame; alpha (H, W) float32 in [0, 1] and colours at sampled positions."""

    size: tuple[int, int]
    seconds: Sequence[Fraction]
    alphas: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    colours: dict[int, ColourBlocks] = field(default_factory=dict)
    """What sampled positions show of the clip, decoded by another route."""
    sound: SentSound = field(default_factory=SentSound)


def verify_video(path: Path, shown: Path, codec: Codec, expected: Expected, cancel: CancelToken) -> None:
    """Decodes the whole file. Raises DeliveryError saying what differs, CancelledError."""
    try:
        if path.suffix.lower() == ".webp":
            _check_webp(path, shown, codec, expected, cancel)
            return
        lead = _check_video(path, shown, codec, expected, cancel)
        fault = sound_fault(path, expected.sound, lead)
        if fault:
            raise _wrong(shown, fault)
    except (CancelledError, DeliveryError):
        raise
    except (*FFMPEG_ERRORS, RotoflowError) as error:
        raise _wrong(shown, Message("it cannot be read back ({reason})", reason=describe(error))) from error


def _check_video(path: Path, shown: Path, codec: Codec, expected: Expected, cancel: CancelToken) -> Fraction:
    """Returns by how much the file begins everything later: Matroska has no times before zero, where the first packet
    of AAC lies.
    """
    count, lead = 0, Fraction(0)
    with open_container(path) as container:
        stream = container.streams.video[0]
        # Matroska and WebM count milliseconds
        tolerance = Fraction(stream.time_base) / 2
        for position, frame in enumerate(_decoded(container, stream, codec)):
            cancel.raise_if_cancelled()
            count += 1
            if position >= len(expected.seconds):
                continue
            if (frame.width, frame.height) != codec.size(expected.size):
                raise _wrong(
                    shown,
                    Message(
                        "frame {position} is {width} x {height}",
                        position=position,
                        width=frame.width,
                        height=frame.height,
                    ),
                )
            seconds = frame.pts * Fraction(stream.time_base)
            if position == 0 and path.suffix.lower() in (".mkv", ".webm"):
                late = seconds - expected.seconds[0]
                lead = late if tolerance < late <= expected.sound.lead + tolerance * 2 else Fraction(0)
            seconds -= lead
            if abs(seconds - expected.seconds[position]) >= tolerance * 2:
                raise _wrong(
                    shown,
                    Message(
                        "frame {position} is shown at {seconds} s, not {wanted} s",
                        position=position,
                        seconds=float(seconds),
                        wanted=float(expected.seconds[position]),
                    ),
                )
            if position in expected.alphas and codec.alpha_error is not None:
                _check_alpha(shown, position, stored_alpha(frame, codec), expected.alphas[position], codec)
            if position in expected.colours:
                found = reference_rgb(frame, colour_model(frame, stream.codec_context))
                check_colours(shown, position, found, expected.colours[position], codec.colour_error)
    if count != len(expected.seconds):
        raise _wrong(
            shown, Message("it has {count} frames instead of {wanted}", count=count, wanted=len(expected.seconds))
        )
    return lead


def _check_webp(path: Path, shown: Path, codec: Codec, expected: Expected, cancel: CancelToken) -> None:
    """Checks a WebP by Pillow at each frame's time, since pictures that do not change are stored once."""
    with open_video(path) as clip:
        if clip.size != expected.size:
            raise _wrong(shown, Message("it is {width} x {height}", width=clip.size[0], height=clip.size[1]))
        starts = clip.stated_starts if isinstance(clip, AnimatedPicture) else [Fraction(0)]
        for position, seconds in enumerate(expected.seconds):
            cancel.raise_if_cancelled()
            if position not in expected.alphas:
                continue
            # times are whole milliseconds
            frame = bisect_right(starts, seconds - expected.seconds[0] + Fraction(11, 10000)) - 1
            alpha = clip.read_alpha(frame)
            found = np.ones(expected.size[::-1], np.float32) if alpha is None else alpha / np.float32(255)
            _check_alpha(shown, position, np.asarray(found, np.float32), expected.alphas[position], codec)
            if position in expected.colours:
                colours = clip.read(frame).astype(np.float32) / np.float32(255)
                check_colours(shown, position, colours, expected.colours[position], codec.colour_error)


def _decoded(container: Any, stream: Any, codec: Codec) -> Iterator[Any]:
    if not codec.decoder:
        stream.thread_type = "AUTO"
        yield from container.decode(stream)
        return
    decoder: Any = av.CodecContext.create(codec.decoder, "r")
    for packet in container.demux(stream):
        if packet.size:
            yield from decoder.decode(packet)
    yield from decoder.decode(None)


def plane(frame: Any, number: int) -> NDArray[np.float32]:
    """One plane of a planar `av.VideoFrame` as (H, W) float32 in [0, 1] of its whole range."""
    bits = frame.format.components[min(number, len(frame.format.components) - 1)].bits
    part = frame.planes[number]
    values = np.frombuffer(part, np.uint16 if bits > 8 else np.uint8)
    rows = values.reshape(part.height, -1)[:, : part.width]
    return rows.astype(np.float32) / np.float32(2**bits - 1)


def stored_alpha(frame: Any, codec: Codec) -> NDArray[np.float32]:
    """The alpha or matte in a decoded frame, (H, W) float32 in [0, 1]."""
    if codec.content == "matte":
        if not codec.has_matrix:
            return plane(frame, 0)
        grey = frame.reformat(format="rgb24").to_ndarray()[..., 1]
        return np.asarray(grey, np.float32) / np.float32(255)
    if frame.format.name.startswith(("yuva", "gbrap")):
        return plane(frame, 3)
    return np.asarray(frame.to_ndarray(format="bgra")[..., 3], np.float32) / np.float32(255)


def _check_alpha(
    shown: Path, position: int, found: NDArray[np.float32], wanted: NDArray[np.float32], codec: Codec
) -> None:
    found, wanted = found[: wanted.shape[0], : wanted.shape[1]], wanted[: found.shape[0], : found.shape[1]]
    off = np.abs(found - wanted) * 255
    # what is stored is rounded: half a level is no error
    error = float(off.mean() if codec.lossy_alpha else max(0.0, off.max() - 0.51))
    assert codec.alpha_error is not None
    if error > codec.alpha_error:
        raise _wrong(
            shown,
            Message(
                "the alpha of frame {position} is off by {error:.1f} of 255 levels", position=position, error=error
            ),
        )


def check_colours(
    shown: Path, position: int, found: NDArray[np.float32], wanted: ColourBlocks, most: float = 6.0
) -> None:
    """Raises DeliveryError if a frame, (H, W, 3) RGB in [0, 1], is off by more than `most` of 255 levels.

    Where `wanted` has no calm block it may be more.
    """
    error = wanted.error(found)
    if wanted.is_off(error, most):
        raise _wrong(
            shown,
            Message(
                "the colours of frame {position} are off by {error:.1f} of 255 levels", position=position, error=error
            ),
        )


def verify_pictures(
    folder: Path,
    shown: Path,
    files: Sequence[str],
    size: tuple[int, int],
    wanted: Mapping[int, NDArray[np.generic]],
    cancel: CancelToken,
    read: Callable[[Path], NDArray[np.generic] | None] | None = None,
) -> None:
    """Reads every picture; those at sampled positions must equal `wanted`, (H, W) or (H, W, channels) in
    OpenCV's channel order, exactly.

    Raises DeliveryError, CancelledError.
    """
    read = read or read_png
    for position, file in enumerate(files):
        cancel.raise_if_cancelled()
        pixels = read(folder / file)
        if pixels is None or (pixels.shape[1], pixels.shape[0]) != size:
            raise _wrong(shown / file, Message("it cannot be read back whole"))
        if position in wanted and not np.array_equal(pixels, wanted[position]):
            raise _wrong(shown / file, Message("its pixels differ"))


def read_png(path: Path) -> NDArray[np.generic] | None:
    """A PNG's pixels as stored, (H, W) or (H, W, channels) in BGR order; None if it cannot be read."""
    return cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)


def _wrong(shown: Path, what: Message) -> DeliveryError:
    return DeliveryError(
        "{shown}: read back after writing, {what}. The file was not kept. Export again; if it happens "
        "again, the disk may be full or failing, or this codec does not suit the clip: try another "
        "format.",
        shown=shown,
        what=what,
    )
