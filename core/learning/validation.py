"""Validation: J and F of a network in training on real sequences that are not in the training data."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from core.errors import DatasetError
from core.jobs import CancelToken
from core.metrics import SequenceScore, mean_score, score_sequence
from core.types import Anchor, Image, LabelMap
from core.vos.network.model import Network
from core.vos.network.torch_runtime import TorchRuntime
from core.vos.targets.network_target import NetworkTarget
from core.vos.tracking import Tracker, TrackingSettings


@dataclass(frozen=True)
class ValidationSequence:
    """An annotated sequence: `frame_count` pictures (H, W, 3) uint8 RGB, and labels (H, W) uint8 of every frame."""

    name: str
    frame_count: int
    picture: Callable[[int], Image]
    labels: Callable[[int], LabelMap]


@dataclass(frozen=True)
class ValidationScore:
    """Scores of the weights after `step`: mean J and F over all objects of all sequences, and J&F by sequence."""

    step: int
    j: float
    f: float
    sequences: dict[str, float]

    @property
    def j_and_f(self) -> float:
        return (self.j + self.f) / 2

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps({"step": self.step, "j": self.j, "f": self.f, "sequences": self.sequences})

    @classmethod
    def from_line(cls, line: str) -> ValidationScore:
        """What `line` wrote."""
        entry = json.loads(line)
        sequences = {str(name): float(value) for name, value in entry["sequences"].items()}
        return cls(int(entry["step"]), float(entry["j"]), float(entry["f"]), sequences)


def validate(
    network: Network, sequences: Sequence[ValidationSequence], step: int, device: str, cancel: CancelToken
) -> ValidationScore | None:
    """Follows each sequence's objects from its first frame, as the engine does, and scores them; None once cancelled.

    The network is left as it is. Raises MaskError on a sequence of fewer than three frames.
    """
    runtime = TorchRuntime(copy.deepcopy(network), device)
    scores: dict[str, SequenceScore] = {}
    # what is drawn at random in training must not depend on whether it was validated
    with torch.random.fork_rng(devices=[]):
        for sequence in sequences:
            labels = [sequence.labels(frame) for frame in range(sequence.frame_count)]
            found = _follow(runtime, sequence, labels[0], cancel)
            followed = list(found)
            if cancel.cancelled:
                return None
            scores[sequence.name] = score_sequence(followed, labels)
    j, f = mean_score(scores.values())
    return ValidationScore(step, j.mean, f.mean, {name: score.j_and_f for name, score in scores.items()})


def _follow(
    runtime: TorchRuntime, sequence: ValidationSequence, first: LabelMap, cancel: CancelToken
) -> Iterator[LabelMap]:
    ids = frozenset(int(one) for one in set(first.ravel().tolist()) if one)
    size = (first.shape[1], first.shape[0])
    tracker = Tracker(NetworkTarget(runtime), size, TrackingSettings())
    anchor = Anchor(0, first, ids)
    results = tracker.run([anchor], range(sequence.frame_count), dict.fromkeys(ids, 0), sequence.picture, cancel)
    return (result.labels for result in results)


def read_scores(path: Path) -> list[ValidationScore]:
    """The scores in a file of lines, in order; a last line torn by a crash is left out.

    Raises DatasetError if the file is damaged.
    """
    if not path.exists():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        return [ValidationScore.from_line(line) for line in lines if line.endswith("\n")]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise DatasetError("{path}: damaged; move it away to go on without what it says.", path=path) from error


def is_best(score: ValidationScore, before: Sequence[ValidationScore]) -> bool:
    """Whether a score is better than all before it; one that is no number never is."""
    return not math.isnan(score.j_and_f) and all(score.j_and_f > one.j_and_f for one in before)
