"""Batches on a real Dask cluster of this machine, with workers that die."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.batch.conftest import NAMES, contents, outcome, write_clip
from tests.core.batch.runners import HereRunner

ROOT = Path(__file__).resolve().parents[3]


class Cluster:
    """A cluster in a process of its own, so that its threads are not those of the tests."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.batch.cluster_host"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdin and self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self.address = self._stdout.readline().strip()
        assert self.address.startswith("tcp://")

    def kill(self, worker: int) -> None:
        """Kills a worker's process by its id."""
        self._stdin.write(f"{worker}\n")
        self._stdin.flush()
        assert self._stdout.readline() == "killed\n"

    def close(self) -> None:
        self._stdin.close()
        self._process.wait(30)
        self._stdout.close()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.close()


def batch(*arguments: object) -> subprocess.Popen[str]:
    return python(str(ROOT / "main.py"), "batch", *map(str, arguments))


def python(*arguments: str) -> subprocess.Popen[str]:
    line = [sys.executable, *arguments]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    output, errors = process.communicate(timeout=90)
    return process.returncode, output, errors


def test_a_cluster_gives_what_this_machine_gives(cluster: Cluster, clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (clips / "banana.mp4").write_bytes(b"no video")
    code, output, errors = ended(batch(clips, "--engine", "fake", "--out", out, "--scheduler", cluster.address))
    assert (code, "2 of 3 clips are done" in output) == (1, True), errors
    assert "banana: failed" in errors
    write_clip(clips / "banana.mp4")
    assert ended(batch(clips, "--engine", "fake", "--out", out, "--scheduler", cluster.address))[0] == 0
    outcome(clips, tmp_path / "calm", HereRunner())
    assert contents(out) == contents(tmp_path / "calm")
    assert not list(out.rglob("running-*"))


def test_a_lost_workers_clip_is_done_elsewhere(cluster: Cluster, tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "out"
    clips.mkdir()
    for name in NAMES:
        write_clip(clips / f"{name}.mp4", frames=60)
    process = batch(clips, "--engine", "warping", "--out", out, "--scheduler", cluster.address)
    cluster.kill(worker_of(out))
    code, output, errors = ended(process)
    assert (code, "3 of 3 clips are done" in output) == (0, True), errors
    outcome(clips, tmp_path / "calm", HereRunner(), engine="warping")
    assert contents(out) == contents(tmp_path / "calm")
    assert not list(out.rglob("attempt-*"))


def worker_of(out: Path) -> int:
    """The process that has begun an attempt, as its folder's note says."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for note in out.glob(".batch/*/attempt-*/worker.txt"):
            # it may be there and not written yet
            if number := note.read_text(encoding="utf-8").rpartition(" ")[2].strip():
                return int(number)
        time.sleep(0.02)
    raise AssertionError("no worker began")


def test_ctrl_c_stops_the_workers(cluster: Cluster, tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "out"
    clips.mkdir()
    write_clip(clips / "long.mp4", frames=1000)
    process = batch(clips, "--engine", "warping", "--out", out, "--scheduler", cluster.address)
    worker_of(out)
    process.terminate()
    code, _, errors = ended(process)
    assert code == 130, errors
    until = time.monotonic() + 20
    while list(out.rglob("attempt-*")) and time.monotonic() < until:
        time.sleep(0.1)
    assert not list(out.rglob("attempt-*"))
    assert not (out / "long").exists()


def test_no_scheduler_there(clips: Path, tmp_path: Path) -> None:
    # as `batch` runs it, but for how long it waits for an answer
    hasty = "import sys; from core.batch import cluster; from core.cli import main; cluster._CONNECT_SECONDS = 0.2; "
    line = ["batch", str(clips), "--engine", "fake", "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    code, _, errors = ended(python("-c", f"{hasty}sys.exit(main(sys.argv[1:]))", *line))
    assert code == 1
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there" in errors.splitlines()[-1]
    assert "Traceback" not in errors
