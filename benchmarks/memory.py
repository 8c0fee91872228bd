"""Peak memory of `propagate` against the length of the clip, its curve, and the time of a frame early and late.

    python -m benchmarks.memory                              300 and 3,000 frames at 720p; takes as long as that takes
    python -m benchmarks.memory --frames 60 300 --size 640x360 --engine fake
    python -m benchmarks.memory --frames 20000                       any length: the curve shows whether memory is flat
    python -m benchmarks.memory --frames 2000 --size 3840x2160

Each clip is made on the fly and followed by a process of its own, whose peak resident set the kernel reports. The time
of a frame is read from the times at which the mask pictures were written, so nothing in the program knows of it.
"""

from __future__ import annotations

import argparse
import bisect
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.common import moving_scene, print_table, write_clip, write_results
from benchmarks.peak_memory import peak_of, read_curve
from core.masks import write_mask

LIMIT_MB = 150


def seconds_a_frame(masks: Path, around: int, window: int) -> float:
    """Mean seconds a frame over `window` frames about a frame index."""
    times = [path.stat().st_mtime for path in sorted(masks.iterdir())]
    first = max(1, min(around - window // 2, len(times) - 1 - window))
    last = min(first + window, len(times) - 1)
    return (times[last] - times[first]) / (last - first)


def follow_in_child(clip: Path, mask: Path, out: Path, engine: str, curve: Path) -> float:
    """Runs `propagate` in a process of its own and returns its peak resident set in MB; `curve` gets what it holds."""
    command = [sys.executable, "main.py", "propagate", str(clip), "--mask", str(mask), "--engine", engine]
    return peak_of([*command, "--direction", "forward", "--out", str(out), "--overwrite"], curve)


def held_by_frame(masks: Path, curve: list[tuple[float, float]]) -> list[tuple[int, float]]:
    """Pairs of frames and resident MB when a tenth, two tenths, ... of the frames were written."""
    times = sorted(path.stat().st_mtime for path in masks.iterdir())
    moments = [moment for moment, _ in curve]
    found = []
    for tenth in range(1, 11):
        count = max(1, len(times) * tenth // 10)
        found.append((count, curve[max(0, bisect.bisect_right(moments, times[count - 1]) - 1)][1]))
    return found


def slope(points: list[tuple[int, float]]) -> float:
    """Growth of the resident set in MB for each 1,000 frames, from the second tenth on: the first fills the caches."""
    frames, held = np.array(points[1:], float).T
    return float(np.polyfit(frames, held, 1)[0]) * 1000


def measure(frames: int, size: tuple[int, int], objects: int, engine: str) -> dict[str, object]:
    """One clip: peak memory, and seconds a frame about frame 100 and at the end."""
    with tempfile.TemporaryDirectory(prefix="rotoflow-memory-") as name:
        folder = Path(name)
        clip, mask, masks = folder / "clip.mp4", folder / "first.png", folder / "masks"
        write_mask(mask, write_clip(clip, size, moving_scene(size, frames, objects)))
        peak = follow_in_child(clip, mask, masks, engine, folder / "curve")
        points = held_by_frame(masks, read_curve(folder / "curve"))
        window = max(4, min(50, frames // 5))
        return {
            "frames": frames,
            "peak MB": round(peak, 1),
            "MB by tenths": " ".join(f"{held:.0f}" for _, held in points),
            "MB a 1,000 frames": round(slope(points), 2),
            "s/frame about 100": seconds_a_frame(masks, min(100, frames // 3), window),
            "s/frame at the end": seconds_a_frame(masks, frames - 1, window),
        }


def main() -> int:
    """Measures, prints one table, writes one JSON file; 1 if memory grows past the limit."""
    parser = argparse.ArgumentParser(description="Peak memory of propagate against clip length.")
    parser.add_argument("--frames", type=int, nargs="+", default=[300, 3000], help="lengths of the clips")
    parser.add_argument("--size", default="1280x720", help="WIDTHxHEIGHT (default: %(default)s)")
    parser.add_argument("--objects", type=int, default=1)
    parser.add_argument("--engine", default="builtin")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    rows = [measure(frames, (width, height), args.objects, args.engine) for frames in args.frames]
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    peaks = [float(str(row["peak MB"])) for row in rows]
    growth = max(peaks) - peaks[0]
    print(f"growth over the shortest clip: {growth:.1f} MB (limit {LIMIT_MB})")
    print(f"written: {write_results('memory', vars(args), rows)}")
    return int(growth > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
