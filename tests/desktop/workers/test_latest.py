"""Work of which only the newest matters: what is overtaken is cancelled and delivers nothing more."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.errors import MaskError
from core.jobs import CancelToken
from desktop.workers.latest import LatestOnly
from desktop.workers.worker import Work


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[LatestOnly]:
    latest = LatestOnly()
    yield latest
    latest.shut_down()


def answering(*answers: object) -> Work:
    def work(cancel: CancelToken) -> Generator[object, None, None]:
        yield from answers

    return work


def endless(begun: threading.Event, running: list[int]) -> Work:
    """Answers until it is cancelled, and counts itself while it runs."""

    def work(cancel: CancelToken) -> Generator[object, None, None]:
        running.append(1)
        begun.set()
        try:
            while not cancel.cancelled:
                yield "old"
        finally:
            # also where the worker is abandoned in the middle of an answer
            running.pop()

    return work


def nothing() -> None:
    pass


def test_answers_come_in_order_and_then_the_end(qtbot: QtBot, latest: LatestOnly) -> None:
    received: list[object] = []
    latest.start(answering(1, 2, 3), received.append, lambda: received.append("done"))
    qtbot.waitUntil(lambda: not latest.busy)
    assert received == [1, 2, 3, "done"]


def test_a_new_request_takes_the_place_of_the_running_one(qtbot: QtBot, latest: LatestOnly) -> None:
    begun, running = threading.Event(), list[int]()
    most: list[int] = []
    received: list[object] = []
    latest.start(endless(begun, running), lambda _item: None, lambda: received.append("old is done"))
    assert begun.wait(5)

    def newest(cancel: CancelToken) -> Generator[object, None, None]:
        most.append(len(running))
        yield "new"

    latest.start(answering("overtaken"), received.append, nothing)
    latest.start(newest, received.append, lambda: received.append("new is done"))
    qtbot.waitUntil(lambda: not latest.busy)
    assert received == ["new", "new is done"]
    assert most == [0], "the old work had ended when the new one began"


def test_what_is_dropped_is_not_received_again(qtbot: QtBot, latest: LatestOnly) -> None:
    begun = threading.Event()
    received: list[object] = []
    reported: list[str] = []
    latest.failed.connect(reported.append)
    latest.start(endless(begun, []), received.append, lambda: received.append("done"))
    qtbot.waitUntil(lambda: "old" in received)
    latest.drop()
    received.clear()
    qtbot.waitUntil(lambda: not latest.busy)
    assert received == []
    assert reported == []


def test_an_error_is_reported_and_ends_the_work(
    qtbot: QtBot, latest: LatestOnly, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(cancel: CancelToken) -> Generator[object, None, None]:
        yield 1
        raise MaskError("It cannot be.")

    reported: list[str] = []
    received: list[object] = []
    latest.failed.connect(reported.append)
    latest.start(fails, received.append, lambda: received.append("done"))
    qtbot.waitUntil(lambda: not latest.busy)
    assert reported == ["It cannot be."]
    assert received == [1, "done"]
    latest.start(answering(2), received.append, nothing)
    qtbot.waitUntil(lambda: not latest.busy)
    assert received[-1] == 2


def test_shutting_down_waits_for_the_thread(qtbot: QtBot) -> None:
    latest = LatestOnly()
    begun, running = threading.Event(), list[int]()
    latest.start(endless(begun, running), lambda _item: None, nothing)
    assert begun.wait(5)
    latest.shut_down()
    assert running == []
    assert not latest.busy


def test_nothing_starts_after_the_shut_down(latest: LatestOnly) -> None:
    got: list[object] = []
    latest.shut_down()
    latest.start(answering("late"), got.append, lambda: got.append("done"))
    assert not latest.busy
    latest.finish(1000)
    assert got == []
