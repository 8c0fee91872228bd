"""A folder as a batch: a dataset in the layout of DAVIS, or clips with their masks next to them.

FOLDER/JPEGImages/480p/NAME/00000.jpg   and   FOLDER/Annotations/480p/NAME/00000.png
FOLDER/NAME.mp4 (or a folder of pictures NAME)   and   FOLDER/NAME.png, of the first frame
FOLDER/NAME.roto, a project with its masked frames

A mask may also be called NAME.mp4.png or NAME_mask.png; NAME.12.png is of frame 12, besides the first one. A clip with
a project of its name is worked on in that, from the project's own masked frames, and its mask pictures are left alone;
a project that cannot be read gives way to the clip with its mask. If several clips share a name, the project belongs to
the one that it names. Case makes no difference in any of these names.

A timeline of an editing program is a batch of its shots: `core.batch.timelines`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from core.batch.entries import job_of_entry
from core.batch.job import Annotation, ClipJob, check_jobs
from core.batch.manifest import read_manifest
from core.batch.timelines import TIMELINE_SUFFIXES, read_timeline
from core.datasets.files import subfolders
from core.datasets.layouts.davis import DavisDataset, annotation_folders
from core.errors import BatchError, DatasetError
from core.media.suffixes import VIDEO_SUFFIXES
from core.messages import Message
from core.project import recorded_clips
from core.types import PROJECT_SUFFIX

_MASK_SUFFIX = ".png"
_MASK_WORD = "_mask"


class Batch(NamedTuple):
    """What is to be done, and what a person should know of it."""

    jobs: tuple[ClipJob, ...]
    notes: tuple[Message, ...] = ()


def read_batch(source: Path, defaults: Mapping[str, object] | None = None) -> Batch:
    """The jobs of a manifest or a folder; `defaults` are settings as in `core.batch.entries`.

    Clips of a folder that have no mask are left out, with a note. Raises BatchError if there is nothing to do, or the
    layout is not recognised.
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
    # MOSE, LVOS and YouTube-VOS have a folder for each part
    parts = [part for part in (source, *subfolders(source)) if annotation_folders(part)]
    if parts:
        return _dataset(parts[:1] if source in parts else parts, given, source)
    found = _Folder(source)
    jobs = list(_clips(found, given))
    if found.without_clip and not jobs:
        stem, name = found.without_clip[0].stem, found.without_clip[0].name
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
    for path, project in found.passed_over:
        notes.append(
            Message(
                "{project} cannot be read as a project and is left out; {name} is followed from its mask",
                project=project.name,
                name=path.name,
            )
        )
    if found.without_clip:
        listed = ", ".join(path.name for path in found.without_clip)
        notes.append(Message("left out, for they have no mask beside them: {listed}", listed=listed))
    return Batch(check_jobs(jobs, source), tuple(notes))


def _dataset(parts: Sequence[Path], defaults: dict[str, object], source: Path) -> Batch:
    """The sequences of a dataset in parts; what cannot be followed is noted, or raised where nothing else is there."""
    jobs: list[ClipJob] = []
    faults: list[BatchError | DatasetError] = []
    names: set[str] = set()
    for part in parts:
        try:
            dataset = DavisDataset(part)
        except DatasetError as error:
            faults.append(error)
            continue
        for listed in dataset.sequence_names:
            name = f"{listed}_{part.name}" if listed in names else listed
            names.add(name)
            try:
                jobs.append(_sequence_job(dataset, listed, name, defaults))
            except (BatchError, DatasetError) as error:
                faults.append(error)
    if not jobs and faults:
        raise BatchError(faults[0].message) from faults[0]
    notes = [Message("left out: {error}", error=fault.message) for fault in faults]
    return Batch(check_jobs(jobs, source), tuple(notes))


def _sequence_job(dataset: DavisDataset, listed: str, name: str, defaults: dict[str, object]) -> ClipJob:
    sequence = dataset.sequence(listed)
    folder = dataset.root / "JPEGImages" / dataset.resolution / listed
    names = list(sequence.pictures)
    # each object's mask where it comes in, as the benchmarks give them
    given = [frame for frame in sequence.given_frames() if frame in names]
    if not given:
        raise BatchError(
            "{pictures}: no picture for the mask of frame '{first}'.", pictures=folder, first=sequence.frame_names[0]
        )
    annotation: Annotation = "one-object" if sequence.single_object else "davis"
    first = sequence.annotations[sequence.frame_names[0]]
    entry: dict[str, object] = {
        "name": name,
        "clip": str(folder.absolute()),
        "mask": [f"{names.index(frame)}={sequence.annotations[frame].absolute()}" for frame in given],
        # with nothing but those masks there is nothing to score
        **({"truth": str(first.parent.absolute())} if len(sequence.annotations) > len(given) + 1 else {}),
    }
    return replace(job_of_entry({**defaults, **entry}, name, dataset.root), annotation=annotation)


class _Folder:
    """The clips in a folder, each with its masks, and the projects. A clip that has a project is worked on in that."""

    def __init__(self, source: Path) -> None:
        self.source = source
        shown = sorted(path for path in source.iterdir() if not path.name.startswith("."))
        projects = [path for path in shown if path.suffix.lower() == PROJECT_SUFFIX and path.is_file()]
        clips = [path for path in shown if path.is_dir() or path.suffix.lower() in VIDEO_SUFFIXES]
        masks = _Masks(shown, clips)
        self.covered: list[tuple[Path, Path]] = []
        self.passed_over: list[tuple[Path, Path]] = []
        """Projects that cannot be read, each with the clip that is followed from its mask in place of it."""
        self.without_clip: list[Path] = []
        self.clips: list[tuple[Path, tuple[tuple[int, Path], ...]]] = []
        # each project file is opened once, however many clips are called like it
        clips_of = cache(recorded_clips)
        for path in clips:
            own, project = masks.of(path), _project_of(path, projects, clips, clips_of)
            if project is not None and own and not clips_of(project):
                self.passed_over.append((path, project))
                project = None
            if project is not None:
                self.covered.append((path, project))
            elif own:
                self.clips.append((path, own))
            else:
                self.without_clip.append(path)
        passed_over = {project for _, project in self.passed_over}
        self.projects = [path for path in projects if path not in passed_over]

    def names(self) -> dict[Path, str]:
        """What the results of each project and clip are called, in the order of the work.

        The file's name without its ending; with it, or with a number, where two results would have one name.
        """
        paths = [*self.projects, *(clip for clip, _ in self.clips)]
        count = Counter(_stem(path).casefold() for path in paths)
        found: dict[Path, str] = {path: _stem(path) for path in paths if count[_stem(path).casefold()] == 1}
        taken = {name.casefold() for name in found.values()}
        for path in paths:
            if path in found:
                continue
            name, number = path.name, 2
            while name.casefold() in taken:
                name, number = f"{path.name}-{number}", number + 1
            found[path] = name
            taken.add(name.casefold())
        return {path: found[path] for path in paths}


class _Masks:
    """The mask pictures of a folder, by the names that clips give them."""

    def __init__(self, shown: Sequence[Path], clips: Sequence[Path]) -> None:
        pictures = [path for path in shown if path.suffix.lower() == _MASK_SUFFIX and path.is_file()]
        # the exact spelling comes first, then what differs in case alone
        self._exact = {path.stem: path for path in reversed(pictures)}
        self._folded = {path.stem.casefold(): path for path in reversed(pictures)}
        self._stems = {_stem(path).casefold() for path in clips}
        self._numbered: dict[str, list[tuple[int, Path]]] = {}
        for path in pictures:
            stem, _, number = path.stem.rpartition(".")
            # another clip's own mask is not the mask of a frame of this one
            if number.isascii() and number.isdecimal() and path.stem.casefold() not in self._stems:
                self._numbered.setdefault(stem.casefold(), []).append((int(number), path))

    def of(self, clip: Path) -> tuple[tuple[int, Path], ...]:
        """(frame index, mask file) of a clip, in order of frames, at most one a frame."""
        stem = _stem(clip)
        found: dict[int, Path] = {}
        for name in (clip.name, stem, f"{stem}{_MASK_WORD}"):
            # "c_mask.png" may be the mask of a clip "c_mask.mp4", too: that one needs it more
            if name != stem and name.casefold() in self._stems:
                continue
            path = self._exact.get(name) or self._folded.get(name.casefold())
            if path is not None:
                found[0] = path
                break
        for frame_index, path in self._numbered.get(stem.casefold(), ()):
            found.setdefault(frame_index, path)
        return tuple(sorted(found.items()))


def _stem(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def _project_of(
    clip: Path, projects: Sequence[Path], clips: Sequence[Path], clips_of: Callable[[Path], Sequence[Path]]
) -> Path | None:
    """The project that a clip is worked on in: it has the clip's name and belongs to no other clip of that name."""
    stem = _stem(clip)
    called = [path for path in projects if path.stem.casefold() == stem.casefold()]
    for project in sorted(called, key=lambda path: path.stem != stem):
        names = {recorded.name for recorded in clips_of(project)}
        others = [path for path in clips if path.name in names and _stem(path).casefold() == stem.casefold()]
        if not others or clip in others:
            return project
    return None


def _clips(found: _Folder, defaults: dict[str, object]) -> Iterator[ClipJob]:
    names = found.names()
    for project in found.projects:
        entry: dict[str, object] = {"name": names[project], "project": str(project.absolute())}
        yield job_of_entry({**defaults, **entry}, str(project), found.source)
    for clip, masks in found.clips:
        files = [f"{frame_index}={path.absolute()}" for frame_index, path in masks]
        entry = {"name": names[clip], "clip": str(clip.absolute()), "mask": files}
        yield job_of_entry({**defaults, **entry}, str(clip), found.source)
