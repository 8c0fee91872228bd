"""The report of `check`: one HTML page that needs no other file."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL.Image
from markupsafe import Markup

from core.batch.reports.pages import render, write_page
from core.batch.reports.plots import Curve, plot
from core.cli.checked_clips import CheckedClip
from core.delivery.contact_sheet import overlay
from core.errors import DatasetError
from core.masks import object_colour
from core.quality.comparison import Comparison
from core.quality.findings import Finding, sentence

_PICTURES = 12
"""Findings of a clip that are shown with a picture."""
_WIDTH = 320


@dataclass(frozen=True)
class ClipReport:
    """What was found in a clip, the worst first; `scores` where there are true masks."""

    checked: CheckedClip
    findings: Sequence[Finding]
    scores: Comparison | None = None


@dataclass(frozen=True)
class _Row:
    frame: str
    text: str
    picture: str


@dataclass(frozen=True)
class _Section:
    name: str
    frames: int
    findings: int
    rows: list[_Row]
    areas: Markup
    scores: Markup | None
    measures: tuple[float, float, float] | None
    objects: list[tuple[str, tuple[int, int, int]]]


def write_check_report(path: Path, title: str, reports: Sequence[ClipReport]) -> None:
    """Writes the page; what is there is replaced once it is complete. Raises DatasetError if it cannot be written."""
    page = render("quality.html", title=title, sections=[_section(report) for report in reports])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_page(path, page)
    except OSError as error:
        raise DatasetError(
            "{path}: the report cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error


def _section(report: ClipReport) -> _Section:
    clip, names = report.checked.clip, report.checked.names
    rows = []
    for index, one in enumerate(report.findings):
        other = names.get(one.other_id or 0, "")
        rows.append(
            _Row(
                clip.frame_names[one.frame_index],
                sentence(one, names[one.object_id], other),
                _picture(report, one.frame_index) if index < _PICTURES else "",
            )
        )
    marks = sorted({one.frame_index for one in report.findings[:_PICTURES]})
    scores = None
    measures = None
    if report.scores is not None:
        curves = [
            Curve(
                f"{measure} of {names.get(key, key)}",
                object_colour(key),
                [lane.get(frame) for frame in range(len(clip.frame_names))],
                dashed,
            )
            for measure, lanes, dashed in (("J", report.scores.j, False), ("F", report.scores.f, True))
            for key, lane in lanes.items()
        ]
        scores = Markup(plot("J and F by frame", curves, marks))
        j, f = report.scores.means()
        measures = (j, f, (j + f) / 2)
    return _Section(
        clip.name,
        len(clip.annotated),
        len(report.findings),
        rows,
        Markup(plot("Area by frame", _area_curves(report), marks)),
        scores,
        measures,
        [(names[one.object_id], object_colour(one.object_id)) for one in clip.objects],
    )


def _area_curves(report: ClipReport) -> list[Curve]:
    """Each object's area as a share of its largest one."""
    clip = report.checked.clip
    areas = np.full((len(clip.frame_names), 256), np.nan)
    for frame_index in clip.annotated:
        areas[frame_index] = np.bincount(clip.labels(frame_index).ravel(), minlength=256)
    curves = []
    for one in clip.objects:
        lane = areas[:, one.object_id]
        largest = max(1.0, float(np.nanmax(lane)))
        values = [None if np.isnan(value) else float(value) / largest for value in lane]
        curves.append(Curve(report.checked.names[one.object_id], object_colour(one.object_id), values))
    return curves


def _picture(report: ClipReport, frame_index: int) -> str:
    """The frame with its masks as a data URL."""
    clip = report.checked.clip
    shown = overlay(clip.picture(frame_index), clip.labels(frame_index), _WIDTH)
    data = io.BytesIO()
    PIL.Image.fromarray(shown).save(data, format="JPEG", quality=82)
    return f"data:image/jpeg;base64,{base64.b64encode(data.getvalue()).decode('ascii')}"
