"""What was left out while a dataset was read, counted by reason, so that nothing is lost silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from core.errors import DatasetError, MaskError, MediaError
from core.messages import Message, join

_NAMED = 3
"""So many of the things left out are named in a line; the others are counted."""
Noun = Literal[
    "annotation",
    "class",
    "clip",
    "file",
    "frame",
    "image",
    "index",
    "line",
    "list",
    "mask",
    "object",
    "part",
    "picture",
    "region",
    "shape",
    "task",
]
"""What can be left out."""
_NOUNS: dict[Noun, tuple[Message, Message, Message]] = {
    "annotation": (Message("annotation"), Message("1 annotation"), Message("{count} annotations")),
    "class": (Message("class"), Message("1 class"), Message("{count} classes")),
    "clip": (Message("clip"), Message("1 clip"), Message("{count} clips")),
    "file": (Message("file"), Message("1 file"), Message("{count} files")),
    "frame": (Message("frame"), Message("1 frame"), Message("{count} frames")),
    "image": (Message("image"), Message("1 image"), Message("{count} images")),
    "index": (Message("index"), Message("1 index"), Message("{count} indices")),
    "line": (Message("line"), Message("1 line"), Message("{count} lines")),
    "list": (Message("list"), Message("1 list"), Message("{count} lists")),
    "mask": (Message("mask"), Message("1 mask"), Message("{count} masks")),
    "object": (Message("object"), Message("1 object"), Message("{count} objects")),
    "part": (Message("part"), Message("1 part"), Message("{count} parts")),
    "picture": (Message("picture"), Message("1 picture"), Message("{count} pictures")),
    "region": (Message("region"), Message("1 region"), Message("{count} regions")),
    "shape": (Message("shape"), Message("1 shape"), Message("{count} shapes")),
    "task": (Message("task"), Message("1 task"), Message("{count} tasks")),
}
"""A thing by itself, one of it, and several."""


class ReadNotes:
    """Collects what readers leave out. One thing reported twice counts once, since masks may be read again."""

    def __init__(self) -> None:
        self._left_out: defaultdict[tuple[str, Noun, Message], dict[str, None]] = defaultdict(dict)
        self._happened: defaultdict[tuple[str, Noun, Message], dict[str, None]] = defaultdict(dict)
        self._remarks: dict[Message, None] = {}

    def leave_out(self, path: object, what: Noun, reason: Message, item: object) -> None:
        """One thing, such as an "annotation" of the file `path`, is left out for a reason; `item` says which one."""
        self._left_out[str(path), what, reason][_text(item)] = None

    def happened(self, path: object, what: Noun, sentence: Message, item: object) -> None:
        """Something that was not left out but is worth reporting, counted in the same way: a "frame" "with ..."."""
        self._happened[str(path), what, sentence][_text(item)] = None

    def remark(self, text: Message) -> None:
        """Something that a person should know, once."""
        self._remarks[text] = None

    def lines(self) -> list[Message]:
        """A sentence for each reason, with the count and the first few things, and one for each remark."""
        found = [
            Message(
                "{path}: {things} left out: {reason} ({items}).",
                path=path,
                things=_counted(what, len(items)),
                reason=reason,
                items=_named(items),
            )
            for (path, what, reason), items in self._left_out.items()
        ]
        found += [
            Message(
                "{path}: {things} {sentence} ({items}).",
                path=path,
                things=_counted(what, len(items)),
                sentence=sentence,
                items=_named(items),
            )
            for (path, what, sentence), items in self._happened.items()
        ]
        return found + list(self._remarks)

    @contextmanager
    def leaving_out(self, what: Noun, item: object) -> Iterator[None]:
        """What the block cannot read is left out, with the error's own sentence as the reason."""
        try:
            yield
        except (DatasetError, MaskError, MediaError) as error:
            self.remark(Message("{thing} '{item}' left out: {error}", thing=_NOUNS[what][0], item=item, error=error))


def _text(item: object) -> str:
    return item if isinstance(item, Message) else str(item)


def _counted(noun: Noun, count: int) -> Message:
    _, one, several = _NOUNS[noun]
    return one if count == 1 else several.filled(count=count)


def _named(items: Iterable[str]) -> Message:
    listed = list(items)
    return join(", ", [*listed[:_NAMED], *(["..."] if len(listed) > _NAMED else [])])
