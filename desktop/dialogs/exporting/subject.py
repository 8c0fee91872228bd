"""What the export dialog is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.types import ObjectTrack

if TYPE_CHECKING:
    from core.delivery.settings import ExportSettings


@dataclass(frozen=True)
class ExportSubject:
    """What there is to export."""

    clip: Path
    base: Path
    """The path that is proposed, a name without ending."""
    size: tuple[int, int]
    """(width, height) of the clip in pixels."""
    frame_count: int
    marked_range: tuple[int, int] | None
    objects: tuple[ObjectTrack, ...]
    has_sound: bool = False


@dataclass(frozen=True)
class ExportChoice:
    """Where to, and how."""

    path: Path
    """The video file, or the folder for pictures."""
    settings: ExportSettings
    """How it is written."""
