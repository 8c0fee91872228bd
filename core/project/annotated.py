"""Projects as clips of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from core.closeable import Closeable
from core.datasets.clips import DEFAULT_CLASS, NO_FIELDS, AnnotatedClip, DatasetObject
from core.datasets.fields import SourceFields
from core.errors import ProjectError, VideoMovedError
from core.media import ImageFolder, VideoSource, fingerprint, open_video, stored_options
from core.messages import Message
from core.outputs import identity
from core.project.project import Project
from core.types import Image, LabelMap, ObjectTrack, Origin

FIELDS_SETTING = "dataset_fields"
"""The setting that keeps what a dataset's index holds of the clip beyond its masks."""


class ProjectClips(Closeable):
    """Clips out of project files, of which one at a time is open: a dataset may have more than a process may open.

    Leaving the `with` block closes the last one; the clips cannot be read afterwards. Without `need_pictures` a project
    whose clip is gone is a clip too, with grey pictures and frames named by their index.
    """

    def __init__(self, open_project: Callable[[Path], Project] = Project.open, need_pictures: bool = True) -> None:
        self._open_project, self._need_pictures = open_project, need_pictures
        self._stack = ExitStack()
        self._path: Path | None = None
        self._project: Project | None = None
        self._video: VideoSource | None = None
        self._moved: Message | None = None

    def close(self) -> None:
        """Releases the file; closing twice does nothing."""
        self._stack.close()

    def clip(self, path: Path, notes: list[Message]) -> AnnotatedClip:
        """The project as a clip named after its file; frames of which nothing is known are not annotated.

        What a person should know of it is added to `notes`. Raises ProjectError if it cannot be used or has no mask.
        """
        project, video = self._opened(path)
        annotated = tuple(index for index in range(project.frame_count) if project.has_labels(index))
        if not annotated:
            raise ProjectError("{path}: no frame has a mask yet; propagate first.", path=path)
        if self._moved is not None:
            notes.append(self._moved)
        stale = sum(Origin.STALE in project.origins(index).values() for index in annotated)
        if stale:
            notes.append(
                Message(
                    "{path}: {stale} of {count} frames hold masks older than a correction of theirs.",
                    path=path,
                    stale=stale,
                    count=len(annotated),
                )
            )
        return AnnotatedClip(
            path.stem,
            project.size,
            _objects(project.objects.all),
            tuple(video.frame_name(index) if video else f"{index:05}" for index in range(project.frame_count)),
            annotated,
            lambda frame_index: self._labels(path, frame_index),
            lambda frame_index: self._picture(path, frame_index),
            lambda frame_index: self._picture_file(path, frame_index),
            fields=SourceFields.from_json(project.settings.get(FIELDS_SETTING, None)),
        )

    def clips(self, paths: Sequence[Path], notes: list[Message]) -> list[AnnotatedClip]:
        """All of them, in the order given. Raises ProjectError as `clip` does, or if one is given twice."""
        given: dict[tuple[int, int], Path] = {}
        for path in paths:
            mark = identity(path)
            if mark is not None and given.setdefault(mark, path) is not path:
                raise ProjectError(
                    "{path}: is the same project as {other}; name it once.", path=path, other=given[mark]
                )
        return [self.clip(path, notes) for path in paths]

    def names(self) -> dict[int, str]:
        """The names of the objects of the project that was made a clip last, by id."""
        return {} if self._project is None else {track.object_id: track.name for track in self._project.objects.all}

    def confidence(self, path: Path, frame_index: int) -> dict[int, float]:
        """How sure the engine was of each object on a frame of a project, in [0, 1]; unknown ones are left out."""
        return self._opened(path)[0].confidence(frame_index)

    def _labels(self, path: Path, frame_index: int) -> LabelMap:
        return self._opened(path)[0].labels(frame_index)

    def _picture(self, path: Path, frame_index: int) -> Image:
        project, video = self._opened(path)
        return video.read(frame_index) if video else np.full((*project.size[::-1], 3), 96, np.uint8)

    def _picture_file(self, path: Path, frame_index: int) -> Path | None:
        return _picture_file(self._opened(path)[1], frame_index)

    def _opened(self, path: Path) -> tuple[Project, VideoSource | None]:
        if self._path != path or self._project is None:
            self._stack.close()
            self._path = self._video = self._moved = None
            self._project = self._stack.enter_context(self._open_project(path))
            try:
                self._video = self._stack.enter_context(
                    open_video(self._project.locate_video(fingerprint), stored_options(self._project.settings))
                )
            except VideoMovedError as error:
                if self._need_pictures:
                    raise
                self._moved = Message("{error} Its pictures are grey here.", error=error)
            self._path = path
        return self._project, self._video


def annotated_clip(
    name: str,
    size: tuple[int, int],
    tracks: Sequence[ObjectTrack],
    video: VideoSource,
    annotated: tuple[int, ...],
    labels: Callable[[int], LabelMap],
    fields: SourceFields = NO_FIELDS,
) -> AnnotatedClip:
    """A project that is open elsewhere as a clip: `labels` reads its masks, which there are on `annotated` frames."""
    return AnnotatedClip(
        name,
        size,
        _objects(tracks),
        tuple(video.frame_name(index) for index in range(video.frame_count)),
        annotated,
        labels,
        video.read,
        lambda frame_index: _picture_file(video, frame_index),
        fields=fields,
    )


def _objects(tracks: Sequence[ObjectTrack]) -> tuple[DatasetObject, ...]:
    return tuple(DatasetObject(track.object_id, class_of(track)) for track in tracks)


def _picture_file(video: VideoSource | None, frame_index: int) -> Path | None:
    return video.picture_path(frame_index) if isinstance(video, ImageFolder) else None


def class_of(track: ObjectTrack) -> str:
    """The object's class; without one its name, unless that is the one it was given by default."""
    name = track.name.strip()
    return track.class_label.strip() or (name if name != f"Object {track.object_id}" else "") or DEFAULT_CLASS
