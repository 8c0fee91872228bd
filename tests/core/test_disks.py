"""Disks that do not answer: reports say which file is waited for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import disks
from core.cli import main
from core.disks import DiskWatch, not_gone, read_first, reporting_stalls


class Share:
    """A share that stalls as long as `stalls` is set."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.answers.set()

    def look(self, path: Path) -> None:
        self.answers.wait()


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    made = Share()
    monkeypatch.setattr(disks, "look", made.look)
    monkeypatch.setattr(disks, "_EVERY_SECONDS", 0.01)
    yield made
    made.answers.set()


def wait_until(met: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not met():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_disk_that_stalls_is_named_until_it_answers(share: Share, tmp_path: Path) -> None:
    watch = DiskWatch([tmp_path / "a.roto"])
    share.answers.clear()
    wait_until(lambda: watch.stalled(0.02) is not None)
    assert watch.stalled(0.02) == tmp_path / "a.roto"
    assert watch.stalled(3600) is None
    assert not watch.answers_within(0.02)
    share.answers.set()
    wait_until(lambda: watch.stalled(0.02) is None)
    assert watch.answers_within(60)
    watch.end()
    watch._thread.join(60)
    assert not watch._thread.is_alive()


def test_a_stall_is_reported_once(share: Share, tmp_path: Path) -> None:
    reported: list[Path] = []
    with reporting_stalls([tmp_path], reported.append, patience=0.02):
        share.answers.clear()
        wait_until(lambda: bool(reported))
        time.sleep(0.1)
        share.answers.set()
    assert reported == [tmp_path]


def test_a_command_says_what_it_waits_for(
    share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    messages: list[str] = []

    def info(args: object) -> int:
        share.answers.clear()
        wait_until(lambda: bool(messages) or _heard(messages, capsys))
        return 0

    monkeypatch.setattr("core.cli.commands.info.run", info)
    monkeypatch.setattr("core.cli.PATIENCE_SECONDS", 0.02)
    assert main(["info", str(tmp_path / "clip.mov")]) == 0
    assert "".join(messages).startswith(
        f"rotoflow: waiting for {tmp_path / 'clip.mov'}: its disk or network share does not"
    )


def _heard(messages: list[str], capsys: pytest.CaptureFixture[str]) -> bool:
    messages.extend(line for line in capsys.readouterr().err.splitlines() if line)
    return bool(messages)


def test_what_is_gone_has_answered(tmp_path: Path) -> None:
    for path in (tmp_path / "no", tmp_path, Path("a\0b"), Path(__file__)):
        read_first(path)


def test_what_does_not_answer_is_not_taken_for_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers, exists = threading.Event(), Path.exists
    stalled, gone = tmp_path / "stalled", tmp_path / "gone"
    monkeypatch.setattr(Path, "exists", lambda path: answers.wait(60) if path == stalled else exists(path))
    assert not_gone([gone, stalled, tmp_path, tmp_path], 0.5) == [stalled, tmp_path]
    answers.set()
