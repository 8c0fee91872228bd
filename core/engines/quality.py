"""Presets of the built-in engine: how much time a person gives for accuracy."""

from __future__ import annotations

from dataclasses import dataclass

from core.types import QUALITIES


@dataclass(frozen=True)
class Quality:
    """What a preset sets."""

    network_side: int
    """Short side of the network's canvas in pixels."""
    groups: int
    """Regions that objects far apart may be processed through; see `core.vos.targets.regions`."""
    second_opinion: bool = False
    """Whether each frame is processed mirrored, too; see `core.vos.targets.second_opinion`."""


BALANCED = "balanced"
"""The default."""

PRESETS = dict(
    zip(QUALITIES, (Quality(320, 1), Quality(384, 3), Quality(512, 6, second_opinion=True)), strict=True),
)
"""What each of `QUALITIES` sets."""
