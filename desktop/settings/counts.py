"""Numbers of things in words: one frame, two frames."""

from __future__ import annotations


def counted(count: int, one: str, many: str) -> str:
    """The text for one thing, or that for another number of them, with the fields left as they are."""
    return one if count == 1 else many
