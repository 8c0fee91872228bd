"""`--point`, `--outside` and `--box`, as typed."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass

from core.types import MAX_OBJECT_ID, Box

_NUMBER = r"(\d+(?:\.\d+)?)"
_FRAME_AND_OBJECT = r"(?:(\d+)(?::(\d+))?=)?"


@dataclass(frozen=True)
class PromptArgument:
    """A point or a box for one object on one frame; None is the frame that `--frame` names."""

    frame_index: int | None
    object_id: int
    point: tuple[float, float] | None = None
    inside: bool = True
    box: Box | None = None


def add_prompt_options(parser: argparse.ArgumentParser) -> None:
    """Adds the three; what they hold comes in the order typed."""
    for name, read, example, line in (
        ("--point", _point, "X,Y", "a point on object ID (default: 1) of frame N, in pixels; may be repeated"),
        ("--outside", _outside, "X,Y", "a point that is not on it"),
        ("--box", _box, "X0,Y0,X1,Y1", "a box around it"),
    ):
        parser.add_argument(
            name,
            dest="prompts",
            metavar=f"[N[:ID]=]{example}",
            type=read,
            action="append",
            default=[],
            help=line,
        )


def _point(text: str) -> PromptArgument:
    frame_index, object_id, (x, y) = _read(text, 2)
    return PromptArgument(frame_index, object_id, (x, y))


def _outside(text: str) -> PromptArgument:
    frame_index, object_id, (x, y) = _read(text, 2)
    return PromptArgument(frame_index, object_id, (x, y), inside=False)


def _box(text: str) -> PromptArgument:
    frame_index, object_id, (x0, y0, x1, y1) = _read(text, 4)
    if x0 >= x1 or y0 >= y1:
        raise argparse.ArgumentTypeError(f"'{text}' is an empty box; expected left, top, right, bottom in pixels")
    return PromptArgument(frame_index, object_id, box=Box(round(x0), round(y0), round(x1), round(y1)))


def _read(text: str, count: int) -> tuple[int | None, int, list[float]]:
    match = re.fullmatch(_FRAME_AND_OBJECT + ",".join(count * [_NUMBER]), text)
    if match is None:
        numbers = "X,Y" if count == 2 else "X0,Y0,X1,Y1"
        raise argparse.ArgumentTypeError(f"'{text}' is not {numbers}, nor N={numbers} or N:ID={numbers}")
    object_id = int(match[2]) if match[2] else 1
    if not 1 <= object_id <= MAX_OBJECT_ID:
        raise argparse.ArgumentTypeError(f"'{text}': object ids go from 1 to {MAX_OBJECT_ID}")
    return int(match[1]) if match[1] else None, object_id, [float(number) for number in match.groups()[2:]]
