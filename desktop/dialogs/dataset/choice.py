"""What a person chose for a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.datasets.writing import DatasetSettings


@dataclass(frozen=True)
class DatasetChoice:
    """Where to, how, and which projects go in alongside the open one."""

    folder: Path
    """Where the dataset is written to."""
    settings: DatasetSettings
    """How it is written."""
    projects: tuple[Path, ...] = ()
    """Projects that go in alongside the open one."""
