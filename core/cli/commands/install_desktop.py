"""`install-desktop`: an entry in the desktop's menu, an icon, and `.roto` files that open with a double click."""

from __future__ import annotations

import argparse

from core.cli.arguments import Subparsers, add_command
from core.cli.desktop_entry import install

_EXAMPLES = "  rotoflow install-desktop"


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    add_command(
        subparsers,
        "install-desktop",
        "add Rotoflow to the desktop's menu (Linux)",
        "Installs a menu entry, an icon and the file type of projects for this user.",
        _EXAMPLES,
    )


def run(args: argparse.Namespace) -> int:
    """Writes the files and names them."""
    paths = install()
    for path in paths:
        print(f"written: {path}")

    return 0
