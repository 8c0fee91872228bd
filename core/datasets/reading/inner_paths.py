"""Paths that a dataset's files give: they are resolved below the dataset's folder and nowhere else."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from core.media.pictures import PICTURE_SUFFIXES

# of lone surrogates only those stand for bytes of a name that is no text
_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udc7f\udd00-\udfff]')
_LONGEST_NAME = 120
"""Bytes of a clip's name: file names hold 255, and endings and numbers are added to it."""
_MOST_FILES = 2_000_000
"""A search through a folder ends here, so that a link to the whole disk does not make it endless."""


def inner_parts(name: str) -> tuple[str, ...]:
    """The folders and the file of a path as anyone wrote it, without drives, roots and steps upwards."""
    parts = PurePosixPath(name.replace("\\", "/").split("\x00")[0]).parts
    return tuple(part for part in parts if part not in ("/", "//", "..", ".") and not re.fullmatch(r"[A-Za-z]:", part))


def plain_name(name: str) -> str:
    """`name` as one that a file can have anywhere: no folders, no control characters, not hidden, not too long."""
    plain = _FORBIDDEN.sub("_", name.strip()).lstrip(".").strip()
    while len(plain.encode("utf-8", "surrogateescape")) > _LONGEST_NAME:
        plain = plain[:-1]
    return plain.rstrip(" .") or "clip"


def is_plain_name(name: str) -> bool:
    """Whether a file or folder of this name lies directly where it is requested."""
    return bool(name) and name not in (".", "..") and not set(name) & set("/\\\x00")


def spellings(name: str) -> list[str]:
    """A name as it stands, and as addresses write names: without what follows a question mark, percent codes read."""
    bare = name.partition("?")[0] if "://" in name else name
    return list(dict.fromkeys([name, bare, unquote(bare)]))


class PictureFinder:
    """Finds the files that an index names, whatever it took as their root.

    Tried are, in order: the name below each of `folders` (relative to `root`), the end of the name below `root` and
    `folders`, and the only file anywhere below `root` whose path ends so. Nothing outside of `root` is ever found;
    links that a person made in it are followed.
    """

    def __init__(self, root: Path, folders: Sequence[str] = ("",)) -> None:
        self._root, self._folders = root, tuple(dict.fromkeys(folders))
        self._by_name: dict[str, list[PurePosixPath]] | None = None

    def find(self, name: str, hints: Iterable[str] = ()) -> Path | None:
        """The file, or None. `hints` are further folders, tried first."""
        return next((path for one in spellings(name) if (path := self._find(one, tuple(hints)))), None)

    def first(self, names: Iterable[str]) -> Path | None:
        """The file of the first of several names that is there, or None."""
        return next((path for name in names if (path := self.find(name)) is not None), None)

    def _find(self, name: str, hints: tuple[str, ...]) -> Path | None:
        parts = inner_parts(name)
        if not parts:
            return None
        folders = (*hints, *self._folders)
        for start in range(len(parts)):
            for folder in folders:
                path = self._root.joinpath(*inner_parts(folder), *parts[start:])
                if exists(path) and path.is_file():
                    return path
        return self._searched(parts)

    def _searched(self, parts: tuple[str, ...]) -> Path | None:
        if self._by_name is None:
            self._by_name = _listed(self._root)
        found = self._by_name.get(parts[-1].casefold(), [])
        best = max((_common_end(path.parts, parts) for path in found), default=0)
        nearest = [path for path in found if _common_end(path.parts, parts) == best]
        return self._root / nearest[0] if len(nearest) == 1 else None


def exists(path: Path) -> bool:
    """Whether there is such a file or folder; a name that none can have, such as one that is too long, is not there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _listed(root: Path) -> dict[str, list[PurePosixPath]]:
    """All pictures below a folder by their name, case aside; links to folders are not followed."""
    found: defaultdict[str, list[PurePosixPath]] = defaultdict(list)
    count = 0
    for folder, _, names in os.walk(root):
        below = PurePosixPath(Path(folder).relative_to(root).as_posix())
        for name in names:
            if Path(name).suffix.lower() in PICTURE_SUFFIXES:
                found[name.casefold()].append(below / name)
        count += len(names)
        if count > _MOST_FILES:
            break
    return found


def _common_end(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine.casefold() != theirs.casefold():
            break
        count += 1
    return count
