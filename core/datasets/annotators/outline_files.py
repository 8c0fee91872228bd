"""JSON of outlines by picture, as ISAT, V7 (Darwin), VoTT and Datumaro write it. Read only."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

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
from core.datasets.polygons import join_polygons, polygon_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation
from core.datasets.reading.shapes import Shape
from core.errors import DatasetError
from core.masks import Patch
from core.messages import Message

Draw = Callable[[Size], Patch]

_BACKGROUND = "__background__"
"""What ISAT calls a hole."""


@dataclass(frozen=True)
class _Area:
    """One annotation of a picture; without `draw` it is no area, but a `kind`."""

    label: str
    draw: Draw | None
    kind: str = ""
    track: Hashable = None
    layer: float = 0.0


@dataclass(frozen=True)
class _Picture:
    """The names that a picture may be found by, its size where that is stated, and what is on it."""

    names: tuple[str, ...]
    size: Size | None
    areas: list[_Area]


def read_outline_files(
    kind: str, root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips among the pictures of a folder (or of one file). `kind` is the name of the layout: isat, v7, vott or
    datumaro; `wanted` are the only names to read.

    Boxes, lines and points are left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, kind)
    if not files:
        raise DatasetError("{root}: no annotations of {title}; expected its JSON files in it.", root=root, title=kind)
    folder = root.parent if root.is_file() else root
    finder = PictureFinder(folder, ("", "images"))
    # parts have a folder, or a file, of their own
    parts: dict[str, dict[Path, AnnotatedPicture]] = {}
    for path in files:
        beside = path.parent.relative_to(folder).as_posix()
        hints = (beside, f"images/{path.stem}", "images")
        found = parts.setdefault(split_of(path.stem) or split_of(path.parent.name), {})
        for entry in _KINDS[kind](_dictionary(read_json(path))):
            picture = next((one for name in entry.names if (one := finder.find(name, hints)) is not None), None)
            if picture is None:
                notes.leave_out(path, "picture", Message("it is not in the dataset"), entry.names[0])
            else:
                found[picture] = _picture(entry, path, notes)
    for split, found in parts.items():
        yield from clips_of_pictures(root, found, split, wanted, notes)


def _picture(entry: _Picture, path: Path, notes: ReadNotes) -> AnnotatedPicture:
    found = AnnotatedPicture(entry.size)
    for number, area in enumerate(entry.areas, start=1):
        found.entries += 1
        item = Message("{name}, object {number}", name=entry.names[0], number=number)
        if area.draw is None:
            notes.leave_out(path, "object", Message("a {kind} is no area", kind=class_name(area.kind)), item)
        else:
            found.shapes.append(Shape(class_name(area.label), area.draw, item, area.track, layer=area.layer))
    return found


# -- what each program writes


def _isat(index: Mapping[str, Any]) -> Iterator[_Picture]:
    info = _dictionary(index.get("info"))
    areas = []
    for one in _dictionaries(index.get("objects")):
        hole = one.get("category") == _BACKGROUND
        draw = None if hole else partial(_outline, [one.get("segmentation")])
        layer = _number(one.get("layer"))
        areas.append(_Area(str(one.get("category", "")), draw, "hole" if hole else "", one.get("group"), layer))
    yield _Picture((str(info.get("name", "")),), stated_size(info.get("width"), info.get("height")), areas)


def _darwin(index: Mapping[str, Any]) -> Iterator[_Picture]:
    item = _dictionary(index.get("item"))
    slot = next(iter(_dictionaries(item.get("slots"))), {})
    areas = []
    for one in _dictionaries(index.get("annotations")):
        paths = _dictionary(one.get("polygon")).get("paths")
        draw = partial(_outline, paths) if isinstance(paths, list) else None
        kind = next((key for key in ("line", "keypoint", "mask", "bounding_box") if key in one), "tag")
        track = _dictionary(one.get("instance_id")).get("value")
        areas.append(_Area(str(one.get("name", "")), draw, kind.replace("_", " "), track))
    name = str(item.get("name", ""))
    inner = f"{str(item.get('path', '')).strip('/')}/{name}"
    yield _Picture((inner.lstrip("/"), name), stated_size(slot.get("width"), slot.get("height")), areas)


def _vott(index: Mapping[str, Any]) -> Iterator[_Picture]:
    assets = index.get("assets")
    # an export has all pictures in one file, a project one in each
    for entry in _dictionaries(list(assets.values()) if isinstance(assets, dict) else [index]):
        asset = _dictionary(entry.get("asset"))
        size = _dictionary(asset.get("size"))
        areas = []
        for one in _dictionaries(entry.get("regions")):
            tags = one.get("tags")
            label = str(tags[0]) if isinstance(tags, list) and tags else ""
            kind = str(one.get("type", "")).lower()
            draw = partial(_outline, [one.get("points")]) if kind == "polygon" else None
            areas.append(_Area(label, draw, kind))
        yield _Picture((str(asset.get("name", "")),), stated_size(size.get("width"), size.get("height")), areas)


def _datumaro(index: Mapping[str, Any]) -> Iterator[_Picture]:
    listed = _dictionary(_dictionary(index.get("categories")).get("label")).get("labels")
    labels = [str(one.get("name", "")) for one in _dictionaries(listed)]
    for item in _dictionaries(index.get("items")):
        image = _dictionary(item.get("image") or item.get("media"))
        size = image.get("size")
        height, width = size if isinstance(size, list) and len(size) == 2 else (None, None)
        areas = []
        for one in _dictionaries(item.get("annotations")):
            number, kind = one.get("label_id"), str(one.get("type", ""))
            label = labels[number] if isinstance(number, int) and 0 <= number < len(labels) else ""
            draw = None
            if kind == "polygon":
                draw = draw_segmentation([one.get("points")])
            elif kind == "mask":
                draw = draw_segmentation(one.get("rle"))
            track = _dictionary(one.get("attributes")).get("track_id")
            areas.append(_Area(label, draw, kind, track, _number(one.get("z_order"))))
        names = (str(image.get("path") or ""), str(item.get("id") or ""))
        yield _Picture(tuple(name for name in names if name) or ("",), stated_size(width, height), areas)


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[_Picture]]] = MappingProxyType(
    {"isat": _isat, "v7": _darwin, "vott": _vott, "datumaro": _datumaro}
)


def _outline(rings: list[Any], size: Size) -> Patch:
    """What is inside of an odd number of the rings; their corners are pairs, or have `x` and `y`."""
    pairs = [[(one["x"], one["y"]) if isinstance(one, dict) else one for one in ring] for ring in rings]
    return polygon_patch(join_polygons([corners_of(ring) for ring in pairs]), size)


def _dictionary(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dictionaries(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
