"""A folder as a batch: a dataset in the layout of DAVIS, or clips with their masks beside them.

FOLDER/JPEGImages/480p/NAME/00000.jpg   and   FOLDER/Annotations/480p/NAME/00000.png
FOLDER/NAME.mp4 (or a folder of pictures NAME)   and   FOLDER/NAME.png, of the first frame
FOLDER/NAME.roto, a project with its masked frames

A timeline of an editing program is a batch of its shots: `core.batch.timelines`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from core.batch.entries import job_of_entry
from core.batch.job import Annotation, ClipJob, check_jobs
from core.batch.manifest import read_manifest
from core.batch.timelines import TIMELINE_SUFFIXES, read_timeline
from core.datasets.layouts.davis import DavisDataset
from core.errors import BatchError, DatasetError
from core.messages import Message
from core.types import PROJECT_SUFFIX

_MASK_SUFFIX = ".png"
_CLIP_SUFFIXES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mxf", ".mpg", ".mpeg", ".ts", ".ogv"})


class Batch(NamedTuple):
    """What is to be done, and what a person should know of it."""

    jobs: tuple[ClipJob, ...]
    notes: tuple[Message, ...] = ()


def read_batch(source: Path, defaults: Mapping[str, object] | None = None) -> Batch:
    """The jobs of a manifest or a folder; `defaults` are settings as in `core.batch.entries`.

    Clips of a folder that have no mask are left out, with a note. Raises BatchError if there is nothing to do, or it
    cannot be made out what.
    """
    source = Path(source)
    if not source.exists():
        raise BatchError("{source}: there is no such file or folder.", source=source)
    if source.suffix.lower() in TIMELINE_SUFFIXES:
        found_shots = read_timeline(source, defaults or {})
        return Batch(found_shots.jobs, found_shots.notes)
    if not source.is_dir():
        return Batch(read_manifest(source, defaults))
    given = dict(defaults or {})
    if (source / "Annotations").is_dir():
        return Batch(check_jobs(_dataset(source, given), source))
    found = _Folder(source)
    jobs = list(_clips(found, given))
    if found.lonely and not jobs:
        stem, name = found.lonely[0].stem, found.lonely[0].name
        raise BatchError(
            "{source}: no clip has its mask beside it; expected {mask}{suffix} for {name}.",
            source=source,
            mask=stem,
            suffix=_MASK_SUFFIX,
            name=name,
        )
    notes = []
    for path, project in found.covered:
        notes.append(
            Message("left out, for it is worked on in {project}: {name}", project=project.name, name=path.name)
        )
    if found.lonely:
        listed = ", ".join(path.name for path in found.lonely)
        notes.append(Message("left out, for they have no mask beside them: {listed}", listed=listed))
    return Batch(check_jobs(jobs, source), tuple(notes))


def _dataset(source: Path, defaults: dict[str, object]) -> Iterator[ClipJob]:
    try:
        dataset = DavisDataset(source)
        pictures = source / "JPEGImages" / dataset.resolution
        for sequence in dataset:
            first = sequence.frame_names[0]
            names = list(sequence.pictures)
            if first not in names:
                raise BatchError(
                    "{pictures}: no picture for the mask of frame '{first}'.",
                    pictures=pictures / sequence.name,
                    first=first,
                )
            # each object's mask where it comes in, as the benchmarks give them
            given = [name for name in sequence.given_frames() if name in names]
            annotation: Annotation = "one-object" if sequence.single_object else "davis"
            entry: dict[str, object] = {
                "name": sequence.name,
                "clip": str((pictures / sequence.name).absolute()),
                "mask": [f"{names.index(name)}={sequence.annotations[name].absolute()}" for name in given],
                # with nothing but those masks there is nothing to score
                **(
                    {"truth": str(sequence.annotations[first].parent.absolute())}
                    if len(sequence.annotations) > len(given) + 1
                    else {}
                ),
            }
            yield replace(job_of_entry({**defaults, **entry}, sequence.name, source), annotation=annotation)
    except DatasetError as error:
        raise BatchError(error.message) from error


class _Folder:
    """The clips in a folder, each with its mask, and the projects. A clip that has a project is worked on in that."""

    def __init__(self, source: Path) -> None:
        self.source = source
        shown = sorted(path for path in source.iterdir() if not path.name.startswith("."))
        self.projects = [path for path in shown if path.suffix.lower() == PROJECT_SUFFIX and path.is_file()]
        by_stem = {path.stem: path for path in self.projects}
        self.covered: list[tuple[Path, Path]] = []
        self.lonely: list[Path] = []
        self.clips: list[tuple[Path, Path]] = []
        for path in shown:
            if not path.is_dir() and path.suffix.lower() not in _CLIP_SUFFIXES:
                continue
            stem = path.name if path.is_dir() else path.stem
            mask = source / f"{stem}{_MASK_SUFFIX}"
            if stem in by_stem:
                self.covered.append((path, by_stem[stem]))
            elif mask.is_file():
                self.clips.append((path, mask))
            else:
                self.lonely.append(path)
        self._count = Counter(mask.stem for _, mask in self.clips)

    def name(self, clip: Path) -> str:
        """What a clip's results are called: as the file is without its ending, unless another clip's are then, too."""
        stem = clip.name if clip.is_dir() else clip.stem
        return stem if self._count[stem] == 1 else clip.name


def _clips(found: _Folder, defaults: dict[str, object]) -> Iterator[ClipJob]:
    for project in found.projects:
        yield job_of_entry({**defaults, "project": str(project.absolute())}, str(project), found.source)
    for clip, mask in found.clips:
        entry = {"name": found.name(clip), "clip": str(clip.absolute()), "mask": str(mask.absolute())}
        yield job_of_entry({**defaults, **entry}, str(clip), found.source)
