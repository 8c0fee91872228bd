"""Weights of the reference frames, by frame index, as a person sets them and as an engine takes them."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import EngineError

REFERENCE_WEIGHTS = "reference_weights"
"""The name of the engine's option, and of the project's setting that keeps them."""


def read_reference_weights(given: object) -> dict[int, float]:
    """Weights in [0, 1] by frame index from a mapping, whose keys may be texts as in a project's settings; empty for
    None. Those of 1 are left out. Raises EngineError for anything else.
    """
    if not given:
        return {}
    if not isinstance(given, Mapping):
        raise EngineError("The weights of references cannot be read: '{given}'.", given=repr(given))
    found: dict[int, float] = {}
    for frame, weight in given.items():
        try:
            frame_index, value = int(frame), float(weight)
        except (TypeError, ValueError) as error:
            raise EngineError(
                "A reference's weight is FRAME=WEIGHT, such as 40=0.5; '{frame}={weight}' is not.",
                frame=frame,
                weight=weight,
            ) from error
        if frame_index < 0 or not 0 <= value <= 1:
            raise EngineError(
                "Reference {frame} cannot count {weight}; expected a frame from 0 on and a weight from 0 to 1.",
                frame=frame_index,
                weight=value,
            )
        if value < 1:
            found[frame_index] = value
    return found
