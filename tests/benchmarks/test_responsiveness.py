"""The benchmark of the window measures the window that the program makes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_paint_is_seen_and_ends_the_program(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "benchmarks.responsiveness", "--first-paint", "0"]
    shown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=100)
    assert json.loads(shown.stdout.splitlines()[-1])["seconds"] > 0


def test_the_window_is_imported_without_what_takes_long_to_load() -> None:
    late = {"cv2", "PIL", "torch", "av", "qtpy", "core.engines", "core.masks"}
    late |= {f"desktop.dialogs.{name}" for name in ("about", "shortcuts", "preferences_dialog", "fix_dialog")}
    script = (
        "import sys, desktop.app, desktop.wiring; from desktop.theme import colours, style_sheet;"
        f"style_sheet.style_sheet(colours.DARK); print({late} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
