"""Forms of values that several commands take, and the parser they share."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from core.cli.numbers import MOST_FRAMES, Number, Whole
from core.errors import MediaError
from core.masks import MaskKind
from core.media.options import ClipOptions, Gaps, parse_rate
from core.types import DEVICES, MAX_OBJECT_ID, QUALITIES

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Subparsers = object


@dataclass(frozen=True)
class MaskArgument:
    """A mask file, the frame it belongs to (None is the one that `--frame` names), and the object, if that is given."""

    path: Path
    frame_index: int | None
    object_id: int | None = None


@dataclass(frozen=True)
class RangeArgument:
    """A range of frames with both ends included; None is the clip's own end."""

    first: int | None
    last: int | None


def add_command(
    subparsers: Subparsers, name: str, line: str, description: str, examples: str
) -> argparse.ArgumentParser:
    """A command's parser, with its examples below the options."""
    return subparsers.add_parser(
        name,
        help=line,
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_engine_options(parser: argparse.ArgumentParser) -> None:
    """`--engine`, `--device`, `--quality` and `--option`, the same on every command that runs an engine."""
    group = parser.add_argument_group("engine")
    group.add_argument("--engine", metavar="NAME", help="engine to use (default: builtin; `engines` lists all)")
    group.add_argument("--device", default="auto", choices=DEVICES, help="where to run it (default: %(default)s)")
    group.add_argument(
        "--quality",
        dest="options",
        action="append",
        default=[],
        type=quality_argument,
        metavar="PRESET",
        help=f"how accurate, and how slow: {', '.join(QUALITIES)} (default: balanced)",
    )
    add_option(group, "a setting of the engine; may be repeated")


def add_option(parser: argparse._ActionsContainer, help_text: str) -> None:
    """`--option`, whose values come as `options`."""
    parser.add_argument(
        "--option",
        dest="options",
        action="append",
        default=[],
        type=option_argument,
        metavar="NAME=VALUE",
        help=help_text,
    )


def add_mask_kind(parser: argparse.ArgumentParser) -> None:
    """`--mask-kind`, the same on every command that reads mask pictures."""
    parser.add_argument(
        "--mask-kind",
        choices=[kind.value for kind in MaskKind],
        default=MaskKind.AUTO.value,
        help="what mask pictures are: values or palette indices as ids (labels), one object with a soft or hard rim "
        "(matte), an object a colour (colours); default: each picture's structure tells",
    )


def add_clip_options(parser: argparse.ArgumentParser) -> None:
    """Adds how a clip is read; `clip_options` has what was chosen."""
    group = parser.add_argument_group("reading the clip")
    group.add_argument(
        "--rate", metavar="FPS", type=_rate_argument, help="frames a second of a folder of pictures (default: 24)"
    )
    group.add_argument(
        "--gaps",
        choices=get_args(Gaps),
        default="skip",
        help="missing numbers in a series of pictures: left out, the picture before, or black (default: skip)",
    )
    group.add_argument("--deinterlace", action="store_true", help="make whole pictures of an interlaced clip (bwdif)")


def clip_options(args: argparse.Namespace) -> ClipOptions:
    """What `add_clip_options` asked for."""
    return ClipOptions(args.rate, args.gaps, args.deinterlace)


def _rate_argument(text: str) -> Fraction:
    try:
        return parse_rate(text)
    except MediaError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def mask_argument(text: str) -> MaskArgument:
    """`FILE`, `N=FILE` or `N:ID=FILE`."""
    match = re.fullmatch(r"(\d+)(?::(\d+))?=(.+)", text)
    if match is None:
        return MaskArgument(Path(text), None)
    object_id = int(match[2]) if match[2] else None
    if object_id is not None and not 1 <= object_id <= MAX_OBJECT_ID:
        raise argparse.ArgumentTypeError(f"'{text}': object ids go from 1 to {MAX_OBJECT_ID}")
    return MaskArgument(Path(match[3]), int(match[1]), object_id)


def range_argument(text: str) -> RangeArgument:
    """`A:B`, `A:`, `:B`, both ends included."""
    match = re.fullmatch(r"(\d*):(\d*)", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"'{text}' is no range; expected A:B, such as 10:49, both ends included")
    first, last = (int(part) if part else None for part in match.groups())
    if first is not None and last is not None and first > last:
        raise argparse.ArgumentTypeError(f"'{text}' is empty: the first frame comes after the last")
    return RangeArgument(first, last)


def frame_argument(text: str) -> int:
    """A frame index."""
    try:
        return Whole(0, MOST_FRAMES)(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no frame index; expected 0, 1, 2, ...") from error


def quality_argument(text: str) -> tuple[str, object]:
    """The option that one of `QUALITIES` stands for."""
    if text not in QUALITIES:
        raise argparse.ArgumentTypeError(f"'{text}' is no preset; choose one of: {', '.join(QUALITIES)}")
    return "quality", text


def up_to_one_argument(what: str) -> Callable[[str], float]:
    """Reads a number from 0 to 1; `what` it is goes into the error."""

    def read(text: str) -> float:
        try:
            return Number(0, 1)(text)
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentTypeError(f"'{text}' is no {what}; expected a number from 0 to 1") from error

    return read


def option_argument(text: str) -> tuple[str, object]:
    """`NAME=VALUE`, the value read as JSON where it is JSON (numbers, true, false, null), else as text."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"'{text}' is no option; expected NAME=VALUE")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value
