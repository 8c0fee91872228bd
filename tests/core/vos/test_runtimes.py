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
from core.vos.network_target import NetworkTarget
from core.vos.onnx_runtime import GRAPHS, OnnxRuntime
from core.vos.runtime import NetworkRuntime
from core.vos.tracking import Tracker, TrackingSettings

_FRAMES = 8


def follow(runtime: NetworkRuntime) -> list[LabelMap]:
    """The sample's objects on its first frames."""
    sample = Path(str(resources.files("resources").joinpath("sample")))
    labels = read_mask(sample / "first_mask.png")
    ids = {int(one) for one in np.unique(labels) if one}
    video = open_video(sample / "clip.mp4")
    try:
        tracker = Tracker(NetworkTarget(runtime), video.size, TrackingSettings())
        anchor = Anchor(0, labels, frozenset(ids))
        results = tracker.run([anchor], range(_FRAMES), dict.fromkeys(ids, 0), video.read, CancelToken())
        return [result.labels for result in results]
    finally:
        video.close()


def test_the_shipped_graphs_find_what_the_shipped_weights_do() -> None:
    graphs = {part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}
    reference, found = follow(load_network_runtime("cpu")), follow(OnnxRuntime(graphs, 1))
    # the graphs compute in 8-bit integers: a contour may move by a pixel, an object may not
    for expected, labels in zip(reference, found, strict=True):
        for one in np.unique(expected[expected > 0]):
            mask, truth = labels == one, expected == one
            assert (mask & truth).sum() >= 0.95 * (mask | truth).sum()
