"""Fine-tuning learns from the anchors, is measured on the clip, and is kept only if it helps."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from core.engines.builtin import BuiltinEngine
from core.engines.weights import load_network, open_runtime, read_adaptation, read_graphs
from core.errors import CancelledError, EngineError
from core.finetuning import Check, FineTuneSettings, fine_tune
from core.finetuning.clip_samples import ClipSamples
from core.finetuning.decoder_examples import DecoderExample, examples_of, together
from core.finetuning.gate import Gate, split_anchors
from core.finetuning.pseudo_labels import paths_around, pseudo_labels_along
from core.jobs import CancelToken, Progress
from core.learning.losses import segmentation_loss
from core.types import Anchor, FrameResult, Image, LabelMap
from core.vos.flow.motion_cues import MOTION_CHANNELS, MOTION_STRIDE
from core.vos.network.adapted_runtime import apply_adaptation, pack_adaptation
from core.vos.network.model import Network, enlarge
from core.vos.network.onnx_runtime import OnnxRuntime
from core.vos.network.runtime import DecoderInputs

SIZE = (160, 96)
FRAMES = 6
QUICK = FineTuneSettings(samples=1, steps=2, batch=1, side=96, window=64)


def textured(seed: int, shape: tuple[int, int]) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), 3), np.uint8)


def frame(index: int) -> Image:
    picture = textured(1, (96, 160)) // 2
    picture[30:70, 30 + 4 * index : 80 + 4 * index] = textured(2, (40, 50)) // 2 + 120
    return picture


def labels(index: int) -> LabelMap:
    mask = np.zeros((96, 160), np.uint8)
    mask[30:70, 30 + 4 * index : 80 + 4 * index] = 1
    return mask


def anchor(index: int) -> Anchor:
    return Anchor(index, labels(index), frozenset({1}))


def examples(network: Network, window: int = 64, samples: int = 1) -> list[DecoderExample]:
    return examples_of(network, ClipSamples([anchor(0)], frame, 96, samples, 0)[0], window, seed=0)


def test_it_measures_before_and_after_and_reports_how_far_it_is() -> None:
    seen: list[Progress] = []
    outcome = fine_tune([anchor(0)], frame, FRAMES, SIZE, CancelToken(), QUICK, on_progress=seen.append)
    assert outcome.before.j > 0.7, "a plain object is followed there and back"
    assert 0 <= outcome.after.j_and_f <= 1
    assert outcome.accepted == outcome.before.beaten_by(outcome.after)
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1].done == seen[-1].total


def test_weights_that_are_worse_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(network: torch.nn.Module, *_: object) -> None:
        with torch.no_grad():
            network.decoder.logits.bias.fill_(-50.0)  # type: ignore[operator, union-attr]

    monkeypatch.setattr("core.finetuning.tuning._learn", spoil)
    outcome = fine_tune([anchor(0)], frame, FRAMES, SIZE, CancelToken(), QUICK)
    assert outcome.after.j_and_f < outcome.before.j_and_f
    assert not outcome.accepted and outcome.weights == b""


def test_what_is_kept_is_what_the_engine_runs_with() -> None:
    network = load_network()
    with torch.no_grad():
        network.decoder.logits.bias.fill_(-50.0)  # type: ignore[union-attr]
    packed = pack_adaptation(network)
    assert len(packed) < 2_000_000
    plain, adapted = open_runtime("cpu", 1), open_runtime("cpu", 1, packed)
    masks = labels(0)[None].astype(np.float32)
    motion = np.zeros(
        (1, MOTION_CHANNELS, masks.shape[1] // MOTION_STRIDE, masks.shape[2] // MOTION_STRIDE), np.float32
    )
    found = []
    for runtime in (plain, adapted):
        features = runtime.encode(frame(0))
        keys, values = runtime.memorise(features, masks)
        found.append(runtime.decode(DecoderInputs(features, keys, values, features, masks, masks, motion)))
    assert found[0].max() > 0.5 > found[1].max()


def test_the_decoder_alone_learns() -> None:
    from core.finetuning.tuning import _learn

    network, before = load_network(), load_network().state_dict()
    _learn(network, examples(network), QUICK, CancelToken(), lambda _done: None)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert changed and all(name.startswith("decoder.") for name in changed)
    assert not any("running" in name or "batches" in name for name in changed)


def test_learning_does_not_load_what_it_does_not_need(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.finetuning.tuning import _learn

    # torch's optimisers load its compiler, a fifth of the time of a fine-tuning
    monkeypatch.setattr(torch.optim.Optimizer, "__init__", None)
    network, steps = load_network(), list[int]()
    _learn(network, examples(network), QUICK, CancelToken(), steps.append)
    assert steps == [1, 2]


def test_examples_that_were_learned_are_known_better() -> None:
    from core.finetuning.tuning import _learn

    def missed() -> float:
        inputs, truth = together(known)
        with torch.no_grad():
            return float(segmentation_loss(enlarge(network.decoder(*inputs)), truth))

    network = load_network()
    known = examples(network)
    before = missed()
    _learn(network, known, replace(QUICK, steps=6), CancelToken(), lambda _done: None)
    assert missed() < 0.95 * before


@pytest.mark.parametrize(("box", "expected"), [((0, 0), (0, 0)), ((100, 40), (80, 32)), ((200, 150), (160, 144))])
def test_an_example_is_cut_about_its_object(box: tuple[int, int], expected: tuple[int, int]) -> None:
    def places(stride: int) -> Tensor:
        """Where each cell begins, in pixels: 1000 x row + column."""
        cells = torch.arange(0, 256, stride).float()
        return (1000 * cells[:, None] + cells)[None, None]

    strides = (4, 8, 16, 16, 8, 1, 8)
    masks = [torch.zeros(1, 1, 256, 256) for _ in range(2)]
    # the true mask, and none: then the warped one
    for truth in masks:
        inputs = [places(stride) for stride in strides]
        if truth is masks[1]:
            inputs[5] = torch.zeros(1, 1, 256, 256)
        (truth if truth is masks[0] else inputs[5])[..., box[0] : box[0] + 56, box[1] : box[1] + 80] = 1
        part = DecoderExample(tuple(inputs), truth).cut(96)
        assert part.truth.shape == (1, 1, 96, 96)
        for plane, stride in zip(part.inputs, strides, strict=True):
            assert plane.shape == (1, 1, 96 // stride, 96 // stride)
            if stride > 1:
                assert float(plane[0, 0, 0, 0]) == 1000 * expected[0] + expected[1]
        shown = part.truth if truth is masks[0] else part.inputs[5]
        assert float(shown.sum()) == 56 * 80
    assert DecoderExample(tuple(inputs), truth).cut(256).truth is truth


def test_pictures_are_seen_as_the_engine_sees_them() -> None:
    from core.finetuning.tuning import _encode_with

    runtime = OnnxRuntime(read_graphs("compact", ["encoder"]), 1)
    pictures = np.stack([frame(0), frame(1)])
    found = _encode_with(runtime)(torch.from_numpy(pictures).permute(0, 3, 1, 2).float())
    for index, picture in enumerate(pictures):
        for one, other in zip(found, runtime.encode(picture), strict=True):
            np.testing.assert_array_equal(one[index : index + 1].numpy(), other)


def test_what_is_learned_does_not_depend_on_the_time_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.finetuning.tuning import _learn

    learned = []
    for seconds_a_look in (0.0, 1000.0):
        passed = itertools.count()
        monkeypatch.setattr(time, "monotonic", lambda slow=seconds_a_look, passed=passed: slow * next(passed))
        network = load_network()
        steps: list[Any] = []
        _learn(network, examples(network), QUICK, CancelToken(), steps.append)
        learned.append(network.state_dict())
        assert steps == [1, 2]
    one, two = learned
    assert all(torch.equal(value, two[name]) for name, value in one.items())


def test_samples_depend_on_seed_and_number_alone() -> None:
    one, two = (ClipSamples([anchor(0), anchor(5)], frame, 96, 2, seed=3) for _ in range(2))
    assert torch.equal(one[4].frames, two[4].frames)
    assert not torch.equal(one[4].frames, one[5].frames)
    assert one[4].masks[:, 0].any(dim=(1, 2)).all(), "every example begins with something to follow"


class _Recorder:
    """A session that returns a mask half as large as the true one."""

    def __init__(self) -> None:
        self.paths: list[list[int]] = []

    def track(self, anchors: Sequence[Anchor], indices: Sequence[int], read: object, cancel: CancelToken) -> object:

        assert indices[0] == anchors[0].frame_index == 0
        self.paths.append(list(indices))
        for index in indices:
            read(index)  # type: ignore[operator]
            yield FrameResult(index, anchors[0].labels, {1: 1.0})


def test_one_anchor_is_followed_away_and_back() -> None:
    read: list[int] = []

    def reading(index: int) -> Image:
        read.append(index)
        return frame(0)

    found = Gate([anchor(1)], [], 40, reading).measure(_Recorder(), CancelToken())  # type: ignore[arg-type]
    assert found == Check(1.0, 1.0, {1: 1.0})
    assert max(read) == 17 and read[0] == read[-1] == 1
    assert len(read) == 18, "every second frame, there and back"


def test_of_several_anchors_every_second_is_held_out_and_followed_to() -> None:
    learned, held_out = split_anchors([anchor(0), anchor(2), anchor(5)])
    assert [one.frame_index for one in learned] == [0, 5]
    assert [one.frame_index for one in held_out] == [2]
    found = Gate(learned, held_out, FRAMES, frame).measure(_Recorder(), CancelToken())  # type: ignore[arg-type]
    overlap = (labels(0) & labels(2)).sum() / (labels(0) | labels(2)).sum()
    assert found.j == pytest.approx(float(overlap))


def test_no_object_may_pay_for_another() -> None:
    before = Check(0.5, 0.5, {1: 0.2, 2: 0.8})
    assert before.beaten_by(Check(0.6, 0.6, {1: 0.39, 2: 0.81}))
    assert before.beaten_by(Check(0.6, 0.6, {1: 0.41, 2: 0.79})), "that is noise"
    assert not before.beaten_by(Check(0.6, 0.6, {1: 0.5, 2: 0.7}))
    assert not before.beaten_by(Check(0.501, 0.501, {1: 0.202, 2: 0.8}))


def test_it_stops_at_once_and_refuses_what_it_cannot_use() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        fine_tune([anchor(0)], frame, FRAMES, SIZE, token, QUICK)
    empty = Anchor(0, np.zeros((96, 160), np.uint8), frozenset({1}))
    with pytest.raises(EngineError, match="masked frame"):
        fine_tune([empty], frame, FRAMES, SIZE, CancelToken(), QUICK)
    with pytest.raises(EngineError, match="one frame"):
        fine_tune([anchor(0)], frame, 1, SIZE, CancelToken(), QUICK)
    with pytest.raises(EngineError, match="another network"):
        apply_adaptation(load_network(), b"nothing of the kind")
    with pytest.raises(EngineError, match="cannot be read"):
        BuiltinEngine().open(SIZE, "cpu", {"adaptation": "/no/such/file"})


def test_weights_are_given_as_they_are_or_as_their_file(tmp_path: Path) -> None:
    file = tmp_path / "tuned.safetensors"
    file.write_bytes(b"weights")
    assert read_adaptation(b"weights") == read_adaptation(file) == read_adaptation(str(file)) == b"weights"
    assert read_adaptation(None) == read_adaptation("") == read_adaptation(b"") == b""


def test_frames_near_the_anchors_are_learned_from_where_the_engine_is_sure() -> None:
    class Unsure(_Recorder):
        def track(self, anchors: Sequence[Anchor], indices: Sequence[int], read: object, cancel: CancelToken) -> object:
            for result in super().track(anchors, indices, read, cancel):  # type: ignore[attr-defined]
                yield FrameResult(result.frame_index, result.labels, {1: 0.5 if result.frame_index == 2 else 0.9})

    read: list[int] = []

    def reading(index: int) -> Image:
        read.append(index)
        return frame(0)

    anchors = [anchor(3), anchor(9)]
    paths = paths_around(anchors, 13, [*anchors, anchor(6)])
    assert paths == [[3, 4, 5], [3, 2, 1, 0], [9, 10, 11, 12], [9, 8, 7]]
    found = list(pseudo_labels_along(Unsure(), anchors, paths, reading, CancelToken()))  # type: ignore[arg-type]
    assert [None if one is None else one.frame_index for one in found] == [4, None, 2, None, 0, 10, None, 12, 8, None]
    assert read == [frame for path in paths for frame in path]
    assert all(one is None or one.object_ids == {1} for one in found)


def test_long_clips_are_followed_for_two_dozen_frames_in_all() -> None:
    assert [len(path) for path in paths_around([anchor(0)], 5000, [anchor(0)])] == [25]
    many = [anchor(100 * number) for number in range(1, 9)]
    assert {len(path) for path in paths_around(many, 5000, many)} == {4}
    assert paths_around([anchor(0)], 1, [anchor(0)]) == []


def test_samples_show_each_object_by_itself() -> None:
    both = labels(0)
    both[75:95, 5:60] = 2
    samples = ClipSamples([Anchor(0, both, frozenset({1, 2})), anchor(2), anchor(4)], frame, 96, 4, seed=1)
    names = samples._samples._real._data.sequences
    assert {name: len(examples) for name, examples in names.items()} == {"object-1": 3, "object-2": 1}
    found = samples._samples._real._data.read(names["object-2"][0])
    assert found is not None and set(np.unique(found[1])) == {0, 1}
    assert found[1].mean() == pytest.approx((both == 2).mean(), rel=0.1)
