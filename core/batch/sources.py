"""Opens a job's clip with a project of its own, and makes the request of its propagation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.batch.job import Annotation, ClipJob
from core.datasets.layouts.davis import merge_objects
from core.datasets.mask_files import read_mask_file
from core.errors import MaskError, MediaError
from core.masks import AddedMasks, MaskFile, MaskKind, MaskReader, add_masks, present_ids
from core.media import VideoSource, fingerprint, open_video, stored_options
from core.messages import Message
from core.project import Project, copy_project
from core.project.creating import create_project
from core.propagation import Direction, PropagationRequest
from core.types import LabelMap, Origin

_VOID = 255


class OpenedJob(NamedTuple):
    """A job's clip, its project, the reader of its mask pictures, and what a person should know of them."""

    video: VideoSource
    project: Project
    reader: MaskReader
    notes: tuple[Message, ...] = ()


def read_annotation(path: Path, annotation: Annotation, size: tuple[int, int], reader: MaskReader) -> LabelMap:
    """A mask file as (H, W) uint8 labels. Raises MaskError."""
    return _meant(reader.labels(path, size), annotation)


def _meant(labels: LabelMap, annotation: Annotation) -> LabelMap:
    if annotation == "one-object":
        return merge_objects(labels)
    return np.where(labels == _VOID, 0, labels).astype(np.uint8) if annotation == "davis" else labels


@contextmanager
def open_job(job: ClipJob, path: Path) -> Iterator[OpenedJob]:
    """The job's clip and a new project at `path` with the job's masks, or a copy of the job's project.

    Raises MediaError, MaskError or ProjectError if something is not there or does not fit.
    """
    reader = MaskReader(MaskKind(job.mask_kind))
    if job.project is not None:
        copy_project(job.project, path)
        with Project.open(path) as project:
            if job.clip is not None:
                project.relocate(job.clip, fingerprint(job.clip))
            with closing(open_video(project.locate_video(fingerprint), stored_options(project.settings))) as video:
                yield OpenedJob(video, project, reader)
        return
    assert job.clip is not None
    with closing(open_video(job.clip)) as video:
        added = _masks(job, video, reader)
        with create_project(path, video, added.labels, reader.values, added.alphas) as project:
            yield OpenedJob(video, project, reader, added.notes)


def _masks(job: ClipJob, video: VideoSource, reader: MaskReader) -> AddedMasks:
    """The job's masks by frame. Of a dataset's later masks only the objects that come in there are given."""
    files: list[MaskFile] = []
    if job.texts:
        return add_masks(files)
    known: set[int] = set()
    for frame_index, file in sorted(job.masks, key=lambda one: one[0]):
        if frame_index >= video.frame_count:
            raise MediaError(
                "{file}: its frame {frame_index} is outside the clip, which has {frame_count} frames (0 to {last}).",
                file=file,
                frame_index=frame_index,
                frame_count=video.frame_count,
                last=video.frame_count - 1,
            )
        read = read_mask_file(file, video.size, reader)
        labels = _meant(read.labels, job.annotation)
        if job.annotation != "plain":
            labels = np.where(np.isin(labels, sorted(known)), np.uint8(0), labels)
            known |= present_ids(labels)
            if not present_ids(labels) and (files or len(job.masks) > 1):
                continue
        files.append(MaskFile(frame_index, file, replace(read, labels=labels)))
    if not files:
        raise MaskError("{path}: neither this mask nor a later one of the clip has an object.", path=job.masks[0][1])
    return add_masks(files)


def request_of(project: Project) -> PropagationRequest:
    """The propagation of all masked frames over the whole clip; locked objects stay as they are."""
    locked = frozenset(track.object_id for track in project.objects.all if track.locked)
    anchors = tuple(project.anchors())
    targets = frozenset[int]().union(*(anchor.object_ids for anchor in anchors)) - locked

    def stored(frame_index: int) -> LabelMap | None:
        origins = project.origins(frame_index)
        if not origins:
            return None
        # stale masks are not propagated further
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
        stored=stored,
    )
