"""DAVIS sequences as annotated clips."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from pathlib import Path

from core.datasets.clips import DEFAULT_CLASS, SPLITS, AnnotatedClip, DatasetObject, class_name, clip_of_files
from core.datasets.files import read_json
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.datasets.layouts.davis_writer import SEMANTICS
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError, MaskError
from core.masks import present_ids
from core.messages import Message
from core.types import MAX_OBJECT_ID, LabelMap


def read_davis(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None, year: int | None = None
) -> Iterator[AnnotatedClip]:
    """The sequences of a DAVIS folder; `wanted` are the only names to read. `year` as for `DavisDataset`.

    Classes come from davis_semantics.json, if it is there. What cannot be read is left out, and named in `notes`.
    Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    dataset = DavisDataset(root, year=year)
    semantics: object = {}
    if (root / SEMANTICS).is_file():
        with notes.leaving_out("index", SEMANTICS):
            semantics = read_json(root / SEMANTICS)
    splits = _splits(dataset, notes)
    for name in dataset.sequence_names:
        if wanted is None or name in wanted:
            with notes.leaving_out("clip", name):
                yield _clip(dataset.sequence(name), semantics, splits.get(name, ""), notes)


def _clip(sequence: DavisSequence, semantics: object, split: str, notes: ReadNotes) -> AnnotatedClip:
    classes = semantics.get(sequence.name) if isinstance(semantics, dict) else None
    annotations = dict(sequence.annotations)
    objects = _objects(sequence, annotations, classes if isinstance(classes, dict) else {}, notes)
    clip = clip_of_files(sequence.name, sequence.pictures, annotations, objects, _labels_of(sequence), split, notes)
    return replace(clip, colours={} if sequence.single_object else sequence.reader.counted)


def _labels_of(sequence: DavisSequence) -> Callable[[Path], LabelMap]:
    return lambda path: sequence.labels(path.stem)


def _objects(
    sequence: DavisSequence, annotations: dict[str, Path], classes: dict[str, object], notes: ReadNotes
) -> tuple[DatasetObject, ...]:
    """Those that the classes name and those on any frame: an object may come in late.

    Annotations that cannot be read are taken out of `annotations`.
    """
    ids = (
        set()
        if sequence.single_object
        else {int(key) for key in classes if key.isdecimal() and 1 <= int(key[:9]) <= MAX_OBJECT_ID}
    )
    for name in list(annotations):
        try:
            ids |= present_ids(sequence.labels(name))
        except MaskError as error:
            notes.remark(Message("annotation left out: {error}", error=error))
            del annotations[name]
    return tuple(DatasetObject(key, class_name(classes.get(str(key)) or DEFAULT_CLASS)) for key in sorted(ids))


def _splits(dataset: DavisDataset, notes: ReadNotes) -> dict[str, str]:
    """The part of each sequence that a list names."""
    found: dict[str, str] = {}
    for split in SPLITS:
        try:
            names = dataset.split(split)
        except DatasetError as error:
            # not every release has every list
            if "cannot be read" in str(error):
                notes.remark(Message("list left out: {error}", error=error))
            continue
        for name in names:
            found.setdefault(name, split)
    return found
