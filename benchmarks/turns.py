"""Seconds a frame of this checkout and another one, measured by turns.

    git worktree add ../before COMMIT
    python -m benchmarks.turns ../before                   one object and three, 480p, one thread
    python -m benchmarks.turns ../before --objects 3 --seconds 90

Two programs follow the sample clip, one frame each by turns, so that a machine whose speed changes slows both alike.
The median of the ratios is what to read; absolute times are higher than without a second program, which takes turns in
the caches, too. Results go to benchmarks/results/turns.json.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

_FRAMES, _WARM_UP = 30, 6


class Follower:
    """A program of one checkout that follows the clip, a frame at a time, again and again."""

    def __init__(self, checkout: Path, objects: int) -> None:
        environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--follow", str(objects)],
            cwd=checkout,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def step(self) -> tuple[int, float]:
        """The number of the next frame in the clip, and how long it took, in seconds. Raises RuntimeError if the
        program has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self._process.stdout.readline().split()
        if len(answer) != 2:
            raise RuntimeError("A program ended; its message is above.")
        return int(answer[0]), float(answer[1])

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def compare(before: Path, now: Path, objects: int, seconds: float) -> dict[str, float]:
    """Medians of the seconds a frame, and of the ratios of frames that were followed one after the other."""
    followers = Follower(before, objects), Follower(now, objects)
    times: list[tuple[float, float]] = []
    end = time.monotonic() + seconds
    try:
        for turn in count():
            # neither is always the first
            order = (0, 1) if turn % 2 == 0 else (1, 0)
            found = {one: followers[one].step() for one in order}
            if found[0][0] >= _WARM_UP:
                times.append((found[0][1], found[1][1]))
            if time.monotonic() > end and times:
                break
    finally:
        for one in followers:
            one.close()
    return {
        "objects": objects,
        "frames": len(times),
        "before": statistics.median(one for one, _ in times),
        "now": statistics.median(other for _, other in times),
        "ratio": statistics.median(other / one for one, other in times),
    }


def follow(objects: int) -> None:
    """Follows the clip for ever, a frame for each line of standard input, and prints its number and its seconds."""
    from benchmarks.scenes import resized, sample_frames, with_objects
    from core.engines import load
    from core.jobs import CancelToken
    from core.masks import present_ids
    from core.types import Anchor

    frames = list(resized(sample_frames(_FRAMES), 480))
    pictures, labels = [picture for picture, _ in frames], with_objects(frames[0][1], objects)
    anchor = Anchor(0, labels, frozenset(present_ids(labels)))
    while True:
        session = load("builtin").open((labels.shape[1], labels.shape[0]), "cpu", {"threads": 1})
        results = session.track([anchor], list(range(_FRAMES)), pictures.__getitem__, CancelToken())
        for number in range(_FRAMES):
            if not sys.stdin.readline():
                return
            start = time.perf_counter()
            next(results)
            print(number, time.perf_counter() - start, flush=True)
        session.close()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, nargs="?", help="the other checkout")
    parser.add_argument("--objects", type=int, nargs="+", default=[1, 3])
    parser.add_argument("--seconds", type=float, default=50, help="for each number of objects (default: %(default)s)")
    parser.add_argument("--follow", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.follow is not None:
        follow(args.follow)
        return
    if args.before is None or not (args.before / "core").is_dir():
        parser.error("name the other checkout")
    from benchmarks.common import print_table, write_results

    now = Path(__file__).resolve().parents[1]
    rows = [compare(args.before.resolve(), now, objects, args.seconds) for objects in args.objects]
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print(write_results("turns", {"before": str(args.before.name), "seconds": args.seconds}, rows))


if __name__ == "__main__":
    main()
