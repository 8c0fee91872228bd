"""What a person asks of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BatchChoice:
    """A folder or manifest, where the results go, and what holds for clips that do not say otherwise."""

    source: Path
    out: Path
    engine: str
    export: str
    jobs: int
    overwrite: bool
    scheduler: str = ""
    """Address of a Dask scheduler; "" is this machine."""
