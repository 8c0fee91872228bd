"""Several mask files of one clip: which object each is of, and files of one frame put together."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks.codec import present_ids
from core.masks.pictures.reading import ReadMask
from core.messages import Message
from core.outputs import identity
from core.types import MAX_OBJECT_ID, LabelMap


@dataclass(frozen=True)
class MaskFile:
    """A mask file that was read, its frame, and the object that a person says it is of."""

    frame_index: int
    path: Path
    read: ReadMask
    object_id: int | None = None


@dataclass(frozen=True)
class AddedMasks:
    """The label maps by frame index, in order, and sentences about what a person may not expect."""

    labels: dict[int, LabelMap]
    notes: tuple[Message, ...]
    alphas: dict[tuple[int, int], NDArray[np.uint8]] = field(default_factory=dict)
    """(H, W): of soft masks, by frame index and object id."""


def add_masks(files: Iterable[MaskFile]) -> AddedMasks:
    """One label map a frame out of the files.

    Where a frame has several files with one object each, they are as many objects. One such file is of the object that
    it is given for; else of the one that a file of the same name (but for numbers) is of on another frame; else of
    its own id; else, where that is taken on the frame, of the next one free. Files with several objects keep their ids.
    Where objects overlap the later file wins, and a note says so.

    Raises MaskError, naming the file, for an empty mask, or if there are more objects than ids.
    """
    frames: defaultdict[int, list[MaskFile]] = defaultdict(list)
    notes: list[Message] = []
    for file in files:
        if not present_ids(file.read.labels):
            raise MaskError("{path}: the mask is empty; paint each object in a colour of its own.", path=file.path)
        frames[file.frame_index].append(file)
        notes += file.read.notes
    names: dict[str, int] = {}
    several = {frame_index for frame_index, given in frames.items() if len(given) > 1}
    labels: dict[int, LabelMap] = {}
    alphas: dict[tuple[int, int], NDArray[np.uint8]] = {}
    # frames with several files first: from them the names are known
    for frame_index in sorted(frames, key=lambda one: (one not in several, one)):
        assigned = _assigned(frames[frame_index], names, frame_index in several, notes)
        labels[frame_index] = _together(assigned, frame_index, notes)
        for file in assigned:
            if file.read.alpha is not None:
                (object_id,) = present_ids(file.read.labels)
                alphas[frame_index, object_id] = file.read.alpha
    return AddedMasks({frame_index: labels[frame_index] for frame_index in sorted(labels)}, tuple(notes), alphas)


def _assigned(files: Sequence[MaskFile], names: dict[str, int], several: bool, notes: list[Message]) -> list[MaskFile]:
    """The files with the ids that their objects have."""
    taken = set[int]().union(*(present_ids(file.read.labels) for file in files if _count(file) > 1))
    taken |= {file.object_id for file in files if file.object_id is not None}
    found = []
    for file in files:
        if _count(file) > 1:
            if file.object_id is not None:
                raise MaskError(
                    "{path}: object {object_id} is requested, but the file has {count} objects.",
                    path=file.path,
                    object_id=file.object_id,
                    count=_count(file),
                )
            found.append(file)
            continue
        (own,) = present_ids(file.read.labels)
        name = _name(file.path)
        object_id = file.object_id
        if object_id is None:
            named = names.get(name) if name else None
            # another file's name keeps its id on the frames where it does not come
            reserved = {number for other, number in names.items() if other != name} if several else set[int]()
            wanted = [named] if named is not None else []
            wanted += [own, *range(1, MAX_OBJECT_ID + 1)]
            object_id = next(
                (one for one in wanted if one not in taken and (one == named or one not in reserved)), None
            )
            if object_id is None:
                raise MaskError(
                    "{path}: frame {frame_index} has {max_object_id} objects already.",
                    path=file.path,
                    frame_index=file.frame_index,
                    max_object_id=MAX_OBJECT_ID,
                )
            if several or named is not None:
                notes.append(
                    Message(
                        "{name}: read as object {object_id} on frame {frame_index}",
                        name=file.path.name,
                        object_id=object_id,
                        frame_index=file.frame_index,
                    )
                )
        taken.add(object_id)
        if name and several:
            names.setdefault(name, object_id)
        mask = (file.read.labels > 0).astype(np.uint8) * np.uint8(object_id)
        found.append(replace(file, read=replace(file.read, labels=mask)))
    return found


def _together(files: Sequence[MaskFile], frame_index: int, notes: list[Message]) -> LabelMap:
    for first, second in itertools.combinations(files, 2):
        if first.path.is_file() and identity(first.path) == identity(second.path):
            raise MaskError(
                "{path}: is given twice for frame {frame_index}; name it once.",
                path=second.path,
                frame_index=frame_index,
            )
    labels = files[0].read.labels.copy()
    for file in files[1:]:
        mask = file.read.labels
        covered = (labels > 0) & (mask > 0) & (labels != mask)
        if covered.any():
            lost = ", ".join(str(number) for number in np.unique(labels[covered]))
            count = int(np.count_nonzero(covered))
            notes.append(
                Message(
                    "{name}: lies over object {lost} on frame {frame_index} and takes {count} pixels of it",
                    name=file.path.name,
                    lost=lost,
                    frame_index=frame_index,
                    count=count,
                )
            )
        labels = np.where(mask > 0, mask, labels)
    for file in files:
        gone = sorted(present_ids(file.read.labels) - present_ids(labels))
        if gone:
            raise MaskError(
                "{path}: object {gone} is wholly covered on frame {frame_index}; give the files in another order.",
                path=file.path,
                gone=gone[0],
                frame_index=frame_index,
            )
    return labels


def _count(file: MaskFile) -> int:
    return len(present_ids(file.read.labels))


def _name(path: Path) -> str:
    """What names of one object's files have in common: letters without the numbers of frames."""
    return re.sub(r"[\d\W_]+", " ", path.stem).strip().casefold()
