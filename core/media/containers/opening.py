"""Opening a file with FFmpeg's libraries, and saying in plain words why it cannot be opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import av.logging
from av.sidedata.sidedata import Type

from core.errors import MediaFormatError, MediaNotFoundError
from core.media.containers.parts import FilePart
from core.messages import Message

# The libraries would print to the terminal; what matters comes back as an error or a note.
av.logging.set_level(None)


def _unnamed(kind: Any, value: int) -> Any:
    """A kind of side data that PyAV has no name for, such as Exif: it would hide all others of a frame."""
    member = object.__new__(kind)
    member._name_, member._value_ = f"UNNAMED_{value}", value
    return member


Type._missing_ = classmethod(_unnamed)  # type: ignore[method-assign, assignment]

_NO_CLIPS = {"tty"}
"""Formats that are pictures to FFmpeg only: it draws any text file as a terminal would."""

_COVER = 0x400
"""FFmpeg's AV_DISPOSITION_ATTACHED_PIC: a record sleeve, say, in a file of music."""

THREAD_LIMIT = 8
"""Each decoding thread holds a frame back and keeps one in memory, so more does not help random access."""


def require_path(path: Path) -> None:
    """Raises MediaNotFoundError if there is nothing at `path`."""
    if path.exists():
        return
    if path.parent.is_dir():
        raise MediaNotFoundError("{path}: there is no such file or folder. Check the name.", path=path)
    raise MediaNotFoundError(
        "{path}: there is no such file, and no folder {parent}. Check the path.", path=path, parent=path.parent
    )


def open_container(path: Path, part: FilePart | None = None) -> Any:
    """An `av.container.InputContainer` for a file, or for a stretch of it. Raises MediaFormatError with the reason."""
    stretch = f"subfile,,start,{part.start},end,{part.end},,:" if part else ""
    try:
        # "file:" keeps FFmpeg from taking a colon or a percent sign in a name for a protocol or a pattern;
        # tags in an unknown encoding are no reason to refuse a clip
        container = av.open(f"{stretch}file:{path}", metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if set(container.format.name.split(",")) & _NO_CLIPS:
        container.close()
        raise MediaFormatError(
            "{path}: is a text file, not a video. Choose a video file or a folder of pictures.", path=path
        )
    return container


def unreadable(path: Path, error: Exception) -> MediaFormatError:
    """The error to raise when FFmpeg cannot make sense of a file."""
    reason = getattr(error, "strerror", None) or str(error)
    if path.is_file() and path.stat().st_size == 0:
        return MediaFormatError("{path}: the file is empty (0 bytes). Copy or record it again.", path=path)
    if isinstance(error, PermissionError):
        return MediaFormatError(
            "{path}: may not be read ({reason}). Change its permissions or copy it.", path=path, reason=reason
        )
    return MediaFormatError(
        "{path}: cannot be read as a video ({reason}). It is either no video or damaged; a recording or "
        "copy that was interrupted has lost its table of contents. Copy it again, or convert it to MP4 "
        "or MKV.",
        path=path,
        reason=reason,
    )


def choose_stream(container: Any, path: Path) -> Any:
    """The `av.VideoStream` that a player would show. Raises MediaFormatError if there is none that can be decoded."""
    # not by name: older PyAV does not have it
    streams = [stream for stream in container.streams.video if not int(getattr(stream, "disposition", 0)) & _COVER]
    if not streams:
        audio = container.streams.audio
        codec = audio[0].codec_context.name if audio and audio[0].codec_context else Message("unknown")
        only = Message(", only sound ({codec})", codec=codec) if audio else ""
        raise MediaFormatError(
            "{path}: has no moving pictures{only}. Choose a file with a video stream.", path=path, only=only
        )
    best = container.streams.best("video")
    stream = best if best in streams else streams[0]
    if stream.codec_context is None:
        raise MediaFormatError(
            "{path}: its video codec is not known here. Convert it to H.264, HEVC or ProRes first.", path=path
        )
    return stream
