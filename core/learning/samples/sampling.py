"""Samples for training: real, composite and synthetic clips mixed, with the optical flow between their frames.

A sample depends only on the seed, its number and its difficulty, so it is the same for any number of workers and in a
resumed training. The flow is the one the engine uses, DIS (Kroeger et al., ECCV 2016), between the frames as
they are, blur and noise included: the warped masks of training then fail as those of real clips do.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from core.errors import DatasetError
from core.learning.samples.clip import Clip, Difficulty
from core.learning.samples.composites import CompositeClips
from core.learning.samples.examples import TrainingData
from core.learning.samples.photometry import as_it_is, degrade, expose_and_blur
from core.learning.samples.sequences import RealClips
from core.learning.samples.synthesis import SyntheticClips
from core.types import Floats, Image
from core.vos.flow.warping import FlowEstimator

_TRIES = 100
_PREFETCHED = 2
"""Batches that each process makes ahead: what is ahead at the end is lost, and large ones take gigabytes."""


@dataclass(frozen=True)
class Batch:
    """`frames` (B, T, 3, S, S) uint8 RGB, `masks` (B, T, S, S) uint8 of 0 and 1, `others` likewise of another object
    in the same frames, all zeros where there is none, `flow` (B, T - 1, S, S, 2) float16:
    where each pixel of frame t + 1 was in frame t, relative to itself, in pixels; `consistency` (B, T - 1, S, S)
    uint8, where that flow can be trusted, in 255ths; and `sequences` (B, N) bool, of which of the data's annotated
    sequences something is in a sample.
    """

    frames: Tensor
    masks: Tensor
    others: Tensor
    flow: Tensor
    consistency: Tensor
    sequences: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on a device."""
        # out of pinned memory the copies run alongside the step before
        return Batch(*(one.to(device, non_blocking=True) for one in self._parts()))

    def without(self, sequences: Tensor, count: int) -> Batch | None:
        """`count` of the samples in which nothing is of `sequences` (N,) bool, some twice where there are fewer; None
        where there is at most one. The count is given, since a GPU chooses its kernels again for each.
        """
        kept = torch.nonzero(~(self.sequences & sequences.to(self.sequences.device)).any(1))[:, 0]
        if len(kept) < 2:
            return None
        return self.rows(kept.repeat(-(-count // len(kept)))[:count])

    def rows(self, chosen: Tensor | slice) -> Batch:
        """The samples at some indices, (K,) int64, or in a slice."""
        return Batch(*(one[chosen] for one in self._parts()))

    def followed_by(self, other: Batch) -> Batch:
        """Its samples and then those of another batch, of the same size and length."""
        return Batch(*(torch.cat(pair) for pair in zip(self._parts(), other._parts(), strict=True)))

    def _parts(self) -> tuple[Tensor, ...]:
        return self.frames, self.masks, self.others, self.flow, self.consistency, self.sequences


@dataclass(frozen=True)
class Request:
    """The number of a sample, and its difficulty."""

    number: int
    difficulty: Difficulty


@dataclass(frozen=True)
class Mixture:
    """Fractions of real and composite samples, if there are annotated sequences; the others are synthetic."""

    real: float = 0.36
    composite: float = 0.3


class Samples(Dataset[tuple[Tensor, ...]]):
    """Samples by `Request`: what a `Batch` holds of one, without the first axis."""

    def __init__(
        self, data: TrainingData, side: int, seed: int, mixture: Mixture | None = None, photometry: bool = True
    ) -> None:
        """Without `photometry` the frames keep clean colours, for `batch_photometry` to change; the flow is computed on
        degraded ones all the same.
        """
        film = expose_and_blur if photometry else as_it_is
        self._real = RealClips(data, side, film)
        self._composite = CompositeClips(data, side, film)
        self._synthetic = SyntheticClips(data, side, film)
        self._data = data
        self._photometry = photometry
        self._seed = seed
        self._mixture = mixture or Mixture()

    def __getitem__(self, request: Request) -> tuple[Tensor, ...]:
        rng = np.random.default_rng((self._seed, request.number))
        self._data.wanted_sequences()
        clip = self._clip(rng, request.difficulty)
        sequences = torch.tensor(self._data.wanted_sequences(), dtype=torch.bool)
        # by NumPy: torch would wake its pool of threads for it
        frames = torch.from_numpy(np.ascontiguousarray(clip.frames.transpose(0, 3, 1, 2)))
        flow, consistency = clip_flow(clip.frames if self._photometry else degrade(rng, clip.frames))
        # halved and quartered, since moving batches between processes costs as much as making them
        small = (
            torch.from_numpy(flow.astype(np.float16)),
            torch.from_numpy(np.round(consistency * 255).astype(np.uint8)),
        )
        return frames, torch.from_numpy(clip.masks), torch.from_numpy(clip.rival), *small, sequences

    def _clip(self, rng: np.random.Generator, difficulty: Difficulty) -> Clip:
        for _ in range(_TRIES):
            clip = self._kind(rng).sample(rng, difficulty)
            if clip is not None and clip.usable:
                return clip
        raise DatasetError("No usable sample could be made: the masks are empty, or cover whole pictures.")

    def _kind(self, rng: np.random.Generator) -> RealClips | CompositeClips | SyntheticClips:
        lot = rng.random()
        if not len(self._real) or lot >= self._mixture.real + self._mixture.composite:
            return self._synthetic
        return self._real if lot < self._mixture.real else self._composite


def clip_flow(frames: Image) -> tuple[Floats, Floats]:
    """DIS flow (T - 1, S, S, 2) of (T, S, S, 3) uint8 frames, from each but the first to the one before, in pixels, and
    its consistency (T - 1, S, S) in [0, 1], both float32.
    """
    estimator = FlowEstimator()
    found = [estimator.between(before, after) for before, after in pairwise(frames)]
    return np.stack([flow.backward for flow in found]), np.stack([flow.consistency for flow in found])


def batches(
    samples: Samples, requests: Callable[[], Iterator[list[Request]]], workers: int, pinned: bool = False
) -> Iterator[Batch]:
    """Batches as asked for, in order, made by `workers` processes (0: in this one); `pinned`, in memory
    that a GPU copies from by itself. Raises DatasetError for data that cannot be read.
    """
    loader = DataLoader(
        samples,
        batch_sampler=_Requests(requests),
        num_workers=workers,
        pin_memory=pinned,
        prefetch_factor=_PREFETCHED if workers else None,
        worker_init_fn=_begin_worker,
    )
    reason = ""
    try:
        for parts in loader:
            yield Batch(*parts)
    except DatasetError as error:
        # from a worker it comes with the worker's whole traceback as its message; its own message ends it
        reason = str(error).strip().splitlines()[-1].removeprefix("core.errors.DatasetError: ")
        # torch's error is in a cycle with its own frames, and would keep the loader's process and thread alive
        error.__traceback__ = None
    if reason:
        raise DatasetError("{reason}", reason=reason)


class _Requests(Iterable[list[Request]]):
    def __init__(self, requests: Callable[[], Iterator[list[Request]]]) -> None:
        self._requests = requests

    def __iter__(self) -> Iterator[list[Request]]:
        return self._requests()


def _begin_worker(_number: int) -> None:
    """The workers share the cores among them, a pool in each would only get in the way; and Ctrl-C, which the terminal
    sends to all processes, is the trainer's to answer.
    """
    cv2.setNumThreads(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
