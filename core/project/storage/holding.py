"""A lock on an open project that lasts when SQLite's own is lost.

On POSIX a process loses all its locks on a file as soon as it closes any descriptor of it (fcntl(2)). SQLite takes care
of its own; a file dialog that looks into the files of a folder to tell what they are does not, and from then on another
program could open the project, write its log into it and delete the log that this one goes on writing to. A lock of an
open file description, which Linux has, ends with that description alone.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

from core.errors import ProjectError
from core.project.storage.open_files import is_open_here

_BYTE = 0x40000000 + 1024
"""The byte that is locked: in the page that SQLite keeps free for its locks, and none of those."""
_TRIES, _PAUSE_SECONDS = 11, 0.05


def hold(path: Path) -> Callable[[], None]:
    """Locks a project file against other programs that ask here, too; gives what ends that.

    To be asked before SQLite opens the file, and ended after it closed it: a descriptor is closed at the end. Does
    nothing where there are no such locks, or the file cannot be written to. Raises ProjectError if another program, or
    this one, has it.
    """
    if is_open_here(path):
        # without opening it: closing it again would take SQLite's locks away
        raise ProjectError("{path}: in use here already; it cannot be opened twice.", path=path)
    if sys.platform != "linux":
        return _nothing
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return _nothing
    for attempt in range(_TRIES):
        try:
            _lock(descriptor, True)
        except BlockingIOError:
            if attempt < _TRIES - 1:
                time.sleep(_PAUSE_SECONDS)
        except OSError:
            # a file system without such locks
            break
        else:
            break
    else:
        os.close(descriptor)
        raise ProjectError("{path}: in use by another window or program; close it there first.", path=path)

    def let_go() -> None:
        # said aloud: a process that was forked meanwhile has the description, too
        try:
            _lock(descriptor, False)
        except OSError:
            pass
        finally:
            os.close(descriptor)

    return let_go


def _lock(descriptor: int, wanted: bool) -> None:
    """Raises BlockingIOError if another one has the lock, any other OSError where there are none."""
    if sys.platform == "linux":
        import fcntl

        kind = fcntl.F_WRLCK if wanted else fcntl.F_UNLCK
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, _BYTE, 1, 0))
        except PermissionError as error:
            # POSIX leaves it to the system which of the two it is
            raise BlockingIOError from error


def _nothing() -> None:
    """There is nothing to end."""
