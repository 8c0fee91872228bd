"""The built-in network where memory runs out: fewer objects at a time, then the CPU, and no frame is lost."""

from core.engines.stepping.runtime import SteppingRuntime

__all__ = ["SteppingRuntime"]
