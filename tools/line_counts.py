"""A pytest plugin (`-p tools.line_counts`) that prints the line coverage of the tests.

Python 3.12 and newer count lines at next to no cost: there the whole of `core` and `desktop` is measured. On Python
3.11 counting takes half as long again: there the packages in `CHEAP` are measured, by their own tests. With
`LINE_COUNTS=all` everything is measured on any version.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

ROOT = Path(__file__).parents[1]
CHEAP = ("masks", "metrics", "propagation", "quality", "shapes")
"""Packages of `core` whose own tests run most of their lines within seconds."""
_FOLDER = "line_counts"
_FAST = sys.version_info >= (3, 12)


def pytest_configure(config: pytest.Config) -> None:
    everything = _FAST or os.environ.get("LINE_COUNTS") == "all"
    config.pluginmanager.register(LineCounts(config, None if everything else CHEAP), _FOLDER)


class LineCounts:
    """Counts lines in each test process; the main process adds them up and prints them.

    `packages` of `core` are measured with their own tests, or with None everything with all tests.
    """

    def __init__(self, config: pytest.Config, packages: tuple[str, ...] | None) -> None:
        self._packages = packages
        given = getattr(config, "workerinput", {}).get(_FOLDER)
        self._temporary = None if given else tempfile.TemporaryDirectory(prefix="line-counts-")
        self._folder = Path(given or (self._temporary.name if self._temporary else ""))
        self._counting = False
        self._coverage: Coverage | None = None
        if given or not getattr(config.option, "numprocesses", None):
            if _FAST:
                os.environ.setdefault("COVERAGE_CORE", "sysmon")
            self._coverage = self._make(str(os.getpid()))
            # definitions run when their module is imported, which is while tests are collected
            self._count(True)

    def _make(self, name: str) -> Coverage:
        names = ("core", "desktop") if self._packages is None else [f"core/{package}" for package in self._packages]
        sources = [str(ROOT / name) for name in names]
        return Coverage(
            data_file=str(self._folder / f"lines.{name}"), config_file=False, source=sources, messages=False
        )

    def _count(self, wanted: bool) -> None:
        if self._coverage is None:
            return
        if wanted and self._counting and not _FAST and sys.gettrace() is None:
            # a test has ended it
            self._coverage.stop()
            self._counting = False
        if wanted == self._counting:
            return
        self._counting = wanted
        if wanted:
            self._coverage.start()
        else:
            self._coverage.stop()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_FOLDER] = str(self._folder)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._count(self._packages is None or item.nodeid.startswith(tuple(f"tests/core/{one}/" for one in CHEAP)))
        return (yield)

    def pytest_sessionfinish(self) -> None:
        self._count(False)
        if self._coverage is not None:
            self._coverage.save()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._temporary is None:
            # a process of several: the one that started them adds up
            return
        total = self._make("total")
        total.combine([str(path) for path in self._folder.glob("lines.*")], keep=True)
        terminalreporter.write_line("lines run by the tests:")
        for line in table(total, ROOT, self._packages):
            terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()


def table(found: Coverage, root: Path, packages: tuple[str, ...] | None) -> list[str]:
    """A line for each package of what was measured, and one for their sum: lines that are code, per cent run."""
    lines: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for top in ("core", "desktop") if packages is None else ("core",):
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root).parts
            if packages is not None and parts[1] not in packages:
                continue
            name = "/".join(parts[: min(2, len(parts) - 1)])
            _, statements, _, left, _ = found.analysis2(str(path))
            lines[name] += len(statements)
            missing[name] += len(left)
    rows = [(name, lines[name], missing[name]) for name in sorted(lines) if lines[name]]
    rows.append(("together", sum(lines.values()), sum(missing.values())))
    return [f"  {name:<20} {count:>6}  {100 * (count - left) / max(1, count):5.1f} %" for name, count, left in rows]
