"""The glossary's words: names take the field's terms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_rules import ROOT, parsed, sources


def unwanted() -> set[str]:
    """The terms of the "not" column of docs/glossary.md."""
    _, _, table = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition("| not | but |")
    return {word for line in table.splitlines() if "|" in line for word in re.findall("`(\\w+)`", line.split("|")[1])}


def names(path: Path) -> Iterator[str]:
    """The names that a module gives: its own, and those of classes, functions, parameters, fields and variables."""
    yield path.stem
    for node in ast.walk(parsed(path)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def test_names_take_the_glossarys_terms() -> None:
    words = unwanted()
    assert len(words) > 10, "the table is found"
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("core", "desktop", "benchmarks", "tools")
        for name in names(path)
        if words & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    }
    assert not found, sorted(found)
