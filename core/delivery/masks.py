"""Masks as pictures: one PNG per frame, by object id or plain black and white."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from core.delivery.output_paths import Staging
from core.errors import CancelledError, DeliveryError, MaskError
from core.files import check_name
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
    for name in files.values():
        check_name(folder / name)
    clock, done = ProgressClock(len(files), cancel), 0
    # the folder is there, with what is finished, before whoever watches sees the last frame
    with Staging() as staging:
        staged = staging.reserve(folder, True, overwrite=True)
        for frame_index, name in files.items():
            if cancel.cancelled:
                break
            _write(staged / name, labels(frame_index), binary, object_ids, folder / name)
            done += 1
            if done < len(files):
                yield clock.step(done)
        if done:
            staging.deliver(overwrite=True)
    if done < len(files):
        raise CancelledError(f"Cancelled: {done} of {len(files)} masks are in {folder}.")
    yield clock.step(done)


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
