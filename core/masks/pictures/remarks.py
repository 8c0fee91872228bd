"""What to say of a mask picture that a person may have meant otherwise, or of which not all is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.masks.pictures.mattes import border
from core.masks.pictures.raster import MOST_PAGES, Raster
from core.masks.pictures.structure import is_trimap
from core.messages import Message

_NAMED = 6
_ALL_AROUND = 0.95


def left_out(raster: Raster, path: Path) -> list[Message]:
    """The further pictures, layers and parts of a file."""
    notes = []
    if raster.pages > 1:
        few = Message("{name}: holds {count} pictures; the first is read", name=path.name, count=raster.pages)
        many = Message("{name}: holds {count} pictures or more; the first is read", name=path.name, count=raster.pages)
        notes.append(few if raster.pages < MOST_PAGES else many)
    if raster.left_out:
        names = ", ".join(raster.left_out[:_NAMED]) + (", ..." if len(raster.left_out) > _NAMED else "")
        notes.append(
            Message("{name}: of its layers and parts these are not read: {names}", name=path.name, names=names)
        )
    return notes


def trimap(raster: Raster, path: Path) -> list[Message]:
    """That a picture whose levels are ids looks like a trimap."""
    if not is_trimap(raster):
        return []
    return [
        Message(
            "{name}: its middle grey, read as an object of its own, lies around the white like the unknown zone of a "
            "trimap; read it as 'matte' for one object",
            name=path.name,
        )
    ]


def all_around(raster: Raster, path: Path) -> list[Message]:
    """That one of the colours, all of which are objects, lies all around the picture."""
    rim = border(raster.value_map)
    if np.bincount(rim).max() < _ALL_AROUND * len(rim):
        return []
    return [
        Message(
            "{name}: the colour along its border was read as an object; paint it black if it is background",
            name=path.name,
        )
    ]
