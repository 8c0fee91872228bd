"""`pack`: the training data in one small file."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Number
from core.cli.progress import ProgressPrinter
from core.cli.targets import check_replaced
from core.jobs import watched

_EXAMPLES = """\
  rotoflow pack --data DATA --out data.pack
  rotoflow pack --data DATA --out data.pack --limit 40
  rotoflow train --data data.pack --out runs/gpu --device cuda --steps 40000

Pictures are scaled to what training uses and compressed until all fit; masks stay as they are. Validation sequences are
left out.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "pack",
        "put the training data into one small file",
        "Packs a folder of training data into one file for `train --data`, to be carried to another machine.",
        _EXAMPLES,
    )
    parser.add_argument("--data", metavar="FOLDER", type=Path, required=True, help="as for `train`")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file to write")
    parser.add_argument(
        "--limit",
        metavar="MIB",
        type=Number(0, 1 << 20, above=True),
        default=64.0,
        help="its largest size (default: %(default)g)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the file, if there is one")


def run(args: argparse.Namespace) -> int:
    """Packs, and says how large and how good it became."""
    from core.learning.samples.data import find_training_data
    from core.learning.samples.packing import pack

    check_replaced(args.out, [args.data], args.overwrite)
    data = find_training_data(args.data)
    with cancelled_by_interrupt() as token, ProgressPrinter("Packing") as printer:
        made = watched(pack(data, args.out, int(args.limit * 2**20), token), printer.show)
    print(f"{args.out}: {made.pictures} pictures at quality {made.quality}, {made.size / 2**20:.1f} MiB")
    return 0
