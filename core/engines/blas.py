"""NumPy's products of matrices, in the thread that asks for them."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path

import numpy as np

_SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads64_")
"""What the function is called in the builds of OpenBLAS that wheels of NumPy bring."""


@lru_cache(maxsize=1)
def one_thread() -> bool:
    """OpenBLAS helps itself to no other thread from now on; whether that was understood. Never raises.

    Its threads spin while they wait for the next product, each on a core of its own, at the priority of the thread that
    imported NumPy, which is the window's. An engine's products are small: two threads took a quarter more of the
    processor and saved none of the time. Other libraries than OpenBLAS are left as they are.
    """
    for library in _bundled():
        try:
            loaded = ctypes.CDLL(str(library))
        except OSError:
            continue
        for name in _SETTERS:
            setter = getattr(loaded, name, None)
            if setter is not None:
                setter(1)
                return True
    return False


def _bundled() -> list[Path]:
    """The libraries next to NumPy, which are loaded already: asking for them gives the same ones."""
    package = Path(np.__file__).parent
    folders = (package.parent / "numpy.libs", package / ".dylibs")
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*openblas*"))]
