"""The built-in network where memory runs out: fewer objects at a time, then the CPU, and no frame is lost."""

from core.engines.fallback.runtime import FallbackRuntime

__all__ = ["FallbackRuntime"]
