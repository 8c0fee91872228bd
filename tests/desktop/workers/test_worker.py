"""The worker: results in order on the UI thread, few in flight, cancel, errors, abandonment."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from core.errors import CancelledError, MediaError
from core.jobs import CancelToken, Progress
from desktop.workers.jobs import Jobs
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Worker


def test_results_come_in_order_on_the_ui_thread_then_the_end(qtbot: QtBot) -> None:
    pool = WorkerPool()
    seen: list[Any] = []
    ends: list[Any] = []
    threads: set[Any] = set()

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        assert QThread.currentThread() is not pool.thread()
        yield from range(50)

    def on_item(item: object) -> None:
        seen.append(item)
        threads.add(threading.get_ident())

    pool.start(work, on_item, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert seen == list(range(50))
    assert ends == [None]
    assert threads == {threading.get_ident()}
    qtbot.waitUntil(lambda: not pool.busy)


def test_a_busy_window_slows_the_work_down(qtbot: QtBot) -> None:
    pool = WorkerPool()
    made: list[Any] = []
    ends: list[Any] = []
    ahead: list[Any] = []

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        for number in range(30):
            made.append(number)
            yield number

    def on_item(item: object) -> None:
        time.sleep(0.005)
        ahead.append(len(made) - int(str(item)))

    pool.start(work, on_item, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    # those in flight, and the one that waits for a place
    assert max(ahead) <= Worker.IN_FLIGHT + 1


def test_cancel_keeps_what_is_finished_and_reports_the_cancel(qtbot: QtBot) -> None:
    pool = WorkerPool()
    seen: list[Any] = []
    ends: list[Any] = []
    closed = threading.Event()

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        try:
            number = 0
            while not cancel.cancelled:
                yield number
                number += 1
        finally:
            closed.set()

    worker = pool.start(work, seen.append, ends.append)
    qtbot.waitUntil(lambda: len(seen) > 5)
    worker.cancel()
    qtbot.waitUntil(lambda: bool(ends))
    assert isinstance(ends[0], CancelledError)
    assert closed.is_set()
    assert seen == list(range(len(seen)))


def test_an_error_ends_the_work_and_arrives_as_it_is(qtbot: QtBot) -> None:
    pool = WorkerPool()
    seen: list[Any] = []
    ends: list[Any] = []

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        yield 1
        raise MediaError("clip.mp4: cannot be read.")

    pool.start(work, seen.append, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert seen == [1]
    assert str(ends[0]) == "clip.mp4: cannot be read."


def test_shutting_down_joins_a_worker_that_waits_for_the_window(qtbot: QtBot) -> None:
    pool = WorkerPool()
    seen: list[Any] = []
    ends: list[Any] = []

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        number = 0
        while True:
            yield number
            number += 1

    pool.start(work, seen.append, ends.append)
    qtbot.waitUntil(lambda: len(seen) > 3)
    before = len(seen)
    assert pool.shut_down(5.0)
    qtbot.wait(50)
    assert len(seen) == before, "nothing is delivered to a window that is going away"
    assert not ends


def test_jobs_report_texts_and_progress_and_run_one_at_a_time(qtbot: QtBot) -> None:
    jobs = Jobs()
    reported: list[object] = []
    ends: list[Exception | None] = []
    jobs.started.connect(lambda title: reported.append(("started", title)))
    jobs.status_changed.connect(reported.append)
    jobs.progressed.connect(lambda progress: reported.append(progress.done))
    jobs.ended.connect(lambda: reported.append("ended"))

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        yield "loading"
        yield Progress(1, 2, 0.1, 0.1, 10.0)
        yield "an item is no text" and 42

    items: list[object] = []
    jobs.start("Test", work, items.append, ends.append)
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    assert reported == [("started", "Test"), "loading", 1, "ended"]
    assert items == [42]
    assert jobs.done == 1
    jobs.shut_down()
