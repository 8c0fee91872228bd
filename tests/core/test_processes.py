from __future__ import annotations

import contextlib
import os
import signal
import time
from multiprocessing.connection import Connection

import pytest

from core.errors import CancelledError
from core.jobs import CancelToken
from core.messages import Message
from core.processes import Child, ProcessEnded, end_all, ready


def doubling(connection: Connection, _cancel: CancelToken, count: int) -> None:
    for _ in range(count):
        connection.send(2 * connection.recv())


def dying(_connection: Connection, _cancel: CancelToken, by: int) -> None:
    os.kill(os.getpid(), by)


def hanging(connection: Connection, _cancel: CancelToken) -> None:
    connection.send("here")
    time.sleep(60)


def waiting(connection: Connection, cancel: CancelToken) -> None:
    try:
        while True:
            cancel.raise_if_cancelled()
            time.sleep(0.01)
    except CancelledError:
        with contextlib.suppress(OSError):
            connection.send("gone")


def answer(child: Child) -> object:
    while (found := child.receive(1.0)) is None:
        pass
    return found


def test_a_child_answers_and_ends_by_itself() -> None:
    child = Child(doubling, (2,), "test")
    for number in (2, 3):
        child.send(number)
        assert answer(child) == 2 * number
    with pytest.raises(ProcessEnded, match="code 0"):
        answer(child)
    child.send("nobody is there")
    assert child.end() == 0


@pytest.mark.parametrize(
    ("by", "expected"), [(signal.SIGKILL, "SIGKILL, perhaps for want of memory"), (signal.SIGSEGV, "SIGSEGV")]
)
def test_how_a_child_died_is_reported(by: signal.Signals, expected: str) -> None:
    child = Child(dying, (int(by),), "test")
    with pytest.raises(ProcessEnded) as ended:
        answer(child)
    assert str(ended.value) == expected
    assert isinstance(ended.value.args[0], Message)
    assert child.end() == -by


def test_a_child_that_hangs_is_killed_and_one_that_listens_goes() -> None:
    stuck, listening = Child(hanging, (), "stuck"), Child(waiting, (), "listening")
    while ready([stuck, listening]) != [stuck]:
        pass
    assert stuck.end(0.1) == -signal.SIGKILL
    listening.stop()
    assert listening.stopped
    assert answer(listening) == "gone"
    end_all([listening])
