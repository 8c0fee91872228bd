"""Which pictures follow each other: natural order, their numbers, and the numbers that are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_PARTS = re.compile(r"((?:(?<=[._ ])|^)-\d+|\d+)")
"""A minus sign belongs to a number only behind a dot, an underline, a space or nothing: "plate.-2", not "take-2"."""
_MOST_GAPS = 10
"""Where `count` times more numbers are missing than there are, they are no series with gaps."""
_NUMBER = re.compile(r"(?:(?<=[._ ])|^)-\d+|\d+")


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts "frame2" before "frame10" and "frame.-2" before both: numbers by value, the rest as text in any case."""
    parts = _PARTS.split(name)
    return [(0, int(part), part) if part.lstrip("-").isdecimal() else (1, 0, part.casefold()) for part in parts if part]


@dataclass(frozen=True)
class Series:
    """The numbers of pictures of one name, as "plate.1001" has 1001."""

    numbers: tuple[int, ...]
    """One a picture, rising."""
    step: int
    """The difference from each to the next, usually 1."""

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers between the first and the last that there is no picture of."""
        there = set(self.numbers)
        length = (self.numbers[-1] - self.numbers[0]) // self.step + 1
        if length > _MOST_GAPS * len(there):
            # photographs chosen from many, say
            return ()
        return tuple(n for n in range(self.numbers[0], self.numbers[-1], self.step) if n not in there)


def series_of(stems: Sequence[str]) -> Series | None:
    """The series of pictures of these names, without endings, in order; None if they are no one series."""
    split = [_last_number(stem) for stem in stems]
    if not split or any(part is None for part in split):
        return None
    known = [part for part in split if part is not None]
    if len({(before.casefold(), after.casefold()) for before, _, after in known}) != 1:
        return None
    numbers = [number for _, number, _ in known]
    steps = [after - before for before, after in pairwise(numbers)]
    if any(step <= 0 for step in steps):
        return None
    usual = min(steps, default=1)
    # every second frame rendered is a step of 2, and no gap at every one
    step = usual if steps and all(other % usual == 0 for other in steps) else 1
    return Series(tuple(numbers), step)


def several_series(stems: Sequence[str]) -> tuple[str, ...]:
    """The names of the series if numbered pictures of several are mixed; else empty."""
    names: dict[str, int] = {}
    for stem in stems:
        part = _last_number(stem)
        if part is None:
            return ()
        name = (part[0] + "#" + part[2]).casefold()
        names[name] = names.get(name, 0) + 1
    return tuple(names) if len(names) > 1 and min(names.values()) > 1 else ()


def in_words(numbers: Sequence[int], most: int = 4) -> str:
    """Rising numbers as stretches: "1004-1006, 1010"; after `most` of them it says how many more: "3, 7 (+12)"."""
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    words = [f"{first}-{last}" if last > first else str(first) for first, last in stretches[:most]]
    left = sum(last - first + 1 for first, last in stretches[most:])
    return ", ".join(words) + (f" (+{left})" if left else "")


def _last_number(stem: str) -> tuple[str, int, str] | None:
    found = list(_NUMBER.finditer(stem))
    if not found:
        return None
    last = found[-1]
    return stem[: last.start()], int(last[0]), stem[last.end() :]
