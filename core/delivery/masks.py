"""Masks as pictures: one PNG per frame, by object id or plain black and white."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from core.errors import CancelledError, DeliveryError, MaskError
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks import write_binary_mask, write_mask
from core.types import LabelMap


def export_masks(
    labels: Callable[[int], LabelMap],
    folder: Path,
    names: Callable[[int], str],
    frames: Sequence[int],
    cancel: CancelToken,
    *,
    binary: bool = False,
    object_ids: Collection[int] | None = None,
) -> Iterator[Progress]:
    """Writes the labels of each frame to `folder`/`names(frame)`.png and yields after each one.

    `labels` returns (H, W) uint8. The pictures are palette PNG in DAVIS colours, the index being the object id; with
    `binary`, grey PNG with 255 where any of the objects is and 0 elsewhere. `object_ids` leaves other objects out.

    Files of the same names are replaced, others left alone. The pictures come into the folder together, at the end: an
    export that fails leaves the folder as it was. Raises DeliveryError, naming the file; CancelledError once `cancel`
    is set, with the pictures finished so far in the folder.
    """
    folder = Path(folder)
    files = _files(names, frames)
    clock = ProgressClock(len(files), cancel)
    with _Staging(folder) as staging:
        for done, (frame_index, name) in enumerate(files.items(), start=1):
            if cancel.cancelled:
                staging.deliver()
                raise CancelledError(f"Cancelled: {done - 1} of {len(files)} masks are in {folder}.")
            _write(staging.path / name, labels(frame_index), binary, object_ids, folder / name)
            progress = clock.step(done)
            if done == len(files):
                staging.deliver()
            yield progress


class _Staging:
    """A folder beside the target, on the same disk, in which files wait until all are there."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> _Staging:
        try:
            # remembered so that a failed export takes away what it made, and only that
            self._made = [path for path in (self._target, *self._target.parents) if not path.exists()]
            self._target.mkdir(parents=True, exist_ok=True)
            self.path = Path(tempfile.mkdtemp(prefix=".export-", dir=self._target))
        except OSError as error:
            raise DeliveryError(
                f"{self._target}: masks cannot be written here ({error.strerror or error}); choose another folder."
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        for path in self._made:
            if not any(path.iterdir()):
                path.rmdir()

    def deliver(self) -> None:
        """Moves the files to the target."""
        for path in sorted(self.path.iterdir()):
            try:
                path.replace(self._target / path.name)
            except OSError as error:
                raise DeliveryError(
                    f"{self._target / path.name}: cannot be written ({error.strerror or error})."
                ) from error


def _files(names: Callable[[int], str], frames: Sequence[int]) -> dict[int, str]:
    if not frames:
        raise DeliveryError("There are no frames to export; choose at least one.")
    files = {frame_index: f"{names(frame_index)}.png" for frame_index in frames}
    taken: dict[str, int] = {}
    for frame_index, name in files.items():
        other = taken.setdefault(name, frame_index)
        if other != frame_index:
            raise DeliveryError(
                f"Frames {other} and {frame_index} would both become {name}; rename one of the clip's pictures."
            )
    return files


def _write(path: Path, labels: LabelMap, binary: bool, object_ids: Collection[int] | None, shown: Path) -> None:
    chosen = labels != 0 if object_ids is None else np.isin(labels, list(object_ids))
    try:
        if binary:
            write_binary_mask(path, chosen)
        else:
            write_mask(path, labels if object_ids is None else np.where(chosen, labels, np.uint8(0)))
    except MaskError as error:
        # the person asked for the file in the folder, not for the one in waiting
        raise DeliveryError(str(error).replace(str(path), str(shown))) from error
