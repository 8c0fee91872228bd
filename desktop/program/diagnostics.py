"""What a person sends along when something goes wrong. Always in English, since others read it."""

from __future__ import annotations

import os
import platform
from importlib import metadata

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.panels.engine_panel import EnginePanel
from desktop.panels.status import resident_bytes
from desktop.program.graphics import graphics_cards
from desktop.program.libraries import libraries
from desktop.program.log import RECENT
from desktop.session.session import EditorSession
from desktop.settings.languages import language_of
from desktop.settings.preferences import load_preferences

_LOG_LINES = 60


def diagnostics(session: EditorSession, engine: EnginePanel) -> str:
    """Versions, machine, settings, the open clip and the last lines of the log."""
    parts = (
        ("Program", _program()),
        ("Machine", _machine()),
        ("Settings", _settings(engine)),
        ("Clip", _clip(session)),
        ("Log", RECENT.entries()[-_LOG_LINES:]),
    )
    return "\n\n".join("\n".join([f"# {title}", *lines]) for title, lines in parts if lines) + "\n"


def _program() -> list[str]:
    return [
        f"Rotoflow {metadata.version('rotoflow')}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        *libraries(),
    ]


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


def _settings(engine: EnginePanel) -> list[str]:
    chosen = load_preferences()
    options = ", ".join(f"{name} {value}" for name, value in engine.options.items())
    return [
        f"engine {engine.engine or 'none'} on {engine.device_name} ({options})",
        f"threads {chosen.threads or 'automatic'}, cache {chosen.cache_megabytes} MB",
        f"theme {chosen.theme}, language {language_of(chosen.language)}",
    ]


def _clip(session: EditorSession) -> list[str]:
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
