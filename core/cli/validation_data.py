"""What a training is scored on while it runs: sequences of a DAVIS folder, and those held out of its own data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.types import Image, LabelMap

if TYPE_CHECKING:
    from core.learning.samples.examples import TrainingData
    from core.learning.validation import ValidationScore, ValidationSequence


def validation_sequences(folder: Path | None, data: Path, held_out: Sequence[str]) -> list[ValidationSequence]:
    """All sequences of `folder`, if there is one, and those named in `held_out` of the training data's `davis-train`,
    or of its pack, where they are smaller.

    Raises DatasetError if a folder is no DAVIS dataset or has no such sequence.
    """
    found = [] if folder is None else [_readable(sequence) for sequence in DavisDataset(folder)]
    known = {sequence.name for sequence in found}
    wanted = [name for name in held_out if name not in known]
    if wanted and data.is_file():
        from core.learning.samples.data import find_training_data

        packed = find_training_data(data)
        found += [_packed(packed, name) for name in wanted]
    elif wanted:
        own = DavisDataset(data / "davis-train")
        found += [_readable(own.sequence(name)) for name in wanted]
    return found


def _packed(data: TrainingData, name: str) -> ValidationSequence:
    from core.learning.validation import ValidationSequence

    # damaged pictures are left out of what is followed
    read = [found for found in map(data.read, data.sequences[name]) if found is not None]
    return ValidationSequence(
        name, len(read), lambda frame: read[frame][0], lambda frame: (read[frame][1] > 0).astype(np.uint8)
    )


def _readable(sequence: DavisSequence) -> ValidationSequence:
    from core.learning.validation import ValidationSequence

    names = sequence.frame_names

    def picture(frame_index: int) -> Image:
        return sequence.picture(names[frame_index])

    def labels(frame_index: int) -> LabelMap:
        return sequence.labels(names[frame_index])

    return ValidationSequence(sequence.name, len(names), picture, labels)


def score_line(score: ValidationScore) -> str:
    """The text of a score."""
    each = ", ".join(f"{name} {value:.3f}" for name, value in score.sequences.items())
    return f"step {score.step}: J&F {score.j_and_f:.3f} (J {score.j:.3f}, F {score.f:.3f}): {each}"
