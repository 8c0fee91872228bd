"""Shared by the benchmarks: a description of the machine, synthetic clips, tables and JSON files."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from core.types import Image, LabelMap

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, object]:
    """Processor, cores, load and versions, stored with every result."""
    from importlib.metadata import PackageNotFoundError, version

    model = platform.processor()
    for line in _lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    versions = {}
    for name in ("numpy", "opencv-python-headless", "torch", "onnxruntime", "transformers"):
        with contextlib.suppress(PackageNotFoundError):
            versions[name] = version(name)
    return {"processor": model, "cores": os.cpu_count(), "load": load, "python": platform.python_version(), **versions}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table in Markdown, columns aligned."""
    cells = [list(headings), *[[_text(value) for value in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for index, row in enumerate(cells):
        print("| " + " | ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def _text(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def write_results(name: str, settings: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> Path:
    """Writes `benchmarks/results/NAME.json` and returns its path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    record = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": machine(), "settings": settings, "rows": rows}
    path.write_text(json.dumps(record, indent=2, default=str) + "\n", encoding="utf-8")
    return path


def moving_scene(size: tuple[int, int], frame_count: int, objects: int) -> Iterator[tuple[Image, LabelMap]]:
    """Textured discs on closed paths before a panning texture, with true label maps; deterministic."""
    width, height = size
    generator = np.random.default_rng(5)
    backdrop = _texture(generator, width + 200, height + 200)
    radius = height // 8
    skins = [_texture(generator, 2 * radius + 1, 2 * radius + 1) for _ in range(objects)]
    inside = np.hypot(*np.mgrid[-radius : radius + 1, -radius : radius + 1]) <= radius
    for frame_index in range(frame_count):
        turn = 2 * np.pi * frame_index / 240
        left, top = int(100 + 90 * np.sin(turn)), int(100 + 60 * np.cos(turn))
        image = backdrop[top : top + height, left : left + width].copy()
        labels = np.zeros((height, width), np.uint8)
        for index in range(objects):
            phase = turn * (1 + 0.4 * index) + 2.1 * index
            x = int(width / 2 + (width / 2 - radius - 4) * np.sin(phase)) - radius
            y = int(height / 2 + (height / 2 - radius - 4) * np.sin(1.7 * phase + index)) - radius
            area = np.s_[y : y + 2 * radius + 1, x : x + 2 * radius + 1]
            image[area][inside] = skins[index][inside]
            labels[area][inside] = index + 1
        yield image, labels


def _texture(generator: np.random.Generator, width: int, height: int) -> Image:
    colour = generator.integers(40, 216, 3)
    total = np.zeros((height, width, 3), np.float32)
    for cell, weight in ((64, 60.0), (16, 40.0), (5, 24.0)):
        grid = generator.random((height // cell + 2, width // cell + 2, 3)).astype(np.float32) - 0.5
        total += weight * 2 * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(total + colour, 0, 255).astype(np.uint8)


def write_clip(path: Path, size: tuple[int, int], frames: Iterator[tuple[Image, LabelMap]]) -> LabelMap:
    """Encodes the frames as H.264 and returns the first label map."""
    # here, so that what writes no clip runs without PyAV
    from benchmarks.video_writer import VideoWriter

    first: LabelMap | None = None
    with VideoWriter(path, size, Fraction(24)) as writer:
        for image, labels in frames:
            first = labels if first is None else first
            writer.write(image)
    assert first is not None, "a clip needs a frame"
    return first
