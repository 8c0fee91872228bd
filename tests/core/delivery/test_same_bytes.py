"""What is exported does not depend on the number of cores, on what memory held before, nor on the time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from benchmarks.trust.sameness import EXPORTS, export_cases
from benchmarks.trust.tally import Tally
from core.delivery.encoding.tiff import write_tiff


def test_exports_are_the_same_on_one_core_and_on_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tally = Tally()
    export_cases(tally, 1, np.random.default_rng(3))
    assert EXPORTS[0] == "h264"
    assert tally.faults == ()
    assert tally.passed == 1


def test_a_tiff_does_not_say_when_it_was_written(tmp_path: Path) -> None:
    write_tiff(tmp_path / "a.tif", np.zeros((4, 4, 4), np.uint8), premultiplied=False)
    with PIL.Image.open(tmp_path / "a.tif") as picture:
        date = 306
        assert not picture.getexif().get(date)
