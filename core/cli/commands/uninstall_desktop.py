"""`uninstall-desktop`: takes away what `install-desktop` put there."""

from __future__ import annotations

import argparse

from core.cli.arguments import Subparsers, add_command
from core.cli.desktop_entry import uninstall

_EXAMPLES = "  rotoflow uninstall-desktop"


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    add_command(
        subparsers,
        "uninstall-desktop",
        "remove it from the desktop's menu (Linux)",
        "Removes the menu entry, the icon and the file type of projects.",
        _EXAMPLES,
    )


def run(args: argparse.Namespace) -> int:
    """Removes the files and names them."""
    paths = uninstall()
    for path in paths:
        print(f"removed: {path}")
    if not paths:
        print("There was nothing to remove.")
    return 0
