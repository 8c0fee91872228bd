"""Commands that messages and documentation tell a person to type are there, with their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from core.cli import COMMANDS, _parser

ROOT = Path(__file__).resolve().parents[3]
NO_COMMANDS = ("clip.mp4", "COMMAND", "--help", "--version")
"""The window with a clip, and a placeholder."""


def _named() -> Iterator[tuple[str, list[str]]]:
    sources = [*ROOT.glob("core/**/*.py"), *ROOT.glob("desktop/**/*.py"), *ROOT.glob("docs/*.md"), ROOT / "README.md"]
    for path in sources:
        text = path.read_text("utf-8")
        typed = re.findall(r"`rotoflow ([^`\n]+)`", text)
        if path.suffix == ".md":
            typed += re.findall(r"^rotoflow (.+)$", text, re.MULTILINE)
        for line in typed:
            yield str(path.relative_to(ROOT)), re.split(r"\s{2,}|\s#", line)[0].split()


@cache
def _parts(command: str) -> dict[str, argparse.ArgumentParser]:
    """A command's parser by "", and those of its parts by their names."""
    (subparsers,) = (one for one in _parser([command])._actions if isinstance(one, argparse._SubParsersAction))
    parser = subparsers.choices[command]
    found = {"": parser}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def test_they_are_there() -> None:
    wrong, count = [], 0
    for where, (command, *rest) in _named():
        if command in NO_COMMANDS:
            continue
        count += 1
        if command not in COMMANDS:
            wrong.append(f"{where}: {command}")
            continue
        parts = _parts(command)
        part = parts[rest[0]] if rest and rest[0] in parts else parts[""]
        if part is parts[""] and len(parts) > 1 and rest and rest[0][:1] not in "-[":
            wrong.append(f"{where}: {command} {rest[0]}")
        options = {word.partition("=")[0].strip("[]") for word in rest if word.lstrip("[").startswith("--")}
        wrong += [f"{where}: {command} {one}" for one in sorted(options) if one not in part._option_string_actions]
    assert count > 50
    assert not wrong, wrong
