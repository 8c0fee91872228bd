"""What was left out while a dataset was read, counted by reason, so that nothing is lost silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import DatasetError, MaskError, MediaError

_NAMED = 3
"""So many of the things left out are named in a line; the others are counted."""
_PLURALS = {"index": "indices"}


class ReadNotes:
    """Collects what readers leave out. One thing told twice counts once, since masks may be read again."""

    def __init__(self) -> None:
        self._left_out: defaultdict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._happened: defaultdict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._remarks: dict[str, None] = {}

    def leave_out(self, place: object, what: str, reason: str, item: object) -> None:
        """One thing, such as an "annotation" of the file `place`, is left out for a reason; `item` says which one."""
        self._left_out[str(place), what, reason][str(item)] = None

    def happened(self, place: object, what: str, sentence: str, item: object) -> None:
        """Something that was not left out but is worth telling, counted in the same way: a "frame" "with ..."."""
        self._happened[str(place), what, sentence][str(item)] = None

    def remark(self, text: str) -> None:
        """Something that a person should know, once."""
        self._remarks[text] = None

    def lines(self) -> list[str]:
        """A sentence for each reason, with the count and the first few things, and one for each remark."""
        found = [
            f"{place}: {_counted(items, what)} left out: {reason} ({_named(items)})."
            for (place, what, reason), items in self._left_out.items()
        ]
        found += [
            f"{place}: {_counted(items, what)} {sentence} ({_named(items)})."
            for (place, what, sentence), items in self._happened.items()
        ]
        return found + list(self._remarks)

    @contextmanager
    def leaving_out(self, what: str, item: object) -> Iterator[None]:
        """What the block cannot read is left out, with the error's own sentence as the reason."""
        try:
            yield
        except (DatasetError, MaskError, MediaError) as error:
            self.remark(f"{what} '{item}' left out: {error}")


def _counted(items: dict[str, None], noun: str) -> str:
    return f"{len(items)} {noun if len(items) == 1 else _PLURALS.get(noun, f'{noun}s')}"


def _named(items: dict[str, None]) -> str:
    return ", ".join(list(items)[:_NAMED]) + (", ..." if len(items) > _NAMED else "")
