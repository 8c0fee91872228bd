"""The command line as a person runs it: its own process, no display, real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.video_writer import VideoWriter
from core.masks import read_mask, write_mask

ROOT = Path(__file__).resolve().parents[2]
SIZE = (64, 48)


def environment() -> dict[str, str]:
    """This process's environment without a display."""
    return {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def make_clip(folder: Path, frames: int) -> tuple[Path, Path]:
    clip, mask = folder / "clip.mp4", folder / "first.png"
    generator = np.random.default_rng(1)
    with VideoWriter(clip, SIZE, Fraction(24)) as writer:
        for _ in range(frames):
            writer.write(generator.integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8))
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[10:30, 10:30] = 1
    write_mask(mask, labels)
    return clip, mask


def test_the_main_job_loads_no_qt_library(tmp_path: Path) -> None:
    """Not by import, and not as a shared library through some wheel either."""
    clip, mask = make_clip(tmp_path, 5)
    script = f"""
import sys
from pathlib import Path
from desktop.entry import main
out = {str(tmp_path)!r}
codes = [
    main(["info", {str(clip)!r}]),
    main(["propagate", {str(clip)!r}, "--mask", {str(mask)!r}, "--engine", "builtin", "--out", out + "/clip.roto"]),
    main(["export", out + "/clip.roto", "--format", "masks", "--out", out + "/masks"]),
    main(["engines"]),
]
assert codes == [0, 0, 0, 0], codes
loaded = [name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "PyQt5", "PyQt6")]
maps = Path("/proc/self/maps")
mapped = {{line.split()[-1] for line in maps.read_text().splitlines() if "libQt" in line}} if maps.exists() else set()
assert not loaded and not mapped, (loaded, mapped)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "masks").iterdir())) == 5


@pytest.mark.parametrize("kind", ["folder", "project"])
def test_interrupt_keeps_finished_frames(tmp_path: Path, kind: str) -> None:
    clip, mask = make_clip(tmp_path, 400)
    out = tmp_path / ("masks" if kind == "folder" else "clip.roto")
    arguments = ["propagate", str(clip), "--mask", str(mask), "--engine", "fake", "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    first_line = process.stderr.readline()  # a tenth is done
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert first_line.startswith("Propagating  10 %")
    assert "Traceback" not in errors
    message = errors.strip().splitlines()[-1]
    assert message.startswith("rotoflow: Cancelled: ")
    assert f"of 400 frames are finished and kept in {out}" in message
    stored = int(message.split()[2])
    assert 39 <= stored < 400
    assert output == ""
    if kind == "project":
        masks = tmp_path / "exported"
        code = subprocess.run(
            [sys.executable, "main.py", "export", str(out), "--format", "masks", "--out", str(masks)],
            cwd=ROOT,
            env=environment(),
            check=False,
        ).returncode
        assert code == 0
        assert read_mask(masks / f"{stored - 1:05}.png").any()
    else:
        assert len(list(out.iterdir())) == stored
        assert all(read_mask(path).shape == SIZE[::-1] for path in sorted(out.iterdir())[-3:])


def test_startup_is_quick() -> None:
    """`--help` pays for no engine; generous, for a busy machine."""
    start = time.monotonic()
    subprocess.run([sys.executable, "main.py", "--help"], cwd=ROOT, check=True, capture_output=True)
    assert time.monotonic() - start < 5
