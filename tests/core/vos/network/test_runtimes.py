"""What ships for the CPU against the reference in eager torch, on a real clip."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np

from core.engines.weights import SIZE, load_network_runtime, model_file
from core.jobs import CancelToken
from core.masks import read_mask
from core.media import open_video
from core.types import Anchor, LabelMap
from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime
from core.vos.network.runtime import NetworkRuntime
from core.vos.network.windows import WindowedRuntime
from core.vos.targets.memory import MemoryLimits
from core.vos.targets.network_target import NetworkSettings, NetworkTarget
from core.vos.tracking import Tracker, TrackingSettings

_FRAMES = 4


def follow(runtime: NetworkRuntime) -> list[LabelMap]:
    """The sample's objects on its first frames."""
    sample = Path(str(resources.files("resources").joinpath("sample")))
    labels = read_mask(sample / "first_mask.png")
    ids = {int(one) for one in np.unique(labels) if one}
    video = open_video(sample / "clip.mp4")
    try:
        # other views of the mask are encoded by the same graphs, and take as long as three frames
        settings = NetworkSettings(memory=MemoryLimits(views=0))
        tracker = Tracker(NetworkTarget(runtime, settings), video.size, TrackingSettings())
        anchor = Anchor(0, labels, frozenset(ids))
        results = tracker.run([anchor], range(_FRAMES), dict.fromkeys(ids, 0), video.read, CancelToken())
        return [result.labels for result in results]
    finally:
        video.close()


def shipped() -> OnnxRuntime:
    return OnnxRuntime({part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}, 1)


def assert_alike(found: list[LabelMap], reference: list[LabelMap]) -> None:
    """A contour may move by a pixel, an object may not."""
    for expected, labels in zip(reference, found, strict=True):
        for one in np.unique(expected[expected > 0]):
            mask, truth = labels == one, expected == one
            assert (mask & truth).sum() >= 0.95 * (mask | truth).sum()


def test_the_shipped_graphs_find_what_the_shipped_weights_do() -> None:
    # the graphs compute in 8-bit integers
    assert_alike(follow(shipped()), follow(load_network_runtime("cpu")))


def test_in_windows_the_decoder_finds_what_it_does_on_the_whole_canvas() -> None:
    assert_alike(follow(WindowedRuntime(shipped())), follow(shipped()))
