"""What a person asks of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BatchChoice:
    """A folder or manifest, where the results go, and what holds for clips that do not say otherwise."""

    source: Path
    """A folder of clips, or a manifest."""
    out: Path
    """The folder for results."""
    engine: str
    """Name of the engine, for clips that name none."""
    export: str
    """Name of the export format, for clips that name none; "" is no export."""
    jobs: int
    """Clips that are worked on at a time."""
    overwrite: bool
    """Whether results that are there already may be replaced."""
    scheduler: str = ""
    """Address of a Dask scheduler; "" is this machine."""
