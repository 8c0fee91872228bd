"""A contact sheet: frames with their masks laid over them, to see at one glance how a propagation went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont

from core.files import atomic_file
from core.masks import object_colour
from core.types import Image, LabelMap, ReadFrame

_TINT = 0.5
_GAP = 4
_JPEG_QUALITY = 82


def overlay(image: Image, labels: LabelMap, width: int) -> Image:
    """The picture at `width` pixels across, each object tinted and outlined in its colour."""
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    result = small.astype(np.float32)
    for object_id in np.unique(labels):
        if object_id == 0:
            continue
        share = cv2.resize((labels == object_id).astype(np.float32), (width, height), interpolation=cv2.INTER_AREA)
        colour = np.array(object_colour(int(object_id)), np.float32)
        inside = (share >= 0.5).astype(np.uint8)
        outline = inside - cv2.erode(inside, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        weight = np.maximum(_TINT * share, outline)[..., None]
        result += (colour - result) * weight
    blended: Image = np.clip(result + 0.5, 0, 255).astype(np.uint8)
    return blended


def contact_sheet(
    read: ReadFrame,
    labels_of: Callable[[int], LabelMap],
    frame_indices: Sequence[int],
    columns: int = 4,
    tile_width: int = 320,
) -> Image:
    """Overlays of the frames in reading order, each with its frame index in a corner."""
    tiles = []
    for frame_index in frame_indices:
        tile = overlay(read(frame_index), labels_of(frame_index), tile_width)
        tiles.append(_captioned(tile, str(frame_index)))
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    height, width = tiles[0].shape[:2]
    sheet = np.full((rows * (height + _GAP) - _GAP, columns * (width + _GAP) - _GAP, 3), 24, np.uint8)
    for index, tile in enumerate(tiles):
        y, x = index // columns * (height + _GAP), index % columns * (width + _GAP)
        sheet[y : y + height, x : x + width] = tile
    return sheet


def _captioned(tile: Image, text: str) -> Image:
    picture = PIL.Image.fromarray(tile)
    font = PIL.ImageFont.load_default(14)
    corner = (7, tile.shape[0] - 6)
    PIL.ImageDraw.Draw(picture).text(corner, text, "white", font, anchor="ls", stroke_width=2, stroke_fill="black")
    return np.array(picture)


def evenly_spaced(frame_indices: Sequence[int], count: int) -> list[int]:
    """At most `count` of the frames, from the first to the last in even steps."""
    ordered = sorted(frame_indices)
    if len(ordered) <= count:
        return ordered
    return [ordered[round(position)] for position in np.linspace(0, len(ordered) - 1, count)]


def write_sheet(path: Path, sheet: Image) -> None:
    """Writes the sheet as a PNG, or as a JPEG if the name says so.

    A PNG has 256 colours of its own, which keep it to a third of the size, with nothing seen missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = PIL.Image.fromarray(sheet)
    with atomic_file(path) as part:
        if path.suffix.lower() in (".jpg", ".jpeg"):
            picture.save(part, format="JPEG", quality=_JPEG_QUALITY)
        else:
            picture.quantize(256, dither=PIL.Image.Dither.FLOYDSTEINBERG).save(part, format="PNG", optimize=True)
