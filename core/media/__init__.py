"""Clips in and out: frame-exact reading, a frame cache, writing, and what identifies a clip."""

from __future__ import annotations

from pathlib import Path

from core.errors import MediaFormatError
from core.media.cache import CacheStats, FrameCache
from core.media.containers.opening import require_path
from core.media.containers.video_file import VideoFile
from core.media.fingerprint import Fingerprint, fingerprint
from core.media.image_folder import ImageFolder
from core.media.info import VideoInfo
from core.media.pictures import PICTURE_SUFFIXES, read_image
from core.media.source import VideoSource

__all__ = [
    "CacheStats",
    "Fingerprint",
    "FrameCache",
    "ImageFolder",
    "VideoFile",
    "VideoInfo",
    "VideoSource",
    "fingerprint",
    "open_video",
    "read_image",
]


def open_video(path: Path | str) -> VideoSource:
    """Opens a video file, a folder of pictures, or a single picture as a clip of one frame.

    Raises MediaNotFoundError or MediaFormatError; the message names the file, what is wrong and what would help.
    """
    path = Path(path)
    require_path(path)
    if path.is_dir() or path.suffix.lower() in PICTURE_SUFFIXES:
        return ImageFolder(path)
    if not path.is_file():
        raise MediaFormatError(f"{path}: is neither a file nor a folder. Choose a video file or a folder of pictures.")
    return VideoFile(path)
