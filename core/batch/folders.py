"""A folder as a batch: a dataset in the layout of DAVIS, or clips with their masks beside them.

FOLDER/JPEGImages/480p/NAME/00000.jpg   and   FOLDER/Annotations/480p/NAME/00000.png
FOLDER/NAME.mp4 (or a folder of pictures NAME)   and   FOLDER/NAME.png, of the first frame
FOLDER/NAME.roto, a project with its masked frames
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from core.batch.entries import job_of_entry
from core.batch.job import Annotation, ClipJob, check_jobs
from core.batch.manifest import read_manifest
from core.datasets.layouts.davis import DavisDataset
from core.errors import BatchError, DatasetError
from core.types import PROJECT_SUFFIX

_MASK_SUFFIX = ".png"
_CLIP_SUFFIXES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mxf", ".mpg", ".mpeg", ".ts", ".ogv"})


class Batch(NamedTuple):
    """What is to be done, and what a person should know of it."""

    jobs: tuple[ClipJob, ...]
    notes: tuple[str, ...] = ()


def read_batch(source: Path, defaults: Mapping[str, object] | None = None) -> Batch:
    """The jobs of a manifest or a folder; `defaults` are settings as in `core.batch.entries`.

    Clips of a folder that have no mask are left out, with a note. Raises BatchError if there is nothing to do, or it
    cannot be made out what.
    """
    source = Path(source)
    if not source.exists():
        raise BatchError(f"{source}: there is no such file or folder.")
    if not source.is_dir():
        return Batch(read_manifest(source, defaults))
    given = dict(defaults or {})
    if (source / "Annotations").is_dir():
        return Batch(check_jobs(_dataset(source, given), source))
    lonely: list[str] = []
    jobs = list(_clips(source, given, lonely))
    if lonely and not jobs:
        stem = Path(lonely[0]).stem
        raise BatchError(f"{source}: no clip has its mask beside it; expected {stem}{_MASK_SUFFIX} for {lonely[0]}.")
    notes = (f"left out, for they have no mask beside them: {', '.join(lonely)}",) if lonely else ()
    return Batch(check_jobs(jobs, source), notes)


def _dataset(source: Path, defaults: dict[str, object]) -> Iterator[ClipJob]:
    try:
        dataset = DavisDataset(source)
        pictures = source / "JPEGImages" / dataset.resolution
        for sequence in dataset:
            first = sequence.frame_names[0]
            names = list(sequence.pictures)
            if first not in names:
                raise BatchError(f"{pictures / sequence.name}: no picture for the mask of frame '{first}'.")
            annotation: Annotation = "one-object" if sequence.single_object else "davis"
            entry: dict[str, object] = {
                "name": sequence.name,
                "clip": str((pictures / sequence.name).absolute()),
                "mask": str(sequence.annotations[first].absolute()),
                "frame": names.index(first),
                # with one mask for the whole clip there is nothing to score
                **(
                    {"truth": str(sequence.annotations[first].parent.absolute())}
                    if len(sequence.annotations) > 2
                    else {}
                ),
            }
            yield replace(job_of_entry({**defaults, **entry}, sequence.name, source), annotation=annotation)
    except DatasetError as error:
        raise BatchError(str(error)) from error


def _clips(source: Path, defaults: dict[str, object], lonely: list[str]) -> Iterator[ClipJob]:
    for path in sorted(source.iterdir()):
        if path.name.startswith("."):
            continue
        where = str(path)
        if path.suffix.lower() == PROJECT_SUFFIX and path.is_file():
            yield job_of_entry({**defaults, "project": str(path.absolute())}, where, source)
        elif path.is_dir() or path.suffix.lower() in _CLIP_SUFFIXES:
            mask = source / f"{path.name if path.is_dir() else path.stem}{_MASK_SUFFIX}"
            if mask.is_file():
                entry = {"clip": str(path.absolute()), "mask": str(mask.absolute())}
                yield job_of_entry({**defaults, **entry}, where, source)
            else:
                lonely.append(path.name)
