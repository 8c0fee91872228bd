"""All measures of masks against true ones in one pass: by object and frame, between objects, and of the confidence."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import MaskError
from core.jobs import CancelToken, Progress, ProgressClock
from core.metrics import (
    ConfusionMatrix,
    PrecisionRecall,
    boundary_f,
    boundary_iou,
    precision_recall,
    region_j,
)
from core.types import LabelMap

RIGHT = 0.5
"""J from which a result counts as right, where precision and recall are requested."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet computes, or that hides such a beginning from a check of it."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MEASURES = ("j", "f", "boundary_iou")
"""What is measured of each object on each frame."""

BACKGROUND_NAME = "background"

Lanes = Mapping[int, Mapping[int, float]]
"""Values in [0, 1] by object id and frame index."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Masks of one clip against true ones. `lanes` has those of `MEASURES`; `curve` is None without confidences.
    Every frame that was compared counts, also the first and the last.
    """

    frames: tuple[int, ...]
    object_ids: tuple[int, ...]
    lanes: Mapping[str, Lanes]
    confusion: ConfusionMatrix
    curve: PrecisionRecall | None = None
    right: float = RIGHT

    def object_mean(self, measure: str, object_id: int) -> float:
        """The mean of one of `MEASURES` over the object's frames."""
        return _mean([*self.lanes[measure][object_id].values()])

    def mean(self, measure: str) -> float:
        """The mean of one of `MEASURES` over the objects, each weighing the same; NaN without one."""
        return _mean([self.object_mean(measure, key) for key in self.object_ids])

    def totals(self) -> dict[str, float]:
        """The measures of the clip as a whole by name."""
        found = self.confusion
        totals = {
            "pixel_accuracy": found.pixel_accuracy,
            "class_accuracy": found.class_accuracy,
            "mean_iou": found.mean_iou,
            "frequency_weighted_iou": found.frequency_weighted_iou,
            "j": self.mean("j"),
            "f": self.mean("f"),
            "j_and_f": (self.mean("j") + self.mean("f")) / 2,
            "boundary_iou": self.mean("boundary_iou"),
        }
        if self.curve is not None:
            totals["average_precision"] = self.curve.average
        return totals


def measure_masks(
    labels: Callable[[int], LabelMap],
    truth: Callable[[int], LabelMap],
    frames: Sequence[int],
    object_ids: Sequence[int],
    cancel: CancelToken,
    confidence: Callable[[int], Mapping[int, float]] | None = None,
    right: float = RIGHT,
) -> Generator[Progress, None, Measured]:
    """Yields after each frame and returns what was measured.

    `labels` and `truth` give (H, W) uint8 for each of `frames`, `confidence` how sure the engine was of objects there.
    Raises MaskError if sizes differ or `right` is out of range, CancelledError once `cancel` is set.
    """
    if not 0 < right <= 1:
        raise MaskError("A result is right from a J between 0 and 1 on; {right} is not.", right=right)
    lanes: dict[str, dict[int, dict[int, float]]] = {name: {key: {} for key in object_ids} for name in MEASURES}
    confusion = ConfusionMatrix()
    sure: list[float] = []
    is_right: list[bool] = []
    wanted = 0
    clock = ProgressClock(len(frames))
    for done, frame_index in enumerate(frames, start=1):
        cancel.raise_if_cancelled()
        found, true = labels(frame_index), truth(frame_index)
        confusion.add(found, true)
        known = {} if confidence is None else confidence(frame_index)
        for key in object_ids:
            own, other = found == key, true == key
            j = region_j(own, other)
            lanes["j"][key][frame_index] = j
            lanes["f"][key][frame_index] = boundary_f(own, other)
            lanes["boundary_iou"][key][frame_index] = boundary_iou(own, other)
            is_there = bool(other.any())
            wanted += is_there and key in known
            # an object that is rightly not found is no result
            if key in known and (is_there or own.any()):
                sure.append(known[key])
                is_right.append(is_there and j >= right)
        yield clock.step(done)
    curve = precision_recall(sure, is_right, wanted) if sure else None
    return Measured(tuple(frames), tuple(object_ids), lanes, confusion, curve, right)


def summary(measured: Measured, names: Mapping[int, str], frame_names: Sequence[str]) -> dict[str, object]:
    """Everything that was measured, for JSON; what could not be measured is None. `names` are the objects' by id."""
    ids = measured.confusion.ids
    curve = measured.curve
    return {
        "totals": {name: _number(value) for name, value in measured.totals().items()},
        "objects": [
            {
                "id": key,
                "name": names.get(key, str(key)),
                "accuracy": _number(measured.confusion.accuracies.get(key, math.nan)),
                "iou": _number(measured.confusion.ious.get(key, math.nan)),
                **{name: _number(measured.object_mean(name, key)) for name in MEASURES},
                "frames": {
                    frame_names[frame]: {name: _number(measured.lanes[name][key][frame]) for name in MEASURES}
                    for frame in measured.frames
                },
            }
            for key in measured.object_ids
        ],
        "confusion": {
            "labels": [class_name(key, names) for key in ids],
            "pixels": measured.confusion.counts().tolist(),
        },
        "precision_recall": None
        if curve is None
        else {
            "right_from_j": measured.right,
            "average_precision": _number(curve.average),
            "thresholds": list(curve.thresholds),
            "precision": list(curve.precision),
            "recall": list(curve.recall),
        },
    }


def to_json(clips: Mapping[str, dict[str, object]]) -> str:
    """The summaries of clips by name, as JSON text."""
    return json.dumps({"clips": clips}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def frame_rows(measured: Measured, names: Mapping[int, str], frame_names: Sequence[str]) -> list[list[object]]:
    """A row for each object and frame: frame, id, name, and `MEASURES`."""
    return [
        [frame_names[frame], key, names.get(key, str(key))]
        + [round(measured.lanes[name][key][frame], 6) for name in MEASURES]
        for key in measured.object_ids
        for frame in measured.frames
    ]


def confusion_rows(measured: Measured, names: Mapping[int, str]) -> list[list[object]]:
    """A heading, and a row for each true label with the pixels that were found of each label there."""
    ids = measured.confusion.ids
    heading: list[object] = ["true \\ found", *(class_name(key, names) for key in ids)]
    counts = measured.confusion.counts().tolist()
    return [heading, *([class_name(key, names), *row] for key, row in zip(ids, counts, strict=True))]


def to_csv(rows: Sequence[Sequence[object]]) -> str:
    """Rows as CSV text. A name that a spreadsheet would take for a formula begins with an apostrophe; what in it would
    steer a terminal that shows the file is written as `\\x1b`.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    shown = _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), value)
    return f"'{shown}" if value.startswith(_FORMULAS) else shown


def class_name(key: int, names: Mapping[int, str]) -> str:
    """What a label of the confusion matrix is called; one of an object that nobody knows by its number."""
    return BACKGROUND_NAME if key == 0 else names.get(key, str(key))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
