"""`propagate --alpha`: a clip's own transparency is a mask."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from core.masks import read_mask, write_mask
from tests.core.cli.conftest import RunCommand


@pytest.fixture
def transparent(tmp_path: Path) -> Path:
    """A disc on nothing."""
    path = tmp_path / "cut.mov"
    source = "color=red:s=96x64:r=25,format=rgba,geq=r=200:g=80:b=40:a='255*lt(hypot(X-40,Y-30),16)'"
    codec = ("-frames:v", "4", "-c:v", "prores_ks", "-pix_fmt", "yuva444p10le")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, *codec, str(path)], check=True, timeout=60)
    return path


def test_what_shows_is_the_mask(run: RunCommand, transparent: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    outcome = run("propagate", transparent, "--alpha", "--frame", 2, "--engine", "fake", "--out", out)
    assert outcome.code == 0
    rows, columns = np.mgrid[:64, :96]
    disc = np.hypot(columns - 40, rows - 30) < 16
    assert (read_mask(out / "00002.png") != disc).mean() < 0.01


def test_it_adds_up_with_files(run: RunCommand, transparent: Path, tmp_path: Path) -> None:
    labels = np.zeros((64, 96), np.uint8)
    labels[40:60, 60:90] = 1
    mask = tmp_path / "box.png"
    write_mask(mask, labels)
    outcome = run("propagate", transparent, "--alpha", "--mask", mask, "--engine", "fake", "--out", tmp_path / "masks")
    assert outcome.code == 0
    assert set(np.unique(read_mask(tmp_path / "masks" / "00000.png"))) >= {1, 2}


def test_a_clip_without_any_is_refused(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    outcome = run("propagate", clip, "--alpha", "--engine", "fake", "--out", tmp_path / "masks")
    assert outcome.code == 1
    assert "has no transparency of its own" in outcome.err
    outcome = run("propagate", clip, "--engine", "fake", "--out", tmp_path / "masks")
    assert outcome.code == 1
    assert "No mask: give one with --mask FILE, point at the object" in outcome.err
    assert not (tmp_path / "masks").exists()
