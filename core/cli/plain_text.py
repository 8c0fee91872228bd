"""Plain output: names of files, which need not even be text, cannot control the terminal."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but for tab and end of line; escape sequences begin with one
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # changes of the direction of writing
    "\ud800-\udfff]"  # bytes of a name that is no text
)


def plain(text: str) -> str:
    """The text with everything that steers a terminal, or is no text, written out as \\x1b is here."""
    return _CONTROL.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00  # the byte itself, see os.fsdecode
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class PlainStream:
    """A text stream that writes plain text; all else is the stream's own. A line may begin again, as progress does."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        begin = "\r" if text.startswith("\r") else ""
        self.stream.write(begin + plain(text[len(begin) :]))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextlib.contextmanager
def plain_output() -> Iterator[None]:
    """Whatever is printed inside is plain text."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, PlainStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def terminal(stream: TextIO) -> TextIO:
    """The stream itself, for callers that control the terminal and write plain texts only."""
    return stream.stream if isinstance(stream, PlainStream) else stream
