"""The bar on a terminal and the lines in a file."""

from __future__ import annotations

import io

import pytest

from core.cli.progress import ProgressPrinter, clock
from core.jobs import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, "-:--"), (0.4, "0:00"), (59.6, "1:00"), (75, "1:15"), (3725, "1:02:05")]
)
def test_clock(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown


def test_a_file_gets_one_line_each_tenth() -> None:
    stream = io.StringIO()
    with ProgressPrinter("Propagating", stream) as printer:
        for done in range(1, 101):
            printer.show(Progress(done, 100, done / 4, (100 - done) / 4, 4.0))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[2] == "Propagating  30 %  30/100  4.0 fps  0:18 left"
    assert "\r" not in stream.getvalue()


def test_a_terminal_gets_one_bar_that_ends_in_a_new_line() -> None:
    stream = Terminal()
    with ProgressPrinter("Propagating", stream) as printer:
        printer.show(Progress(1, 4, 1.0, None, 0.0))
        printer.show(Progress(4, 4, 2.0, 0.0, 2.0))
    text = stream.getvalue()
    assert text.count("\r") == 2
    assert text.endswith("\n")
    assert "[" + "#" * 30 + "] 100 %  4/4  2.0 fps  0:00 left" in text
    assert "25 %  1/4  0.0 fps  -:-- left" in text


def test_the_bar_ends_in_a_new_line_after_an_error_too() -> None:
    stream = Terminal()
    with pytest.raises(ValueError, match="oh"), ProgressPrinter("Propagating", stream) as printer:
        printer.show(Progress(1, 4, 1.0, None, 0.0))
        raise ValueError("oh")
    assert stream.getvalue().endswith("\n")
