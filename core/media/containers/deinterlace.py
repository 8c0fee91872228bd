"""Deinterlacing: whole pictures from frames that are woven of two fields, by FFmpeg's filter bwdif."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import av.filter

_TICK = Fraction(1, 25)


def deinterlaced(before: Any | None, frame: Any, after: Any | None, upper_first: bool | None = None) -> Any:
    """The `av.VideoFrame` as a whole picture of its first field's time; the neighbours say what moves.

    `upper_first` is which field that is, where the frames do not say so themselves.

    `before` and `after` are None at the ends of a clip. Frames of another size than `frame`'s are left out.
    """
    frames = [one for one in (before, frame, after) if one is not None and _same_format(one, frame)]
    index = next(number for number, one in enumerate(frames) if one is frame)
    graph = av.filter.Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format.name, time_base=_TICK)
    # all frames: those of a clip that is marked as interlaced are often not marked one by one
    parity = "auto" if upper_first is None else "tff" if upper_first else "bff"
    filtered = graph.add("bwdif", f"mode=send_frame:parity={parity}:deint=all")
    sink = graph.add("buffersink")
    source.link_to(filtered)
    filtered.link_to(sink)
    graph.configure()
    return _through(graph, frames)[index]


def _through(graph: Any, frames: Sequence[Any]) -> list[Any]:
    made: list[Any] = []
    for number, frame in enumerate((*frames, None)):
        if frame is not None:
            frame.pts, frame.time_base = number, _TICK
        graph.push(frame)
        while True:
            try:
                made.append(graph.pull())
            except (av.BlockingIOError, av.EOFError):
                break
    return made


def _same_format(one: Any, other: Any) -> bool:
    return (one.width, one.height, one.format.name) == (other.width, other.height, other.format.name)
