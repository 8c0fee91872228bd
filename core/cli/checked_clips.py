"""What `check` looks at: projects, datasets and folders of masks, all as annotated clips."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from core.cli.projects import open_project
from core.datasets.clips import DEFAULT_CLASS, AnnotatedClip
from core.datasets.files import subfolders
from core.datasets.formats import DATASET_FORMATS, dataset_root, detect_format
from core.datasets.reading.id_matching import with_matching_ids
from core.datasets.reading.notes import ReadNotes
from core.datasets.truth import mask_files, match_frames, read_mask_folder
from core.datasets.writer import merged_objects
from core.errors import DatasetError
from core.masks import IdTable, MaskKind
from core.messages import Message
from core.outputs import identity
from core.project.annotated import ProjectClips


@dataclass(frozen=True)
class CheckedClip:
    """A clip with the names of its objects by id. `has_pictures`: `clip.picture` shows more than grey."""

    clip: AnnotatedClip
    names: dict[int, str]
    has_pictures: bool = True
    one_object: bool = False
    """All objects are one, as in DAVIS 2016."""
    confidence: Callable[[int], Mapping[int, float]] | None = None
    """How sure the engine was of each object on a frame; None where that is not known."""


@contextmanager
def open_checked(
    path: Path, format_name: str | None = None, kind: MaskKind = MaskKind.AUTO, colours: IdTable | None = None
) -> Iterator[list[CheckedClip]]:
    """The clips at `path`: a project, a dataset of `format_name` (else of the layout that it has), a folder of masks or
    of folders of masks. Mask pictures are of `kind`, and one
    table of `colours` holds for all that are compared. Raises DatasetError if it is none of these, and what reading
    raises.
    """
    if path.is_file():
        with ProjectClips(open_project, need_pictures=False) as projects:
            notes: list[Message] = []
            clip = projects.clip(path, notes)
            for note in notes:
                print(f"note: {note}", file=sys.stderr)
            yield [CheckedClip(clip, projects.names(), confidence=lambda index: projects.confidence(path, index))]
        return
    if not path.is_dir():
        raise DatasetError("{path}: there is no such project or folder.", path=path)
    path = path if format_name else dataset_root(path)
    name = format_name or detect_format(path)
    if name is not None:
        left_out = ReadNotes()
        clips = list(DATASET_FORMATS[name].read(path, None, left_out))
        for line in left_out.lines():
            print(f"note: {line}", file=sys.stderr)
        if not clips:
            raise DatasetError("{path}: there is no clip in it.", path=path)
        yield [CheckedClip(clip, _names(clip), one_object=DATASET_FORMATS[name].one_object) for clip in clips]
        return
    folders = [path] if mask_files(path) else [one for one in subfolders(path) if mask_files(one)]
    if not folders:
        raise DatasetError(
            "{path}: no project, no dataset whose layout is known, and no mask pictures in it.", path=path
        )
    found = [read_mask_folder(folder, kind, colours) for folder in folders]
    yield [CheckedClip(clip, _names(clip), has_pictures=False) for clip in found]


@contextmanager
def open_both(
    path: Path, truth: Path, format_name: str | None, kind: MaskKind
) -> Iterator[tuple[list[CheckedClip], list[CheckedClip]]]:
    """The clips at `path` as `open_checked` gives them, and those of their `truth`, which may be the same project."""
    colours = IdTable()
    with open_checked(path, format_name, kind, colours) as clips:
        if truth.is_file() and identity(truth) == identity(path):
            # a project is open in one place at a time
            yield clips, clips
            return
        with open_checked(truth, None, kind, colours) as truths:
            yield clips, truths


def merged(checked: CheckedClip) -> CheckedClip:
    """The clip with all objects as one."""
    known = checked.confidence

    def confidence(frame_index: int) -> Mapping[int, float]:
        values = {} if known is None else known(frame_index)
        # as sure as of the part of which it is least sure
        return {1: min(values.values())} if values else {}

    return replace(
        checked,
        clip=merged_objects(checked.clip),
        names={1: DEFAULT_CLASS},
        one_object=True,
        confidence=None if known is None else confidence,
    )


def paired(clips: list[CheckedClip], truths: list[CheckedClip], path: Path) -> list[tuple[CheckedClip, CheckedClip]]:
    """Each clip with its truth: of the same name, or the only one of the only one. Raises DatasetError without one."""
    if len(clips) == 1 == len(truths):
        pairs = [(clips[0], truths[0])]
    else:
        by_name = {truth.clip.name: truth for truth in truths}
        pairs = [(clip, by_name[clip.clip.name]) for clip in clips if clip.clip.name in by_name]
        lacking = [clip.clip.name for clip in clips if clip.clip.name not in by_name]
        if not pairs:
            raise DatasetError("{path}: has no clip called {lacking}.", path=path, lacking=" or ".join(lacking[:4]))
        if lacking:
            print(f"note: {path} has no truth for: {', '.join(lacking)}", file=sys.stderr)
    return [
        (merged(clip), merged(truth)) if truth.one_object else (clip, _agreed(clip, truth)) for clip, truth in pairs
    ]


def _agreed(checked: CheckedClip, truth: CheckedClip) -> CheckedClip:
    """The truth with the ids of what is checked, where one of the two has them from colours."""
    clip = checked.clip
    found = with_matching_ids(clip, truth.clip, match_frames(clip.frame_names, clip.annotated, truth.clip))
    if found is truth.clip:
        return truth
    print(
        f"note: {clip.name}: its objects or the true ones have colours for numbers; those that lie over each other "
        "most are compared",
        file=sys.stderr,
    )
    return replace(truth, clip=found, names=_names(found))


def _names(clip: AnnotatedClip) -> dict[int, str]:
    classes = [one.class_label for one in clip.objects]
    return {
        one.object_id: one.class_label
        if classes.count(one.class_label) == 1 and one.class_label != DEFAULT_CLASS
        else f"{one.class_label} {one.object_id}"
        for one in clip.objects
    }
