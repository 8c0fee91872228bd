"""What the masks were before a step of the history, without undoing anything."""

from __future__ import annotations

from dataclasses import dataclass

from core.project.storage.stores import Stores
from core.types import LabelMap


@dataclass(frozen=True)
class Step:
    """A done step that changed masks, and on how many frames."""

    step_id: int
    text: str
    frames: int


def mask_steps(stores: Stores) -> tuple[Step, ...]:
    """The done steps that changed masks, the newest first."""
    rows = stores.database.rows(
        "SELECT step.step_id, step.text, count(*) FROM step JOIN step_frame ON step_frame.step_id = step.step_id "
        "WHERE NOT step.undone GROUP BY step.step_id ORDER BY step.step_id DESC"
    )
    return tuple(Step(int(step_id), str(text), int(frames)) for step_id, text, frames in rows)


def labels_before(stores: Stores, frame_index: int, step_id: int) -> LabelMap:
    """The labels of a frame before a done step, in the objects that there are now; the caller's own to write to.

    Raises ProjectError if there is no such frame, MaskError if the stored mask is damaged.
    """
    stores.check_frame(frame_index)
    # the first step since then that changed the frame holds what was there
    row = stores.database.row(
        "SELECT step_frame.blob_id FROM step_frame JOIN step ON step_frame.step_id = step.step_id "
        "WHERE step_frame.frame_index = ? AND step_frame.step_id >= ? AND NOT step.undone "
        "ORDER BY step_frame.step_id LIMIT 1",
        (frame_index, step_id),
    )
    found = stores.frames.read(frame_index) if row is None else stores.frames.read_blob(frame_index, row[0] or 0)
    return stores.tracks.hide_dead(found)
