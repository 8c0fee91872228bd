"""Which optical flow is chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.engines import load
from core.engines.downloads import MODELS_VARIABLE
from core.engines.flow import open_flow
from core.errors import EngineError
from core.jobs import CancelToken
from core.types import Anchor, Box
from core.vos.flow.raft import RaftFlow, make_raft


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    return tmp_path


@pytest.fixture
def weights(folder: Path) -> Path:
    torch.manual_seed(0)
    path = folder / "raft-small.pth"
    torch.save(make_raft("raft-small").state_dict(), path)
    return path


def test_without_weights_it_is_dis_and_raft_asked_for_states_how_to_get_it() -> None:
    assert open_flow("auto", True, 480) is None
    assert open_flow("dis", True, 480) is None
    with pytest.raises(EngineError, match="models download raft-large"):
        open_flow("raft", False, 480)


def test_with_weights_it_is_raft_on_a_gpu_and_where_it_is_asked_for(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, int]] = []
    monkeypatch.setattr("core.vos.flow.raft.RaftFlow", lambda _model, device, side: made.append((device, side)))
    open_flow("auto", True, 480)
    open_flow("auto", True, 0)
    open_flow("raft", False, 1080)
    assert made == [("cuda", 480), ("cuda", 540), ("cpu", 540)]
    assert open_flow("auto", False, 480) is None
    assert open_flow("dis", True, 480) is None
    assert len(made) == 3


def test_the_engine_follows_on_the_flow_that_is_chosen(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, ...]] = []
    between = RaftFlow.between

    def watched(self: RaftFlow, previous: np.ndarray, current: np.ndarray, box: Box | None = None) -> object:
        calls.append(current.shape)
        return between(self, previous, current, box)

    monkeypatch.setattr(RaftFlow, "between", watched)
    labels = np.zeros((64, 96), np.uint8)
    labels[16:40, 20:50] = 1
    pictures = np.random.default_rng(0).integers(0, 255, (2, 64, 96, 3)).astype(np.uint8)
    for chosen, expected in (("raft", 1), ("auto", 0)):
        calls.clear()
        session = load("builtin").open((96, 64), "cpu", {"flow": chosen})
        results = list(session.track([Anchor(0, labels, frozenset({1}))], [0, 1], pictures.__getitem__, CancelToken()))
        session.close()
        assert len(results) == 2
        assert calls == [(64, 96, 3)] * expected
    with pytest.raises(EngineError, match="'flow': 'rfat' is none of auto, dis, raft"):
        load("builtin").open((96, 64), "cpu", {"flow": "rfat"})
