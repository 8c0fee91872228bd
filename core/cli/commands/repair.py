"""`repair`: makes a sound project of a damaged one."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.arguments import Subparsers, add_command
from core.errors import ProjectFormatError
from core.project.backups import list_backups
from core.project.repair import is_sound, repair, repaired_name

_EXAMPLES = """\
  rotoflow repair clip.roto
  rotoflow repair clip.roto --out saved.roto

The damaged project stays as it is. What can be read of it comes into a new one beside it: masks, objects, markers and
settings, and the history if all of it is there. Projects that were opened in the window before have copies, which are
listed, too: `rotoflow restore` puts one back.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "repair",
        "save what can be saved of a damaged project",
        "Makes a sound project of what can be read of a damaged one.",
        _EXAMPLES,
    )
    parser.add_argument("project", metavar="PROJECT", type=Path, help="project file (.roto)")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="the project to make (default: NAME-repaired.roto beside it)"
    )


def run(args: argparse.Namespace) -> int:
    """Repairs, and says what was saved."""
    if is_sound(args.project):
        print(f"{args.project}: there is nothing to repair.")
        _list_copies(args.project)
        return 0
    target = args.out or repaired_name(args.project)
    try:
        saved = repair(args.project, target)
    except ProjectFormatError:
        _list_copies(args.project)
        raise
    print(f"{saved.frames} frames with masks and {saved.objects} objects in {target}")
    if saved.lost:
        shown = ", ".join(map(str, saved.lost[:20])) + (", ..." if len(saved.lost) > 20 else "")
        print(f"note: the masks of {len(saved.lost)} frames are lost: {shown}")
    for note in saved.notes:
        print(f"note: {note}")
    _list_copies(args.project)
    return 0


def _list_copies(project: Path) -> None:
    for copy in [one.path for one in list_backups(project)]:
        print(f"copy: {copy}")
