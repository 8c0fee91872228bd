"""Trains the click decoder: rounds of simulated clicks on crops with precomputed features."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.learning.averaging import follow
from core.learning.checkpoint import load_weights
from core.learning.clicks.features import Crop
from core.learning.clicks.simulation import Click, click_anywhere, loose_box, next_click
from core.learning.losses import boundary_cross_entropy
from core.learning.rollout import add_false_part, patches
from core.types import Box, Floats
from core.vos.clicks.inputs import click_maps, click_similarity
from core.vos.network.clicks import ClickDecoder
from core.vos.network.model import NetworkConfig

_ROUNDS, _ROUND_PROBABILITIES = (1, 2, 3, 4), (0.4, 0.3, 0.18, 0.12)
"""Clicks of a sample: the first mask that a person sees matters most."""
_BOXED, _STARTED = 0.15, 0.12
_ANYWHERE = 0.5
"""Share of the first clicks that lie anywhere on the object."""
"""Fractions of the samples with a box, and with a mask to correct."""
_OTHERS = 0.05
"""Weight in the loss of the candidates other than the best one."""
_AVERAGE = 0.998
_WARM_UP = 50


@dataclass(frozen=True)
class ClickReport:
    """One step: its loss, and the mean IoU after each round of clicks, of the candidate with the highest estimate."""

    step: int
    progress: float
    loss: float
    overlaps: tuple[float, ...]


class ClickTrainer:
    """`minutes` of training with a learning rate that decays to zero; `average` has the moving average, which ships."""

    def __init__(
        self, config: NetworkConfig, minutes: float, rate: float = 2e-3, batch: int = 8, seed: int = 0
    ) -> None:
        torch.manual_seed(seed)
        self.decoder = ClickDecoder(config)
        self.average = copy.deepcopy(self.decoder)
        self._seconds, self._rate, self._batch, self._seed = 60 * minutes, rate, batch, seed
        self._optimiser = torch.optim.AdamW(self.decoder.parameters(), lr=rate, weight_decay=1e-4)

    def start_from(self, weights: Path) -> None:
        """Initialises the decoder from weights. Raises EngineError if they cannot be read or do not fit."""
        load_weights(self.decoder, weights)
        self.average.load_state_dict(self.decoder.state_dict())

    def train(self, crops: Sequence[Crop]) -> Iterator[ClickReport]:
        """Takes steps until the time is over."""
        rng = np.random.default_rng(self._seed)
        start, step = time.monotonic(), 0
        self.decoder.train()
        while (progress := (time.monotonic() - start) / self._seconds) < 1:
            for group in self._optimiser.param_groups:
                group["lr"] = self._rate * min(1.0, (step + 1) / _WARM_UP) * (1 - progress) ** 0.9
            chosen = [crops[int(one)] for one in rng.integers(len(crops), size=self._batch)]
            loss, overlaps = self._step(chosen, rng)
            step += 1
            follow(self.average, self.decoder, step, _AVERAGE)
            yield ClickReport(step, progress, loss, overlaps)

    def _step(self, crops: Sequence[Crop], rng: np.random.Generator) -> tuple[float, tuple[float, ...]]:
        features = [torch.from_numpy(np.stack([crop.features[part] for crop in crops])).float() for part in range(3)]
        truth = torch.from_numpy(np.stack([crop.mask for crop in crops])).float()[:, None]
        # the decoder is shown masks that were there before the first click, never its own answers: as it is used
        shown = self._first_masks(truth, rng)
        previous, fresh = shown, ~shown.flatten(1).any(1)
        clicks: list[list[Click]] = [[] for _ in crops]
        boxes = [loose_box(crop.mask > 0, rng) if rng.random() < _BOXED else None for crop in crops]
        total, overlaps = 0.0, []
        self._optimiser.zero_grad(set_to_none=True)
        rounds = int(rng.choice(_ROUNDS, p=_ROUND_PROBABILITIES))
        for turn in range(rounds):
            for number, crop in enumerate(crops):
                # samples with a box may have no click
                if turn > 0 or boxes[number] is None:
                    click = (
                        click_anywhere(crop.mask > 0, rng)
                        if turn == 0 and fresh[number] and rng.random() < _ANYWHERE
                        else next_click(crop.mask > 0, previous[number, 0].numpy() > 0.5, rng)
                    )
                    clicks[number] += [] if click is None else [click]
            inputs = [
                _inputs(crop, some, box, mask)
                for crop, some, box, mask in zip(crops, clicks, boxes, shown[:, 0].numpy(), strict=True)
            ]
            maps, alike8, alike16 = (torch.from_numpy(np.stack(one)) for one in zip(*inputs, strict=True))
            logits, guess = self.decoder(*features, maps, alike8, alike16)
            loss, overlap = _loss(logits, guess, truth)
            torch.autograd.backward(loss / rounds)
            found = logits.detach().sigmoid()
            inside = found > 0.5
            # as candidates are ranked where they are used
            best = (guess.detach() + (found * inside).sum((2, 3)) / inside.sum((2, 3)).clamp_min(1)).argmax(1)
            rows = torch.arange(len(crops))
            previous = found[rows, best][:, None]
            total += float(loss.detach()) / rounds
            overlaps.append(float(overlap[rows, best].mean()))
        torch.nn.utils.clip_grad_norm_(self.decoder.parameters(), 5.0)
        self._optimiser.step()
        return total, tuple(overlaps)

    def _first_masks(self, truth: Tensor, rng: np.random.Generator) -> Tensor:
        """First masks: empty, or for some samples wrong ones, with a missing part or with something else in them."""
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        started = torch.from_numpy(rng.random((len(truth), 1, 1, 1)) < _STARTED)
        wrong = add_false_part(truth * patches(truth, generator), generator)
        return torch.where(started, wrong, 0.0)


def _inputs(crop: Crop, clicks: Sequence[Click], box: Box | None, previous: Floats) -> tuple[Floats, Floats, Floats]:
    points = np.array([click[:2] for click in clicks], np.float32).reshape(-1, 2)
    labels = np.array([click[2] for click in clicks], np.bool_)
    key, local_key = (crop.features[part].astype(np.float32) for part in (3, 4))
    maps = click_maps(points, labels, box, previous, (crop.mask.shape[0], crop.mask.shape[1]))
    return maps, click_similarity(local_key, points, labels, 8), click_similarity(key, points, labels, 16)


def _loss(logits: Tensor, guess: Tensor, truth: Tensor) -> tuple[Tensor, Tensor]:
    """The best candidate's loss, a little of the others' and how far off the estimates are; and the overlaps (B, N)."""
    wanted = truth.expand_as(logits)
    entropy = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none").mean((2, 3))
    found = logits.sigmoid()
    shared = (found * wanted).sum((2, 3))
    dice = 1 - (2 * shared + 1) / (found.sum((2, 3)) + wanted.sum((2, 3)) + 1)
    each = entropy + dice
    best, which = each.min(1)
    rows = torch.arange(len(logits))
    contour = boundary_cross_entropy(logits[rows, which][:, None], truth)
    hard, true = logits.detach() > 0, wanted > 0.5
    overlap = (hard & true).sum((2, 3)) / (hard | true).sum((2, 3)).clamp_min(1)
    loss = (1 - _OTHERS) * best.mean() + _OTHERS * each.mean() + 0.3 * contour
    return loss + functional.mse_loss(guess, overlap), overlap
