"""Engines by name."""

from __future__ import annotations

import sys
from contextlib import closing

import cv2
import numpy as np
import pytest

from core.engines import DEFAULT_ENGINE, available, load
from core.engines.threads import prefer_threads, use_threads
from core.errors import EngineError
from core.jobs import CancelToken
from core.metrics import region_j
from core.types import Anchor


def test_the_default_comes_first_and_the_fake_is_hidden() -> None:
    names = [info.name for info in available()]
    assert names[0] == DEFAULT_ENGINE == "builtin"
    assert {"classical", "warping"} < set(names)
    assert "fake" not in names
    assert "fake" in [info.name for info in available(include_hidden=True)]


def test_every_listed_engine_loads_and_states_the_same_of_itself() -> None:
    for info in available(include_hidden=True):
        assert load(info.name).info == info


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'sam9'.*builtin, classical, warping, target:.*\.$"):
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
        reported: list[int] = []
        monkeypatch.setitem(sys.modules, "torch", type("Torch", (), {"set_num_threads": staticmethod(reported.append)}))
        use_threads(3)
        assert reported == [3], "torch follows where it is loaded"
    finally:
        cv2.setNumThreads(before)


@pytest.mark.parametrize("quality", ["fast", "balanced", "best"])
def test_the_presets_follow_an_object(quality: str) -> None:
    rng = np.random.default_rng(1)
    picture = cv2.GaussianBlur(rng.integers(0, 256, (96, 128, 3), dtype=np.uint8), (0, 0), 2) // 3
    picture[30:70, 40:90] += 120
    labels = np.zeros((96, 128), np.uint8)
    labels[30:70, 40:90] = 1
    with closing(load("builtin").open((128, 96), options={"quality": quality})) as session:
        anchor = Anchor(0, labels, frozenset({1}))
        *_, last = session.track([anchor], range(3), lambda _frame: picture, CancelToken())
    assert region_j(last.labels == 1, labels == 1) > 0.9


def test_an_unknown_preset_lists_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"quality.*'finest' is none of fast, balanced, best"):
        load("builtin").open((64, 48), options={"quality": "finest"})
    with pytest.raises(EngineError, match=r"'classical' has no option 'quality'"):
        load("classical").open((64, 48), options={"quality": "best"})
