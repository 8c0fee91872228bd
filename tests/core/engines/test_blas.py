"""No thread computes for an engine that the engine did not ask for."""

from __future__ import annotations

import subprocess
import sys

_PRODUCTS = """
import os, time
import numpy as np
from core.engines.threads import use_threads

use_threads(1)
size = np.ones((300, 300), np.float32)
everyone, own = time.process_time(), time.thread_time()
while time.thread_time() - own < 0.1:
    size @ size
# what the others do when there is nothing to do any more
time.sleep(0.02)
print(time.process_time() - everyone - (time.thread_time() - own))
"""


def test_products_of_matrices_take_one_thread() -> None:
    done = subprocess.run([sys.executable, "-c", _PRODUCTS], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.02, "seconds of the processor that other threads took meanwhile"
