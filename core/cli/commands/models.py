"""`models`: what can be downloaded for the engines, and downloading it."""

from __future__ import annotations

import argparse
from contextlib import closing

from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.progress import ProgressPrinter
from core.engines.downloads import DOWNLOADS, FOLDER_VARIABLE, download, download_folder, downloaded

_EXAMPLES = f"""\
  rotoflow models
  rotoflow models --download raft-large
  {FOLDER_VARIABLE}=/shared/models rotoflow models --download raft-small

The program works without any of them. What is downloaded is checked against its publisher's SHA-256.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "models",
        "list and download what engines can use besides their own",
        "Lists the files that engines can use but that do not come with the program, and downloads them.",
        _EXAMPLES,
    )
    parser.add_argument("--download", metavar="NAME", action="append", default=[], help="fetch it; may be repeated")


def run(args: argparse.Namespace) -> int:
    """Downloads what was named, or else prints one paragraph a file."""
    with cancelled_by_interrupt() as token:
        for name in args.download:
            # closed at once, so that a cancelled download is cleared away
            with closing(download(name, token)) as work, ProgressPrinter(f"Downloading {name}", unit="MB/s") as printer:
                for progress in work:
                    printer.show(progress)
            print(f"{name}: {downloaded(name)}")
    if not args.download:
        for one in DOWNLOADS.values():
            print(f"{one.name}  -  {one.title}")
            print(f"    {one.size / 1e6:.0f} MB, {one.licence}")
            print(f"    {downloaded(one.name) or 'not downloaded'}")
        print(f"folder: {download_folder()} (another one: {FOLDER_VARIABLE})")
    return 0
