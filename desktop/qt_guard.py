"""Keeps the interpreter alive under PySide6 6.12 on Python 3.11.

`Signal.emit` of PySide6 6.12.0 returns True without taking a reference to it. From Python 3.12 on True is immortal and
nothing happens; on 3.11 each emit takes one reference of True away, and after some hundred the interpreter aborts with
"bool_dealloc: deallocating True or False". 6.11.3 is right. Until that release is behind us, True gets more references
than signals can be emitted.
"""

from __future__ import annotations

import ctypes
import sys

import PySide6

_REFERENCES = 1 << 40


def needed() -> bool:
    return sys.version_info < (3, 12) and PySide6.__version_info__[:2] == (6, 12)


def guard() -> None:
    """Does nothing where it is not needed."""
    if needed():
        ctypes.c_ssize_t.from_address(id(True)).value += _REFERENCES
