"""Every registered engine, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch

from benchmarks.tiny_models import CONFIGS, save_tiny
from core.engines import Session, available, load
from core.engines.models.store import MODELS_VARIABLE
from core.engines.transformers_video.loading import load_network
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, ReadFrame
from tests.contract.scenes import Scene

UNTAUGHT = {f"tiny-{model_type}": model_type for model_type in CONFIGS}
"""Video models with random weights: they keep the contract, and their masks mean nothing."""
_BRIEFLY = {"steps": 1, "batch": 1, "target_side": 64, "backbone": "own", "combine": "warping", "short_side": 120}
TRAINED_BRIEFLY = {"target:unet": _BRIEFLY}
"""One of the target networks, which differ in nothing but the network: each run trains one."""
OWN = [
    info.name
    for info in available(include_hidden=True)
    if not info.name.startswith("target:") or info.name in TRAINED_BRIEFLY
]
NAMES = [*OWN, *UNTAUGHT]
OpenEngine = Callable[[tuple[int, int]], Session]
Follow = Callable[..., list[FrameResult]]


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models, as the model manager would leave it."""
    folder = tmp_path_factory.mktemp("models")
    for name, model_type in UNTAUGHT.items():
        save_tiny(model_type, folder / name)
    return folder


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An engine's name."""
    if request.param in UNTAUGHT:
        monkeypatch.setenv(MODELS_VARIABLE, str(request.getfixturevalue("tiny_models")))
        monkeypatch.setattr("core.engines.transformers_video.model.load_network", _loaded_once)
    return str(request.param)


@cache
def _loaded_once(folder: Path, device: torch.device, dtype: torch.dtype, side: int = 0) -> Any:
    # a network remembers nothing of a clip: one does for all tests
    return load_network(folder, device, dtype, side)


@pytest.fixture
def taught(name: str) -> bool:
    """Whether the engine's masks can be expected to be where the objects are."""
    return name not in UNTAUGHT


@pytest.fixture
def open_engine(name: str) -> Iterator[OpenEngine]:
    """Opens sessions of the engine, and closes them after the test."""
    opened: list[Session] = []

    def open_one(size: tuple[int, int]) -> Session:
        opened.append(load(name).open(size, "cpu", TRAINED_BRIEFLY.get(name)))
        return opened[-1]

    yield open_one
    for session in opened:
        session.close()


@pytest.fixture
def follow(open_engine: OpenEngine) -> Follow:
    """Runs a new session over a scene, from its first frame to its last by default."""

    def run(
        scene: Scene,
        anchors: Sequence[Anchor],
        frames: Sequence[int] | None = None,
        read: ReadFrame | None = None,
    ) -> list[FrameResult]:
        indices = range(scene.frame_count) if frames is None else frames
        return list(open_engine(scene.size).track(anchors, indices, read or scene.read, CancelToken()))

    return run
