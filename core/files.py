"""Writing files so that nothing of a person's is lost: under a temporary name, renamed when they are complete.

What is being written has a short name of its own, in the folder in which it will be. What a killed program left behind
is removed by the next one that writes to the same folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.outputs import DATABASE_ENDINGS, identity

_PREFIX, _SUFFIX = ".rotoflow-", ".partial"
_FOREIGN_SECONDS = 7 * 24 * 3600.0
"""Whether another machine's program still runs cannot be seen: what it left is taken away after this time."""
_numbers = itertools.count()
_own: set[str] = set()
"""The names that this process is writing under, `_PREFIX` to `_SUFFIX`."""
_swept: set[str] = set()
"""The folders that this process has looked through for what others left."""


def is_vacant(folder: Path) -> bool:
    """Whether a folder holds nothing but what killed programs, or this one, are writing."""
    return all(_is_partial(one.name) for one in folder.iterdir())


@contextlib.contextmanager
def partial_path(folder: Path, suffix: str = "") -> Iterator[Path]:
    """A path in `folder`, which exists, that nobody else uses, for a file or a folder; nothing is made.

    What is still there when the block ends is removed, with the files that SQLite keeps next to a database.
    """
    real = os.path.realpath(folder)
    if real not in _swept:
        # once for each folder: one that gets a picture for every frame would be read through for each of them
        _swept.add(real)
        sweep(folder)
    mark = f"{_PREFIX}{_host()}-{os.getpid()}-{next(_numbers)}-{os.urandom(3).hex()}{_SUFFIX}"
    _own.add(mark)
    part = folder / f"{mark}{suffix}"
    try:
        yield part
    finally:
        for ending in ("", *DATABASE_ENDINGS):
            _remove(part.with_name(part.name + ending))
        _own.discard(mark)


@contextlib.contextmanager
def library_path(path: Path) -> Iterator[str]:
    """`path` as libraries take it that know no names but UTF-8: another one is reached by a link, to read or write."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        with tempfile.TemporaryDirectory() as folder:
            link = Path(folder) / f"file{path.suffix if path.suffix.isascii() else ''}"
            link.symlink_to(path.absolute())
            yield str(link)
    else:
        yield str(path)


def readable_name(name: str) -> str:
    """A name as texts can hold it: bytes of it that are no UTF-8 are written as `\\xe9`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@contextlib.contextmanager
def atomic_file(target: Path, suffix: str = "") -> Iterator[Path]:
    """A path next to `target` to write a file to; when the block ends, it takes the place of `target`.

    An error inside leaves `target` as it was, and nothing else. `suffix` is for libraries that look at it. Raises
    OSError, which names `target`, if the file cannot be written or moved.
    """
    with partial_path(target.parent, suffix) as part:
        try:
            yield part
            replace_path(part, target)
        except OSError as error:
            # a full disk names no file, and the name of now is gone when somebody reads it
            if error.errno is not None and error.filename in (None, part, str(part)):
                error.filename = str(target)
            raise


def replace_path(staged: Path, target: Path) -> None:
    """Gives a complete file or folder the name `target`; what has that name is removed once the new one is there.

    Both are on one disk. After an error `target` is what it was. Raises OSError.
    """
    if not staged.is_dir():
        if target.exists():
            # after a loss of power the name may be the new file's while its content is not on the disk yet
            with staged.open("rb+") as file:
                os.fsync(file.fileno())
        staged.replace(target)
    elif not target.exists():
        staged.rename(target)
    else:
        with partial_path(target.parent) as old:
            target.rename(old)
            try:
                staged.rename(target)
            except OSError:
                old.rename(target)
                raise


def remove_folder(folder: Path) -> None:
    """Removes a folder under another name, so that nobody opens half of it; of a link to one, the link alone.

    Raises OSError.
    """
    if folder.is_symlink():
        folder.unlink()
        return
    with partial_path(folder.parent) as old:
        folder.rename(old)
        shutil.rmtree(old)


@contextlib.contextmanager
def staged_folder(target: Path) -> Iterator[Path]:
    """A new folder next to `target`; when the block ends, its files are in `target`, each over one of its name.

    Where there is no `target`, it appears as a whole. An error inside leaves everything as it was. Raises OSError, also
    if the new folder was taken away meanwhile.
    """
    made = make_folders(target.parent)
    try:
        # inside a folder that is there: its parent may be another disk, or not be writable
        with partial_path(target if target.is_dir() else target.parent) as part:
            with kept_folder(part):
                yield part
            move_into(part, target)
    finally:
        remove_empty(made)


@contextlib.contextmanager
def kept_folder(folder: Path) -> Iterator[None]:
    """Makes a folder, which is the same one when the block ends. Raises FileNotFoundError if it is not.

    Its drive may be taken away meanwhile: what is written then goes into a new folder of that name, on another disk,
    in which all that was written before is lacking.
    """
    folder.mkdir()
    mark = identity(folder)
    yield
    if identity(folder) != mark:
        raise FileNotFoundError(errno.ENOENT, "taken away while it was written", str(folder))


def publish(part: Path, target: Path) -> None:
    """Gives a complete file its name, at which nothing may be but an empty file. Raises FileExistsError, OSError."""
    with contextlib.suppress(FileNotFoundError):
        if target.is_file() and not target.stat().st_size:
            target.unlink()
    for ending in DATABASE_ENDINGS:
        # what a database left that is gone would be taken for a part of this one
        target.with_name(target.name + ending).unlink(missing_ok=True)
    _take_name(part, target)


def _take_name(part: Path, target: Path) -> None:
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # a disk without hard links
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)


def move_into(staged: Path, target: Path, replacing: bool = True) -> None:
    """Moves a file or folder; into a folder that is there file by file, over others if `replacing`. Raises OSError."""
    if staged.is_dir() and target.is_dir():
        for child in sorted(staged.iterdir()):
            move_into(child, target / child.name, replacing)
        staged.rmdir()
    elif staged.is_dir():
        staged.replace(target)
    elif replacing:
        replace_path(staged, target)
    else:
        _take_name(staged, target)
        staged.unlink(missing_ok=True)


def make_folders(folder: Path) -> list[Path]:
    """Makes a folder with those above it; the ones that were not there, the deepest first. Raises OSError."""
    made: list[Path] = []
    for parent in reversed((folder, *folder.parents)):
        if not parent.exists():
            parent.mkdir(exist_ok=True)
            made.insert(0, parent)
    return made


def remove_empty(folders: Iterable[Path]) -> None:
    """Removes those of the folders that are empty, in their order."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def sweep(folder: Path) -> None:
    """Takes away what killed programs have left in a folder. Never raises."""
    for left in _partials(folder):
        mark = left.name.partition(_SUFFIX)[0] + _SUFFIX
        if mark not in _own and _is_abandoned(left):
            _remove(left)


def forget_swept() -> None:
    """The folders are looked through again, as by a program that has just begun."""
    _swept.clear()


def _is_partial(name: str) -> bool:
    # other hidden files of ours begin the same way, such as a dataset's mark
    return name.startswith(_PREFIX) and _SUFFIX in name


def _partials(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if _is_partial(entry.name)]
    except OSError:
        return []


def _is_abandoned(left: Path) -> bool:
    host, _, rest = left.name.removeprefix(_PREFIX).partition("-")
    pid = rest.partition("-")[0]
    if host != _host() or not pid.isdecimal():
        try:
            return time.time() - left.lstat().st_mtime > _FOREIGN_SECONDS
        except OSError:
            return False
    # this process knows its own; a name with its number that it does not know is of one that ended before
    return int(pid) == os.getpid() or not _is_running(int(pid))


def _is_running(pid: int) -> bool:
    if sys.platform == "win32":
        # os.kill would end the program there
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
