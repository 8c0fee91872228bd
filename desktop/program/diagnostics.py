"""What a person sends along when something goes wrong. In English whatever the window speaks: others read it."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.panels.status import resident_bytes
from desktop.program.graphics import graphics_cards
from desktop.program.log import RECENT
from desktop.settings.languages import language_of
from desktop.settings.preferences import load_preferences

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_LIBRARIES = (
    "PySide6-Essentials",
    "numpy",
    "av",
    "opencv-python-headless",
    "onnxruntime",
    "torch",
    "qdarkstyle",
)
_LOG_LINES = 60


def diagnostics(window: MainWindow) -> str:
    """Versions, machine, settings, the open clip and the last lines of the log."""
    parts = (
        ("Program", _program()),
        ("Machine", _machine()),
        ("Settings", _settings(window)),
        ("Clip", _clip(window)),
        ("Log", RECENT.entries()[-_LOG_LINES:]),
    )
    return "\n\n".join("\n".join([f"# {title}", *lines]) for title, lines in parts if lines) + "\n"


def _program() -> list[str]:
    return [
        f"Rotoflow {metadata.version('rotoflow')}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        *libraries(),
    ]


def libraries() -> list[str]:
    """The libraries the program stands on, each with its version."""
    return [f"{name} {version}" for name in _LIBRARIES if (version := _version(name))]


def _version(name: str) -> str | None:
    """Read from the installed files: importing torch for its version takes seconds."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _machine() -> list[str]:
    screens = (
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    memory = resident_bytes()
    return [
        platform.platform(),
        f"{platform.machine()}, {os.cpu_count()} cores",
        f"screen {', '.join(screens)} ({QGuiApplication.platformName()})",
        *(f"graphics {card}" for card in graphics_cards()),
        *([f"memory in use {memory / 2**20:.0f} MB"] if memory else []),
    ]


def _settings(window: MainWindow) -> list[str]:
    chosen = load_preferences()
    options = ", ".join(f"{name} {value}" for name, value in window.engine.options.items())
    return [
        f"engine {window.engine.engine or 'none'} on {window.engine.device_name} ({options})",
        f"threads {chosen.threads or 'automatic'}, cache {chosen.cache_megabytes} MB",
        f"theme {chosen.theme}, language {language_of(chosen.language)}",
    ]


def _clip(window: MainWindow) -> list[str]:
    session = window.session
    video = session.video
    if video is None:
        return ["none open"]
    info = video.info
    lines = [
        f"{video.path.name}: {info.kind}, {info.width} x {info.height}, {info.frame_count} frames",
        f"codec {info.codec}, {info.pixel_format}, {info.bit_depth} bit, rate {info.rate}"
        f"{' (variable)' if info.variable_rate else ''}, rotation {info.rotation}",
        *(f"note: {note}" for note in info.notes),
        f"{len(session.tracks)} objects, {len(session.anchor_frames())} anchors, on frame {session.frame_index}",
    ]
    if session.cache is not None:
        stats = session.cache.stats
        lines.append(
            f"cache {stats.frames} frames, {stats.bytes_used / 2**20:.0f} of {stats.byte_limit / 2**20:.0f} MB"
        )
    return lines
