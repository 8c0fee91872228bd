"""Clips in and out: frame-exact reading, a frame cache, writing, and what identifies a clip."""

from __future__ import annotations

from pathlib import Path

from core.errors import MediaFormatError, MediaNotFoundError
from core.media.cache import CacheStats, FrameCache
from core.media.fingerprint import Fingerprint, fingerprint
from core.media.image_folder import ImageFolder, read_image
from core.media.info import VideoInfo
from core.media.source import VideoSource
from core.media.video_file import VideoFile
from core.media.writer import VideoWriter

__all__ = [
    "CacheStats",
    "Fingerprint",
    "FrameCache",
    "ImageFolder",
    "VideoFile",
    "VideoInfo",
    "VideoSource",
    "VideoWriter",
    "fingerprint",
    "open_video",
    "read_image",
]


def open_video(path: Path | str) -> VideoSource:
    """Opens a video file or a folder of pictures. Raises MediaNotFoundError or MediaFormatError."""
    path = Path(path)
    if path.is_dir():
        return ImageFolder(path)
    if not path.exists():
        raise MediaNotFoundError(f"{path}: there is no such file or folder.")
    if not path.is_file():
        raise MediaFormatError(f"{path}: not a file or folder.")
    return VideoFile(path)
