"""Interlaced (woven) frames: marking which of their two fields is shown first, in the stream and in the container."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import av.filter
from av.codec.context import Flags

from core.delivery.clip import ClipProperties
from core.delivery.encoding.codecs import Codec
from core.messages import Message

_TOP_FIRST, _BOTTOM_FIRST = 2, 3
"""FFmpeg's AVFieldOrder: stored and shown first, which MOV and Matroska write down."""


def as_woven(properties: ClipProperties, codec: Codec | None, scaled: bool, notes: list[Message]) -> ClipProperties:
    """The properties as they go out; a note where frames of two fields lose their order. No codec means pictures."""
    if not properties.interlaced:
        return properties
    if scaled:
        # each line of what is scaled is of both fields
        notes.append(Message("the clip is interlaced, and scaling mixes its fields: deinterlace it first"))
        return replace(properties, interlaced=False)
    if codec is None or not codec.woven or properties.top_field_first is None:
        notes.append(Message("the clip is interlaced; frames are stored whole, and the field order is not written"))
    return properties


def weave(context: Any, top_field_first: bool) -> None:
    """Sets an encoder, an `av.VideoCodecContext` that is not open yet, so that frames are woven."""
    context.field_order = _TOP_FIRST if top_field_first else _BOTTOM_FIRST
    if context.name in ("libx264", "prores_ks"):
        # fields are predicted and transformed apart
        context.flags |= Flags.interlaced_dct
    if context.name == "libx264":
        # its wrapper asks each frame, after the stream's own head is written
        context.options = {**context.options, "x264-params": "tff=1" if top_field_first else "bff=1"}


class FieldMarker:
    """Marks frames as woven; None leaves them as they are. PyAV cannot write the mark itself, a filter can."""

    def __init__(self, top_field_first: bool | None) -> None:
        self._mode = None if top_field_first is None else "tff" if top_field_first else "bff"
        self._graph: Any = None

    def mark(self, frame: Any) -> Any:
        """The `av.VideoFrame` with its mark, time and colour tags."""
        if self._mode is None:
            return frame
        if self._graph is None:
            self._graph = av.filter.Graph()
            source = self._graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format.name, time_base=frame.time_base
            )
            marked, sink = self._graph.add("setfield", self._mode), self._graph.add("buffersink")
            source.link_to(marked)
            marked.link_to(sink)
            self._graph.configure()
        tags = {name: getattr(frame, name) for name in ("colorspace", "color_range", "color_primaries", "color_trc")}
        pts, time_base = frame.pts, frame.time_base
        self._graph.push(frame)
        found = self._graph.pull()
        found.pts, found.time_base = pts, time_base
        for name, value in tags.items():
            setattr(found, name, value)
        return found
