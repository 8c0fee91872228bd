"""Engines: everything that can follow objects, behind one protocol and chosen by name."""

from core.engines.protocol import Engine, EngineInfo, EngineOptions, Prompts, Session
from core.engines.registry import DEFAULT_ENGINE, available, load

__all__ = [
    "DEFAULT_ENGINE",
    "Engine",
    "EngineInfo",
    "EngineOptions",
    "Prompts",
    "Session",
    "available",
    "load",
]
