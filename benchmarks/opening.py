"""How long a project with masks on thousands of frames takes to open, and to show its lists.

    python -m benchmarks.opening --frames 10000

Opening is `Project.open` with everything that the window reads before it can show the project: objects, anchors,
lanes, measures, markers and the first frame's mask. The clip's own opening is not in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.common import print_table, write_results
from core.project import Project, VideoReference
from core.types import FrameResult, LabelMap

LIMIT_SECONDS = 1.0


def scene(frame: int, size: tuple[int, int], objects: int) -> LabelMap:
    """Ellipses that move, as many as there are objects."""
    width, height = size
    y, x = np.ogrid[:height, :width]
    labels = np.zeros((height, width), np.uint8)
    for number in range(objects):
        middle = (width * (0.2 + 0.6 * (number + 0.5) / objects) + 40 * np.sin(frame / 30), height * 0.5)
        labels[((x - middle[0]) / (width / 12)) ** 2 + ((y - middle[1]) / (height / 5)) ** 2 < 1] = number + 1
    return labels


def make(path: Path, frames: int, size: tuple[int, int], objects: int) -> None:
    """A project with an anchor every 500 frames, results on all others, a second run over a tenth, and markers."""
    pictures = [scene(frame, size, objects) for frame in range(0, 60, 5)]
    sure = dict.fromkeys(range(1, objects + 1), 0.9)
    with Project.create(path, VideoReference(Path("clip.mp4"), 1, "0"), frames, size) as project:
        for frame in range(0, frames, 500):
            project.masks.import_labels(frame, pictures[0])
            project.markers.set(frame, f"shot {frame}")
        for last in (frames, frames // 10):
            run = project.runs.begin("Propagate")
            for frame in range(last):
                project.runs.put(run, FrameResult(frame, pictures[frame % len(pictures)], sure))
            project.runs.end(run)


def measure(path: Path) -> dict[str, float]:
    """Seconds of each part, once."""
    start = time.perf_counter()
    with Project.open(path) as project:
        opened = time.perf_counter()
        assert project.anchor_frames() and project.markers.all and project.labels(0).any()
        for track in project.objects.all:
            assert len(project.origin_lane(track.object_id)) == len(project.confidence_lane(track.object_id))
            assert len(project.measure_lane(track.object_id)) == project.frame_count
        read = time.perf_counter()
    return {"open s": opened - start, "read s": read - opened, "total s": read - start}


def main() -> int:
    """Measures, prints one table, writes one JSON file; 1 if opening takes longer than the limit."""
    parser = argparse.ArgumentParser(description="Time to open a project with many masked frames.")
    parser.add_argument("--frames", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--size", default="1280x720", help="WIDTHxHEIGHT (default: %(default)s)")
    parser.add_argument("--objects", type=int, default=3)
    parser.add_argument("--times", type=int, default=5, help="how often each is opened; the median counts")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="rotoflow-opening-") as folder:
        for frames in args.frames:
            path = Path(folder) / f"{frames}.roto"
            make(path, frames, (width, height), args.objects)
            taken = [measure(path) for _ in range(args.times)]
            medians = {name: round(float(np.median([one[name] for one in taken])), 3) for name in taken[0]}
            rows.append({"frames": frames, "MB": round(path.stat().st_size / 2**20, 1), **medians})
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    slowest = max(float(str(row["total s"])) for row in rows)
    print(f"slowest: {slowest:.3f} s (limit {LIMIT_SECONDS} s)")
    print(f"written: {write_results('opening', vars(args), rows)}")
    return int(slowest > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
