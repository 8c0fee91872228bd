"""Loads torch's largest library without holding Python's lock, so that a window goes on meanwhile.

`import torch` does so with the lock held: 0.25 s in one piece on two cores, in which no other thread runs Python. What
then remains of it are pieces of a tenth of a second and less.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_NAME = "libtorch_cpu.so"


def load_torch_libraries() -> None:
    """To be called before the first `import torch` of a thread that is not the only one. Never raises: where this does
    not work, importing torch loads the library, or says why it cannot.
    """
    if "torch" in sys.modules or sys.platform != "linux":
        return
    with contextlib.suppress(Exception):
        found = importlib.util.find_spec("torch")
        if found is None or found.origin is None:
            return
        # called as a foreign function, which gives up the lock; ctypes.CDLL keeps it while it opens a file
        open_library = ctypes.CDLL(None).dlopen
        open_library.restype, open_library.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
        open_library(os.fsencode(Path(found.origin).parent / "lib" / _NAME), os.RTLD_LAZY | os.RTLD_LOCAL)
