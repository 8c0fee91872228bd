"""What counts cases of trust: it sees crashes, hangs, greed and leaks."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reliability import CASES, try_case
from benchmarks.trust.spoiling import spoil, spoil_text
from benchmarks.trust.tally import Held, Tally, try_apart


def test_a_crash_a_hang_and_an_error_are_faults_and_the_others_go_on() -> None:
    def one(number: int) -> str:
        if number == 1:
            os.kill(os.getpid(), signal.SIGSEGV)
        if number == 2:
            time.sleep(60)
        if number == 3:
            raise ValueError("no value")
        return "not well" if number == 4 else ""

    tally = Tally()
    try_apart(tally, 6, one, seconds=0.5)
    assert (tally.tried, tally.passed) == (6, 2)
    assert tally.faults == (
        "number 1: crashes (SIGSEGV)",
        "number 2: hangs",
        "number 3: ValueError: no value",
        "number 4: not well",
    )


def test_memory_taken_is_a_fault() -> None:
    def one(number: int) -> str:
        if number == 0:
            np.ones(40 << 20, np.uint8)
        return ""

    tally = Tally()
    try_apart(tally, 2, one, most_mib=20)
    assert tally.passed == 1
    assert "took" in tally.faults[0]


def test_threads_and_files_that_stay_are_counted(tmp_path: Path) -> None:
    ended = threading.Event()
    held = Held()
    assert held.more() == 0
    thread = threading.Thread(target=ended.wait)
    thread.start()
    with (tmp_path / "file").open("w"):
        assert held.more() == 2
    ended.set()
    thread.join()
    assert held.more() == 0


@pytest.mark.parametrize("spoiler", [spoil, spoil_text])
def test_what_is_spoiled_is_another_and_the_same_each_time(spoiler: type) -> None:
    data = b'{"a": [1, 2, 3], "name": "dog", "size": {"width": 640}}' * 4
    spoiled = [spoiler(data, np.random.default_rng(seed)) for seed in range(60)]
    assert spoiled == [spoiler(data, np.random.default_rng(seed)) for seed in range(60)]
    assert sum(one != data for one in spoiled) > 50
    assert spoiler(b"", np.random.default_rng(0)) is not None


def test_a_case_has_a_folder_of_its_own_which_goes() -> None:
    before = Path.cwd()
    tally = try_case("damaged: mask", 12, seed=1)
    assert (tally.tried, tally.passed, tally.leaked) == (12, 12, 0)
    assert Path.cwd() == before


def test_every_kind_is_tried() -> None:
    assert {name.split(":")[0] for name in CASES} == {"killed", "damaged", "window at random", "same"}
