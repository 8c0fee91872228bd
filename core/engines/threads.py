"""The number of threads of the engines' computation, set here and nowhere else."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

_SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads64_")
"""What the function is called in the builds of OpenBLAS that wheels of NumPy bring."""

_preferred = 0


def prefer_threads(count: int) -> None:
    """Sets what `use_threads(0)` means from now on; 0 is its own choice again."""
    global _preferred
    _preferred = max(0, count)


def use_threads(count: int = 0) -> int:
    """Sets the thread count of OpenCV, and of torch where it is loaded, and returns it. NumPy has one thread.

    0 means the value of `prefer_threads`, or else one less than there are cores: the window and the decoder need one,
    and on a busy machine more threads than free cores are slower than one thread. Call it from `Engine.open`, after
    importing torch if that is needed.
    """
    wanted = count if count > 0 else _preferred or max(1, own_cores() - 1)
    cv2.setNumThreads(wanted)
    _calm_products()
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(wanted)
    return wanted


def shared_threads(count: int) -> tuple[int, int]:
    """Shares `use_threads(count)` out between two threads of the program that compute side by side; returns both parts.

    The second is 0 where there is one thread alone. OpenCV and torch get the first, for each of the two threads of
    the program uses as many.
    """
    wanted = use_threads(count)
    beside = wanted // 2
    if beside:
        use_threads(wanted - beside)
    return wanted - beside, beside


def own_cores() -> int:
    """Cores this process may run on; on macOS and Windows that is not known, and it is all of them."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@lru_cache(maxsize=1)
def _calm_products() -> None:
    """OpenBLAS, which multiplies NumPy's matrices, takes no thread but the one that asks, from now on. Never raises.

    Its threads spin while they wait for the next product, each on a core of its own, at the priority of the thread that
    imported NumPy, which is the window's. An engine's products are small: two threads took an eighth more of the
    processor and saved no time. Other libraries than OpenBLAS are left as they are.
    """
    package = Path(np.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".dylibs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                # it is loaded already, and asking for it gives the same one
                library = ctypes.CDLL(str(path))
            except OSError:
                continue
            for name in _SETTERS:
                setter = getattr(library, name, None)
                if setter is not None:
                    setter(1)
