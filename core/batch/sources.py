"""Opening what a job names as a clip and a project of its own to work in, and asking for its propagation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from core.batch.job import Annotation, ClipJob
from core.datasets.layouts.davis import merge_objects
from core.errors import MaskError, MediaError
from core.masks import MaskReader, present_ids
from core.media import VideoSource, fingerprint, open_video
from core.project import Project, VideoReference, copy_project
from core.propagation import Direction, PropagationRequest
from core.types import LabelMap, Origin

_VOID = 255


def read_annotation(path: Path, annotation: Annotation, size: tuple[int, int], reader: MaskReader) -> LabelMap:
    """A mask file as (H, W) uint8 labels; `reader` is that of all the clip's masks. Raises MaskError."""
    labels = reader.labels(path, size)
    if annotation == "one-object":
        return merge_objects(labels)
    return np.where(labels == _VOID, 0, labels).astype(np.uint8) if annotation == "davis" else labels


@contextmanager
def opened(job: ClipJob, path: Path) -> Iterator[tuple[VideoSource, Project]]:
    """The job's clip and a new project at `path` with the job's masks, or a copy of the job's project.

    Raises MediaError, MaskError or ProjectError if something is not there or does not fit.
    """
    if job.project is not None:
        copy_project(job.project, path)
        with Project.open(path) as project:
            if job.clip is not None:
                project.relocate(job.clip, fingerprint(job.clip))
            with closing(open_video(project.locate_video(fingerprint))) as video:
                yield video, project
        return
    assert job.clip is not None
    with closing(open_video(job.clip)) as video:
        mark = fingerprint(job.clip)
        reference = VideoReference(job.clip, mark.size_bytes, mark.head_hash)
        with Project.create(path, reference, video.frame_count, video.size) as project:
            reader = MaskReader()
            known: set[int] = set()
            for frame_index, file in job.masks:
                if frame_index >= video.frame_count:
                    raise MediaError(
                        f"{file}: its frame {frame_index} is outside the clip, which has {video.frame_count} frames "
                        f"(0 to {video.frame_count - 1})."
                    )
                labels = read_annotation(file, job.annotation, video.size, reader)
                if not present_ids(labels):
                    raise MaskError(f"{file}: the mask is empty; paint each object in a colour of its own.")
                if job.annotation != "plain":
                    # of a dataset's later masks only what is new is given: the rest is to be found
                    labels = np.where(np.isin(labels, list(known)), np.uint8(0), labels)
                    known |= present_ids(labels)
                project.import_labels(frame_index, labels, "Import mask")
            yield video, project


def request_of(project: Project) -> PropagationRequest:
    """The propagation of all masked frames over the whole clip; locked objects stay as they are."""
    locked = frozenset(track.object_id for track in project.tracks if track.locked)
    anchors = tuple(project.anchors())
    targets = frozenset[int]().union(*(anchor.object_ids for anchor in anchors)) - locked

    def kept(frame_index: int) -> LabelMap | None:
        origins = project.origins(frame_index)
        if not origins:
            return None
        # nobody goes on from what became stale
        stale = [object_id for object_id in targets if origins.get(object_id) == Origin.STALE]
        labels = project.labels(frame_index)
        return np.where(np.isin(labels, stale), np.uint8(0), labels) if stale else labels

    return PropagationRequest(
        frame_count=project.frame_count,
        anchors=anchors,
        direction=Direction.BOTH,
        first=0,
        last=project.frame_count - 1,
        locked=locked,
        kept=kept,
    )
