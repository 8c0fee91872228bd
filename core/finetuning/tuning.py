"""Fine-tuning from start to verdict.

Only the decoder learns (as in the last layers of OSVOS, Caelles et al., CVPR 2017, and the target models of Robinson et
al., "Learning Fast and Robust Target Models", CVPR 2020); features, memory and their statistics stay as they are, so
that the general features are not overfitted to one clip. What the decoder is given is made once (`decoder_examples`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.engines.builtin import BuiltinEngine
from core.engines.devices import uses_gpu
from core.engines.target_networks.options import PREFIX
from core.engines.weights import choose_network, load_network, read_graphs
from core.errors import EngineError
from core.finetuning.clip_samples import ClipSamples
from core.finetuning.decoder_examples import DecoderExample, Encode, examples_of, together
from core.finetuning.gate import Gate, split_anchors
from core.finetuning.outcome import FineTuneOutcome, OnProgress
from core.finetuning.pseudo_labels import paths_around, pseudo_labels_along
from core.finetuning.target_tuning import fine_tune_target
from core.jobs import CancelToken, ProgressClock
from core.learning.adamw import AdamW
from core.learning.losses import segmentation_loss
from core.learning.precision import best_precision
from core.types import Anchor, ReadFrame
from core.vos.network.adapted_runtime import pack_adaptation
from core.vos.network.model import Network, enlarge
from core.vos.network.onnx_runtime import OnnxRuntime

_CHECKS = 2
_CHECK_SHARE, _FOLLOW_SHARE, _EXAMPLES_SHARE = 0.5, 0.6, 1.0
"""Of the steps of learning shown as progress, how many a measurement stands for, following the anchors' objects, and
making the examples.
"""

_DECAY = 1e-4


@dataclass(frozen=True)
class FineTuneSettings:
    """How a decoder is tuned. Steps are counted, not seconds: the result must not depend on how busy the machine is."""

    samples: int = 4
    """Number of batches of sample clips."""
    steps: int = 24
    """Number of optimiser steps."""
    batch: int = 8
    """Sample clips in a batch, and examples a step."""
    side: int = 256
    """Width and height of a sample, in pixels."""
    window: int = 192
    """Width and height of the part of a sample around the object that the decoder learns from, in pixels."""
    rate: float = 3e-4
    """Learning rate."""
    share: float = 0.5
    """How far weights go from those before to those learned, in [0, 1]."""
    seed: int = 0
    """Seed of the samples that are drawn."""


def fine_tune(
    anchors: Sequence[Anchor],
    read: ReadFrame,
    frame_count: int,
    size: tuple[int, int],
    cancel: CancelToken,
    settings: FineTuneSettings | None = None,
    options: Mapping[str, object] | None = None,
    device: str = "auto",
    on_progress: OnProgress | None = None,
    engine: str = "builtin",
) -> FineTuneOutcome:
    """Adapts the built-in network to a clip of `frame_count` frames of `size` (width, height), or trains the network of
    an engine `target:NAME` for it, whose settings are all in `options`.

    Learns from the anchors that are not held out and from frames near them as the engine masks them, measures J&F
    before and after, and keeps the weights only if they are better. `options` are the engine's. Raises EngineError
    without an anchor that shows an object, CancelledError once cancelled; nothing is kept then.
    """
    if engine.startswith(PREFIX):
        return fine_tune_target(engine, anchors, read, frame_count, size, cancel, options, device, on_progress)
    settings = settings or FineTuneSettings()
    useful = [anchor for anchor in anchors if any((anchor.labels == one).any() for one in anchor.object_ids)]
    if not useful:
        raise EngineError("There is no masked frame to learn from: mask an object on at least one frame.")
    if frame_count < 2:
        raise EngineError("A clip of one frame needs no fine-tuning: there is nothing to follow.")
    learned, held_out = split_anchors(useful)
    gate = Gate(learned, held_out, frame_count, read)
    check_steps = max(1, round(_CHECK_SHARE * settings.steps))
    paths = paths_around(learned, frame_count, useful)
    followed_steps = max(1, round(_FOLLOW_SHARE * settings.steps)) if paths else 0
    example_steps = max(1, round(_EXAMPLES_SHARE * settings.steps))
    total = settings.steps + _CHECKS * check_steps + followed_steps + example_steps
    clock = ProgressClock(total)

    def show(done: int) -> None:
        if on_progress is not None:
            on_progress(clock.step(done))

    builtin, chosen = BuiltinEngine(), {**(options or {}), "adaptation": b""}
    with closing(builtin.open(size, device, chosen)) as session:
        before = gate.measure(session, cancel)
        show(check_steps)
        masked, frames = list(learned), sum(len(path) - 1 for path in paths)
        for number, frame in enumerate(pseudo_labels_along(session, learned, paths, read, cancel), 1):
            masked += [] if frame is None else [frame]
            show(check_steps + round(followed_steps * number / frames))
    on_gpu = uses_gpu(device)
    name = choose_network(str(chosen.get("network", "auto")), on_gpu)
    network = load_network(name=name)
    network.to("cuda" if on_gpu else "cpu")
    clips = ClipSamples(masked, read, settings.side, settings.batch, settings.seed)
    done = check_steps + followed_steps
    # the engine's own encoder, which takes a CPU a third of the time of torch's, and makes what the decoder will get
    encode = None if on_gpu else _encode_with(OnnxRuntime(read_graphs(name, ["encoder"]), torch.get_num_threads()))
    examples: list[DecoderExample] = []
    for number in range(settings.samples):
        cancel.raise_if_cancelled()
        examples += examples_of(network, clips[number], settings.window, settings.seed * 1_000_003 + number, encode)
        show(done + round(example_steps * (number + 1) / settings.samples))
    done += example_steps
    _learn(network, examples, settings, cancel, lambda step: show(done + step))
    weights = pack_adaptation(network)
    with closing(builtin.open(size, device, {**chosen, "adaptation": weights})) as session:
        after = gate.measure(session, cancel)
    show(total)
    return FineTuneOutcome(before, after, weights if before.beaten_by(after) else b"")


def _encode_with(runtime: OnnxRuntime) -> Encode:
    """A runtime's encoder for pictures (N, 3, S, S) in [0, 255], one at a time as the engine has them."""

    def encode(pixels: Tensor) -> tuple[Tensor, ...]:
        images = pixels.permute(0, 2, 3, 1).byte().numpy()
        outputs = zip(*(runtime.encode(image) for image in images), strict=True)
        return tuple(torch.from_numpy(np.concatenate(output)) for output in outputs)

    return encode


def _learn(
    network: Network,
    examples: Sequence[DecoderExample],
    settings: FineTuneSettings,
    cancel: CancelToken,
    show: Callable[[int], None],
) -> None:
    """Trains the decoder; batch norms keep their statistics. `show` is called with the steps done.

    Its weights end between those before and those learned, which keeps more of what was known without costing much of
    what was learned (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
    """
    network.eval().requires_grad_(False)
    device = network.sharpness.device
    precision = best_precision(device)
    learning = network.decoder.requires_grad_(True)
    before = [value.detach().clone() for value in learning.parameters()]
    optimiser = AdamW([(learning.parameters(), 1.0)], _DECAY)
    order = _order(len(examples), np.random.default_rng(settings.seed))
    for step in range(settings.steps):
        cancel.raise_if_cancelled()
        inputs, truth = together([examples[next(order)] for _ in range(settings.batch)])
        with torch.autocast(device.type, precision, enabled=precision != torch.float32):
            logits = learning(*inputs)
        optimiser.zero_grad()
        torch.autograd.backward(segmentation_loss(enlarge(logits.float()), truth))
        torch.nn.utils.clip_grad_norm_(learning.parameters(), 1.0)
        optimiser.step(settings.rate * (1 - step / settings.steps))
        show(step + 1)
    with torch.no_grad():
        for value, old in zip(learning.parameters(), before, strict=True):
            value.copy_(old.lerp(value, settings.share))


def _order(count: int, rng: np.random.Generator) -> Iterator[int]:
    """Numbers below `count` without end: all of them in one order, then in another."""
    while True:
        yield from (int(number) for number in rng.permutation(count))
