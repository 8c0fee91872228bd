"""Cross-validation: which frames get masks, and that each network is one the engine can run."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy import masked_frames
from benchmarks.folds import _NETWORKS, prepare
from core.engines import load
from core.jobs import CancelToken
from core.own_folders import MODELS_VARIABLE
from core.types import Anchor


def test_masks_are_spread_evenly_from_the_first_frame_on() -> None:
    assert masked_frames(80, 1) == [0]
    assert masked_frames(80, 5) == [0, 16, 32, 48, 64]
    assert masked_frames(3, 5) == [0, 1, 2]


def test_a_network_of_a_fold_is_what_the_engine_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get(MODELS_VARIABLE)
    prepare(_NETWORKS / "fold1.safetensors", tmp_path / "fold1")
    assert os.environ.get(MODELS_VARIABLE) == before
    rng = np.random.default_rng(0)
    ground = rng.integers(0, 256, (96, 160, 3), dtype=np.uint8)
    labels = np.zeros((96, 160), np.uint8)
    labels[30:70, 40:90] = 1
    pictures = [np.where(np.roll(labels, step, 1)[..., None] > 0, np.uint8(230), ground) for step in (0, 3, 6)]
    found = []
    for folder in (tmp_path / "fold1", tmp_path / "none"):
        monkeypatch.setenv(MODELS_VARIABLE, str(folder))
        session = load("builtin").open((160, 96), "cpu", {"threads": 1})
        anchor = Anchor(0, labels, frozenset([1]))
        *_, last = session.track([anchor], [0, 1, 2], pictures.__getitem__, CancelToken())
        session.close()
        found.append(last.probabilities[1].values.astype(int))
        assert (last.labels[32:68, 48:94] == 1).mean() > 0.9
    assert found[0].shape != found[1].shape or (found[0] != found[1]).any(), "another network than the one that ships"
