"""Titles and help texts of the formats, and which settings each of them uses."""

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
        "tiff": (
            T("Export", "Cut out, transparent (TIFF)"),
            T(
                "Export",
                "The objects alone, a picture with alpha for each frame, for retouching and print. Lossless; large.",
            ),
        ),
        "cryptomatte": (
            T("Export", "Cryptomatte and layers (OpenEXR)"),
            T(
                "Export",
                "A picture for each frame with a Cryptomatte of all objects, by their names, and a layer for each, for "
                "Nuke, Fusion and Blender.",
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
        "webp": (
            T("Export", "Cut out, animated WebP (preview)"),
            T("Export", "An animated picture with alpha that every browser and most messengers show. Small; no sound."),
        ),
        "h264": (
            T("Export", "On a background, H.264"),
            T("Export", "The objects before another background. Plays everywhere. Small; no alpha."),
        ),
        "hevc": (
            T("Export", "On a background, HEVC"),
            T("Export", "Like H.264 at about half the size. Plays on newer devices; slow to write."),
        ),
        "vp9": (
            T("Export", "On a background, VP9 (WebM)"),
            T("Export", "The objects before another background, for web pages. Small; 8 bits; slow to write."),
        ),
        "av1": (
            T("Export", "On a background, AV1"),
            T(
                "Export",
                "Like VP9 at about two thirds of the size; keeps 10 bits. Plays in browsers and newer devices.",
            ),
        ),
        "dnxhr": (
            T("Export", "On a background, DNxHR (MOV)"),
            T("Export", "For editing in Media Composer, Resolve and Premiere; keeps 10 bits. Very large."),
        ),
        "shapes-json": (
            T("Export", "Shapes, JSON"),
            T(
                "Export",
                "Splines with keyframes, points, tangents and feather, for scripts. Masks without shapes are fitted.",
            ),
        ),
        "shapes-svg": (
            T("Export", "Shapes, animated SVG"),
            T("Export", "Splines that move, for web pages and drawing programs. Masks without shapes are fitted."),
        ),
        "nuke-roto": (
            T("Export", "Shapes, Nuke Roto"),
            T("Export", "A Roto node with animated splines, as a script to insert or as Python."),
        ),
        "after-effects": (
            T("Export", "Shapes, After Effects masks"),
            T("Export", "A script that puts animated masks on the clip's layer in After Effects."),
        ),
        "blender": (
            T("Export", "Shapes, Blender mask"),
            T("Export", "A script that makes a mask with animated splines in Blender."),
        ),
        "silhouette": (
            T("Export", "Shapes, Silhouette"),
            T("Export", "Animated splines, a layer for each object, to import in Silhouette."),
        ),
        "natron": (
            T("Export", "Shapes, Natron Roto"),
            T("Export", "A script that makes a Roto node with animated splines in Natron."),
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
        ".webp": "WebP",
        ".json": "JSON",
        ".svg": "SVG",
        ".nk": "NK",
        ".py": "Python",
        ".jsx": "JSX",
        ".fxs": "FXS",
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
