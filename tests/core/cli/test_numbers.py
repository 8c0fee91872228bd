"""Every number that is typed has a range, and one outside it is refused in a sentence that names it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from core.cli import COMMANDS, _parser
from core.cli.numbers import Number, Whole, counted
from core.engines import available, load
from core.errors import EngineError
from core.option_ranges import NUMBERS


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for part in action.choices.values():
                yield from _actions(part)


def _typed(command: str) -> list[argparse.Action]:
    """What a command takes, and its parts."""
    (subparsers,) = (one for one in _parser([command])._actions if isinstance(one, argparse._SubParsersAction))
    return list(_actions(subparsers.choices[command]))


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers_of_commands_have_ranges(command: str) -> None:
    for action in _typed(command):
        assert action.type not in (int, float) or action.choices, action.option_strings
        kind = action.type
        if not isinstance(kind, Whole | Number):
            continue
        if action.default is not None:
            assert kind(str(action.default)) == action.default, action.option_strings
        step = kind.multiple if isinstance(kind, Whole) else 1
        for wrong in (kind.least - step, kind.most + step, 10**12, "9" * 5000, "-1e400", "nan", "many", "", "1_0"):
            with pytest.raises(argparse.ArgumentTypeError) as caught:
                kind(str(wrong))
            most = f"{kind.most:.10g}" if isinstance(kind, Number) else str(kind.most)
            assert str(caught.value).endswith(f" to {most}") and len(str(caught.value)) < 120


def test_what_numbers_there_are() -> None:
    assert [Whole(0, 9)(text) for text in ("0", "9", "007")] == [0, 9, 7]
    assert Number(0, 1, above=True)("1e-3") == 0.001
    with pytest.raises(argparse.ArgumentTypeError, match="'0' is no number above 0 and up to 1"):
        Number(0, 1, above=True)("0")
    with pytest.raises(argparse.ArgumentTypeError, match="'100' is no multiple of 16 from 96 to 2048"):
        Whole(96, 2048, 16)("100")


def test_numbers_of_engines_have_ranges() -> None:
    for info in available():
        for name, default in info.options.items():
            if isinstance(default, bool) or not isinstance(default, int | float):
                continue
            for wrong in (NUMBERS[name][0] - 1, NUMBERS[name][1] + 1):
                if wrong != default:
                    with pytest.raises(EngineError, match=f"'{name}'"):
                        load(info.name).open((64, 48), "cpu", {name: type(default)(wrong)})


def test_one_thing_is_no_plural() -> None:
    assert [counted(count, "frame") for count in (0, 1, 2)] == ["0 frames", "1 frame", "2 frames"]
