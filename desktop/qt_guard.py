"""Keeps the interpreter alive under PySide6 6.12 on Python 3.11.

The wheel of PySide6 6.12.0 returns None from void methods and True from `Signal.emit` without taking references to
them. From Python 3.12 on these are immortal and nothing happens; on 3.11 each call takes one reference away, and
after some thousand calls the interpreter aborts ("none_dealloc: deallocating None"). 6.11.3 is right. Where the broken
pair is installed all the same, None, True and False get more references than there can be calls.
"""

from __future__ import annotations

import ctypes
import sys

import PySide6

_REFERENCES = 1 << 40


def needed() -> bool:
    """Whether this is the broken pair of versions."""
    return sys.version_info < (3, 12) and PySide6.__version_info__[:2] == (6, 12)


def guard() -> None:
    """Does nothing where it is not needed."""
    if needed():
        for constant in (None, True, False):
            ctypes.c_ssize_t.from_address(id(constant)).value += _REFERENCES
