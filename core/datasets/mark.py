"""The mark that a dataset which was written here carries: its format, and the files that may be replaced."""

from __future__ import annotations

from pathlib import Path

MARK = ".rotoflow-dataset"
"""A file with the format's name in its first line, and below it the names of all files that were written: they were
made here, and may be replaced by another dataset."""


def write_mark(folder: Path, format_name: str) -> None:
    """Marks a finished dataset as made here, with all that is in it. Raises OSError."""
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    text = "\n".join([format_name, MARK, *written]) + "\n"
    (folder / MARK).write_text(text, encoding="utf-8", errors="surrogateescape")


def marked_files(folder: Path) -> set[str] | None:
    """The files that were written with a dataset, by their paths from its folder; None if it was not made here."""
    mark = _read_mark(folder)
    return set(mark[1:]) if mark else None


def marked_format(folder: Path) -> str | None:
    """The name of the format that a dataset was written in; None if it was not made here."""
    mark = _read_mark(folder)
    return mark[0] if mark else None


def _read_mark(folder: Path) -> list[str]:
    mark = folder / MARK
    return mark.read_text(encoding="utf-8", errors="surrogateescape").split("\n")[:-1] if mark.is_file() else []
