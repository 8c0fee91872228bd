"""Which graphics card the machine has, found without loading what would use it."""

from __future__ import annotations

import logging
import shutil
import subprocess
from pathlib import Path

_SECONDS = 3.0
_QUERY = ("--query-gpu=name,memory.total,driver_version", "--format=csv,noheader")
_VENDORS = {"0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel", "0x106b": "Apple"}
_CARDS = Path("/sys/class/drm")

_log = logging.getLogger(__name__)


def graphics_cards(cards: Path = _CARDS) -> list[str]:
    """The cards in words: model, memory and driver where NVIDIA's tool is there, else maker and number; may be empty.

    Waits for that tool, three seconds at most. `cards` is where Linux lists them.
    """
    return _reported_by_nvidia() or sorted({text for path in cards.glob("card*/device") if (text := _named(path))})


def _reported_by_nvidia() -> list[str]:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    try:
        done = subprocess.run([tool, *_QUERY], capture_output=True, text=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        _log.info("nvidia-smi says nothing: %s", error)
        return []
    rows = ([part.strip() for part in line.split(",")] for line in done.stdout.splitlines() if line.strip())
    return [f"{row[0]}, {row[1]}, driver {row[2]}" if len(row) == 3 else ", ".join(row) for row in rows]


def _named(device: Path) -> str | None:
    try:
        vendor = (device / "vendor").read_text(encoding="ascii").strip()
        number = (device / "device").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return f"{_VENDORS.get(vendor, vendor)} {number}"
