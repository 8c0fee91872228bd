"""The peak of a command is its own."""

from __future__ import annotations

import sys

import pytest

from benchmarks.peak_memory import peak_of


def test_what_the_caller_holds_is_not_counted() -> None:
    held = bytearray(b"1") * (150 << 20)
    small = peak_of([sys.executable, "-c", ""])
    large = peak_of([sys.executable, "-c", "held = bytearray(b'1') * (100 << 20)"])
    assert len(held) == 150 << 20
    assert small < 60
    assert large - small == pytest.approx(100, abs=5)


def test_a_command_that_fails_has_no_peak() -> None:
    with pytest.raises(SystemExit, match="exit code 3"):
        peak_of([sys.executable, "-c", "raise SystemExit(3)"])
