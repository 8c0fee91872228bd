"""Torch's library is loaded while other threads run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_SCRIPT = """
import sys, threading, time
from pathlib import Path
from core.torch_libraries import load_torch_libraries

count, ended = 0, threading.Event()

def tick():
    global count
    while not ended.is_set():
        count += 1
        time.sleep(0.001)

thread = threading.Thread(target=tick)
thread.start()
before = count
load_torch_libraries()
after = count
ended.set()
thread.join()
print("torch" in sys.modules, "libtorch_cpu" in Path("/proc/self/maps").read_text(), after - before > 3)
"""


def test_the_library_is_there_before_torch_and_another_thread_ran_meanwhile() -> None:
    found = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.split() == ["False", "True", "True"], found.stderr
