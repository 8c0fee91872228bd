"""Forms of values on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from core.cli.arguments import (
    MaskArgument,
    RangeArgument,
    add_engine_options,
    frame_argument,
    mask_argument,
    option_argument,
    range_argument,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first.png", MaskArgument(Path("first.png"), None)),
        ("12=later.png", MaskArgument(Path("later.png"), 12)),
        ("a=b.png", MaskArgument(Path("a=b.png"), None)),
        ("3=a=b.png", MaskArgument(Path("a=b.png"), 3)),
    ],
)
def test_masks_may_name_their_frame(text: str, expected: MaskArgument) -> None:
    assert mask_argument(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2:5", RangeArgument(2, 5)),
        ("2:", RangeArgument(2, None)),
        (":5", RangeArgument(None, 5)),
        ("4:4", RangeArgument(4, 4)),
    ],
)
def test_ranges(text: str, expected: RangeArgument) -> None:
    assert range_argument(text) == expected


@pytest.mark.parametrize("text", ["", "5", "a:b", "1:2:3", "-1:4", "5:2"])
def test_bad_ranges(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"range|empty"):
        range_argument(text)


@pytest.mark.parametrize("text", ["-1", "x", "1.5", ""])
def test_bad_frames(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no frame index"):
        frame_argument(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("size=480", ("size", 480)), ("fine=true", ("fine", True)), ("mode=fast", ("mode", "fast")), ("a=", ("a", ""))],
)
def test_options(text: str, expected: tuple[str, object]) -> None:
    assert option_argument(text) == expected


@pytest.mark.parametrize("text", ["size", "=4"])
def test_bad_options(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="expected NAME=VALUE"):
        option_argument(text)


def engine_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    add_engine_options(parser)
    return parser


def test_a_preset_is_an_option_of_the_engine() -> None:
    args = engine_parser().parse_args(["--quality", "best", "--option", "threads=2"])
    assert dict(args.options) == {"quality": "best", "threads": 2}
    assert engine_parser().parse_args([]).options == []


def test_an_unknown_preset_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        engine_parser().parse_args(["--quality", "finest"])
    assert "'finest' is no preset; choose one of: fast, balanced, best" in capsys.readouterr().err
