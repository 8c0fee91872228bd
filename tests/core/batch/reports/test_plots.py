"""Curves in SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from core.batch.reports.plots import Curve, plot

SVG = ET.fromstring


def paths(text: str) -> list[str]:
    return [path.get("d") or "" for path in SVG(text).iter("path")]


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_a_curve_goes_from_left_to_right_and_higher_is_up() -> None:
    (path,) = paths(plot("p", [Curve("c", (255, 0, 16), [0.0, 0.5, 1.0])]))
    (x0, y0), (x1, y1), (x2, y2) = points(path)
    assert x0 < x1 < x2
    assert x1 - x0 == x2 - x1
    assert y0 > y1 > y2
    assert y0 - y1 == y1 - y2


def test_unknown_frames_break_the_line_and_a_point_alone_is_drawn() -> None:
    (path,) = paths(plot("p", [Curve("c", (0, 0, 0), [0.1, None, 0.2, 0.3, None])]))
    assert path.count("M") == 2
    assert path.count("l0 0") == 2
    assert len(points(path)) == 3


def test_values_outside_stay_in_the_picture() -> None:
    (path,) = paths(plot("p", [Curve("c", (0, 0, 0), [-3.0, 7.0])]))
    low, high = points(path)
    assert (low[1], high[1]) == (points(paths(plot("p", [Curve("c", (0, 0, 0), [0.0, 1.0])]))[0])[0][1], high[1])
    assert high[1] >= 0


def test_names_are_text_whatever_is_in_them() -> None:
    root = SVG(plot('a "title" & <more>', [Curve("<b>", (1, 2, 3), [0.5], dashed=True)], marks=[0]))
    titles = [element.text for element in root.iter("title")]
    assert titles == ['a "title" & <more>', "<b>"]
    (path,) = root.iter("path")
    assert (path.get("stroke"), path.get("stroke-dasharray")) == ("#010203", "4 3")
    assert len([line for line in root.iter("line") if line.get("class") == "mark"]) == 1


def test_nothing_to_draw_is_an_empty_plot() -> None:
    assert paths(plot("p", [])) == []
