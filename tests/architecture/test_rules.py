"""The rules of this project that linters do not check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("core", "desktop", "tests", "benchmarks", "tools")
LINE_LIMIT = 400
FOLDER_LIMIT = 16
"""Modules in one folder: as many as a person takes in at a glance."""


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found, f"no Python files below {folders}"
    return found


@cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax tree; several tests of one process read it once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_modules(path: Path) -> set[str]:
    """Top-level names of every module imported anywhere in the file, functions included."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def test_no_file_passes_the_line_limit() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*SOURCE_FOLDERS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINE_LIMIT
    }
    assert not long


def test_core_imports_no_qt_even_lazily() -> None:
    qt = {"PySide6", "PyQt5", "PyQt6", "qtpy", "qdarkstyle", "shiboken6"}
    assert not [path for path in sources("core") if imported_modules(path) & qt]


def test_desktop_imports_no_torch_even_lazily() -> None:
    assert not [path for path in sources("desktop") if imported_modules(path) & {"torch", "torchvision"}]


def test_the_event_loop_is_never_pumped_by_hand() -> None:
    assert not [path for path in sources("core", "desktop") if "processEvents" in path.read_text(encoding="utf-8")]


def test_no_test_is_skipped() -> None:
    words = ("mark." + "skip", "pytest." + "skip", "x" + "fail")
    assert not [path for path in sources("tests") if any(word in path.read_text(encoding="utf-8") for word in words)]


@pytest.mark.parametrize(
    "module", ["core.cli", "core.media", "core.project", "core.engines", "core.propagation", "main"]
)
def test_importing_loads_neither_qt_nor_torch(module: str) -> None:
    """The command line starts without Qt, and the window is on screen before torch is imported."""
    script = (
        f"import sys, {module}; "
        "print([name for name in ('PySide6', 'shiboken6', 'torch', 'onnxruntime') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_no_assert_is_true_whatever_comes() -> None:
    """A length is never below zero, and a number after "else" is no comparison but a truth of its own."""
    empty = re.compile(r"assert .*(\blen\([^()]*\) >= 0\b|\belse [\d.]+$)")
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in sources("tests")}
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, texts in lines.items()
        for number, text in enumerate(texts, 1)
        if empty.search(text)
    ]
    assert not found


def test_the_program_starts_inside_a_package() -> None:
    """`main` alone would be any other main.py on the path."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]]
    starts = project["project"]["scripts"].values()
    assert starts and all(start.partition(".")[0] in packages for start in starts)


def test_every_package_states_what_it_is() -> None:
    packages = [path for path in sources("core", "desktop") if path.name == "__init__.py"]
    silent = [path for path in packages if ast.get_docstring(parsed(path)) is None]
    assert not silent


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for type checking count, too: readers have to follow those as well."""
    graph = grimp.build_graph("core", "desktop", "benchmarks", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    circles = [
        f"{one} <-> {other}"
        for one, found in imports.items()
        for other in found
        if one < other and one in _reachable(imports, other)
    ]
    assert not circles


def _reachable(imports: Mapping[str, Set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for module in imports.get(waiting.pop(), set()) - seen:
            seen.add(module)
            waiting.append(module)
    return seen


def test_no_folder_is_crowded() -> None:
    counts = Counter(path.parent for path in sources("core", "desktop") if path.name != "__init__.py")
    assert not {str(folder.relative_to(ROOT)): count for folder, count in counts.items() if count > FOLDER_LIMIT}
