"""Notes on a mask picture that a person may have meant otherwise, or of which not all is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks.pictures.mattes import ALL_AROUND, border, is_trimap
from core.masks.pictures.raster import MOST_PAGES, Raster
from core.messages import Message

_NAMED = 6


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


def of_ids(raster: Raster, path: Path) -> list[Message]:
    """That a picture whose levels are ids looks like a trimap, or has another background than 0."""
    rim = border(raster.value_map)
    counts = np.bincount(rim, minlength=len(raster.values))
    around = int(raster.values[int(counts.argmax())])
    if around and len(raster.values) > 1 and counts.max() >= ALL_AROUND * len(rim):
        return [
            Message(
                "{name}: the value {value} along its border was read as an object; make it 0 if it is background",
                name=path.name,
                value=around,
            )
        ]
    if not is_trimap(raster):
        return []
    return [
        Message(
            "{name}: its middle grey, read as an object of its own, lies around the white like the unknown zone of a "
            "trimap; read it as 'matte' for one object",
            name=path.name,
        )
    ]


def smoothed(path: Path) -> list[Message]:
    """That values along borders were not taken for ids."""
    return [
        Message(
            "{name}: values between those of two regions, along the border of the two, were read as smoothing; read it "
            "as 'labels' if they are ids",
            name=path.name,
        )
    ]


def lost_ids(raster: Raster, inside: NDArray[np.bool_], path: Path) -> list[Message]:
    """That a picture read as empty may hold ids, which lossy files cannot keep apart; `inside` is (H, W)."""
    if inside.any() or not raster.lossy or len(raster.values) < 2:
        return []
    return [
        Message(
            "{name}: nearly black, read as empty; if its values are ids, they are lost in a file that is not lossless",
            name=path.name,
        )
    ]


def no_mask(path: Path, count: int, what: Message) -> MaskError:
    """The error for a picture that has no areas."""
    return MaskError(
        "{path}: {count} different {what}, and no flat areas that could be objects: a picture, not a "
        "mask. Save one plain value or colour per object; a soft matte can be read as one object with "
        "the kind 'matte'.",
        path=path,
        count=count,
        what=what,
    )
