"""Clips and masks small enough for every command to be run on them in a blink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from benchmarks.video_writer import VideoWriter
from core.cli import main
from core.masks import write_mask
from core.types import Image, LabelMap

SIZE = (64, 48)
FRAMES = 8


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, and what it said."""

    code: int
    out: str
    err: str

    @property
    def error_line(self) -> str:
        """The one line on stderr; fails if there are more, or a traceback."""
        lines = [line for line in self.err.splitlines() if " fps " not in line]
        assert len(lines) == 1, self.err
        assert lines[0].startswith("rotoflow: ")
        return lines[0].removeprefix("rotoflow: ")


RunCommand = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> RunCommand:
    """Runs the command line in this process."""

    def command(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        output = capsys.readouterr()
        return Outcome(code, output.out, output.err)

    return command


def picture(frame_index: int) -> Image:
    """A square moving right over a gradient."""
    image = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    image[..., 2] = np.arange(SIZE[0], dtype=np.uint8) * 3
    image[true_labels(frame_index) > 0] = (230, 120, 30)
    return image


def true_labels(frame_index: int) -> LabelMap:
    """Object 1 is the square of `picture`."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[16:32, 8 + 2 * frame_index : 24 + 2 * frame_index] = 1
    return labels


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A video file of `FRAMES` frames."""
    path = tmp_path / "clip.mp4"
    with VideoWriter(path, SIZE, Fraction(24)) as writer:
        for frame_index in range(FRAMES):
            writer.write(picture(frame_index))
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """The same frames as a folder of pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for frame_index in range(FRAMES):
        PIL.Image.fromarray(picture(frame_index)).save(folder / f"shot_{frame_index + 1:03}.png")
    return folder


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    """The first frame's mask."""
    path = tmp_path / "first.png"
    write_mask(path, true_labels(0))
    return path


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A DAVIS 2017 folder with the sequences 'one' and 'two', of one and two objects."""
    root = tmp_path / "DAVIS"
    for name, objects in (("one", 1), ("two", 2)):
        folder = root / "Annotations" / "480p" / name
        folder.mkdir(parents=True)
        for frame_index in range(FRAMES):
            labels = true_labels(frame_index)
            if objects == 2:
                labels[36:46, 10:30] = 2
            write_mask(folder / f"{frame_index:05}.png", labels)
    return root
