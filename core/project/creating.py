"""A new project of a clip that is open, with the masks that it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.media import CLIP_OPTIONS, VideoSource, fingerprint
from core.project.project import Project
from core.project.reference import VideoReference
from core.types import LabelMap


def create_project(
    path: Path,
    video: VideoSource,
    masks: Mapping[int, LabelMap],
    values: Mapping[int, int],
    alphas: Mapping[tuple[int, int], NDArray[np.uint8]] = MappingProxyType({}),
) -> Project:
    """Makes the project, which says how the clip is read; the masks, by frame index, are a person's.

    `values` are the values in mask files of the ids that differ from them, `alphas` the alpha, (H, W), of soft masks by
    frame index and object id. Raises ProjectError if the file exists or
    cannot be written, MaskError if a mask does not fit; then nothing is left.
    """
    mark = fingerprint(video.path)
    reference = VideoReference(video.path.resolve(), mark.size_bytes, mark.head_hash)
    project = Project.create(path, reference, video.frame_count, video.size)
    try:
        if chosen := video.options.as_json():
            project.settings.set(CLIP_OPTIONS, chosen)
        for frame_index, labels in masks.items():
            project.masks.import_labels(frame_index, labels, "Import mask")
        project.settings.mask_values = values
        for (frame_index, object_id), alpha in alphas.items():
            project.edges.keep_matte(frame_index, object_id, alpha)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
