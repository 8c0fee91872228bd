"""Every registered engine, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from core.engines import Session, available, load
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, ReadFrame
from tests.contract.scenes import Scene

NAMES = [info.name for info in available(include_hidden=True)]
OpenEngine = Callable[[tuple[int, int]], Session]
Follow = Callable[..., list[FrameResult]]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """An engine's name."""
    return str(request.param)


@pytest.fixture
def open_engine(name: str) -> Iterator[OpenEngine]:
    """Opens sessions of the engine, and closes them after the test."""
    opened: list[Session] = []

    def open_one(size: tuple[int, int]) -> Session:
        opened.append(load(name).open(size, "cpu"))
        return opened[-1]

    yield open_one
    for session in opened:
        session.close()


@pytest.fixture
def follow(open_engine: OpenEngine) -> Follow:
    """Runs a new session over a scene, from its first frame to its last unless told otherwise."""

    def run(
        scene: Scene,
        anchors: Sequence[Anchor],
        frames: Sequence[int] | None = None,
        read: ReadFrame | None = None,
    ) -> list[FrameResult]:
        indices = range(scene.frame_count) if frames is None else frames
        return list(open_engine(scene.size).track(anchors, indices, read or scene.read, CancelToken()))

    return run
