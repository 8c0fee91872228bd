"""The in and the out point."""

from __future__ import annotations

Range = tuple[int, int]
"""First and last frame, both inside."""


def moved_range(old: Range | None, first: int | None, last: int | None, frame_count: int) -> Range | None:
    """The range after its in or out point was set; None stands for the old point, and a range of None for all frames.

    A point set beyond the other one pushes that to the clip's end.
    """
    end = frame_count - 1
    old_first, old_last = old or (0, end)
    first = old_first if first is None else first
    last = old_last if last is None else last
    if first > last:
        first, last = (first, end) if last == old_last else (0, last)
    return None if (first, last) == (0, end) else (first, last)
