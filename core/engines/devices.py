"""Where engines run: on the GPU where torch can use one, else on the CPU."""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import EngineError
from core.torch_libraries import load_torch_libraries

_TITLES = {"cuda": "CUDA", "xpu": "XPU", "mps": "MPS"}
GPUS = tuple(_TITLES)
"""Kinds of GPU by torch's names; where there are several, "auto" means the first of them."""


@dataclass(frozen=True)
class DeviceMemory:
    """Bytes that are free on a device, and all of them."""

    device: str
    free: int
    total: int


def uses_gpu(device: str) -> bool:
    """Whether "cpu", "cuda" or "auto" means CUDA's GPU here. "auto" on any other machine, and "mps" and "xpu", mean the
    CPU to most parts; the built-in network takes these two by name. Imports torch only if there may be one.

    Raises EngineError if a GPU is requested and there is none.
    """
    if device in ("mps", "xpu"):
        choose_device(device)
        return False
    if device == "cpu" or (device == "auto" and not _may_have_gpu()):
        return False
    return choose_device(device, ("cuda",)) == "cuda"


def choose_device(device: str, kinds: tuple[str, ...] = GPUS) -> str:
    """The device of torch that "auto" or a device's name means here; of several kinds "auto" is the first there is.

    Raises EngineError if one is requested by name that torch cannot use.
    """
    if device == "cpu":
        return "cpu"
    for kind in kinds if device == "auto" else (device,):
        if _is_there(kind):
            return kind
    if device != "auto":
        raise EngineError(
            "There is no {title} device that torch can use; choose the device cpu or auto.",
            title=_TITLES.get(device, device),
        )
    return "cpu"


def half_is_faster(device: str) -> bool:
    """Whether half precision (bfloat16) is faster on a device. On CPUs it was measured to be slower."""
    if device == "cuda":
        import torch

        # older ones compute it through single precision
        return bool(torch.cuda.get_device_capability()[0] >= 8)
    return device == "xpu"


def free_device_memory(device: str) -> None:
    """Frees the device memory that torch caches and no tensor uses. Never raises."""
    part = _part(device)
    if part is not None:
        gc.collect()
        with contextlib.suppress(Exception):
            part.empty_cache()


def device_memory(device: str) -> tuple[int, int] | None:
    """Bytes that are free on a device, and all of them; None where that is not known. Imports torch for a GPU."""
    if device == "cpu":
        return _system_memory()
    with contextlib.suppress(Exception):
        import torch

        if device in ("cuda", "xpu"):
            free, total = getattr(torch, device).mem_get_info()
            return int(free), int(total)
        total = int(torch.mps.recommended_max_memory())
        return total - int(torch.mps.driver_allocated_memory()), total
    return None


def memory_where_it_runs(device: str) -> DeviceMemory | None:
    """The memory of the device that "auto" or a device's name means here; None if there is none, or it is not known.
    Imports torch only where there may be a GPU. Never raises.
    """
    here = devices_here()
    chosen = here[0] if device == "auto" else device
    memory = device_memory(chosen) if chosen in here else None
    return None if memory is None else DeviceMemory(chosen, *memory)


def devices_here() -> list[str]:
    """The devices that torch can use here, the CPU last. Imports torch only where there may be another."""
    if sys.platform == "linux" and not _may_have_gpu() and not Path("/dev/dri").exists():
        return ["cpu"]
    return [*(kind for kind in GPUS if _is_there(kind)), "cpu"]


def _is_there(kind: str) -> bool:
    part = _part(kind)
    with contextlib.suppress(Exception):
        return part is not None and bool(part.is_available())
    return False


def _part(kind: str) -> Any:
    """torch's module for a kind of device."""
    if kind == "cpu":
        return None
    load_torch_libraries()
    torch = importlib.import_module("torch")
    return torch.backends.mps if kind == "mps" and "mps" not in dir(torch) else getattr(torch, kind, None)


def _system_memory() -> tuple[int, int] | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        found = {line.partition(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.endswith("kB")}
        return found["MemAvailable"], found["MemTotal"]
    except (OSError, ValueError, KeyError, IndexError):
        return None


def _may_have_gpu() -> bool:
    """Whether it is worth seconds to import torch and ask. Where this is not known, it is True."""
    if sys.platform == "linux":
        return Path("/dev/nvidiactl").exists() or Path("/dev/dxg").exists()
    return sys.platform != "darwin"
