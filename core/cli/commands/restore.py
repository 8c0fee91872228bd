"""`restore`: puts a project back as it was when it was opened before."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.arguments import Subparsers, add_command
from core.cli.numbers import Whole
from core.errors import ProjectError
from core.project.backups import Backup, list_backups, restore

_MOST_COPIES = 10**6
_EXAMPLES = """\
  rotoflow restore clip.roto
  rotoflow restore clip.roto --copy 2
  rotoflow restore --all
  rotoflow restore clip.roto --all --copy 7

The window copies each project that it opens, at most once in ten minutes; the newest five copies stay, and the one with
the most masks, however old. Without --copy they are listed, the newest first: when each was changed last, and what is
in it. With it that copy takes the project's place, and what was there becomes a copy, too. --all lists the copies of
all other projects, too, with where each was: for one that was renamed and then damaged, or lost.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "restore",
        "put a project back as it was before",
        "Lists the copies that were made of a project, and puts one in its place.",
        _EXAMPLES,
    )
    parser.add_argument(
        "project", metavar="PROJECT", type=Path, nargs="?", help="project file (.roto), which may be gone"
    )
    parser.add_argument("--all", action="store_true", help="copies of other projects, too")
    parser.add_argument(
        "--copy", metavar="NUMBER", type=Whole(1, _MOST_COPIES), help="the copy to put back, by its number in the list"
    )


def run(args: argparse.Namespace) -> int:
    """Lists the copies, or puts one back. Raises ProjectError if there is none of that number."""
    project: Path | None = args.project
    if project is None and (args.copy is not None or not args.all):
        raise ProjectError("Name the project that is to be put back; --all lists the copies of all projects.")
    found = list_backups(project, args.all)
    if not found:
        if project is None:
            raise ProjectError("There is no copy of a project that can be read.")
        raise ProjectError("{path}: there is no copy of this project that can be read.", path=project)
    if project is None or args.copy is None:
        for number, one in enumerate(found, 1):
            print(f"{number}: {_in_words(one, args.all)}")
        return 0
    if not 1 <= args.copy <= len(found):
        raise ProjectError("{path}: its copies are numbered from 1 to {count}.", path=project, count=len(found))
    chosen = found[args.copy - 1]
    kept = restore(chosen.path, project)
    print(f"{project}: as it was {_in_words(chosen, args.all)}")
    if kept is not None:
        print(f"note: what was there before is the newest copy now: {kept}")
    return 0


def _in_words(one: Backup, of_all: bool) -> str:
    origin = "" if one.origin is None else f", {'of' if of_all else 'from before it was moved:'} {one.origin}"
    return f"{one.changed:%Y-%m-%d %H:%M:%S}, frames with masks: {one.frames}, objects: {one.objects}{origin}"
