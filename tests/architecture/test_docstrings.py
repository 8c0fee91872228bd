"""What docstrings have to tell: each field of settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.test_rules import ROOT, sources

SETTINGS = ("Settings", "Options", "Choice", "Config", "Preferences", "Limits", "Preset")
"""How the names of classes end whose fields are documented one by one."""


def undocumented_fields(source: str) -> Iterator[str]:
    """Fields of settings dataclasses without a docstring of their own below them."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.ClassDef) and node.name.endswith(SETTINGS) and _is_dataclass(node)):
            continue
        for statement, after in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(statement, ast.AnnAssign) and not _is_text(after):
                yield f"{node.name}.{ast.unparse(statement.target)}"


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def _is_text(statement: ast.stmt | None) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("@dataclass\nclass ASettings:\n    size: int\n    'Pixels.'\n    hard: bool = True", ["ASettings.hard"]),
        ("@dataclass(frozen=True)\nclass AChoice:\n    path: Path\n    'Where to.'", []),
        ("@dataclass\nclass Point:\n    x: float", []),
        ("class Options(QWidget):\n    changed: Signal", []),
    ],
)
def test_a_field_without_a_docstring_is_found(source: str, found: list[str]) -> None:
    assert list(undocumented_fields(source)) == found


def test_every_field_of_settings_is_documented() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {field}"
        for path in sources("core", "desktop", "benchmarks", "tools")
        for field in undocumented_fields(path.read_text(encoding="utf-8"))
    ]
    assert not found
