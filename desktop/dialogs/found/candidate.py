"""One of the objects that were found, as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from core.types import Image

if TYPE_CHECKING:
    from core.masks.found import FoundObject

THUMBNAIL = QSize(112, 80)
LEAST_PERCENT = 30
"""What is less sure is not worth a look."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Something that was found, and how it looks: `picture` is (H, W, 3) uint8 RGB."""

    found: FoundObject
    picture: Image
