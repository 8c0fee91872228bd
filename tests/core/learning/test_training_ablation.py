"""The ablation of the training: what is left out of a run's samples is in none of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.learning.samples.data import find_training_data
from core.learning.samples.sampling import Batch
from core.vos.network.model import CONFIGS
from tests.core.learning.conftest import TINY
from tools.training_ablation import Run, make_pool, noted, runs, train


def test_samples_know_what_they_are_made_of(data_root: Path) -> None:
    data = noted(find_training_data(data_root))
    assert data.sources == ["ccp_fashion", "footage", "davis-train", "boat", "goat"]
    pool = make_pool(data, 96, 24, 12)
    pictures, footage, sequences, boat, goat = pool.sequences.T
    assert pool.frames.shape[:2] == (24, 4)
    # there is no footage here, and every sample is made of something
    assert not footage.any()
    assert (pictures | sequences).all()
    assert torch.equal(sequences, boat | goat)
    assert 0 < int(sequences.sum()) < 24


def test_each_thing_is_left_out_once() -> None:
    planned = list(runs(["pictures", "footage"], seeds=2))
    assert [run.left_out for run in planned if run.left_out] == ["pictures", "footage"]
    assert [run.pretrained for run in planned if run.encoder_rate] == [True, False]
    assert [run.seed for run in planned if not run.left_out and not run.encoder_rate] == [0, 1]
    assert len({run.name for run in planned}) == len(planned)


def test_a_run_learns_from_what_it_may_alone(data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONFIGS, "lite", dataclasses.replace(TINY, pretrained=16, lateral=True))
    data = noted(find_training_data(data_root))
    pool = make_pool(data, 96, 8, 4)
    allowed = np.array([1, 2, 5])
    drawn: list[torch.Tensor] = []
    rows = Batch.rows

    def note(self: Batch, chosen: torch.Tensor) -> Batch:
        drawn.append(chosen)
        return rows(self, chosen)

    monkeypatch.setattr(Batch, "rows", note)
    run = Run("random", pretrained=False, encoder_rate=1.0)
    first, again = (train(run, pool, allowed, steps=2, batch=2).average.state_dict() for _ in range(2))
    assert set(torch.cat(drawn).tolist()) <= set(allowed.tolist())
    assert all(torch.equal(value, again[name]) for name, value in first.items()), "the seed says all"
