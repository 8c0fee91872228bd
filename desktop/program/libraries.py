"""The libraries that the program uses, with their versions."""

from __future__ import annotations

from importlib import metadata

_LIBRARIES = (
    "PySide6-Essentials",
    "numpy",
    "av",
    "opencv-python-headless",
    "onnxruntime",
    "torch",
    "qdarkstyle",
)


def libraries() -> list[str]:
    """The libraries that the program uses, each with its version."""
    return [f"{name} {version}" for name in _LIBRARIES if (version := _version(name))]


def _version(name: str) -> str | None:
    """Read from the installed files: importing torch for its version takes seconds."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
