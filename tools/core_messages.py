"""Finds the messages of the core that a person may read in the window: its errors, and its notes on a clip."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGES = ("media", "masks", "matting", "vos", "engines", "propagation", "project", "delivery", "batch", "shapes")
MODULES = ("jobs.py", "files.py")
"""What the window calls. The command line and training speak English."""
_NOT_FOR_PEOPLE = frozenset(
    {"ValueError", "TypeError", "RuntimeError", "IndexError", "KeyError", "NotImplementedError"}
)


def core_messages(core: Path) -> list[str]:
    """The texts of errors and notes where they are made, as templates with {0}, {1} ... for what is filled in."""
    found: set[str] = set()
    for package in (*PACKAGES, *MODULES):
        place = core / package
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if path.name == "fake.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and (_is_error(node.func) or _is_note(node.func)):
                    found.update(_templates(node.args[0]))
    return sorted(found)


def _is_note(function: ast.expr) -> bool:
    return ast.unparse(function) == "notes.append"


def _is_error(kind: ast.expr) -> bool:
    name = kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "")
    return name.endswith("Error") and name not in _NOT_FOR_PEOPLE


def _templates(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _templates(node.body) + _templates(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts: list[ast.expr] = [node]
    elif isinstance(node, ast.JoinedStr):
        parts = list(node.values)
    elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
        parts = [node.left, node.right]
    else:
        return []
    text, number = "", 0
    for part in parts:
        if isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "{{").replace("}", "}}")
        else:
            text += f"{{{number}}}"
            number += 1
    # what has no words of its own needs no translation
    return [text] if any(letter.isalpha() for letter in text) else []
