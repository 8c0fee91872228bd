"""Texts for a person that can be read in another language: a template, and the fields that fill it in.

A `Message` is its English text, and can be used wherever a str can. The window looks its template up in the translation
and fills in the same fields (`desktop/settings/core_texts.py`); the command line prints it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Number


class Message(str):
    """`Message("{path}: there is no such file.", path=path)`.

    A template without fields is taken as it is, braces and all. A field may be a message itself, or an error that
    carries one; numbers stay numbers, and all else becomes the text that it is shown as. Any change of the text, such
    as `strip` or `+`, gives a plain str, which is not translated any more.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Message:
        kept = {name: _field(value) for name, value in fields.items()}
        made = super().__new__(cls, template.format(**kept) if kept else template)
        made.template = template
        made.fields = kept
        return made

    def filled(self, **fields: object) -> Message:
        """The template with these fields, for one that was kept without."""
        return Message(self.template, **fields)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), dict(self.fields)


def join(separator: str, parts: Iterable[str]) -> Message:
    """The parts, one after another, as one message; each part that is a message keeps being one."""
    found = {f"part{number}": part for number, part in enumerate(parts)}
    return Message("{separator}".join(f"{{{name}}}" for name in found), separator=separator, **found)


def verbatim(text: object) -> Message:
    """A text that is not the program's own, such as the system's reason for an error: never translated."""
    return Message("{text}", text=text)


def message_of(error: BaseException) -> Message:
    """What an error says: the message that it was raised with, or else its text."""
    carried = _carried(error)
    return verbatim(error) if carried is None else carried


def _field(value: object) -> object:
    if isinstance(value, BaseException):
        carried = _carried(value)
        return str(value) if carried is None else carried
    return value if isinstance(value, Message | Number) else str(value)


def _carried(error: BaseException) -> Message | None:
    first = error.args[0] if len(error.args) == 1 else None
    return first if isinstance(first, Message) else None
