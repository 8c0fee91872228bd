"""Opening a clip: reads its index, which takes a moment for a long one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.jobs import CancelToken

if TYPE_CHECKING:
    from core.media import ClipOptions, Fingerprint, VideoSource


@dataclass(frozen=True)
class OpenedClip:
    """A clip ready to be read, and its fingerprint."""

    path: Path
    video: VideoSource
    fingerprint: Fingerprint


def open_clip(path: Path, options: ClipOptions | None, cancel: CancelToken) -> Generator[object, None, None]:
    """Yields one OpenedClip. Raises MediaError.

    Loads what a project is made of along with it: the window would stand still for that.
    """
    import core.project
    import core.project.backups  # noqa: F401
    from core.media import fingerprint, open_video

    video = open_video(path, options)
    if cancel.cancelled:
        video.close()
        return
    yield OpenedClip(path, video, fingerprint(path))
