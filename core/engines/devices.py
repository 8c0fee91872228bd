"""Where engines run: on the GPU where torch can use one, else on the CPU."""

from __future__ import annotations

import sys
from pathlib import Path

from core.errors import EngineError


def uses_gpu(device: str) -> bool:
    """Whether "cpu", "cuda" or "auto" means the GPU here. Imports torch only if there may be one.

    Raises EngineError if "cuda" is asked for in vain.
    """
    if device == "cpu" or (device == "auto" and not _may_have_gpu()):
        return False
    import torch

    if torch.cuda.is_available():
        return True
    if device == "cuda":
        raise EngineError("There is no CUDA device that torch can use; choose the device cpu or auto.")
    return False


def _may_have_gpu() -> bool:
    """Whether it is worth seconds to import torch and ask. Where this cannot tell, it says yes."""
    if sys.platform == "linux":
        return Path("/dev/nvidiactl").exists() or Path("/dev/dxg").exists()
    return sys.platform != "darwin"
