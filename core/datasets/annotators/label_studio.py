"""Label Studio's exports as JSON or JSON-MIN, which are read only: ROOT/anything.json, next to the pictures.

JSON is a list of tasks with annotations; of JSON-MIN a task has its picture and lists of regions under their own names.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Container, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from core.datasets.annotators.annotated_pictures import (
    AnnotatedPicture,
    Size,
    clips_of_pictures,
    corners_of,
    stated_size,
)
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import split_of
from core.datasets.polygons import mask_patch, polygon_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.media.pictures import PICTURE_SUFFIXES
from core.messages import Message, join

Entry = dict[str, Any]
Drawing = Callable[[Entry, Size], Patch]

_HALF = 128


def read_label_studio(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of an export as JSON: numbered pictures of one size; `wanted` are the only names to read.

    Outlines, ellipses and brushes are read; what is no area is left out, and named in `notes`. Raises DatasetError if
    there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = [root] if root.is_file() else sorted(root.glob("*.json"))
    root = root.parent if root.is_file() else root
    finder = PictureFinder(root, ("", "images", "media", "upload"))
    read = 0
    for path in files:
        tasks = read_json(path)
        tasks = [_full(task) for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
        if not any("annotations" in task for task in tasks):
            continue
        read += 1
        found: dict[Path, AnnotatedPicture] = {}
        for number, task in enumerate(tasks, start=1):
            name = _picture_name(task)
            # uploaded files have a code before the name that they had
            picture = finder.find(name) or finder.find(name.rpartition("/")[2].partition("-")[2])
            if picture is None:
                notes.leave_out(
                    path,
                    "task",
                    Message("its picture is not in the dataset"),
                    name or Message("task {number}", number=number),
                )
            else:
                found[picture] = _label_studio_picture(
                    task, path, Message("task {number}", number=task.get("id", number)), notes
                )
        yield from clips_of_pictures(root, found, split_of(path.stem), wanted, notes)
    if not read:
        raise DatasetError(
            "{root}: no Label Studio export; expected a .json file with a list of tasks in it.", root=root
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _full(task: Entry) -> Entry:
    """A task of JSON-MIN as one of JSON; any other as it is."""
    if "annotations" in task or "data" in task:
        return task
    regions = [
        {**region, "type": kind, "value": region}
        for value in task.values()
        for region in _list(value)
        if isinstance(region, dict) and (kind := next((key for key in region if key.endswith("labels")), None))
    ]
    if not regions and "annotator" not in task:
        return task
    return {"id": task.get("id"), "data": task, "annotations": [{"result": regions}]}


def _picture_name(task: Entry) -> str:
    data = task.get("data")
    values = [data.get("image"), *data.values()] if isinstance(data, dict) else []
    texts = [value for value in values if isinstance(value, str) and value]
    # tasks hold dates and names of people as well
    pictures = (text for text in texts if Path(text.partition("?")[0]).suffix.lower() in PICTURE_SUFFIXES)
    name = next(pictures, texts[0] if texts else "")
    # pictures that the program serves itself: /data/local-files/?d=folder/a.jpg
    return name.rpartition("?d=")[2]


def _label_studio_picture(task: Entry, path: Path, item: str, notes: ReadNotes) -> AnnotatedPicture:
    found = AnnotatedPicture(None)
    annotations = [one for one in _list(task.get("annotations")) if isinstance(one, dict)]
    kept = [one for one in annotations if not one.get("was_cancelled")]
    if not kept:  # nobody annotated it
        found.entries = 1
        if _list(task.get("predictions")):
            notes.leave_out(path, "task", Message("it has predictions alone, which nobody has accepted"), item)
    if len(kept) > 1:
        notes.happened(path, "task", Message("with several annotations, of which the first is read"), item)
    result = [one for one in (_list(kept[0].get("result")) if kept else []) if isinstance(one, dict)]
    named = _labels_by_region(result)
    for entry in result:
        kind, value = str(entry.get("type", "")), entry.get("value")
        if not isinstance(value, dict) or kind in ("choices", "textarea", "rating", "labels"):
            continue
        found.entries += 1
        where = join(", ", (item, str(entry.get("id", ""))))
        drawing = _LABEL_STUDIO.get(kind)
        if drawing is None:
            notes.leave_out(path, "region", Message("{kind} are no areas", kind=class_name(kind)), where)
            continue
        size = stated_size(entry.get("original_width"), entry.get("original_height"))
        found.size = found.size or size
        labels = _list(value.get(kind)) or named.get(str(entry.get("id")), [])
        label = labels[0] if labels else ""
        found.shapes.append(Shape(class_name(label), partial(drawing, value), where))
    return found


def _labels_by_region(result: list[Entry]) -> dict[str, list[Any]]:
    """What regions are called where their labels are entries of their own, with the region's id."""
    found: dict[str, list[Any]] = {}
    for entry in result:
        value = entry.get("value")
        if entry.get("type") == "labels" and isinstance(value, dict):
            found[str(entry.get("id"))] = _list(value.get("labels"))
    return found


def _label_studio_polygon(value: Entry, size: Size) -> Patch:
    return polygon_patch(corners_of(value["points"]) * size / 100, size)


def _label_studio_ellipse(value: Entry, size: Size) -> Patch:
    x, y, rx, ry = (float(value[key]) / 100 for key in ("x", "y", "radiusX", "radiusY"))
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    along, across = rx * size[0] * np.cos(turns), ry * size[1] * np.sin(turns)
    turn = np.deg2rad(float(value.get("rotation", 0)))
    corners = [along * np.cos(turn) - across * np.sin(turn), along * np.sin(turn) + across * np.cos(turn)]
    return polygon_patch(np.stack(corners, axis=1) + np.array([x * size[0], y * size[1]]), size)


def _label_studio_brush(value: Entry, size: Size) -> Patch:
    if value.get("format") != "rle":
        raise ValueError(Message("its brush has a format that is not known"))
    channels = unpack_brush(value["rle"], size[0] * size[1] * 4)
    return mask_patch(channels.reshape(size[1], size[0], 4)[..., 3] > 0)


def _label_studio_bitmask(value: Entry, size: Size) -> Patch:
    """A picture as an address with its data: what is not see-through or black is inside."""
    try:
        data = base64.b64decode(str(value["imageDataURL"]).partition("base64,")[2], validate=True)
        with PillowImage.open(io.BytesIO(data)) as picture:
            if picture.size != size:
                raise ValueError(Message("its bitmask is not of the picture's size"))
            pixels = np.array(picture.convert("RGBA"))
    except (*DAMAGE_ERRORS, PillowImage.DecompressionBombError) as error:
        raise ValueError(Message("its bitmask cannot be read")) from error
    opaque = pixels[..., 3] >= _HALF
    # a mask may be a drawing on nothing, in black as well
    return mask_patch(opaque & pixels[..., :3].any(axis=-1) if opaque.all() else opaque)


_LABEL_STUDIO: dict[str, Drawing] = {
    name: drawing
    for kind, drawing in (
        ("polygon", _label_studio_polygon),
        ("ellipse", _label_studio_ellipse),
        ("brush", _label_studio_brush),
        ("bitmask", _label_studio_bitmask),
    )
    for name in (kind, f"{kind}labels")
}


def unpack_brush(data: list[int], expected: int) -> NDArray[np.uint8]:
    """The bytes, (N,) uint8, in Label Studio's brush masks: a stream of bits.

    It begins with the number of bytes (32 bits), the bits of a byte less one (5), and four widths less one (4 each).
    Then come runs: one bit says whether a value is repeated, two choose the width in which the run's length less one is
    written, and behind it stand one value, or as many as the run is long. Raises ValueError if it is none.
    """
    bits = np.unpackbits(np.array(data, np.uint8))
    offset = 0

    def number(width: int) -> int:
        nonlocal offset
        if offset + width > bits.size:
            raise ValueError(Message("its brush ends too early"))
        found = int("".join(map(str, bits[offset : offset + width].tolist())), 2)
        offset += width
        return found

    count, word = number(32), number(5) + 1
    widths = [number(4) + 1 for _ in range(4)]
    if count != expected or word != 8:
        raise ValueError(Message("its brush is not of the picture's size"))
    found = np.zeros(count, np.uint8)
    at = 0
    while at < count:
        repeated = number(1)
        length = number(widths[number(2)]) + 1
        end = min(at + length, count)
        if repeated:
            found[at:end] = number(word)
        else:
            needed = word * (end - at)
            if offset + needed > bits.size:
                raise ValueError(Message("its brush ends too early"))
            found[at:end] = np.packbits(bits[offset : offset + needed])
            offset += needed
        at = end
    return found
