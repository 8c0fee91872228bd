"""A new project of a clip that is open, with the masks that it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core.media import CLIP_OPTIONS, VideoSource, fingerprint
from core.project.project import Project
from core.project.reference import VideoReference
from core.types import LabelMap


def create_project(path: Path, video: VideoSource, masks: Mapping[int, LabelMap], values: Mapping[int, int]) -> Project:
    """Makes the project, which says how the clip is read; the masks, by frame index, are a person's.

    `values` are the values in mask files of the ids that differ from them. Raises ProjectError if the file exists or
    cannot be written, MaskError if a mask does not fit; then nothing is left.
    """
    mark = fingerprint(video.path)
    reference = VideoReference(video.path.resolve(), mark.size_bytes, mark.head_hash)
    project = Project.create(path, reference, video.frame_count, video.size)
    try:
        if chosen := video.options.as_json():
            project.set(CLIP_OPTIONS, chosen)
        for frame_index, labels in masks.items():
            project.import_labels(frame_index, labels, "Import mask")
        project.mask_values = values
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
