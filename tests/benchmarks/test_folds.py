"""Cross-validation: which frames get masks, and that each network is one the engine can run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from benchmarks import folds
from benchmarks.accuracy import masked_frames
from core.engines.weights import load_network
from core.own_folders import MODELS_VARIABLE
from core.vos.network.model import CONFIGS, Network


def test_masks_are_spread_evenly_from_the_first_frame_on() -> None:
    assert masked_frames(80, 1) == [0]
    assert masked_frames(80, 5) == [0, 16, 32, 48, 64]
    assert masked_frames(3, 5) == [0, 1, 2]


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_the_graphs_are_those_of_the_network_of_the_fold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fold: int
) -> None:
    exported: list[Network] = []
    # what an export writes is tested with the export, which takes a while
    monkeypatch.setattr(folds, "save_graphs", lambda network, _folder, _name: exported.append(network))
    before = os.environ.get(MODELS_VARIABLE)
    weights = folds._NETWORKS / f"fold{fold}.safetensors"
    folds.prepare(weights, tmp_path / "models")
    assert os.environ.get(MODELS_VARIABLE) == before
    (network,) = exported
    assert network.config == CONFIGS["lite"]
    ships = load_network().state_dict()
    for name, value in load_file(weights).items():
        assert torch.equal(network.state_dict()[name], value.to(network.state_dict()[name].dtype))
    assert not torch.equal(network.state_dict()["decoder.logits.weight"], ships["decoder.logits.weight"])
