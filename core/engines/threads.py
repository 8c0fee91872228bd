"""The number of threads of the engines' computation, set here and nowhere else."""

from __future__ import annotations

import os
import sys

import cv2

from core.engines.blas import one_thread

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
    one_thread()
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
