"""What a clip took goes back to the system when it is closed."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.program.memory import collect_from_now_on, start_without_collecting
from desktop.session import session
from tests.desktop.conftest import Editor

ROOT = Path(__file__).resolve().parents[3]

_FREED = """
from desktop.program.memory import give_back_memory

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) // 1024

blocks = []
for number in range(4000):
    blocks.append(bytearray(60_000))
    blocks.append(bytearray(600))
del blocks[::2]
before = resident()
give_back_memory()
print(before - resident())
"""


def test_what_is_free_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", _FREED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 150, "of some 230 MiB"


_LARGE = """
from desktop.program.memory import return_large_blocks

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) // 1024

return_large_blocks()
before = resident()
pictures, small = [], []
for number in range(8):
    pictures.append(bytearray(b"1") * (24 << 20))
    small.append(bytearray(b"1") * 100_000)
    if number % 2:
        pictures.pop()
held = resident()
pictures.clear()
print(held - before, resident() - before)
"""


def test_large_pictures_go_back_one_by_one() -> None:
    done = subprocess.run([sys.executable, "-c", _LARGE], cwd=ROOT, capture_output=True, text=True, check=True)
    held, left = map(int, done.stdout.split())
    assert held > 40
    assert left < 8


_IN_THREADS = """
import threading
from desktop.program.memory import keep_free_memory, return_large_blocks

def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) // 1024

return_large_blocks()
pictures, ready = [], threading.Barrier(4)

def decode():
    ready.wait()
    pictures.append([bytearray(b"1") * (6 << 20) for _ in range(8)])
    ready.wait()

def freed():
    threads = [threading.Thread(target=decode) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = resident()
    pictures.clear()
    return held - resident()

kept = freed()
keep_free_memory(False)
print(kept, freed())
"""


def test_what_threads_have_freed_goes_back_once_the_clip_is_closed() -> None:
    done = subprocess.run([sys.executable, "-c", _IN_THREADS], cwd=ROOT, capture_output=True, text=True, check=True)
    kept, freed = map(int, done.stdout.split())
    assert kept < 60 and freed > 120, "of 192 MiB"


def test_a_clip_that_is_closed_gives_its_memory_back(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    cache = opened.window.session.cache
    monkeypatch.setattr(session, "give_back_memory", lambda circles=False: given.append(opened.window.session.is_open))
    monkeypatch.setattr(
        session, "keep_free_memory", lambda kept: given.append((kept, opened.window.session.cache is cache))
    )
    opened.do("close")
    assert given == [(False, True), False], "what is freed from then on, and what was free before"


def test_circles_are_looked_for_from_the_first_paint_on_and_not_in_what_is_there_by_then() -> None:
    try:
        start_without_collecting()
        assert not gc.isenabled()
        collect_from_now_on()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
        collect_from_now_on()
        assert gc.get_freeze_count() > 10_000, "of the next window"
    finally:
        gc.enable()
        gc.unfreeze()
