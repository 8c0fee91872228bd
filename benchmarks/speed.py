"""Seconds a frame at 480p and 1080p with one and three objects, and where the time goes.

    python -m benchmarks.speed                                   every engine, the sample clip enlarged
    python -m benchmarks.speed --engines builtin --threads 2 --davis DAVIS_FOLDER

Each case reads a clip encoded on the fly, follows it forward and stores every result in a project, as the program does.
The first frames (anchor, first look at the pictures) are not counted. Run it on a quiet machine; on a busy one the
processor time (of all threads) tells more than the clock.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.common import print_table, write_clip, write_results
from benchmarks.gpu import print_on_gpu
from benchmarks.scenes import davis_frames, resized, sample_frames, with_objects
from benchmarks.stages import StageClock
from core.engines import available, load
from core.jobs import CancelToken
from core.masks import present_ids
from core.media import fingerprint, open_video
from core.project import Project, VideoReference
from core.propagation import Direction, PropagationRequest, propagate
from core.types import Anchor, LabelMap
from core.vos.stages import STAGES, observe_stages

_COLUMNS = ("decode", *STAGES, "store")
_WARM_UP = 3


def measure(engine: str, clip: Path, labels: LabelMap, options: dict[str, Any]) -> dict[str, float]:
    """Seconds a frame in all, and by stage, with these options of the engine."""
    clock = StageClock()
    with closing(open_video(clip)) as video, tempfile.TemporaryDirectory() as folder:
        mark = fingerprint(clip)
        reference = VideoReference(clip, mark.size_bytes, mark.head_hash)
        anchor = Anchor(0, labels, frozenset(present_ids(labels)))
        request = PropagationRequest(
            video.frame_count, (anchor,), Direction.FORWARD, first=0, last=video.frame_count - 1
        )
        opening = time.perf_counter()
        with (
            closing(load(engine).open(video.size, "auto", options)) as session,
            Project.create(Path(folder) / "speed.roto", reference, video.frame_count, video.size) as project,
        ):
            opening = time.perf_counter() - opening
            project.masks.import_labels(0, labels)
            run = project.runs.begin("speed")
            counted, processor = 0, time.process_time()
            with observe_stages(clock.stage), clock.stage("model"):
                read = clock.timed(video.read, "decode")
                for index, result in enumerate(propagate(session, request, read, CancelToken())):
                    with clock.stage("store"):
                        project.runs.put(run, result)
                    if index < _WARM_UP:
                        clock.reset()
                        counted, processor = -1, time.process_time()
                    counted += 1
            processor = time.process_time() - processor
            project.runs.end(run)
    counted = max(1, counted)
    by_stage = {stage: clock.seconds.get(stage, 0.0) / counted for stage in _COLUMNS}
    return {"s/frame": sum(by_stage.values()), "cpu s/frame": processor / counted, **by_stage, "open": opening}


def main() -> None:
    """Measures every case, prints one table, writes one JSON file."""
    parser = argparse.ArgumentParser(description="Seconds a frame, and where the time goes.")
    parser.add_argument("--engines", nargs="+", default=[info.name for info in available()])
    parser.add_argument("--heights", nargs="+", type=int, default=[480, 1080])
    parser.add_argument("--objects", nargs="+", type=int, default=[1, 3])
    parser.add_argument("--frames", type=int, default=16, help="length of the clips (default: %(default)s)")
    parser.add_argument("--threads", type=int, help="the engines' thread count (default: their own)")
    parser.add_argument("--quality", help="preset of the built-in engine (default: its own)")
    parser.add_argument("--davis", type=Path, metavar="FOLDER", help="a DAVIS folder to take the frames from")
    args = parser.parse_args()
    given = {"threads": args.threads, "quality": args.quality}
    options = {name: value for name, value in given.items() if value is not None}
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="rotoflow-speed-") as name:
        for height in args.heights:
            clip = Path(name) / f"{height}.mp4"
            source = davis_frames(args.davis, args.frames) if args.davis else sample_frames(args.frames)
            frames = list(resized(source, height))
            size = (frames[0][0].shape[1], height)
            labels = write_clip(clip, size, iter(frames))
            del frames
            for engine, objects in itertools.product(args.engines, args.objects):
                seconds = measure(engine, clip, with_objects(labels, objects), options)
                rows.append({"engine": engine, "size": f"{size[0]}x{size[1]}", "objects": objects, **seconds})
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print(f"written: {write_results('speed', vars(args), rows)}")
    print_on_gpu("base", lambda height: list(resized(sample_frames(args.frames), height)), args.heights)


if __name__ == "__main__":
    main()
