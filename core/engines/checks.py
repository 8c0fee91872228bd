"""Checks of an engine's input, shared so that all engines refuse the same input with the same messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from core.engines.protocol import EngineInfo, EngineOptions
from core.errors import EngineError
from core.messages import Message
from core.option_ranges import LARGEST, NUMBERS
from core.types import DEVICES, Anchor, Image

_KINDS = {bool: Message("true or false"), int: Message("a whole number"), float: Message("a number")}


def check_size(size: tuple[int, int], device: str) -> None:
    """Raises EngineError unless `size` (width, height) has pixels and `device` is one of `DEVICES`."""
    if size[0] < 1 or size[1] < 1:
        raise EngineError("A clip of {width} x {height} pixels cannot be followed.", width=size[0], height=size[1])
    if device not in DEVICES:
        raise EngineError(
            "There is no device '{device}'; choose one of: {known}.", device=device, known=", ".join(DEVICES)
        )


def merged_options(info: EngineInfo, options: EngineOptions | None) -> dict[str, object]:
    """The engine's defaults with `options` put over them.

    A whole number passes for a float. Raises EngineError on a name the engine does not have or a value of another type.
    """
    merged = dict(info.options)
    for name, value in (options or {}).items():
        if name not in merged:
            known = ", ".join(merged) or Message("none")
            raise EngineError(
                "Engine '{engine}' has no option '{option}'; it has: {known}.",
                engine=info.name,
                option=name,
                known=known,
            )
        merged[name] = _converted(info, name, value)
    return merged


def _converted(info: EngineInfo, name: str, value: object) -> object:
    default = info.options[name]
    if isinstance(value, int | float) and not abs(value) <= LARGEST:
        raise EngineError(
            "Engine '{engine}', option '{option}': {value} is not a number that can be used.",
            engine=info.name,
            option=name,
            value=repr(value),
        )
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if default is not None and type(value) is not type(default):
        wanted = _KINDS.get(type(default), Message("a text"))
        raise EngineError(
            "Engine '{engine}', option '{option}': {value} is not {wanted}.",
            engine=info.name,
            option=name,
            value=repr(value),
            wanted=wanted,
        )
    least, most = NUMBERS.get(name, (-LARGEST, LARGEST))
    if isinstance(value, int | float) and not least <= value <= most and value != default:
        raise EngineError(
            "Engine '{engine}', option '{option}': {value} is not between {least} and {most}.",
            engine=info.name,
            option=name,
            value=value,
            least=least,
            most=most,
        )
    known = info.choices.get(name)
    if known is not None and value not in known:
        raise EngineError(
            "Engine '{engine}', option '{option}': '{value}' is none of {known}.",
            engine=info.name,
            option=name,
            value=value,
            known=", ".join(known),
        )
    return value


def check_anchors(anchors: Sequence[Anchor], size: tuple[int, int]) -> None:
    """Raises EngineError if there are no anchors, none names an object, or one is not (H, W) uint8 of `size`."""
    if not any(anchor.object_ids for anchor in anchors):
        raise EngineError("There is no masked frame to follow from: mask an object on at least one frame.")
    for anchor in anchors:
        labels = anchor.labels
        if labels.dtype != np.uint8 or labels.shape != (size[1], size[0]):
            raise EngineError(
                "The mask of frame {frame_index} is {dtype} of shape {shape}; the clip needs uint8 of shape {wanted}.",
                frame_index=anchor.frame_index,
                dtype=labels.dtype,
                shape=labels.shape,
                wanted=(size[1], size[0]),
            )
        if not all(1 <= object_id <= 255 for object_id in anchor.object_ids):
            raise EngineError(
                "The mask of frame {frame_index} has an object id outside 1 to 255.", frame_index=anchor.frame_index
            )


def check_run(frame_indices: Sequence[int]) -> None:
    """Raises EngineError unless the frame indices go by ones in one direction."""
    steps = {after - before for before, after in pairwise(frame_indices)}
    if steps not in (set(), {1}, {-1}):
        raise EngineError("The frames to follow through must go by ones in one direction.")


def check_image(image: Image, size: tuple[int, int], frame_index: int) -> None:
    """Raises EngineError unless the picture is (H, W, 3) uint8 of `size` (width, height)."""
    if image.dtype != np.uint8 or image.shape != (size[1], size[0], 3):
        raise EngineError(
            "Frame {frame_index} is {dtype} of shape {shape}; expected uint8 of {wanted}.",
            frame_index=frame_index,
            dtype=image.dtype,
            shape=image.shape,
            wanted=(size[1], size[0], 3),
        )


def first_positions(anchors: Sequence[Anchor], frame_indices: Sequence[int]) -> Mapping[int, int]:
    """For each object id, the position in `frame_indices` from which it appears in a run's results.

    That is the first anchor on the way that names it or, where none does, the start.
    """
    positions = {frame_index: position for position, frame_index in enumerate(frame_indices)}
    found: dict[int, int] = {}
    for anchor in anchors:
        position = positions.get(anchor.frame_index)
        for object_id in anchor.object_ids:
            if position is not None:
                found[object_id] = min(position, found.get(object_id, position))
    return {object_id: found.get(object_id, 0) for anchor in anchors for object_id in anchor.object_ids}
