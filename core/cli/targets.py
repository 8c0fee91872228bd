"""Where a propagation's masks go: a folder of palette pictures, or a project. Each frame is stored as it is found."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.errors import DeliveryError
from core.files import is_vacant
from core.masks import MaskKind, MaskReader, mask_suffix, write_mask
from core.media import VideoSource
from core.outputs import check_database_name, check_name
from core.project import checkpoint_log, move_closed, replacement, spare_sources
from core.project.creating import create_project
from core.types import PROJECT_SUFFIX, Anchor, FrameResult, LabelMap

Alphas = Mapping[tuple[int, int], NDArray[np.uint8]]
"""Alpha (H, W) uint8 by (frame index, object id)."""
NO_ALPHAS: Alphas = MappingProxyType({})
NO_VALUES: Mapping[int, int] = MappingProxyType({})


class Target(ABC):
    """Takes results in any order, each stored as it comes; closed by leaving the `with` block."""

    result_path: Path
    """Where the frames are that are finished when the work is cancelled or fails."""

    def __init__(self) -> None:
        self._frames: set[int] = set()

    @property
    def stored(self) -> int:
        """The number of frames whose results were stored."""
        return len(self._frames)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes what is held open; here that is nothing."""
        return

    @abstractmethod
    def put(self, result: FrameResult) -> None:
        """Stores the masks of one frame."""

    @abstractmethod
    def labels(self, frame_index: int) -> LabelMap:
        """The masks of a frame as they were stored."""


def check_target(path: Path, inputs: Sequence[Path], overwrite: bool) -> None:
    """Raises DeliveryError if results cannot go to `path`, OutputError if that would touch one of the inputs.

    Writes and removes nothing.
    """
    spare_sources([path], inputs)
    if path.suffix == PROJECT_SUFFIX:
        check_database_name(path)
        if path.is_dir():
            raise DeliveryError("{path}: a folder; a project is one file. Name another file.", path=path)
        if path.exists() and path.stat().st_size and not overwrite:
            # an early kill of an older program left an empty one, which is as good as none
            raise DeliveryError(
                "{path}: this project exists. Name another one, or replace it with --overwrite.", path=path
            )
    else:
        check_folder(path, overwrite)


def check_folder(path: Path, overwrite: bool) -> None:
    """Raises DeliveryError if pictures cannot go to the folder `path`; writes nothing."""
    if path.exists() and not path.is_dir():
        raise DeliveryError("{path}: a file where a folder should be; name another folder for the masks.", path=path)
    check_name(path)
    if path.is_dir() and not is_vacant(path) and not overwrite:
        raise DeliveryError(
            "{path}: this folder is not empty. Name another one, or write into it with --overwrite.", path=path
        )


def check_file(path: Path, inputs: Sequence[Path], overwrite: bool, suffixes: Sequence[str]) -> None:
    """Raises OutputError or DeliveryError if a file with one of the endings cannot be written; writes nothing."""
    spare_sources([path], inputs)
    if path.suffix.lower() not in suffixes:
        raise DeliveryError(
            "{path}: is not written; expected a name that ends in {suffixes}.",
            path=path,
            suffixes=" or ".join(suffixes),
        )
    check_replaced(path, inputs, overwrite)


def check_replaced(path: Path, inputs: Sequence[Path | None], overwrite: bool, allowed: Sequence[Path] = ()) -> None:
    """Raises OutputError or DeliveryError if a file cannot be written, or may not be replaced; writes nothing.

    `allowed` are folders of the program itself that are for such files.
    """
    check_name(path)
    spare_sources([path], inputs, allowed)
    if path.is_dir():
        raise DeliveryError("{path}: a folder where a file should be; choose another name.", path=path)
    if path.exists() and not path.is_file():
        raise DeliveryError("{path}: a device or a pipe, which is no file. Name another path.", path=path)
    if path.exists() and not overwrite:
        raise DeliveryError("{path}: this file exists. Name another one, or replace it with --overwrite.", path=path)


def check_exports(
    folder: Path, names: Sequence[str], inputs: Sequence[Path | None], overwrite: bool, allowed: Sequence[Path] = ()
) -> None:
    """Raises OutputError or DeliveryError if files of these names cannot come into `folder`; writes nothing.

    `allowed` as in `check_replaced`.
    """
    spare_sources([folder], inputs, allowed)
    if folder.exists() and not folder.is_dir():
        raise DeliveryError("{path}: a file where a folder should be; name another folder.", path=folder)
    for name in names:
        check_replaced(folder / name, inputs, overwrite, allowed)


def open_target(
    path: Path,
    video: VideoSource,
    anchors: Sequence[Anchor],
    text: str,
    values: Mapping[int, int] = NO_VALUES,
    alphas: Alphas = NO_ALPHAS,
) -> Target:
    """The target that `path` asks for, with the anchors stored. An existing project is replaced.

    `values` are the values in mask files of the ids that differ from them: written into pictures, kept in a project.
    `alphas` are those of soft masks, by frame index and object id: a project keeps them.
    """
    if path.suffix == PROJECT_SUFFIX:
        return ProjectTarget(path, video, anchors, text, values, alphas)
    return FolderTarget(path, video, values)


class FolderTarget(Target):
    """One mask picture a frame, named after the picture's stem or by the frame index.

    Raises DeliveryError if two frames would have one name.
    """

    def __init__(self, path: Path, video: VideoSource, values: Mapping[int, int]) -> None:
        super().__init__()
        self._name: Callable[[int], str] = video.frame_name
        self.result_path = self._path = path
        self._values, self._suffix = values, mask_suffix(values)
        self._reader = MaskReader(MaskKind.LABELS, values=values)
        names = [video.frame_name(frame_index) for frame_index in range(video.frame_count)]
        if len(set(names)) < len(names):
            raise DeliveryError(
                "{path}: two pictures differ only in their endings; rename one of them.", path=video.path
            )
        path.mkdir(parents=True, exist_ok=True)

    def put(self, result: FrameResult) -> None:
        write_mask(self._file(result.frame_index), result.labels, self._values)
        self._frames.add(result.frame_index)

    def labels(self, frame_index: int) -> LabelMap:
        return self._reader.labels(self._file(frame_index))

    def _file(self, frame_index: int) -> Path:
        return self._path / f"{self._name(frame_index)}{self._suffix}"


class ProjectTarget(Target):
    """A new project: the anchors as a person's masks, the rest as one propagation that can be undone.

    Where there is a project already, it stays until the new one is complete; what is finished of one that is cancelled
    or fails is stored next to it.
    """

    def __init__(
        self,
        path: Path,
        video: VideoSource,
        anchors: Sequence[Anchor],
        text: str,
        values: Mapping[int, int],
        alphas: Alphas = NO_ALPHAS,
    ) -> None:
        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._stack = ExitStack()
        replaces = path.exists()
        self.result_path = _unfinished(path) if replaces else path
        with ExitStack() as undo:
            self._target = undo.enter_context(replacement(path)) if replaces else path
            masks = {anchor.frame_index: anchor.labels for anchor in anchors}
            self._project = undo.enter_context(create_project(self._target, video, masks, values, alphas))
            self._run = self._project.runs.begin(text)
            self._stack = undo.pop_all()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        failure = error
        try:
            self._project.runs.end(self._run)
            self._project.close()
            if error is None:
                # where the disk is full, this is where it is noticed
                checkpoint_log(self._target, self._path)
        except BaseException as ended:
            self._project.close()
            failure = ended
        if failure is not None and self.stored and self._target != self.result_path:
            move_closed(self._target, self.result_path)
        self._stack.__exit__(type(failure) if failure else None, failure, failure.__traceback__ if failure else None)
        if failure is not error and failure is not None:
            raise failure

    def put(self, result: FrameResult) -> None:
        self._project.runs.put(self._run, result)
        self._frames.add(result.frame_index)

    def labels(self, frame_index: int) -> LabelMap:
        return self._project.labels(frame_index)


def _unfinished(path: Path) -> Path:
    """A free name next to a project for what is finished of the one that was to take its place."""
    names = (f"{path.stem}-unfinished{number or ''}{path.suffix}" for number in itertools.count())
    return next(candidate for candidate in map(path.with_name, names) if not candidate.exists())
