"""What is exported does not depend on the machine's number of cores, nor on the time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.trust.sameness import EXPORTS, export_cases
from benchmarks.trust.tally import Tally


def test_exports_are_the_same_on_one_core_and_on_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tally = Tally()
    export_cases(tally, 1, np.random.default_rng(3))
    assert EXPORTS[0] == "h264"
    assert tally.faults == ()
    assert tally.passed == 1
