"""Who gets a core first, where the system lets a program say so: the window's thread before the workers'.

On two cores a propagation, the decoders and the window want three. By the usual fair shares the window then waits for
its turn after every bit of work, 10 ms and more; measured (benchmarks.responsiveness), a slight preference takes a
quarter off the longest gaps and nothing off the propagation's speed. A strong one makes them longer: a worker that is
kept from its core may hold the interpreter's lock meanwhile.
"""

from __future__ import annotations

import ctypes
import logging
import os
import platform
import struct
import sys
import threading

_WORKER_NICE = 6
_SLICE_NANOSECONDS = 3_000_000
"""About what a frame's work takes. Less is not sooner, for the window's larger weight makes it the first anyway: it is
stopped at the next tick of the system's clock, in the middle of that work, and others have their turn.
"""
_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274}
"""Numbers of the system call sched_setattr, which the C library has no function for."""

_log = logging.getLogger(__name__)


def take_short_turns() -> bool:
    """Asks for short slices for this thread, which are given sooner (Linux 6.12 and later); whether that was granted.

    Older kernels take the call and ignore it; elsewhere nothing is asked.
    """
    number = _SET_ATTRIBUTES.get(platform.machine())
    if sys.platform != "linux" or number is None:
        return False
    nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    # struct sched_attr: size, policy, flags, nice, priority, runtime, deadline, period
    attributes = struct.pack("=IIQiIQQQ", 48, 0, 0, nice, 0, _SLICE_NANOSECONDS, 0, 0)
    return bool(ctypes.CDLL(None).syscall(number, 0, ctypes.c_char_p(attributes), 0) == 0)


def give_way() -> None:
    """Lets the window go before this thread, a worker's, and before the threads that it starts."""
    if sys.platform != "linux":
        # elsewhere a priority is the process's, or Qt's to set
        return
    thread = threading.get_native_id()
    try:
        os.setpriority(os.PRIO_PROCESS, thread, min(19, os.getpriority(os.PRIO_PROCESS, os.getpid()) + _WORKER_NICE))
    except OSError as error:
        _log.info("a worker keeps its priority: %s", error)
