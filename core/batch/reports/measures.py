"""The metrics of clips in a folder: a page with plots, the same as JSON, and tables as CSV."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from core.batch.reports.pages import render, write_page
from core.batch.reports.plots import Curve, plot
from core.errors import DatasetError
from core.files import staged_folder
from core.masks import object_colour
from core.metrics import PrecisionRecall
from core.quality.measuring import (
    MEASURES,
    Measured,
    class_name,
    confusion_rows,
    frame_rows,
    summary,
    to_csv,
    to_json,
)

FILES = ("metrics.html", "metrics.json", "frames.csv", "confusion.csv")
"""What a report's folder holds."""

_TITLES = {"j": "J (region)", "f": "F (contour)", "boundary_iou": "Boundary IoU"}
_STEPS = 100
_LINE = (63, 155, 255)


@dataclass(frozen=True)
class MeasuredClip:
    """A clip with what was measured in it, the names of its objects by id, and those of all its frames."""

    name: str
    measured: Measured
    names: Mapping[int, str]
    frame_names: Sequence[str]


@dataclass(frozen=True)
class _Row:
    name: str
    colour: tuple[int, int, int]
    values: list[float | None]


@dataclass(frozen=True)
class _Section:
    name: str
    frames: int
    totals: dict[str, float | None]
    objects: list[_Row]
    plots: list[tuple[str, Markup]]
    labels: list[str]
    confusion: list[tuple[str, list[tuple[int, float]]]]
    curve: Markup | None
    right: float


def write_measures(folder: Path, title: str, clips: Sequence[MeasuredClip]) -> list[Path]:
    """Writes `FILES` into `folder`, made if need be; returns their paths. Raises DatasetError if that fails."""
    measures = [(one.name, one.measured, one.names, one.frame_names) for one in clips]
    heading: list[object] = ["clip", "frame", "object_id", "object", *MEASURES]
    frames = [heading] + [
        [name, *row]
        for name, measured, names, frame_names in measures
        for row in frame_rows(measured, names, frame_names)
    ]
    confusion = [[name, *row] for name, measured, names, _ in measures for row in confusion_rows(measured, names)]
    texts = {
        "metrics.html": render("metrics.html", title=title, sections=[_section(one) for one in clips]),
        "metrics.json": to_json({one.name: summary(one.measured, one.names, one.frame_names) for one in clips}),
        "frames.csv": to_csv(frames),
        "confusion.csv": to_csv(confusion),
    }
    try:
        with staged_folder(folder) as part:
            for name, text in texts.items():
                write_page(part / name, text)
    except OSError as error:
        raise DatasetError(
            "{folder}: the metrics cannot be written ({reason}).", folder=folder, reason=error.strerror or error
        ) from error
    return [folder / name for name in texts]


def _section(clip: MeasuredClip) -> _Section:
    measured, names = clip.measured, clip.names
    confusion = measured.confusion
    counts = confusion.counts()
    rows = []
    for key, row in zip(confusion.ids, counts.tolist(), strict=True):
        total = max(1, sum(row))
        rows.append((class_name(key, names), [(count, count / total) for count in row]))
    return _Section(
        clip.name,
        len(measured.frames),
        {name: _known(value) for name, value in measured.totals().items()},
        [
            _Row(
                names.get(key, str(key)),
                object_colour(key),
                [
                    *(_known(measured.object_mean(name, key)) for name in MEASURES),
                    _known(confusion.ious.get(key, math.nan)),
                    _known(confusion.accuracies.get(key, math.nan)),
                ],
            )
            for key in measured.object_ids
        ],
        [(_TITLES[name], Markup(plot(f"{_TITLES[name]} by frame", _curves(clip, name)))) for name in MEASURES],
        [class_name(key, names) for key in confusion.ids],
        rows,
        None if measured.curve is None else Markup(_precision_recall(measured.curve)),
        measured.right,
    )


def _curves(clip: MeasuredClip, measure: str) -> list[Curve]:
    lanes = clip.measured.lanes[measure]
    return [
        Curve(
            clip.names.get(key, str(key)),
            object_colour(key),
            [lanes[key].get(frame) for frame in range(len(clip.frame_names))],
        )
        for key in clip.measured.object_ids
    ]


def _precision_recall(curve: PrecisionRecall) -> str:
    return plot("Precision (upwards) by recall in per cent", [Curve("precision", _LINE, precision_by_recall(curve))])


def precision_by_recall(curve: PrecisionRecall, steps: int = _STEPS) -> list[float | None]:
    """Precision at recalls of 0 to 1 in `steps` steps: the highest one with at least that recall, else None."""
    points = list(zip(curve.recall, curve.precision, strict=True))
    return [
        max((precision for recall, precision in points if recall >= step / steps), default=None)
        for step in range(steps + 1)
    ]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
