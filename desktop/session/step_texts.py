"""The names of undo steps that change an object."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.types import ObjectTrack
from desktop.settings.core_texts import shown_name

translate = QCoreApplication.translate


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
