"""Colours of objects: those on the screen, and those that mask files carry."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.types import MAX_OBJECT_ID

Colour = tuple[int, int, int]

# The first seven are the set of Okabe and Ito, "Color Universal Design", 2008. Each of the others is the one that lies
# farthest (in CIELAB) from all before it, to normal, red-blind and green-blind eyes alike.
COLOURS: tuple[Colour, ...] = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
    (85, 0, 255),
    (187, 255, 187),
    (51, 119, 255),
    (153, 255, 255),
    (187, 0, 51),
    (221, 221, 119),
    (51, 85, 119),
    (221, 187, 187),
    (187, 153, 85),
)


def object_colour(object_id: int) -> Colour:
    """The (red, green, blue) in which an object is shown unless a person chose another.

    The first sixteen ids can be distinguished by colour-blind people; later ones are tints of these. Id 0, the
    background, is black.
    """
    if object_id == 0:
        return (0, 0, 0)
    turn, index = divmod((object_id - 1) % MAX_OBJECT_ID, len(COLOURS))
    colour = COLOURS[index]
    if turn == 0:
        return colour
    # odd turns go lighter, even ones darker, each a step further
    strength = 0.08 + 0.045 * turn
    towards = 255 if turn % 2 else 0
    red, green, blue = (round(value + (towards - value) * strength) for value in colour)
    return red, green, blue


@cache
def palette() -> NDArray[np.uint8]:
    """(256, 3) uint8 RGB, not to be written to: `object_colour` of every id, black for the background."""
    table = np.array([object_colour(object_id) for object_id in range(MAX_OBJECT_ID + 1)], np.uint8)
    table.setflags(write=False)
    return table


@cache
def davis_palette() -> NDArray[np.uint8]:
    """(256, 3) uint8 RGB, not to be written to: the palette of DAVIS and PASCAL VOC annotation files.

    Bits 0, 1 and 2 of the index are the highest bits of red, green and blue; bits 3, 4 and 5 the next, and so on.
    """
    index = np.arange(256)
    table = np.zeros((256, 3), np.uint8)
    for level in range(3):
        for channel in range(3):
            bit = (index >> (3 * level + channel)) & 1
            table[:, channel] |= (bit << (7 - level)).astype(np.uint8)
    table.setflags(write=False)
    return table
