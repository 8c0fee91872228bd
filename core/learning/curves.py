"""The curves of one training or several: loss, overlap, learning rate and scores over the steps, as one SVG picture."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from core.errors import DatasetError
from core.learning.validation import read_scores
from core.masks import object_colour
from core.types import Floats

_WIDTH, _PANEL, _GAP = 900, 190, 34
_LEFT, _RIGHT, _TOP = 66, 16, 44
_POINTS = 600
_SMOOTH = 0.03
"""Half of the weight of a smoothed value lies within this share of the whole course."""


@dataclass(frozen=True)
class Course:
    """Values over steps, both (N,), in order; NaN where there is none. `raw` values are smoothed to be drawn."""

    steps: Floats
    values: Floats
    raw: bool = True


@dataclass(frozen=True)
class Run:
    """A training: its name and its courses by title, those of `PANELS` that there are, and J&F by sequence."""

    name: str
    courses: dict[str, Course]


PANELS = ("loss", "overlap", "learning rate", "J&F")
"""The panels from above, by title."""


def read_run(folder: Path) -> Run:
    """The courses in the log and the scores of a training's folder. Raises DatasetError if there is none, or it is
    damaged.
    """
    log = folder / "log.jsonl"
    if not log.is_file():
        raise DatasetError("{folder}: there is no training here; expected 'log.jsonl' in it.", folder=folder)
    try:
        return _read_run(folder, log)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise DatasetError("{folder}: the log or the scores of this training are damaged.", folder=folder) from error


def _read_run(folder: Path, log: Path) -> Run:
    lines = [line for line in log.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]
    rows = [json.loads(line) for line in lines]
    steps = np.array([row["step"] for row in rows], np.float32)
    courses = {
        title: Course(steps, np.array([row[name] for row in rows], np.float32), raw=name != "learning_rate")
        for title, name in (("loss", "loss"), ("overlap", "overlap"), ("learning rate", "learning_rate"))
    }
    scores = read_scores(folder / "scores.jsonl")
    if scores:
        scored = np.array([score.step for score in scores], np.float32)
        courses["J&F"] = Course(scored, np.array([score.j_and_f for score in scores], np.float32), raw=False)
        for name in sorted({name for score in scores for name in score.sequences}):
            values = [score.sequences.get(name, math.nan) for score in scores]
            courses[f"J&F of {name}"] = Course(scored, np.array(values, np.float32), raw=False)
    return Run(folder.resolve().name, courses)


def smoothed(values: Floats, share: float = _SMOOTH) -> Floats:
    """The running mean of values (N,) that has a half-life of `share` of N samples, corrected for its start."""
    keep = 0.5 ** (1 / max(1.0, share * len(values)))
    result = np.empty(len(values), np.float32)
    total = weight = 0.0
    for index, value in enumerate(values.tolist()):
        # the weights' own sum: without it the first values would count for zeros before them
        total, weight = keep * total + value, keep * weight + 1
        result[index] = total / weight
    return result


def draw_curves(runs: Sequence[Run]) -> str:
    """One SVG document with a panel for each of `PANELS` that a run has, all over the same steps."""
    titles = [title for title in PANELS if any(title in run.courses for run in runs)]
    lengths = [float(course.steps.max()) for run in runs for course in run.courses.values() if len(course.steps)]
    last = max([1.0, *lengths])
    height = _TOP + len(titles) * (_PANEL + _GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        *_legend(runs),
    ]
    for index, title in enumerate(titles):
        parts += _panel(title, runs, _TOP + index * (_PANEL + _GAP), last)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend(runs: Sequence[Run]) -> Iterator[str]:
    x = float(_LEFT)
    for number, run in enumerate(runs):
        yield f'<rect x="{x:.0f}" y="14" width="14" height="4" fill="{_colour(number)}"/>'
        yield f'<text x="{x + 20:.0f}" y="20" fill="#222222">{escape(run.name)}</text>'
        x += 44 + 7 * len(run.name)


def _panel(title: str, runs: Sequence[Run], top: float, last: float) -> Iterator[str]:
    """A title, a scale, and each run's course: what was measured faintly, smoothed strongly; scores as dots."""
    courses = [(number, run.courses[title]) for number, run in enumerate(runs) if title in run.courses]
    # the sequences of one training; of several they would be a thicket
    parts = {name: one for name, one in runs[0].courses.items() if name.startswith(f"{title} of ") and len(runs) == 1}
    low, high = _range([*(course for _, course in courses), *parts.values()])
    draw = _Pen(top, last, low, high)
    yield f'<text x="{_LEFT}" y="{top - 6:.0f}" fill="#222222" font-weight="bold">{escape(title)}</text>'
    for value in ticks(low, high):
        y = draw.y(value)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{value:.4g}</text>'
    for step in ticks(0, last):
        yield (
            f'<text x="{draw.x(step):.1f}" y="{top + _PANEL + 14:.0f}" text-anchor="middle" fill="#555555">'
            f"{step:g}</text>"
        )
    for name, course in parts.items():
        yield draw.line(course.steps, course.values, "#bbbbbb", 1, name.removeprefix(f"{title} of "))
    for number, course in courses:
        colour, name = _colour(number), runs[number].name
        if course.raw:
            yield draw.line(course.steps, course.values, colour, 0.6, "", 0.35)
        values = smoothed(course.values) if course.raw else course.values
        yield draw.line(course.steps, values, colour, 2, name)
        if title == "J&F":
            for step, value in zip(course.steps.tolist(), values.tolist(), strict=True):
                yield (
                    f'<circle cx="{draw.x(step):.1f}" cy="{draw.y(value):.1f}" r="2.5" fill="{colour}">'
                    f"<title>{escape(name)}, step {step:g}: {value:.3f}</title></circle>"
                )


@dataclass(frozen=True)
class _Pen:
    """Draws in the panel that begins at `top`, steps from 0 to `last`, values from `low` to `high`."""

    top: float
    last: float
    low: float
    high: float

    def x(self, step: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * step / self.last

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.top + _PANEL * (1 - share)

    def line(self, steps: Floats, values: Floats, colour: str, width: float, name: str, opacity: float = 1.0) -> str:
        """A path through the points, means of neighbours where there are too many; broken where values are missing."""
        path, broken = [], True
        for step, value in zip(_binned(steps).tolist(), _binned(values).tolist(), strict=True):
            if math.isnan(value):
                broken = True
                continue
            path.append(f"{'M' if broken else 'L'}{self.x(step):.1f} {self.y(value):.1f}")
            broken = False
        return (
            f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-opacity="{opacity:g}" stroke-linejoin="round"><title>{escape(name)}</title></path>'
        )


def _binned(values: Floats) -> Floats:
    """At most `_POINTS` means of neighbouring values."""
    if len(values) <= _POINTS:
        return values
    return np.array([part.mean() for part in np.array_split(values, _POINTS)], np.float32)


def _range(courses: Sequence[Course]) -> tuple[float, float]:
    """The ends of a scale; a few values that are far off, as a loss's first ones, lie at its edge."""
    values = np.concatenate([course.values[np.isfinite(course.values)] for course in courses])
    if not len(values):
        return 0.0, 1.0
    raw = any(course.raw for course in courses)
    low, high = np.percentile(values, [0.5, 99.5]) if raw else (values.min(), values.max())
    room = 0.05 * float(high - low) or max(1e-6, 0.05 * abs(float(high)))
    return float(low) - room, float(high) + room


def ticks(low: float, high: float) -> list[float]:
    """Four to ten round numbers within a range: multiples of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.99)
    return [round(number * step, 12) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _colour(number: int) -> str:
    # yellow, the fourth, cannot be seen on white
    order = (5, 1, 3, 6, 7, 2, 8, 10, 12)
    return "#{:02x}{:02x}{:02x}".format(*object_colour(order[number % len(order)]))
