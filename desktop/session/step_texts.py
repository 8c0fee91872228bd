"""The names of undo steps that change objects."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.types import ObjectTrack
from desktop.settings.core_texts import shown_name

translate = QCoreApplication.translate


def adding_text() -> str:
    """The name of the step that adds an object."""
    return translate("Steps", "Add object")


def removing_text(tracks: Sequence[ObjectTrack]) -> str:
    """The name of the step that removes objects, one at least."""
    return _and_more(translate("Steps", "Remove {name}").format(name=shown_name(tracks[0])), tracks)


def merging_text(tracks: Sequence[ObjectTrack], into: ObjectTrack) -> str:
    """The name of the step that makes objects, one at least, a part of another one."""
    text = translate("Steps", "Merge {name} into {other}")
    return _and_more(text.format(name=shown_name(tracks[0]), other=shown_name(into)), tracks)


def changing_text(before: Sequence[ObjectTrack], after: Sequence[ObjectTrack]) -> str:
    """The name of the step that makes the same change to each of several objects, one at least."""
    return _and_more(step_text(before[0], after[0]), before)


def _and_more(text: str, tracks: Sequence[ObjectTrack]) -> str:
    if len(tracks) < 2:
        return text
    return translate("Steps", "{step}, and {count} more").format(step=text, count=len(tracks) - 1)


def step_text(before: ObjectTrack, after: ObjectTrack) -> str:
    """The name of the step that makes one of the other; names are those before it."""
    if before.name != after.name:
        text = translate("Steps", "Rename {name}")
    elif before.class_label != after.class_label:
        text = translate("Steps", "Class of {name}")
    elif before.colour != after.colour:
        text = translate("Steps", "Colour of {name}")
    elif before.visible != after.visible:
        text = translate("Steps", "Show {name}") if after.visible else translate("Steps", "Hide {name}")
    else:
        text = translate("Steps", "Lock {name}") if after.locked else translate("Steps", "Unlock {name}")
    return text.format(name=shown_name(before))
