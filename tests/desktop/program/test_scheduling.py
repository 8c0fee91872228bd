"""Workers and decoders let the window's thread go first; nobody else is touched."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Generator

from pytestqt.qtbot import QtBot

from core.jobs import CancelToken
from desktop.program.scheduling import give_way, take_short_turns
from desktop.workers.worker import Worker

GIVEN = 6 if sys.platform == "linux" else 0
"""Elsewhere a thread has no priority of its own that a program may set."""


def nice_here() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else 0


def test_a_worker_gives_way_and_the_window_does_not(qtbot: QtBot) -> None:
    before = nice_here()
    found: list[object] = []

    def work(_token: CancelToken) -> Generator[object, None, None]:
        yield nice_here()

    worker = Worker(work, found.append, lambda _error: None)
    with qtbot.waitSignal(worker.finished):
        worker.start()
    worker.wait()
    assert found == [min(19, before + GIVEN)]
    assert nice_here() == before


def test_giving_way_twice_is_giving_way_once() -> None:
    before = nice_here()
    found: list[object] = []

    def run() -> None:
        give_way()
        give_way()
        found.append(nice_here())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [min(19, before + GIVEN)]


def test_short_turns_are_asked_for_without_changing_the_priority() -> None:
    before = nice_here()
    assert take_short_turns() in (True, False)
    assert nice_here() == before
