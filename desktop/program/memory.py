"""Memory that is free inside the program, given back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of the parameters of `mallopt`."""
_LARGE_BYTES = 16 << 20
"""More than a picture of HD has in four channels, less than one of 4K in three: memory that is asked of the system
again for each picture costs playing HD twice its work.
"""
_KEPT_BYTES = 64 << 20
"""How many free bytes each thread's memory keeps at its end while a clip is open: glibc gives the rest back as it is
freed, and at no other time. Giving more back costs playing, which needs it again for the next picture.
"""
_KEPT_CLOSED_BYTES = 1 << 20
"""The same while a clip is closed, and until the next one is open."""


def return_large_blocks() -> None:
    """Pictures of 4K go back to the system when they are freed, each by itself. To be called once, at the start.

    glibc would put them between small things that stay, from the second one on: then nothing gives them back. What is
    smaller is kept for the next picture, as usual. Never raises.
    """
    change = _change()
    if change is not None:
        change(_MMAP_THRESHOLD, _LARGE_BYTES)
        change(_TRIM_THRESHOLD, _KEPT_BYTES)


def keep_free_memory(kept: bool) -> None:
    """Whether what threads free stays with the process, for the next picture; False before much is freed, such as a
    clip's decoders with their pictures. Never raises.

    Each decoding thread has a memory of its own (an arena of glibc), of which `malloc_trim` does not cut the end.
    """
    change = _change()
    if change is not None:
        change(_TRIM_THRESHOLD, _KEPT_BYTES if kept else _KEPT_CLOSED_BYTES)


def _change() -> Callable[[int, int], int] | None:
    """glibc's `mallopt`; None elsewhere."""
    return getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None


def start_without_collecting() -> None:
    """Turns the garbage collector off while the program starts: there are no reference cycles yet, and looking for them
    takes a tenth of the start.
    """
    gc.disable()


def collect_from_now_on() -> None:
    """The window is there. What it and the libraries are made of stays, and is not looked through any more: that would
    hold all threads for a tenth of a second, now and then in the middle of playing.
    """
    if gc.get_freeze_count():
        # of a window before this one
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.enable()


def give_back_memory(circles: bool = False) -> None:
    """To be called after much was freed, such as a clip's frames; takes some milliseconds. Never raises.

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
