"""Engines by name."""

from __future__ import annotations

import sys

import cv2
import pytest

from core.engines import DEFAULT_ENGINE, available, load
from core.engines.threads import prefer_threads, use_threads
from core.errors import EngineError


def test_the_default_comes_first_and_the_fake_is_hidden() -> None:
    names = [info.name for info in available()]
    assert names[0] == DEFAULT_ENGINE == "builtin"
    assert {"classical", "warping"} < set(names)
    assert "fake" not in names
    assert "fake" in [info.name for info in available(include_hidden=True)]


def test_every_listed_engine_loads_and_says_the_same_of_itself() -> None:
    for info in available(include_hidden=True):
        assert load(info.name).info == info


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'sam9'.*builtin, classical, warping\.$"):
        load("sam9")


def test_a_whole_number_passes_for_its_option_and_a_truth_value_does_not() -> None:
    load("warping").open((64, 48), options={"short_side": 32}).close()
    with pytest.raises(EngineError, match=r"short_side.*a whole number"):
        load("warping").open((64, 48), options={"short_side": True})


def test_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cv2.getNumThreads()
    try:
        monkeypatch.setattr("core.engines.threads.own_cores", lambda: 8)
        assert (use_threads(), cv2.getNumThreads()) == (7, 7)
        assert (use_threads(2), cv2.getNumThreads()) == (2, 2)
        monkeypatch.setattr("core.engines.threads.own_cores", lambda: 1)
        assert use_threads() == 1
        prefer_threads(3)
        assert (use_threads(), cv2.getNumThreads()) == (3, 3)
        assert use_threads(2) == 2, "what an engine is told counts more than what the person prefers"
        prefer_threads(0)
        assert use_threads() == 1
        told: list[int] = []
        monkeypatch.setitem(sys.modules, "torch", type("Torch", (), {"set_num_threads": staticmethod(told.append)}))
        use_threads(3)
        assert told == [3], "torch follows where it is loaded"
    finally:
        cv2.setNumThreads(before)
