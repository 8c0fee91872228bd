"""Curves over a clip's frames as SVG, to stand in an HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 640, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 6, 8, 20


@dataclass(frozen=True)
class Curve:
    """A line of `colour` (RGB): `values` in [0, 1] by frame index; None breaks it."""

    name: str
    colour: tuple[int, int, int]
    values: Sequence[float | None]
    dashed: bool = False


def plot(title: str, curves: Sequence[Curve], marks: Sequence[int] = ()) -> str:
    """The curves in one SVG element, with a scale from 0 to 1 and the first and last frame; `marks` are frame indices
    that get a line of their own."""
    count = max((len(curve.values) for curve in curves), default=0)
    parts = [
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title, quote=True)}">',
        f"<title>{escape(title)}</title>",
    ]
    for value in (0.0, 0.5, 1.0):
        y = _y(value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 5}" y="{y + 3.5:.1f}" text-anchor="end">{value:g}</text>')
    for frame_index, anchor in ((0, "start"), (count - 1, "end")):
        if count:
            x = _x(frame_index, count)
            parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 5}" text-anchor="{anchor}">{frame_index}</text>')
    for frame_index in marks:
        x = _x(frame_index, count)
        parts.append(f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>')
    parts.extend(_drawn(curve, count) for curve in curves)
    return "".join([*parts, "</svg>"])


def _drawn(curve: Curve, count: int) -> str:
    path: list[str] = []
    broken = True
    for frame_index, value in enumerate(curve.values):
        if value is None:
            broken = True
            continue
        # a point alone is drawn too, as a stroke of no length with round ends
        path.append(f"{'M' if broken else 'L'}{_x(frame_index, count):.1f} {_y(value):.1f}{'l0 0' if broken else ''}")
        broken = False
    colour = "#{:02x}{:02x}{:02x}".format(*curve.colour)
    dashes = ' stroke-dasharray="4 3"' if curve.dashed else ""
    return (
        f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linecap="round" '
        f'stroke-linejoin="round"{dashes}><title>{escape(curve.name)}</title></path>'
    )


def _x(frame_index: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * frame_index / max(1, count - 1)


def _y(value: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - min(1.0, max(0.0, value)))
