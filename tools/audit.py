"""Asks the package index which of the pinned versions have known vulnerabilities: `make audit`.

pip-audit is installed into an environment of its own, apart from the program's dependencies. If the index does not
answer for some or all packages, that is reported and is no failure, so that work without a network is possible.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
_PIP_AUDIT = "pip-audit>=2.9,<3"
_SECONDS = 600


@dataclass(frozen=True)
class Audit:
    """Results for the pinned versions."""

    asked: int
    faults: tuple[str, ...]
    """PACKAGE VERSION: ID, mended in VERSION."""
    unknown: tuple[str, ...]
    """Packages without an answer from the index."""

    @property
    def text(self) -> str:
        lines = [f"{self.asked - len(self.unknown)} of {self.asked} packages were looked up."]
        if self.unknown:
            listed = ", ".join(self.unknown[:5]) + (", ..." if len(self.unknown) > 5 else "")
            lines.append(f"SKIPPED, for the index does not answer for them: {len(self.unknown)} packages ({listed})")
        lines += [f"FAULT {fault}" for fault in self.faults]
        return "\n".join(lines)


def read_answer(text: str) -> Audit:
    """Parses pip-audit's JSON. Raises ValueError if it is invalid."""
    faults, unknown, asked = [], [], 0
    # what it says besides stands on lines of its own
    answer = json.loads(next((line for line in text.splitlines() if line.startswith("{")), ""))
    for package in answer["dependencies"]:
        asked += 1
        if "skip_reason" in package:
            unknown.append(str(package["name"]))
        for fault in package.get("vulns", []):
            mended = ", ".join(fault.get("fix_versions", [])) or "no version"
            faults.append(f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}")
    return Audit(asked, tuple(faults), tuple(unknown))


def main(arguments: Sequence[str] = ()) -> int:
    """Prints what was found; 1 if a pinned version has a known fault."""
    folder = ROOT / ".venv" / "audit"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    # not by its script, which knows the folder that it was installed in: checkouts are moved
    program = [str(python), "-m", "pip_audit"]
    if not python.exists() or subprocess.run([*program, "--version"], capture_output=True).returncode:
        venv.create(folder, with_pip=True, clear=True)
        if subprocess.run([str(python), "-m", "pip", "install", "--quiet", _PIP_AUDIT]).returncode:
            print("SKIPPED: pip-audit cannot be installed here, so nothing was looked up.")
            return 0
    line = [*program, "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            [*line, "--progress-spinner", "off", *arguments], capture_output=True, text=True, timeout=_SECONDS
        )
        found = read_answer(done.stdout)
    except subprocess.TimeoutExpired:
        print(f"SKIPPED: the index has not answered for {_SECONDS} s.")
        return 0
    except (ValueError, KeyError):
        print(f"SKIPPED: the index does not answer: {done.stderr.strip().splitlines()[-1:]}")
        return 0
    print(found.text)
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
