"""Scores of folders of masks against true ones, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from core.errors import DatasetError
from core.masks import MaskReader
from core.metrics import ObjectScore, SequenceScore, Statistics, mean_score, score_sequence
from core.types import LabelMap

_NAME_WIDTH = 24


def score_folder(
    results: Path,
    frame_names: Sequence[str],
    truth: Callable[[str], LabelMap],
    one_object: bool = False,
    reader: MaskReader | None = None,
) -> SequenceScore:
    """Scores `results`/FRAME.png against the truth of each frame; `one_object` takes all objects for one.
    `reader` is the one of the truth: a colour in both is one object.

    The first and the last frame do not count and may be missing. Raises DatasetError if another one is, MaskError if a
    mask has another size.
    """
    counted = frame_names[1:-1]
    missing = [name for name in counted if not (results / f"{name}.png").is_file()]
    if missing:
        raise DatasetError(
            "{results}: {count} of {count2} frames have no mask, first '{missing}'; expected {missing}.png.",
            results=results,
            count=len(missing),
            count2=len(counted),
            missing=missing[0],
        )

    reader = reader or MaskReader()

    def found() -> Iterator[LabelMap]:
        for name in frame_names:
            true = truth(name)
            if name not in counted:
                yield np.zeros_like(true)
                continue
            labels = reader.labels(results / f"{name}.png", (true.shape[1], true.shape[0]))
            yield (labels > 0).astype(np.uint8) if one_object else labels

    return score_sequence(found(), map(truth, frame_names))


def print_scores(scores: Mapping[str, SequenceScore]) -> None:
    """One line a sequence, below it one an object where there are several, and the mean over all objects at the end."""
    measures = [f"{measure}-{part}" for measure in "JF" for part in ("recall", "decay")]
    print(f"{'sequence':<{_NAME_WIDTH}}" + "".join(f"{name:>10}" for name in ("J", "F", "J&F", *measures)))
    for name, score in scores.items():
        _print_row(name, score.j, score.f)
        if len(score.objects) > 1:
            for object_id, one in score.objects.items():
                _print_object(object_id, one)
    if len(scores) > 1:
        _print_row("mean", *mean_score(scores.values()))


def _print_object(object_id: int, score: ObjectScore) -> None:
    _print_row(f"  object {object_id}", score.j, score.f)


def _print_row(name: str, j: Statistics, f: Statistics) -> None:
    values = (j.mean, f.mean, (j.mean + f.mean) / 2, j.recall, j.decay, f.recall, f.decay)
    print(f"{name:<{_NAME_WIDTH}}" + "".join(f"{value:>10.3f}" for value in values))
