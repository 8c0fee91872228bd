"""What ships for the CPU against the reference in eager torch, on a real clip."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from core.engines.weights import SIZE, load_network_runtime, model_file
from core.errors import EngineError
from core.jobs import CancelToken
from core.masks import read_mask
from core.media import open_video
from core.types import Anchor, LabelMap
from core.vos.network import onnx_runtime
from core.vos.network.onnx_runtime import GRAPHS, OnnxRuntime
from core.vos.network.runtime import DecoderInputs, NetworkRuntime
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


def decoder_inputs(runtime: OnnxRuntime, cells: int) -> DecoderInputs:
    """Two objects on a small picture, with a memory of so many cells."""
    rng = np.random.default_rng(0)
    features = runtime.encode(rng.integers(0, 255, (96, 128, 3), dtype=np.uint8))
    masks = np.zeros((2, 96, 128), np.float32)
    masks[:, 20:60, 30:80] = 1
    keys, values = runtime.memorise(features, masks)
    repeats = -(-cells // keys.shape[1])
    motion = np.zeros((2, 2, 12, 16), np.float32)
    noise = rng.normal(0, 0.02, (keys.shape[0], repeats * keys.shape[1])).astype(np.float32)
    memory = np.tile(keys, repeats) + noise, np.tile(values, (1, 1, repeats))
    return DecoderInputs(features, memory[0][:, :cells], memory[1][:, :, :cells], None, masks, masks, motion)


def test_what_is_read_does_not_depend_on_how_many_cells_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = shipped()
    inputs = decoder_inputs(runtime, 304)
    found = []
    # all 48 cells at once; 17 at a time, the last of them fewer
    for similarities, fewest in ((1 << 30, 16), (1, 17)):
        monkeypatch.setattr(onnx_runtime, "_SIMILARITIES", similarities)
        monkeypatch.setattr(onnx_runtime, "_FEWEST_CELLS", fewest)
        found.append(runtime.decode(inputs))
    assert found[0].std() > 0.01
    np.testing.assert_allclose(found[1], found[0], atol=1e-5)


def test_the_memory_may_have_any_size() -> None:
    runtime = shipped()
    for cells in (40, 257):
        inputs = decoder_inputs(runtime, cells)
        for _ in range(2):
            # the second time the keys are known
            assert runtime.decode(inputs).shape == (2, 96, 128)


def test_a_decoder_of_an_earlier_version_says_what_to_do() -> None:
    graphs = {part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}
    with pytest.raises(EngineError, match="export it again"):
        OnnxRuntime({**graphs, "decoder": graphs["value"]}, 1)


def test_keys_without_their_scale_are_an_error_of_ours() -> None:
    graphs = {part: model_file(f"{SIZE}-{part}.onnx").read_bytes() for part in GRAPHS}
    assert b"key_scale" in graphs["read"]
    runtime = OnnxRuntime({**graphs, "read": graphs["read"].replace(b"key_scale", b"key_spale")}, 1)
    with pytest.raises(EngineError, match="read is damaged"):
        runtime.decode(decoder_inputs(runtime, 304))
