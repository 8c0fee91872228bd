"""Memory that is free inside the program, given back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back_memory(circles: bool = False) -> None:
    """To be called after much was let go of, such as a clip's frames; takes some milliseconds. Never raises.

    glibc keeps what is freed between things that stay, hundreds of megabytes after a 4K clip. Other systems give it
    back themselves. `circles` also looks for what holds only each other, such as a decoder and its streams; that takes
    longer.
    """
    if circles:
        gc.collect()
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
