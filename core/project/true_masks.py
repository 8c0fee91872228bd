"""True masks to compare the masks of an open clip with: from another project, a dataset or a folder of masks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.datasets.layouts.davis import merge_objects
from core.datasets.reading.id_matching import match_by_overlap, renumbered
from core.datasets.reading.notes import ReadNotes
from core.datasets.truth import find_truth, match_frames
from core.messages import Message
from core.project.annotated import ProjectClips
from core.types import LabelMap

ReadLabels = Callable[[int], LabelMap]


@dataclass(frozen=True)
class TrueMasks:
    """`frames` are those of the open clip that have a true mask, in order. `own` and `true` read the masks of such a
    frame, with the same ids. `one_object`: all objects count as one, as in DAVIS 2016. `notes`: what was left out.
    """

    frames: list[int]
    object_ids: list[int]
    own: ReadLabels
    true: ReadLabels
    one_object: bool
    notes: list[Message]


@contextmanager
def open_truth(
    path: Path, called: Sequence[str], frame_names: Sequence[str], frames: Sequence[int], labels: ReadLabels
) -> Iterator[TrueMasks]:
    """The true masks at `path` for the `frames` with masks of a clip that may be `called` so, whose frames have
    `frame_names` and whose masks `labels` reads.

    Where the ids come from colours, objects are one that lie over each other most. Raises DatasetError without a clip
    or a frame of both, ProjectError for a project that cannot be used, such as the open one, MaskError while reading.
    """
    with ProjectClips(need_pictures=False) as projects:
        notes: list[Message] = []
        if path.is_file():
            truth, one_object = projects.clip(path, notes), False
        else:
            left_out = ReadNotes()
            truth, one_object = find_truth(path, called, left_out)
            notes = left_out.lines()
        there = match_frames(frame_names, frames, truth)

        def own(frame_index: int) -> LabelMap:
            return merge_objects(labels(frame_index)) if one_object else labels(frame_index)

        if truth.colours and not one_object:
            # numbers that colours gave are none of the project's
            pairs = ((truth.labels(there[index]), own(index)) for index in sorted(there))
            truth = renumbered(truth, match_by_overlap(pairs))
        yield TrueMasks(
            sorted(there),
            [one.object_id for one in truth.objects],
            own,
            lambda frame_index: truth.labels(there[frame_index]),
            one_object,
            notes,
        )
