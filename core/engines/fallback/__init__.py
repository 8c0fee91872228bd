"""Fallbacks of the built-in network when memory is short: fewer objects at a time, then the CPU; no frame is lost."""

from core.engines.fallback.runtime import FallbackRuntime

__all__ = ["FallbackRuntime"]
