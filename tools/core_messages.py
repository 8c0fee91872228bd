"""Lists the templates of the core's messages that a person may read in the window: of its errors and its notes.

The command line (`core.cli`) speaks English, so what only it says is left out.
"""

from __future__ import annotations

import ast
from pathlib import Path

from core import errors

ERRORS = frozenset(name for name in vars(errors) if name.endswith("Error"))
MESSAGE = "Message"


def core_messages(core: Path) -> list[str]:
    """The templates in the modules below `core`, sorted; those that have no word of their own need no translation."""
    found: set[str] = set()
    for path in sorted(core.rglob("*.py")):
        if "cli" not in path.relative_to(core).parts:
            for call in message_calls(ast.parse(path.read_text(encoding="utf-8"))):
                found.update(templates(call.args[0]))
    return sorted(text for text in found if has_words(text))


def message_calls(module: ast.Module) -> list[ast.Call]:
    """The calls that make an error or a message."""
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and node.args and called(node) in ERRORS | {MESSAGE}
    ]


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def templates(node: ast.expr) -> list[str]:
    """The templates written out in an argument: one, or one for each side of a condition."""
    if isinstance(node, ast.IfExp):
        return templates(node.body) + templates(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def has_words(template: str) -> bool:
    """Whether any letter stands outside the fields."""
    outside, depth = "", 0
    for letter in template:
        depth += (letter == "{") - (letter == "}")
        outside += letter if depth == 0 else ""
    return any(letter.isalpha() for letter in outside)
