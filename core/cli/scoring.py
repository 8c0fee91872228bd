"""Scores of folders of masks against true ones, and the table they are printed in."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from core.datasets.reading.id_matching import complete, match_by_overlap
from core.datasets.truth import mask_files
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
    `reader` is the one of the truth: a colour in both is one object. Where the two have no numbers or colours in
    common, objects are compared that lie over each other most.

    The first and the last frame do not count and may be missing. Raises DatasetError if another one is, MaskError if a
    mask has another size.
    """
    counted = frame_names[1:-1]
    files = {path.stem: path for path in mask_files(results)}
    missing = [name for name in counted if name not in files]
    if missing:
        raise DatasetError(
            "{results}: {count} of {count2} frames have no mask, first '{missing}'; expected {missing}.png.",
            results=results,
            count=len(missing),
            count2=len(counted),
            missing=missing[0],
        )

    reader = reader or MaskReader()
    own = MaskReader(reader.kind)

    def found(name: str, true: LabelMap, by: MaskReader) -> LabelMap:
        labels = by.labels(files[name], (true.shape[1], true.shape[0]))
        return (labels > 0).astype(np.uint8) if one_object else labels

    table: LabelMap | None = None
    if counted and not one_object:
        pairs = ((found(name, true := truth(name), own), true) for name in counted)
        first = next(pairs)
        if own.counted or reader.counted:
            # ids that colours gave say nothing to numbers, and to other colours
            covering = match_by_overlap(itertools.chain([first], pairs))
            if not set(own.counted) <= set(reader.counted) or not own.counted:
                table = np.zeros(256, np.uint8)
                print(
                    f"note: {results.name}: its objects or the true ones have colours for numbers; those that lie over "
                    "each other most are compared",
                    file=sys.stderr,
                )
                for one, other in complete(covering, range(1, 256)).items():
                    table[one] = other

    def labels_of(name: str) -> LabelMap:
        true = truth(name)
        if name not in counted:
            return np.zeros_like(true)
        return found(name, true, reader) if table is None else table[found(name, true, own)]

    return score_sequence(map(labels_of, frame_names), map(truth, frame_names))


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
