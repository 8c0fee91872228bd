"""`curves`: how trainings went, in one picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.arguments import Subparsers, add_command
from core.cli.targets import check_file
from core.files import atomic_file

_EXAMPLES = """\
  rotoflow curves runs/first
  rotoflow curves runs/first runs/second --out compared.svg

A training draws its own `curves.svg` at every checkpoint.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "curves",
        "draw how trainings went",
        "Draws loss, overlap, learning rate and scores of trainings over their steps, as one SVG picture.",
        _EXAMPLES,
    )
    parser.add_argument("runs", metavar="FOLDER", nargs="+", type=Path, help="folders of trainings")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, default=Path("curves.svg"), help="the picture (default: %(default)s)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the picture, if there is one")


def run(args: argparse.Namespace) -> int:
    """Draws, and says where to."""
    # a picture inside a training's folder is its own; only what is read there must stay
    read = [path for folder in args.runs for path in folder.glob("*.jsonl")]
    check_file(args.out, read, args.overwrite, (".svg",))
    from core.learning.curves import draw_curves, read_run

    drawn = draw_curves([read_run(folder) for folder in args.runs])
    with atomic_file(args.out) as part:
        part.write_text(drawn, encoding="utf-8")
    print(args.out)
    return 0
