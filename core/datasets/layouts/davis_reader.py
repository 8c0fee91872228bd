"""DAVIS sequences as annotated clips."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from pathlib import Path

from core.datasets.clips import DEFAULT_CLASS, SPLITS, AnnotatedClip, DatasetObject, clip_of_files
from core.datasets.files import read_json
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.datasets.layouts.davis_writer import SEMANTICS
from core.errors import DatasetError
from core.masks import present_ids
from core.types import LabelMap


def read_davis(root: Path, wanted: Container[str] | None = None, year: int | None = None) -> Iterator[AnnotatedClip]:
    """The sequences of a DAVIS folder; `wanted` are the only names to read. `year` as for `DavisDataset`.

    Classes come from davis_semantics.json, if it is there. Raises DatasetError, naming the file.
    """
    dataset = DavisDataset(root, year=year)
    semantics = read_json(root / SEMANTICS) if (root / SEMANTICS).is_file() else {}
    splits = _splits(dataset)
    for name in dataset.sequence_names:
        if wanted is None or name in wanted:
            sequence = dataset.sequence(name)
            classes = semantics.get(name, {}) if isinstance(semantics, dict) else {}
            objects = _objects(sequence, classes if isinstance(classes, dict) else {})
            yield clip_of_files(
                name, sequence.pictures, sequence.annotations, objects, _labels_of(sequence), splits.get(name, "")
            )


def _labels_of(sequence: DavisSequence) -> Callable[[Path], LabelMap]:
    return lambda path: sequence.labels(path.stem)


def _objects(sequence: DavisSequence, classes: dict[str, object]) -> tuple[DatasetObject, ...]:
    """Those that the classes name, else those on any frame: an object may come in late."""
    if classes and not sequence.single_object:
        ids = {int(key) for key in classes if key.isdecimal()}
    else:
        ids = {object_id for name in sequence.frame_names for object_id in present_ids(sequence.labels(name))}
    return tuple(DatasetObject(key, str(classes.get(str(key)) or DEFAULT_CLASS)) for key in sorted(ids))


def _splits(dataset: DavisDataset) -> dict[str, str]:
    """The part of each sequence that a list names."""
    found: dict[str, str] = {}
    for split in SPLITS:
        try:
            names = dataset.split(split)
        except DatasetError:  # not every release has every list
            continue
        for name in names:
            found.setdefault(name, split)
    return found
