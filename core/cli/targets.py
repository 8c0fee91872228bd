"""Where a propagation's masks go: a folder of palette pictures, or a project. Each frame is stored as it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from core.cli.projects import PROJECT_SUFFIX
from core.errors import DeliveryError
from core.masks import read_mask, write_mask
from core.media import VideoSource, fingerprint
from core.project import Project, VideoReference
from core.types import Anchor, FrameResult, LabelMap


class Target(Protocol):
    """Takes anchors first, then results in any order; closed by leaving the `with` block."""

    def __enter__(self) -> Target: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def put(self, result: FrameResult) -> None:
        """Stores the masks of one frame."""
        ...

    def labels(self, frame_index: int) -> LabelMap:
        """The masks of a frame as they were stored."""
        ...


def check_target(path: Path, clip: Path, overwrite: bool) -> None:
    """Raises DeliveryError if results cannot go to `path`; writes and removes nothing."""
    if path.resolve() == clip.resolve():
        raise DeliveryError(f"{path}: is the clip itself; name another place for the masks.")
    if path.suffix == PROJECT_SUFFIX:
        if path.is_dir():
            raise DeliveryError(f"{path}: a folder; a project is one file. Name another file.")
        if path.exists() and not overwrite:
            raise DeliveryError(f"{path}: this project exists. Name another one, or replace it with --overwrite.")
    else:
        check_folder(path, overwrite)


def check_folder(path: Path, overwrite: bool) -> None:
    """Raises DeliveryError if pictures cannot go to the folder `path`; writes nothing."""
    if path.exists() and not path.is_dir():
        raise DeliveryError(f"{path}: a file where a folder should be; name another place for the masks.")
    if path.is_dir() and any(path.iterdir()) and not overwrite:
        raise DeliveryError(f"{path}: this folder is not empty. Name another one, or write into it with --overwrite.")


def open_target(path: Path, video: VideoSource, anchors: Sequence[Anchor], text: str) -> Target:
    """The target that `path` asks for, with the anchors stored. An existing project is replaced."""
    return (ProjectTarget if path.suffix == PROJECT_SUFFIX else FolderTarget)(path, video, anchors, text)


class FolderTarget:
    """One palette PNG a frame, named after the picture's stem or by the frame index."""

    def __init__(self, path: Path, video: VideoSource, anchors: Sequence[Anchor], text: str) -> None:
        self._name: Callable[[int], str] = video.frame_name
        self._path = path
        names = [video.frame_name(frame_index) for frame_index in range(video.frame_count)]
        if len(set(names)) < len(names):
            raise DeliveryError(f"{video.path}: two pictures differ only in their endings; rename one of them.")
        path.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> FolderTarget:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def put(self, result: FrameResult) -> None:
        """Writes the frame's picture."""
        write_mask(self._file(result.frame_index), result.labels)

    def labels(self, frame_index: int) -> LabelMap:
        """Reads the frame's picture."""
        return read_mask(self._file(frame_index))

    def _file(self, frame_index: int) -> Path:
        return self._path / f"{self._name(frame_index)}.png"


class ProjectTarget:
    """A new project: the anchors as a person's masks, the rest as one propagation that can be undone."""

    def __init__(self, path: Path, video: VideoSource, anchors: Sequence[Anchor], text: str) -> None:
        for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            leftover.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = fingerprint(video.path)
        reference = VideoReference(video.path.resolve(), mark.size_bytes, mark.head_hash)
        self._project = Project.create(path, reference, video.frame_count, video.size)
        for anchor in anchors:
            self._project.import_labels(anchor.frame_index, anchor.labels, "Import mask")
        self._run = self._project.begin_run(text)

    def __enter__(self) -> ProjectTarget:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._project.end_run(self._run)
        self._project.close()

    def put(self, result: FrameResult) -> None:
        """Stores the frame in the project."""
        self._project.put(self._run, result)

    def labels(self, frame_index: int) -> LabelMap:
        """Reads the frame from the project."""
        return self._project.labels(frame_index)
