"""A batch over a dataset, uninterrupted, killed half-way, and on a cluster that loses a worker: time, and same files.

python -m benchmarks.batch DAVIS/                      with the engine `warping`
python -m benchmarks.batch DAVIS/ --engine builtin
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.common import print_table, write_results

_ROOT = Path(__file__).resolve().parents[1]
_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def contents(out: Path) -> dict[str, str]:
    """Checksums of what was exported."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".batch" not in path.parts and path.name != "report.html"
    }


def done(out: Path) -> int:
    """How many clips have been exported."""
    return len([path for path in out.glob("*") if path.is_dir() and path.name != ".batch"])


def start(data: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Starts the batch."""
    line = [sys.executable, "main.py", "batch", str(data), "--out", str(out), *more]
    return subprocess.Popen(line, cwd=_ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def wait_for(what: Callable[[], bool], batch: subprocess.Popen[bytes]) -> None:
    """Waits until a condition holds, or the batch has ended."""
    while not what() and batch.poll() is None:
        time.sleep(0.05)


def killed(data: Path, out: Path, half: int, *more: str) -> int:
    """Kills the batch once half of the clips are done, and runs it again. Returns how many were done at the kill."""
    batch = start(data, out, *more)
    wait_for(lambda: done(out) >= half, batch)
    batch.kill()
    batch.wait()
    at_kill = done(out)
    time.sleep(1)
    start(data, out, *more).wait()
    return at_kill


def lost_worker(data: Path, out: Path, half: int, *more: str) -> int:
    """Runs on a cluster and kills a busy worker once half of the clips are done. Returns how many were done then."""
    with cluster() as address:
        batch = start(data, out, "--scheduler", address, *more)
        wait_for(lambda: done(out) >= half and any(out.glob(".batch/*/attempt-*/worker.txt")), batch)
        note = next(iter(out.glob(".batch/*/attempt-*/worker.txt")), None)
        at_kill = done(out)
        if note is not None:
            os.kill(int(note.read_text(encoding="utf-8").rsplit(" ", 1)[1]), signal.SIGKILL)
        batch.wait()
    return at_kill


@contextmanager
def cluster() -> Iterator[str]:
    """The address of two workers on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "cluster.py"
        script.write_text(_CLUSTER, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, str(script)],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as host:
            assert host.stdin and host.stdout
            yield host.stdout.readline().strip()
            host.stdin.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a DAVIS folder, or anything else that `batch` takes")
    parser.add_argument("--engine", default="warping")
    parser.add_argument("--jobs", default="2")
    args = parser.parse_args()
    data, engine = args.data.absolute(), ("--engine", args.engine)
    local = ("--jobs", args.jobs, *engine)
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)

        def run(name: str, work: Callable[[Path], object]) -> Path:
            out, began = scratch / name.replace(" ", "_"), time.perf_counter()
            at_kill = work(out)
            seconds = time.perf_counter() - began
            found = contents(out)
            same = found == contents(scratch / "uninterrupted")
            rows.append({"run": name, "seconds": seconds, "clips": done(out), "at_kill": at_kill, "same": same})
            return out

        def whole(out: Path) -> str:
            start(data, out, *local).wait()
            return "-"

        first = run("uninterrupted", whole)
        half = max(1, done(first) // 2)
        run("killed and resumed", lambda out: killed(data, out, half, *local))
        run("worker lost on a cluster", lambda out: lost_worker(data, out, half, *engine))
    headings = ("run", "seconds", "clips", "clips at the kill", "same files")
    print_table(headings, [(*list(row.values())[:4], "yes" if row["same"] else "NO") for row in rows])
    print(write_results("batch", {"data": data.name, "engine": args.engine, "jobs": args.jobs}, rows))
    return 0 if all(row["same"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
