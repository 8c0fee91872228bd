"""Numbers of things in words: one frame, two frames."""

from __future__ import annotations


def counted(count: int, one: str, many: str) -> str:
    """The text for one thing, or that for another number of them, with the fields left as they are."""
    return one if count == 1 else many


def two_digits(value: float) -> str:
    """A number that is not negative, to two digits or whole, as people write it: 0.03, 0.49, 7.2, 34, 120."""
    if value >= 10:
        return f"{value:.0f}"
    if value >= 0.1:
        return f"{value:.2g}"
    return f"{value:.2f}" if value >= 0.005 or value <= 0 else "<0.01"
