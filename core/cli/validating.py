"""What a training is scored on while it runs: sequences of a DAVIS folder, and those held out of its own data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.datasets.davis import DavisDataset, DavisSequence
from core.types import Image, LabelMap

if TYPE_CHECKING:
    from core.learning.validation import ValidationScore, ValidationSequence


def validation_sequences(folder: Path | None, data: Path, held_out: Sequence[str]) -> list[ValidationSequence]:
    """All sequences of `folder`, if there is one, and those named in `held_out` of the training data's `davis-train`.

    Raises DatasetError if a folder is no DAVIS dataset or has no such sequence.
    """
    found = [] if folder is None else list(DavisDataset(folder))
    known = {sequence.name for sequence in found}
    if held_out:
        own = DavisDataset(data / "davis-train")
        found += [own.sequence(name) for name in held_out if name not in known]
    return [_readable(sequence) for sequence in found]


def _readable(sequence: DavisSequence) -> ValidationSequence:
    from core.learning.validation import ValidationSequence

    names = sequence.frame_names

    def picture(frame_index: int) -> Image:
        return sequence.picture(names[frame_index])

    def labels(frame_index: int) -> LabelMap:
        return sequence.labels(names[frame_index])

    return ValidationSequence(sequence.name, len(names), picture, labels)


def score_line(score: ValidationScore) -> str:
    """What a person is told of a score."""
    each = ", ".join(f"{name} {value:.3f}" for name, value in score.sequences.items())
    return f"step {score.step}: J&F {score.j_and_f:.3f} (J {score.j:.3f}, F {score.f:.3f}): {each}"
