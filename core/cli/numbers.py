"""Number types of options: each has a range, and refuses others in one sentence."""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass

LARGEST_SEED = 2**31 - 1
MOST_FRAMES = 10**9
"""More frames than any clip has."""
MOST_STEPS = 10**9
MOST_MINUTES = 10**6
"""The longest training: two years."""


@dataclass(frozen=True)
class Whole:
    """Reads a whole number from `least` to `most`, and where `multiple` is more than one, a multiple of it."""

    least: int
    most: int
    multiple: int = 1

    def __call__(self, text: str) -> int:
        value = _whole(text)
        if value is None or not self.least <= value <= self.most or value % self.multiple:
            kind = "whole number" if self.multiple == 1 else f"multiple of {self.multiple}"
            raise argparse.ArgumentTypeError(f"'{_short(text)}' is no {kind} from {self.least} to {self.most}")
        return value


@dataclass(frozen=True)
class Number:
    """Reads a number from `least` to `most`; with `above`, `least` itself is excluded."""

    least: float
    most: float
    above: bool = False

    def __call__(self, text: str) -> float:
        try:
            value = math.nan if "_" in text else float(text)
        except ValueError:
            value = math.nan
        if not self.least <= value <= self.most or (self.above and value == self.least):
            begin = f"above {self.least:g} and up" if self.above else f"from {self.least:g}"
            raise argparse.ArgumentTypeError(f"'{_short(text)}' is no number {begin} to {self.most:.10g}")
        return value


def _whole(text: str) -> int | None:
    # int() alone would take "1_000", and refuse thousands of digits with an explanation of its own
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."


def counted(count: int, thing: str) -> str:
    """So many things in words of English: 1 frame, 2 frames."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def megabytes(count: int) -> str:
    """A number of bytes as a person reads it."""
    return f"{count / 1e6:.0f} MB" if count >= 1_000_000 or not count else f"{count / 1e6:.1f} MB"
