"""The layout of MOTS (KITTI MOTS, MOTSChallenge, CVAT's "MOTS PNG"): 16-bit pictures of classes and objects, and text.

    ROOT/train/images/CLIP/000000.jpg
    ROOT/train/instances/CLIP/000000.png         value = 1000 * class + object; 10000 is to be ignored
    ROOT/train/instances/labels.txt              a class a line, from 1 on
    ROOT/train/instances_txt/CLIP.txt            lines: frame, 1000 * class + object, class, height, width, run lengths

Voigtlaender et al., "MOTS: Multi-Object Tracking and Segmentation", CVPR 2019.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.datasets.clips import PICTURE_ENDINGS, AnnotatedClip, class_name, picture_size
from core.datasets.files import files_by_stem, read_text, subfolders
from core.datasets.layouts.coco_reader import split_of
from core.datasets.layouts.coco_writer import run_lengths
from core.datasets.polygons import mask_patch
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_drawn, check_size
from core.datasets.run_lengths import decode_counts, mask_of_runs
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.messages import Message

Size = tuple[int, int]
Values = NDArray[np.uint16]

_CLASSES = ("car", "pedestrian")
"""Classes of KITTI MOTS, from 1 on."""
_IGNORED_CLASS = 10
_IGNORED = Message("it is to be ignored, says its class (10)")
_OBJECTS = 1000
"""The most objects of a class; the class's number is multiplied by it."""
_MOST_CLASSES = 64
_LABELS = "labels.txt"
_PICTURES = ("images", "image_02", "training/image_02", "JPEGImages", "img1")


class MotsWriter(DatasetWriter):
    """The pictures and the text files, with the same masks. Raises DatasetError for too many classes."""

    def __init__(self, root: Path, plan: DatasetPlan) -> None:
        super().__init__(root, plan)
        numbers = [number for number in range(1, _MOST_CLASSES + 1) if number != _IGNORED_CLASS]
        if len(plan.classes) > len(numbers):
            raise DatasetError(
                "There are {count} classes; MOTS holds {most}.", count=len(plan.classes), most=len(numbers)
            )
        self._number = dict(zip(plan.classes, numbers, strict=False))

    def add(self, frame: WrittenFrame) -> None:
        part, name = self.root / frame.split, frame.clip.name
        stem = f"{frame.position:06}"
        frame.save_picture(part / "images" / name / f"{stem}.jpg")
        table = np.zeros(256, np.uint16)
        for one in frame.clip.objects:
            table[one.object_id] = self._number[one.class_label] * _OBJECTS + one.object_id
        picture, text = part / "instances" / name / f"{stem}.png", part / "instances_txt" / f"{name}.txt"
        for folder in (picture.parent, text.parent):
            folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(table[frame.labels]).save(picture)
        width, height = frame.clip.size
        with text.open("a", encoding="utf-8") as file:
            for object_id, mask in frame.masks().items():
                value = int(table[object_id])
                runs = run_lengths(mask)["counts"]
                file.write(f"{frame.position} {value} {value // _OBJECTS} {height} {width} {runs}\n")

    def finish(self) -> None:
        names = {number: name for name, number in self._number.items()}
        lines = [names.get(number, "ignored") for number in range(1, max(names, default=0) + 1)]
        for split in self.plan.used_splits:
            (self.root / split / "instances" / _LABELS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_mots(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The sequences of the folder; `wanted` are the only names to read.

    The pictures of objects are read, or, without them, the text files. What cannot be read is left out, and named in
    `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    bases = mots_folders(root)
    files = challenge_files(root)
    if not bases and not files:
        raise DatasetError(
            "{root}: no MOTS dataset; expected a folder 'instances' or 'instances_txt' in it.", root=root
        )
    for path in files:
        base = path.parent.parent
        if wanted is None or base.name in wanted:
            with notes.leaving_out("clip", base.name):
                yield _of_text(base, path, notes, base.resolve().name)
    for base in bases:
        for name, read in _sequences(base, notes).items():
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    yield read(name)


def challenge_files(root: Path) -> list[Path]:
    """The text files of MOTSChallenge, SEQUENCE/gt/gt.txt; those of MOT, which have boxes, are none."""
    found = [path for lead in ("", "*/", "*/*/") for path in sorted(root.glob(f"{lead}gt/gt.txt"))]
    return [path for path in found if _is_runs(path)]


def _is_runs(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            words = file.readline(1 << 20).split()
    except OSError:
        return False
    return len(words) == 6 and all(word.isdigit() for word in words[:5])


def mots_folders(root: Path) -> list[Path]:
    """The folders, the root or one or two below it, that hold masks in this layout."""
    below = [root, *subfolders(root), *(inner for folder in subfolders(root) for inner in subfolders(folder))]
    return [folder for folder in below if (folder / "instances").is_dir() or (folder / "instances_txt").is_dir()]


def _sequences(base: Path, notes: ReadNotes) -> dict[str, Callable[[str], AnnotatedClip]]:
    """What reads each sequence, by its name."""
    found: dict[str, Callable[[str], AnnotatedClip]] = {}
    for path in sorted((base / "instances_txt").glob("*.txt")):
        found[path.stem] = partial(_of_text, base, path, notes)
    if any((base / "instances").glob("*.png")):
        found[base.resolve().name] = partial(_of_pictures, base, base / "instances", notes)
    for folder in subfolders(base / "instances"):
        if any(folder.glob("*.png")):
            found[folder.name] = partial(_of_pictures, base, folder, notes)
    return dict(sorted(found.items()))


def _pictures(base: Path, name: str) -> dict[int, Path]:
    """The pictures of a sequence by their numbers."""
    for folder in (base, base.parent, base.parent.parent):
        for part in _PICTURES:
            for inner in (name, f"{name}/img1", ""):
                if (folder / part / inner).is_dir():
                    files = files_by_stem(folder / part / inner, *PICTURE_ENDINGS)
                    if numbered := _numbered(files):
                        return numbered
    raise DatasetError(
        "{base}: there are no numbered pictures of '{name}', as in {folder}.",
        base=base,
        name=name,
        folder=base / "images" / name,
    )


def _numbered(files: dict[str, Path]) -> dict[int, Path]:
    """The files by the numbers that their names are, or that all of them end with, in order."""
    found = {int(stem): path for stem, path in files.items() if stem.isdecimal()}
    if not found:
        ends = {stem: stem[len(stem.rstrip("0123456789")) :] for stem in files}
        found = {int(ends[stem]): path for stem, path in files.items() if ends[stem]}
    return dict(sorted(found.items()))


def _of_pictures(base: Path, folder: Path, notes: ReadNotes, name: str) -> AnnotatedClip:
    pictures, names = _pictures(base, name), _names(base)
    masks = _numbered(files_by_stem(folder, ".png"))
    read = lru_cache(maxsize=2)(_values)

    def draw(path: Path, value: int, size: Size) -> Patch:
        values = read(path)
        check_drawn(values, size)
        return mask_patch(values == value)

    shapes: dict[int, list[Shape]] = {}
    for number, path in sorted(masks.items()):
        with notes.leaving_out("mask", path.name):
            present = [int(value) for value in np.unique(read(path)) if value]
            items = {value: f"{path.name}, value {value}" for value in present}
            shapes[number] = [
                _shape(value, names, items[value], partial(draw, path, value))
                for value in present
                if value // _OBJECTS != _IGNORED_CLASS
            ]
            for value in present:
                if value // _OBJECTS == _IGNORED_CLASS:
                    notes.leave_out(folder, "region", _IGNORED, items[value])
    return _clip(name, base, folder, pictures, shapes, notes)


def _of_text(base: Path, path: Path, notes: ReadNotes, name: str) -> AnnotatedClip:
    pictures, names = _pictures(base, name), _names(base)
    shapes: defaultdict[int, list[Shape]] = defaultdict(list)
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        if len(words) != 6 or not all(word.isdecimal() and len(word) < 12 for word in words[:5]):
            reason = Message("it is not frame, object, class, height, width and run lengths")
            notes.leave_out(path, "line", reason, Message("line {number}", number=number))
            continue
        frame, value, kind, height, width = map(int, words[:5])
        if kind != _IGNORED_CLASS:
            draw = partial(_draw_runs, words[5], (width, height))
            shapes[frame].append(_shape(value, names, Message("line {number}", number=number), draw, kind))
        else:
            notes.leave_out(path, "region", _IGNORED, Message("line {number}", number=number))
    # frames without a line are frames without an object
    for frame in pictures:
        shapes.setdefault(frame, [])
    return _clip(name, base, path, pictures, shapes, notes)


def _shape(value: int, names: list[str], item: str, draw: Callable[[Size], Patch], kind: int | None = None) -> Shape:
    kind = value // _OBJECTS if kind is None else kind
    label = names[kind - 1] if 1 <= kind <= len(names) else f"class {kind}"
    return Shape(label, draw, item, value, value % _OBJECTS)


def _clip(
    name: str,
    base: Path,
    path: Path,
    pictures: dict[int, Path],
    shapes: dict[int, list[Shape]],
    notes: ReadNotes,
) -> AnnotatedClip:
    for number in sorted(set(shapes) - set(pictures)):
        if shapes[number]:
            notes.leave_out(path, "frame", Message("there is no picture of it"), number)
    frames = [
        ShapeFrame(path.stem, path, shapes.get(number, []), annotated=number in shapes)
        for number, path in pictures.items()
    ]
    if not any(frame.shapes for frame in frames):
        raise DatasetError("{path}: no mask of '{name}' can be read.", path=path, name=name)
    size = picture_size(next(iter(pictures.values())))
    return annotated_clip(ShapeClip(name, size, frames, path, split_of(base.name)), notes)


def _draw_runs(text: str, stated: Size, size: Size) -> Patch:
    if stated != size:
        raise ValueError(
            Message(
                "it is {width} x {height}, not {width2} x {height2}",
                width=stated[0],
                height=stated[1],
                width2=size[0],
                height2=size[1],
            )
        )
    return mask_patch(mask_of_runs(decode_counts(text), size))


def _values(path: Path) -> Values:
    """The numbers in a picture. Raises DatasetError, naming the file."""
    try:
        with Image.open(path) as picture:
            check_size(picture.size, Message("{path}: the pixels", path=path))
            if not picture.mode.startswith("I") and picture.mode not in ("L", "P"):
                raise DatasetError("{path}: is no 16-bit grey picture; its values cannot be objects.", path=path)
            return np.array(picture).astype(np.uint16)
    except (*DAMAGE_ERRORS, ValueError, Image.DecompressionBombError) as error:
        raise DatasetError(
            "{path}: the picture is damaged or cannot be read ({error}).", path=path, error=error
        ) from error


def _names(base: Path) -> list[str]:
    path = base / "instances" / _LABELS
    if not path.is_file():
        return list(_CLASSES)
    return [class_name(line) for line in read_text(path).splitlines() if line.strip()]
