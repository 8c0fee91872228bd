"""True masks to compare others with, from a dataset or a plain folder of mask pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from core.datasets.clips import MASK_ENDINGS, AnnotatedClip, DatasetObject
from core.datasets.formats import DATASET_FORMATS, dataset_root, detect_format
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from core.masks import IdTable, MaskKind, MaskReader, present_ids
from core.media.pictures import natural_key
from core.messages import Message, join
from core.types import LabelMap


def read_mask_folder(folder: Path, kind: MaskKind = MaskKind.AUTO, colours: IdTable | None = None) -> AnnotatedClip:
    """A folder of mask pictures, one a frame, as a clip named after the folder; its pictures are plain grey.

    `kind` says what the pictures are; `colours` makes a colour the same object as in other folders.

    Raises DatasetError if there is none, MaskError, naming the file, for one that is no mask or of another size.
    """
    files = sorted(mask_files(folder), key=lambda path: (natural_key(path.name), path.name))
    size: tuple[int, int] | None = None
    ids: set[int] = set()
    reader = MaskReader(kind, colours)
    for file in files:
        labels = reader.labels(file, size)
        size = (labels.shape[1], labels.shape[0])
        ids |= present_ids(labels)
    if size is None:
        raise DatasetError("{folder}: no mask pictures in it.", folder=folder)

    def read(frame_index: int) -> LabelMap:
        return reader.labels(files[frame_index], size)

    grey = np.full((size[1], size[0], 3), 96, np.uint8)
    return AnnotatedClip(
        folder.resolve().name,
        size,
        tuple(DatasetObject(object_id) for object_id in sorted(ids)),
        tuple(file.stem for file in files),
        tuple(range(len(files))),
        read,
        lambda _frame_index: grey,
        colours=reader.counted,
    )


def mask_files(folder: Path) -> list[Path]:
    """The mask pictures of a folder: PNG, or those of another kind where there is none."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.suffix.lower() in MASK_ENDINGS and path.is_file():
            found.setdefault(path.suffix.lower(), []).append(path)
    return next((found[ending] for ending in MASK_ENDINGS if ending in found), [])


def find_truth(folder: Path, names: Sequence[str], notes: ReadNotes | None = None) -> tuple[AnnotatedClip, bool]:
    """The clip of a folder (a dataset of a known layout, or masks) that has one of the names, or is the only one.

    What cannot be read is left out, and named in `notes`. Also whether all its objects are one, as in DAVIS 2016.
    Raises DatasetError if there is none, or it is not known which.
    """
    folder = dataset_root(folder)
    name = detect_format(folder)
    if name is None:
        return read_mask_folder(folder), False
    kind = DATASET_FORMATS[name]
    clips = list(kind.read(folder, set(names), notes)) or list(kind.read(folder, None, notes))
    if len(clips) != 1:
        known = ", ".join(clip.name for clip in clips[:8]) or Message("none")
        raise DatasetError(
            "{folder}: has no clip called {names}; there are: {known}.",
            folder=folder,
            names=join(Message(" or "), names),
            known=known,
        )
    return clips[0], kind.one_object


def match_frames(frame_names: Sequence[str], frames: Iterable[int], truth: AnnotatedClip) -> dict[int, int]:
    """Frame index of the truth for each of `frames` that it has annotated; `frame_names` are those of all frames.

    Frames belong together by their names, numbers by their value; where no name fits, by what files written of them
    are called. Raises DatasetError if there is no frame of both.
    """
    wanted = list(frames)
    numbered = all(name.isdecimal() for name in frame_names)
    written = frame_names if numbered else [f"{index:05}" for index in range(len(frame_names))]
    for mine, theirs in (
        (frame_names, truth.frame_names),
        (written, [truth.written_name(index) for index in range(len(truth.frame_names))]),
    ):
        true_index = {_key(theirs[index]): index for index in truth.annotated}
        found = {index: true_index[key] for index in wanted if (key := _key(mine[index])) in true_index}
        if found:
            return found
    raise DatasetError(
        "Clip '{name}' of the truth has none of the frames; their names must be the same.", name=truth.name
    )


def _key(name: str) -> str:
    return str(int(name)) if name.isdecimal() else name
