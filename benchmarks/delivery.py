"""Speed of each export against its encoder alone, and peak memory against the clip's length.

python -m benchmarks.delivery                                  60 and 240 frames at 1280x720
python -m benchmarks.delivery --frames 30 120 --size 640x360
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import moving_scene, print_table, write_clip, write_results
from core.delivery.clip import ClipProperties, ColourTags
from core.delivery.encoding.codecs import codec_for
from core.delivery.encoding.video_files import VideoSink, timing
from core.delivery.export import export
from core.delivery.formats import FORMATS
from core.delivery.render import Rendered
from core.delivery.settings import ExportSettings
from core.jobs import CancelToken
from core.media import open_video
from core.types import LabelMap

_ROOT = Path(__file__).resolve().parents[1]


def export_once(clip: Path, out: Path, format_name: str) -> dict[str, float]:
    """Exports a clip with a standing disc as its object; runs in a process of its own. Seconds and peak MB."""
    with open_video(clip) as video:
        width, height = video.size
        rows, columns = np.mgrid[:height, :width]
        disc: LabelMap = (np.hypot(columns - width / 2, rows - height / 2) < height / 4).astype(np.uint8)
        start = time.perf_counter()
        for _ in export(video, lambda _index: disc, ExportSettings(format=format_name), out, CancelToken()):
            pass
        seconds = time.perf_counter() - start
    # not getrusage: a child begins with its parent's peak there
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return {"seconds": seconds, "peak": int(peak.split()[1]) / 1024}


def encoder_alone(clip: Path, out: Path, format_name: str) -> float | None:
    """Seconds to encode the clip's frames, rendered beforehand and repeated; None for pictures."""
    kind = FORMATS[format_name]
    if not kind.usual_suffix:
        return None
    with open_video(clip) as video:
        count, size = video.frame_count, video.size
        pictures = [video.read(index) for index in range(min(8, count))]
    settings = ExportSettings(format=format_name)
    alpha = np.ones((size[1], size[0]), np.float32)
    properties = ClipProperties(tuple(range(count)), Fraction(1, 24), Fraction(24), ColourTags(), Fraction(1), None)
    codec = codec_for(settings, kind.usual_suffix, count)
    sink = VideoSink(out, out, codec, size, properties, timing(properties, range(count)), settings, 1)
    start = time.perf_counter()
    for index in range(count):
        shown = pictures[index % len(pictures)]
        frame = Rendered(index, index, np.zeros(1, np.uint8), alpha, shown, shown)
        sink.write(frame, shown if codec.content == "composite" else None)
    sink.finish()
    return time.perf_counter() - start


def measure(folder: Path, format_name: str, clips: dict[int, Path]) -> list[dict[str, Any]]:
    """One row a length of the clip."""
    found = []
    for count, clip in clips.items():
        suffix = FORMATS[format_name].usual_suffix
        out = folder / f"{format_name}-{count}{suffix}"
        command = [sys.executable, "-m", "benchmarks.delivery", "--child", str(clip), str(out), format_name]
        measured = json.loads(subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout)
        alone = encoder_alone(clip, folder / f"alone-{format_name}-{count}{suffix}", format_name)
        row = {"format": format_name, "frames": count, "export fps": count / measured["seconds"]}
        found.append(row | {"encoder fps": count / alone if alone else "-", "peak MB": round(measured["peak"], 1)})
    return found


def main() -> None:
    """Prints the table and writes the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, nargs="+", default=[60, 240])
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--formats", nargs="+", default=list(FORMATS))
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(export_once(Path(args.child[0]), Path(args.child[1]), args.child[2])))
        return
    width, height = (int(part) for part in args.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="rotoflow-delivery-") as name:
        folder = Path(name)
        clips = {count: folder / f"clip-{count}.mp4" for count in args.frames}
        for count, clip in clips.items():
            write_clip(clip, (width, height), moving_scene((width, height), count, 1))
        rows = [row for format_name in args.formats for row in measure(folder, format_name, clips)]
    headings = list(rows[0])
    print_table(headings, [[row[heading] for heading in headings] for row in rows])
    print(write_results("delivery", {"size": args.size, "frames": args.frames}, rows))


if __name__ == "__main__":
    main()
