"""The masks as they were before a step of the history, without undoing anything."""

from __future__ import annotations

from dataclasses import dataclass

from core.project.storage.shapes import draw_shapes
from core.project.storage.stores import Stores
from core.types import LabelMap, Origin


@dataclass(frozen=True)
class Step:
    """A done step that changed masks, and on how many frames they are stored."""

    step_id: int
    text: str
    frames: int


def mask_steps(stores: Stores) -> tuple[Step, ...]:
    """The done steps that changed masks, the newest first."""
    # a step that changes how shapes go between their keyframes stores no mask, and changes those between all the same
    rows = stores.database.rows(
        "SELECT step_id, text, (SELECT count(*) FROM step_frame WHERE step_frame.step_id = step.step_id) AS frames "
        "FROM step WHERE NOT undone AND (frames OR step_id IN (SELECT step_id FROM step_shape)) ORDER BY step_id DESC"
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
    labels = stores.tracks.hide_dead(found)
    shapes = [shape for shape in stores.shapes.before(step_id) if shape.object_id in stores.tracks.ids]
    drawn = {shape.object_id for shape in shapes}
    kept = _anchored_before(stores, frame_index, step_id) | (stores.tracks.locked - drawn)
    return draw_shapes(shapes, labels, frame_index, kept)


def _anchored_before(stores: Stores, frame_index: int, step_id: int) -> frozenset[int]:
    """The objects of which a frame was an anchor before a done step."""
    origins: dict[int, int] = {key: int(origin) for key, origin in stores.lanes.on_frame(frame_index).items()}
    rows = stores.database.rows(
        "SELECT object_id, origin FROM step_state JOIN step USING (step_id) "
        "WHERE frame_index = ? AND step_id >= ? AND NOT undone ORDER BY step_id DESC",
        (frame_index, step_id),
    )
    return frozenset(key for key, origin in {**origins, **dict(rows)}.items() if origin == Origin.EDITED)
