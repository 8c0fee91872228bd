"""The same work again gives the same: another time, with other threads, cancelled and resumed, on other processes."""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path

import numpy as np

from benchmarks.common import moving_scene
from benchmarks.trust.tally import Case, Generator, Tally
from benchmarks.video_writer import VideoWriter
from core.batch.cluster import ClusterRunner
from core.batch.events import Runner
from core.batch.folders import read_batch
from core.batch.local import LocalRunner
from core.batch.running import run_batch
from core.delivery.export import export
from core.delivery.formats import FORMATS
from core.delivery.settings import ExportSettings
from core.engines import load
from core.jobs import CancelToken
from core.masks import write_mask
from core.media import open_video
from core.propagation import Direction, PropagationRequest, propagate, updates
from core.types import Anchor, Image, LabelMap, Origin

FRAMES, SIZE = 10, (128, 96)
MOST_PIXELS = 0.001
"""Share of a frame's pixels that may fall on the other side of an edge where sums are made in another order."""
LEAST_IOU = 0.9
"""A propagation that continues from its own last frame has not seen what it saw before: its masks are this alike."""
WIDE = (320, 192)
"""Size of what is exported: encoders share pictures among threads from some size on."""
EXPORTS = ("h264", "vp9-alpha", "hevc", "matte", "av1", "ffv1", "prores4444", "vp9")
_ENGINES = ("builtin", "classical", "warping", "fake")


class _Scene:
    """Frames with two objects, and the first one's masks."""

    def __init__(self, rng: Generator, size: tuple[int, int] = SIZE) -> None:
        offset = int(rng.integers(100))
        scene = list(moving_scene(size, FRAMES + offset, 2))[offset:]
        self.labels: list[LabelMap] = [labels for _, labels in scene]
        self.pictures: list[Image] = [picture for picture, _ in scene]
        self.first: LabelMap = scene[0][1]
        self.anchor = Anchor(0, self.first, frozenset({1, 2}))

    def follow(self, engine: str, options: Mapping[str, object], stop: int | None = None) -> list[LabelMap]:
        """The masks; with `stop` of a propagation that is cancelled after so many frames, and then finished."""
        found: dict[int, LabelMap] = {}
        request = PropagationRequest(FRAMES, (self.anchor,), Direction.FORWARD, 0, FRAMES - 1, stored=found.get)
        for limit in (FRAMES,) if stop is None else (stop, FRAMES):
            token = CancelToken()
            origins = np.array([Origin.PROPAGATED if index in found else Origin.NONE for index in range(FRAMES)])
            origins[0] = Origin.EDITED
            left = updates(request, dict.fromkeys((1, 2), origins.astype(np.uint8))) if found else (request,)
            with closing(load(engine).open(SIZE, "cpu", options)) as session:
                for part in left:
                    for result in propagate(session, part, self.pictures.__getitem__, token):
                        found[result.frame_index] = result.labels
                        if len(found) >= limit:
                            token.cancel()
        return [found[index] for index in range(FRAMES)]


def again_cases(tally: Tally, count: int, rng: Generator) -> None:
    """The same engine, twice."""
    for number in range(count):
        engine, scene = _ENGINES[number % len(_ENGINES)], _Scene(rng)
        first, second = scene.follow(engine, {}), scene.follow(engine, {})
        tally.count("" if _differ(first, second) == 0 else f"{engine}: not the same twice")


def thread_cases(tally: Tally, count: int, rng: Generator) -> None:
    """One thread and two."""
    most = 0.0
    for number in range(count):
        engine, scene = _ENGINES[number % (len(_ENGINES) - 1)], _Scene(rng)
        differ = _differ(scene.follow(engine, {"threads": 1}), scene.follow(engine, {"threads": 2}))
        most = max(most, differ)
        tally.count("" if differ <= MOST_PIXELS else f"{engine}: {differ:.2%} of a frame's pixels differ")
    tally.figures = f"differing pixels at most {most:.3%}"


def resumed_cases(tally: Tally, count: int, rng: Generator) -> None:
    """The same work in one go, and cancelled and resumed."""
    least = 1.0
    for number in range(count):
        engine, scene = _ENGINES[number % len(_ENGINES)], _Scene(rng)
        stop = int(rng.integers(2, FRAMES - 1))
        whole, resumed = scene.follow(engine, {}), scene.follow(engine, {}, stop)
        if _differ(whole[:stop], resumed[:stop]):
            tally.count(f"{engine}: what was done before frame {stop} is not the same")
            continue
        iou = min(_iou(one, other) for one, other in zip(whole, resumed, strict=True))
        least = min(least, iou)
        exact = engine == "fake" and iou < 1
        tally.count(f"{engine}: resumed at {stop}, IoU {iou:.3f}" if iou < LEAST_IOU or exact else "")
    tally.figures = f"IoU at least {least:.3f}"


def _differ(first: Sequence[LabelMap], second: Sequence[LabelMap]) -> float:
    """The share of pixels that differ, on the frame where it is most."""
    return max(float((one != other).mean()) for one, other in zip(first, second, strict=True))


def _iou(first: LabelMap, second: LabelMap) -> float:
    scores = [1.0]
    for key in (1, 2):
        one, other = first == key, second == key
        union = int((one | other).sum())
        scores.append(int((one & other).sum()) / union if union else 1.0)
    return min(scores)


def batch_cases(tally: Tally, count: int, rng: Generator) -> None:
    """A batch with one process, with two, and on a Dask cluster; also one that is cancelled and run again."""
    host = subprocess.Popen(
        [sys.executable, "-c", _HOST],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
    )
    assert host.stdin is not None
    assert host.stdout is not None
    with host.stdin, host.stdout:
        address = host.stdout.readline().strip()
        for number in range(count):
            folder = Path(f"batch-{number}")
            _write_clips(folder / "clips", rng)
            runners: dict[str, Runner] = {
                "two": LocalRunner(2),
                "cluster": ClusterRunner(address),
                "again": LocalRunner(1),
            }
            expected = _batch(folder / "clips", folder / "one", LocalRunner(1))
            for name, runner in runners.items():
                out = folder / name
                if name == "again":
                    _batch(folder / "clips", out, LocalRunner(1), stop=True)
                found = _batch(folder / "clips", out, runner)
                other = sorted(path for path in {*found, *expected} if found.get(path) != expected.get(path))
                tally.count(f"{name}: not as one process gives: {', '.join(other[:4])}" if other else "")
    host.wait()
    tally.note_peak()


def export_cases(tally: Tally, count: int, rng: Generator) -> None:
    """A video exported on one core and on all: what an encoder makes must not depend on how many share the work, nor on
    what memory held before.
    """
    for number in range(count):
        name, scene = EXPORTS[number % len(EXPORTS)], _Scene(rng, WIDE)
        clip = Path(f"export-{number}.mkv")
        with VideoWriter(clip, WIDE, Fraction(24)) as writer:
            for picture in scene.pictures:
                writer.write(picture)
        ending = FORMATS[name].usual_suffix
        outs = [Path(f"export-{number}-{one}{ending}") for one in ("all", "one", "again")]
        for out, filling in zip(outs, (255, 1, 85), strict=True):
            with open_video(clip) as video, _cores(1 if "one" in out.stem else None), _memory(filling):
                for _ in export(video, scene.labels.__getitem__, ExportSettings(format=name), out, CancelToken()):
                    pass
        # a matte is a folder, with a file for each object
        found = [[path.read_bytes() for path in (sorted(out.iterdir()) if out.is_dir() else [out])] for out in outs]
        same = found[0] == found[1] == found[2]
        tally.count("" if same else f"{name}: other bytes on one core, or another time")


@contextmanager
def _cores(count: int | None) -> Iterator[None]:
    """This thread and those that it starts on `count` cores; all for None, and where a system cannot say."""
    if count is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    usual = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(usual)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, usual)


@contextmanager
def _memory(filling: int) -> Iterator[None]:
    """Memory that is taken holds this byte at first, where the C library is glibc: a library that reads what nobody has
    written gives other results.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:
        yield
        return
    mallopt(_PERTURB, filling)
    try:
        yield
    finally:
        mallopt(_PERTURB, 0)


_PERTURB = -6
"""M_PERTURB of malloc.h."""
_HOST = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def _write_clips(folder: Path, rng: Generator) -> None:
    folder.mkdir(parents=True)
    for name in ("apple", "banana"):
        scene = _Scene(rng)
        with VideoWriter(folder / f"{name}.mp4", SIZE, Fraction(24)) as writer:
            for picture in scene.pictures:
                writer.write(picture)
        write_mask(folder / f"{name}.png", scene.first)


def _batch(clips: Path, out: Path, runner: Runner, stop: bool = False) -> dict[str, str]:
    """What a batch gives; with `stop` it is cancelled once the first clip is half followed."""
    token = CancelToken()
    jobs = read_batch(clips, {"engine": "warping", "export": ["masks", "ffv1"]}).jobs
    for event in run_batch(jobs, out, runner, token):
        if stop and event.step is not None and event.step.done >= FRAMES // 2:
            token.cancel()
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".batch" not in path.parts and path.name != "report.html"
    }


CASES = {
    "same: again": Case(again_cases, 24, 1),
    # each engine first: OpenCV keeps a thread of its own after the first with two
    "same: threads 1 and 2": Case(thread_cases, 24, 1, warm=len(_ENGINES) - 1),
    "same: cancelled and resumed": Case(resumed_cases, 24, 1),
    "same: exports on one core and all": Case(export_cases, 24, 1),
    "same: batch by one, two, cluster": Case(batch_cases, 5, 0, warm=0),
}
"""The cases by name. Short, batches are left to the tests of `core.batch`, which start the same processes."""
