"""A target network is trained by fine-tuning, and kept only if the clip is followed better with it."""

from __future__ import annotations

import numpy as np
import pytest

from core.engines.target_networks.packed import read_packed
from core.errors import EngineError
from core.finetuning import Check, fine_tune
from core.jobs import CancelToken, Progress
from core.types import Anchor
from tests.contract.scenes import Scene

SCENE = Scene(frame_count=3)
OPTIONS = {"steps": 1, "batch": 1, "target_side": 64, "short_side": 60, "backbone": "own", "combine": "warping"}


def tune(anchors: list[Anchor], frames: int = SCENE.frame_count, **more: object) -> tuple[bool, bytes]:
    outcome = fine_tune(
        anchors,
        SCENE.read,
        frames,
        SCENE.size,
        CancelToken(),
        options={**OPTIONS, **more},
        device="cpu",
        engine="target:fcn-8s",
    )
    return outcome.accepted, outcome.weights


@pytest.mark.parametrize("helps", [True, False])
def test_is_kept_if_it_helps(helps: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = iter([Check(0.5, 0.5), Check(0.8, 0.8) if helps else Check(0.4, 0.4)])
    monkeypatch.setattr("core.finetuning.gate.Gate.measure", lambda *args: next(scores))
    seen: list[Progress] = []
    outcome = fine_tune(
        [SCENE.anchor(0)],
        SCENE.read,
        3,
        SCENE.size,
        CancelToken(),
        options=OPTIONS,
        device="cpu",
        on_progress=seen.append,
        engine="target:fcn-8s",
    )
    assert outcome.accepted == helps
    assert seen[-1].fraction == 1
    packed = read_packed(outcome.weights)
    assert (packed is not None and packed.network == "fcn-8s") == helps


def test_is_measured_on_the_clip() -> None:
    kept, weights = tune([SCENE.anchor(0), SCENE.anchor(2)])
    assert kept == bool(weights)


def test_refuses_what_cannot_be() -> None:
    empty = Anchor(0, np.zeros(SCENE.size[::-1], np.uint8), frozenset({3}))
    with pytest.raises(EngineError, match="no masked frame to learn from"):
        tune([empty])
    with pytest.raises(EngineError, match="one frame needs no fine-tuning"):
        tune([SCENE.anchor(0)], 1)
    with pytest.raises(EngineError, match=r"'steps'.*is not between"):
        tune([SCENE.anchor(0)], steps=0)
