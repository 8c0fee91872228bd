"""BURST (and TAO with masks): sequences with run lengths by track and annotated frame. Read only."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import frames_size, id_of, size_of, split_of
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_size, with_pictures
from core.errors import DatasetError
from core.messages import Message

Entry = dict[str, Any]


def read_burst(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The sequences of a folder (or of one .json file); `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "burst")
    if not files:
        raise DatasetError("{root}: no BURST dataset; expected a .json with 'sequences' in it.", root=root)
    folder = root.parent if root.is_file() else root
    finder = PictureFinder(folder, ("", "frames", "images"))
    for path in files:
        index = read_json(path)
        sequences = index.get("sequences") if isinstance(index, dict) else None
        if not isinstance(sequences, list):
            notes.leave_out(folder, "index", Message("it has no list of sequences"), path.name)
            continue
        named = index.get("categories") or []
        classes = {id_of(one.get("id")): class_name(one.get("name") or "") for one in named if isinstance(one, dict)}
        split = split_of(str(index.get("split") or "")) or split_of(path.stem) or split_of(path.parent.name)
        for sequence in (one for one in sequences if isinstance(one, dict)):
            name = str(sequence.get("seq_name") or sequence.get("id"))
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    yield _clip(path, name, sequence, classes, split, finder, notes)


def _clip(
    path: Path,
    name: str,
    sequence: Entry,
    classes: dict[Any, str],
    split: str,
    finder: PictureFinder,
    notes: ReadNotes,
) -> AnnotatedClip:
    size = size_of(sequence)
    if size is not None:
        check_size(size, Message("{path}: the frames of '{name}'", path=path, name=name))
    annotated = [str(one) for one in sequence.get("annotated_image_paths") or []]
    masks = dict(zip(annotated, sequence.get("segmentations") or [], strict=False))
    names = dict.fromkeys([str(one) for one in sequence.get("all_image_paths") or []] + annotated)
    dataset = str(sequence.get("dataset") or "")
    hints = [f"{lead}{part}{dataset}/{name}" for lead in ("", "frames/") for part in (f"{split}/", "")]
    frames = []
    for file_name in sorted(names):
        file = finder.find(f"{name}/{Path(file_name).name}", hints)
        if file is not None and file.parent.name != Path(name).name:
            # pictures of other sequences have the same names
            file = None
        if file is not None:
            shapes = _shapes(masks.get(file_name), sequence, classes, size, (path, file_name), notes)
            frames.append(ShapeFrame(file.stem, file, shapes, annotated=file_name in masks))
        elif file_name in masks:
            notes.leave_out(path, "frame", Message("there is no such picture in the dataset"), f"{name}/{file_name}")
    frames = with_pictures(frames, size, path, notes)
    if not any(frame.shapes for frame in frames):
        raise DatasetError("{path}: nothing of sequence '{name}' can be read.", path=path, name=name)
    return annotated_clip(ShapeClip(name, size or frames_size(frames), frames, path, split, True), notes)


def _shapes(
    masks: Any,
    sequence: Entry,
    classes: dict[Any, str],
    size: tuple[int, int] | None,
    where: tuple[Path, str],
    notes: ReadNotes,
) -> list[Shape]:
    path, file_name = where
    found: list[Shape] = []
    categories = sequence.get("track_category_ids") or {}
    for track, mask in masks.items() if isinstance(masks, dict) else ():
        counts = mask.get("rle") if isinstance(mask, dict) else mask
        stated = [sequence.get("height"), sequence.get("width")]
        segmentation = {"size": stated, "counts": counts} if isinstance(counts, str) else counts
        item = Message("track {track}, frame {frame}", track=track, frame=file_name)
        if fault := segmentation_fault(segmentation, size):
            notes.leave_out(path, "mask", fault, item)
            continue
        category = id_of(categories.get(track))
        label = classes.get(category, f"category {category}" if category is not None else "")
        number = id_of(track)
        found.append(
            Shape(
                class_name(label),
                draw_segmentation(segmentation),
                item,
                number,
                number if isinstance(number, int) else None,
            )
        )
    return found
