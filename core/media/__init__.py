"""Clips in and out: frame-exact reading, a frame cache, writing, and what identifies a clip."""

from __future__ import annotations

from pathlib import Path

from core.errors import MediaFormatError
from core.media.animated import AnimatedPicture
from core.media.cache import CacheStats, FrameCache
from core.media.containers.joined_file import JoinedFile
from core.media.containers.opening import require_path
from core.media.containers.parts import FilePart, file_parts
from core.media.containers.video_file import VideoFile
from core.media.fingerprint import Fingerprint, fingerprint
from core.media.image_folder import ImageFolder
from core.media.info import VideoInfo
from core.media.options import CLIP_OPTIONS, ClipOptions, Gaps, parse_rate, stored_options
from core.media.pictures import PICTURE_SUFFIXES, read_head, read_image
from core.media.source import VideoSource
from core.media.suffixes import unreadable_kind
from core.media.two_way_reader import TwoWayReader
from core.media.view import View, ViewedClip

__all__ = [
    "CLIP_OPTIONS",
    "AnimatedPicture",
    "CacheStats",
    "ClipOptions",
    "Fingerprint",
    "FrameCache",
    "Gaps",
    "ImageFolder",
    "JoinedFile",
    "TwoWayReader",
    "VideoFile",
    "VideoInfo",
    "VideoSource",
    "View",
    "ViewedClip",
    "fingerprint",
    "open_video",
    "parse_rate",
    "read_image",
    "stored_options",
]


def open_video(path: Path | str, options: ClipOptions | None = None) -> VideoSource:
    """Opens a video file, a folder of pictures, an animated picture, or a single picture as a clip of one frame.

    `options` are what a person chose about reading it. Raises MediaNotFoundError or MediaFormatError; the message names
    the file, what is wrong and what would help.
    """
    path = Path(path)
    require_path(path)
    options = options or ClipOptions()
    if path.is_dir():
        return ImageFolder(path, options)
    suffix = path.suffix.lower()
    if suffix in PICTURE_SUFFIXES:
        moves = suffix in (".webp", ".png", ".avif") and read_head(path).pages > 1
        if suffix == ".avif" and moves:
            return VideoFile(path, options)
        return AnimatedPicture(path, len(_parts(path))) if moves else ImageFolder(path, options)
    if not path.is_file():
        raise MediaFormatError(
            "{path}: is neither a file nor a folder. Choose a video file or a folder of pictures.", path=path
        )
    if kind := unreadable_kind(path):
        raise MediaFormatError(
            "{path}: {kind} pictures cannot be read. Save it as JPEG, PNG, TIFF or EXR.", path=path, kind=kind
        )
    parts = _parts(path)
    return JoinedFile(path, options, parts) if len(parts) > 1 else VideoFile(path, options)


def _parts(path: Path) -> tuple[FilePart, ...]:
    try:
        return file_parts(path)
    except OSError:
        # why it cannot be read is reported where it is opened
        return ()
