"""The glossary's words: public names take the field's terms."""

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


def public_names(path: Path) -> Iterator[str]:
    """Names of modules, classes, functions, their parameters and fields, without those that begin with "_"."""
    yield path.stem
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef):
            yield node.name
            yield from (
                part.target.id
                for part in node.body
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
            )
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node.name
            yield from (argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))


def test_public_names_take_the_glossarys_terms() -> None:
    words = unwanted()
    assert len(words) > 10, "the table is found"
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("core", "desktop")
        for name in public_names(path)
        if not name.startswith("_")
        if words & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    }
    assert not found, sorted(found)
