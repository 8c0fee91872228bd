"""The formats in a person's words, and which settings each has a use for."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from core.delivery.formats import FORMATS
from desktop.actions.spec import T

TEXTS = MappingProxyType(
    {
        "masks": (
            T("Export", "Masks, numbered by object (PNG)"),
            T(
                "Export",
                "A palette picture for each frame: a pixel's value is its object's number. For "
                "training data and tools that read label maps. Small.",
            ),
        ),
        "binary": (
            T("Export", "Masks, black and white (PNG)"),
            T("Export", "A hard mask for each frame: white is the objects. Read by every program. Small."),
        ),
        "matte": (
            T("Export", "Matte, soft edges (pictures or video)"),
            T(
                "Export",
                "Grey is how much of a pixel the object covers. For compositing as a track "
                "matte. Pictures and MKV are lossless.",
            ),
        ),
        "rgba": (
            T("Export", "Cut out, transparent (PNG)"),
            T("Export", "The objects alone, a picture with alpha for each frame. Lossless; large for long clips."),
        ),
        "exr": (
            T("Export", "Cut out, OpenEXR (linear)"),
            T(
                "Export",
                "Half floats in linear light, multiplied by alpha, for Nuke, Fusion, Blender and After Effects. "
                "Lossless; large.",
            ),
        ),
        "prores4444": (
            T("Export", "Cut out, ProRes 4444 (MOV)"),
            T(
                "Export",
                "Video with alpha for Premiere, Resolve, Final Cut and After Effects; keeps more "
                "than 8 bits. Very large.",
            ),
        ),
        "vp9-alpha": (
            T("Export", "Cut out, VP9 with alpha (WebM)"),
            T("Export", "Video with alpha for web pages and browsers. Small; slow to write."),
        ),
        "ffv1": (
            T("Export", "Cut out, FFV1 with alpha (MKV)"),
            T("Export", "Video with alpha without any loss, for archives and further work. Large."),
        ),
        "h264": (
            T("Export", "On a background, H.264"),
            T("Export", "The objects before another background. Plays everywhere. Small; no alpha."),
        ),
        "hevc": (
            T("Export", "On a background, HEVC"),
            T("Export", "Like H.264 at about half the size. Plays on newer devices; slow to write."),
        ),
    }
)
"""Title and help by format name."""

CONTAINERS = MappingProxyType(
    {
        "": T("Export", "Pictures"),
        ".mp4": "MP4",
        ".mov": "MOV",
        ".mkv": "MKV",
        ".webm": "WebM",
    }
)


def title_of(name: str) -> str:
    """The format's name for a list."""
    return QCoreApplication.translate("Export", TEXTS[name][0])


def help_of(name: str) -> str:
    """What the format is good for."""
    return QCoreApplication.translate("Export", TEXTS[name][1])


def container_of(suffix: str) -> str:
    """A file ending's name for a list."""
    return QCoreApplication.translate("Export", CONTAINERS[suffix])


def relevant(name: str, suffix: str) -> frozenset[str]:
    """The rows of the dialog that mean something to a format written with a file ending ("" for pictures)."""
    return FORMATS[name].options(suffix)
