"""`engines`: what can follow objects here, and with which settings."""

from __future__ import annotations

import argparse

from core.cli.arguments import Subparsers, add_command
from core.engines import available
from core.engines.devices import device_memory, devices_here
from core.engines.protocol import EngineInfo
from core.option_ranges import NUMBERS

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
    """Prints one paragraph an engine, and one for several that differ in their name only."""
    groups: dict[str, list[EngineInfo]] = {}
    for info in available():
        groups.setdefault(repr((info.description, info.prompts, info.options, info.choices, info.ranges)), []).append(
            info
        )
    for group in groups.values():
        for info in group:
            print(f"{info.name}  -  {info.title}")
        _print_options(group[0], len(group))
    print("devices:")
    for device in devices_here():
        memory = device_memory(device)
        memory_text = "" if memory is None else f"  {memory[0] / 1e9:.1f} of {memory[1] / 1e9:.1f} GB are free"
        print(f"    --device {device}{memory_text}")
    return 0


def _print_options(info: EngineInfo, engines: int) -> None:
    if engines > 1:
        print(f"    each of these {engines}:")
    print(f"    {info.description}")
    print(f"    clicks and boxes: {'yes' if info.prompts else 'no'}")
    for name, default in info.options.items():
        others = f"  (of {', '.join(info.choices[name])})" if name in info.choices else ""
        if name in NUMBERS:
            least, most = info.ranges.get(name, NUMBERS[name])
            by_itself = "0, or " if default == 0 < least else ""
            others = f"  ({by_itself}{least:g} to {most:g})"
        print(f"    --option {name}={default}{others}")
