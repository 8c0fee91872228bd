"""`engines`: what can follow objects here, and with which settings."""

from __future__ import annotations

import argparse

from core.cli.arguments import Subparsers, add_command
from core.engines import available
from core.engines.devices import device_memory, devices_here

_EXAMPLES = """\
  rotoflow engines
  rotoflow propagate clip.mp4 --mask first.png --engine builtin --option NAME=VALUE --out masks/
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    add_command(
        subparsers,
        "engines",
        "list the engines and their options",
        "Lists the engines that can be used on this machine, with their options and the options' defaults, and the "
        "devices that they can run on.",
        _EXAMPLES,
    )


def run(args: argparse.Namespace) -> int:
    """Prints one paragraph an engine."""
    for info in available():
        print(f"{info.name}  -  {info.title}")
        print(f"    {info.description}")
        print(f"    clicks and boxes: {'yes' if info.prompts else 'no'}")
        for name, default in info.options.items():
            others = f"  (of {', '.join(info.choices[name])})" if name in info.choices else ""
            print(f"    --option {name}={default}{others}")
    print("devices:")
    for device in devices_here():
        memory = device_memory(device)
        told = "" if memory is None else f"  {memory[0] / 1e9:.1f} of {memory[1] / 1e9:.1f} GB are free"
        print(f"    --device {device}{told}")
    return 0
