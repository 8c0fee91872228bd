"""Reading the segmentation layout of YOLO trainers, as Ultralytics, Roboflow and annotation programs write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.clips import PICTURE_ENDINGS, AnnotatedClip, class_name, picture_size
from core.datasets.files import read_json, read_text, read_yaml
from core.datasets.layouts.flat import clips_of_files
from core.datasets.layouts.yolo_lines import has_key_points, is_turned_box
from core.datasets.layouts.yolo_writer import TRACKS
from core.datasets.polygons import Polygon, polygon_area, polygon_patch
from core.datasets.reading.inner_paths import PictureFinder, inner_parts
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip
from core.errors import DatasetError
from core.masks import Patch
from core.messages import Message

_KEYS = {"train": ("train",), "val": ("val", "valid", "validation"), "test": ("test",)}
_NAMES = ("data.yaml", "data.yml", "dataset.yaml", "dataset.yml")
_CLASS_LIST = "classes.txt"
_OUTSIDE = 2.0
"""Corners are shares of the picture: one beyond this is a number of pixels, or a fault."""


def read_yolo(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of the folder; `wanted` are the only names to read.

    Lines that tracks.json does not mention are linked from frame to frame by overlap. What cannot be read is left out,
    and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    index = _Index.read(root, notes)
    tracks = _read_tracks(root / TRACKS, notes)
    for split, files in index.pictures(notes).items():
        for group in files.values():
            clips = clips_of_files(group, notes)
            for name, pictures in clips.items():
                if wanted is None or name in wanted:
                    with notes.leaving_out("clip", name):
                        yield _clip(root, name, pictures, index, tracks, split, notes)


def index_file(root: Path) -> Path | None:
    """The dataset's index, if it has one: data.yaml, or the one file of that kind that names classes."""
    for name in _NAMES:
        if (root / name).is_file():
            return root / name
    others = [*sorted(root.glob("*.yaml")), *sorted(root.glob("*.yml"))]
    for path in others:
        try:
            if (
                isinstance(found := read_yaml(path), dict)
                and "names" in found
                and {"train", "val", "path"} & set(found)
            ):
                return path
        except DatasetError:
            continue
    return None


def has_lines(root: Path) -> bool:
    """Whether folders of pictures and of text files lie side by side as trainers want them, without an index."""
    parts = [name for keys in _KEYS.values() for name in keys]
    pairs = [("images", "labels"), *((f"{one}/images", f"{one}/labels") for one in parts)]
    pairs += [(f"images/{one}", f"labels/{one}") for one in parts]
    return any((root / here).is_dir() and any((root / there).glob("*.txt")) for here, there in pairs)


@dataclass(frozen=True)
class _Index:
    """The index: the file, what it says, and the classes' names by number."""

    root: Path
    path: Path
    entries: Mapping[str, Any]
    names: Mapping[int, str]

    @property
    def has_key_points(self) -> bool:
        """Lines are a box and points behind it, which look like outlines."""
        return "kpt_shape" in self.entries

    @staticmethod
    def read(root: Path, notes: ReadNotes) -> _Index:
        path = index_file(root)
        if path is None:
            if (root / _CLASS_LIST).is_file() and (root / "labels").is_dir():
                lines = [line.strip() for line in read_text(root / _CLASS_LIST).splitlines()]
                names = dict(enumerate(map(class_name, filter(None, lines))))
                return _Index(root, root / _CLASS_LIST, {}, names)
            if has_lines(root):
                notes.remark(Message("{root}: has no 'data.yaml'; classes are called by their numbers.", root=root))
                return _Index(root, root, {}, {})
            raise DatasetError("{root}: no YOLO dataset; expected a file 'data.yaml' in it.", root=root)
        entries = read_yaml(path)
        if not isinstance(entries, dict):
            raise DatasetError("{path}: expected 'names' with a name for each class number.", path=path)
        given = entries.get("names")
        pairs = enumerate(given) if isinstance(given, list) else given.items() if isinstance(given, dict) else ()
        found = {
            int(key): class_name(name)
            for key, name in pairs
            if isinstance(name, str) and (isinstance(key, int) or str(key)[:9].isdecimal())
        }
        if not found:
            notes.remark(Message("{path}: has no 'names'; classes are called by their numbers.", path=path))
        return _Index(root, path, entries, found)

    def pictures(self, notes: ReadNotes) -> dict[str, dict[Path, list[Path]]]:
        """The pictures of each part by the folder they are in. One that is in two parts is read in the first one."""
        found: dict[str, dict[Path, list[Path]]] = {}
        seen: set[Path] = set()
        for split, value in self._parts().items():
            folders: defaultdict[Path, list[Path]] = defaultdict(list)
            for one in value if isinstance(value, list) else [value]:
                if not isinstance(one, str) or not one.strip():
                    continue
                name, pattern = _folder_and_pattern(one.strip())
                listed_path = self._resolved(name)
                if listed_path is None:
                    notes.leave_out(
                        self.path, "part", Message("what it names is not in the dataset"), f"{split}: {one}"
                    )
                    continue
                listed = self._listed(listed_path, notes) if listed_path.is_file() else _below(listed_path, pattern)
                for path in listed:
                    if path in seen:
                        notes.leave_out(
                            self.path, "picture", Message("'{split}' names it again", split=split), path.name
                        )
                    else:
                        seen.add(path)
                        folders[path.parent].append(path)
            found[split] = dict(folders)
        return found

    def _parts(self) -> dict[str, Any]:
        """What the index names for each part; without that, the folders that others use."""
        named = {
            split: value
            for split, keys in _KEYS.items()
            if (value := next((self.entries[key] for key in keys if self.entries.get(key)), None))
        }
        usual = {
            split: [
                inner for key in keys for inner in (f"images/{key}", f"{key}/images") if (self.root / inner).is_dir()
            ]
            for split, keys in _KEYS.items()
        }
        return named or {key: value for key, value in usual.items() if value} or {"train": "images"}

    def _resolved(self, name: str) -> Path | None:
        """A folder or list that the index names, in the dataset; paths from other machines by their end."""
        parts = inner_parts(name)
        within = inner_parts(str(self.entries.get("path") or ""))
        elsewhere = name.replace("\\", "/").startswith("/") or ":" in name
        bases = [within[start:] for start in range(len(within) + 1)]
        for start in range(len(parts) if elsewhere else 1):
            for base in bases:
                path = self.root.joinpath(*base, *parts[start:])
                if parts and path.exists():
                    return path
        return None

    def _listed(self, path: Path, notes: ReadNotes) -> list[Path]:
        """The pictures that a list names, a path a line."""
        finder = PictureFinder(self.root, ("", path.parent.relative_to(self.root).as_posix()))
        found = []
        for line in read_text(path).splitlines():
            if name := line.strip():
                file = finder.find(name)
                if file is None:
                    notes.leave_out(path, "picture", Message("it is not in the dataset"), name)
                else:
                    found.append(file)
        return found


def _folder_and_pattern(name: str) -> tuple[str, str]:
    """What is named: `images/train/*.jpg` is a folder and a pattern for its files."""
    folder, _, last = name.replace("\\", "/").rpartition("/")
    return (folder or ".", last) if set(last) & set("*?[") else (name, "*")


def _below(folder: Path, pattern: str) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if fnmatch(path.name, pattern)
        and path.suffix.lower() in PICTURE_ENDINGS
        and not path.name.startswith(".")
        and path.is_file()
    )


def _read_tracks(path: Path, notes: ReadNotes) -> dict[str, list[int]]:
    """The object ids of each file's lines; nothing if there is no such index."""
    if not path.is_file():
        return {}
    try:
        tracks = read_json(path)
    except DatasetError as error:
        notes.remark(Message("tracks left out, and linked by overlap: {error}", error=error))
        return {}
    found = tracks if isinstance(tracks, dict) else {}
    return {
        name: ids for name, ids in found.items() if isinstance(ids, list) and all(isinstance(one, int) for one in ids)
    }


def _clip(
    root: Path,
    name: str,
    pictures: dict[str, Path],
    index: _Index,
    tracks: Mapping[str, list[int]],
    split: str,
    notes: ReadNotes,
) -> AnnotatedClip:
    size = picture_size(next(iter(pictures.values())))
    frames = []
    tracked = True
    for frame, file in pictures.items():
        labels = _labels_file(root, file)
        if labels is None and not _has_labels(root, file):
            notes.leave_out(root, "picture", Message("its folder has no labels beside it"), file.name)
            continue
        lines = _read_lines(labels, index, size, notes) if labels is not None else []
        ids = tracks.get(file.stem, [])
        tracked = tracked and len(ids) == len(lines)
        shapes = [
            Shape(
                line.class_label,
                partial(_draw, line.outline),
                line.item,
                ids[index] if tracked else None,
                ids[index] if tracked else None,
                area=polygon_area(line.outline),
            )
            for index, line in enumerate(lines)
            if line.outline is not None
        ]
        frames.append(ShapeFrame(frame, file, shapes, annotated=bool(shapes) or not lines))
    if not tracked:
        frames = [_untracked(frame) for frame in frames]
    if frames and not any(frame.annotated for frame in frames):
        raise DatasetError("{root}: no line of clip '{name}' is an outline.", root=root, name=name)
    return annotated_clip(ShapeClip(name, size, frames, root / "labels", split), notes)


def _untracked(frame: ShapeFrame) -> ShapeFrame:
    return replace(frame, shapes=[replace(shape, track=None, object_id=None) for shape in frame.shapes])


def _draw(outline: Polygon, size: tuple[int, int]) -> Patch:
    return polygon_patch(outline * size, size)


def _labels_file(root: Path, picture: Path) -> Path | None:
    """Where trainers look for a picture's lines: `labels` in place of the last `images`, else next to it."""
    return next((path for path in _label_files(root, picture) if path.is_file()), None)


def _has_labels(root: Path, picture: Path) -> bool:
    # pictures without an object have no file, but others in their folder do
    return any(
        path.parent.is_dir() and any(path.parent.glob(f"*{path.suffix}")) for path in _label_files(root, picture)
    )


def _label_files(root: Path, picture: Path) -> list[Path]:
    parts = list(picture.relative_to(root).parts[:-1])
    found = [parts]
    if "images" in parts:
        last = len(parts) - 1 - parts[::-1].index("images")
        found = [[*parts[:last], "labels", *parts[last + 1 :]], parts]
    return [root.joinpath(*parts, f"{picture.stem}{end}") for parts in found for end in (".txt", ".TXT")]


@dataclass(frozen=True)
class _Line:
    class_label: str
    outline: Polygon | None
    """The outline in shares of the picture; None for a line that is left out."""
    item: str


def _read_lines(path: Path, index: _Index, size: tuple[int, int], notes: ReadNotes) -> list[_Line]:
    found = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        words = line.replace(",", " ").split()
        if not words:
            continue
        item = Message("{name}, line {number}", name=path.name, number=number)
        try:
            kind, values = int(float(words[0])), np.array(words[1:], np.float64)
        except (ValueError, OverflowError):
            kind, values = -1, np.zeros(0)
        outline, fault = _outline(kind, values)
        if not fault and (index.has_key_points or has_key_points(values)):
            outline, fault = None, Message("it is a box with key points, not an outline")
        if outline is not None and is_turned_box(outline, size):
            notes.happened(
                path.parent,
                "line",
                Message("that may be a turned box, not an outline; read as one of four corners"),
                item,
            )
        if fault:
            notes.leave_out(path.parent, "line", fault, item)
        elif kind not in index.names:
            notes.happened(path.parent, "line", Message("of a class that the index does not name"), item)
        found.append(_Line(index.names.get(kind, f"class {kind}"), outline, item))
    return found


def _outline(kind: int, values: np.ndarray) -> tuple[Polygon | None, Message | None]:
    """The corners in a line, or why there are none."""
    if kind < 0:
        return None, Message("it is no number of a class with corners behind it")
    if len(values) in (4, 5):
        return None, Message("it is a box, not an outline")
    if len(values) % 2:  # predictions have their confidence behind the corners
        values = values[:-1]
    if len(values) < 6:
        return None, Message("it has fewer than three corners")
    if not np.isfinite(values).all() or np.abs(values).max() > _OUTSIDE:
        return None, Message("its corners are no fractions of the picture, 0 to 1")
    return values.reshape(-1, 2), None
