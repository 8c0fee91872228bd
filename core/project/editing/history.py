"""Undo and redo, and what the masks were before a step."""

from __future__ import annotations

from core.project.changes import Change, Listeners
from core.project.editing.runs import Runs
from core.project.storage.earlier_masks import Step, labels_before, mask_steps
from core.project.storage.stores import Stores
from core.types import LabelMap


class History:
    """The history of an open project, `Project.history`."""

    def __init__(self, stores: Stores, runs: Runs, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._runs, self._listeners = stores, runs, listeners

    def undo(self) -> str | None:
        """Takes the last step back; its text, or None if there is none."""
        return self._swap(self._stores.steps.last_done(), undone=True)

    def redo(self) -> str | None:
        """Does the step that was undone last again; its text, or None if there is none."""
        return self._swap(self._stores.steps.first_undone(), undone=False)

    @property
    def undo_text(self) -> str | None:
        """What undo would take back."""
        step = self._stores.steps.last_done()
        return step[1] if step else None

    @property
    def redo_text(self) -> str | None:
        """The text of the step that redo would apply."""
        step = self._stores.steps.first_undone()
        return step[1] if step else None

    @property
    def last_step(self) -> int | None:
        """The number of the step that undo would take back."""
        step = self._stores.steps.last_done()
        return step[0] if step else None

    def mask_steps(self) -> tuple[Step, ...]:
        """The done steps that changed masks, the newest first: what `labels_before` can be asked about."""
        return mask_steps(self._stores)

    def labels_before(self, frame_index: int, step_id: int) -> LabelMap:
        """The labels of a frame before a done step, in the objects that there are now; the caller's own to write to.

        Raises ProjectError if there is no such frame, MaskError if the stored mask is damaged.
        """
        return labels_before(self._stores, frame_index, step_id)

    def _swap(self, found: tuple[int, str] | None, undone: bool) -> str | None:
        if found is None:
            return None
        stores, (step, text) = self._stores, found
        with stores.database.transaction():
            frames = stores.frames.swap(step)
            objects, anchors = stores.lanes.swap(step)
            stores.tracks.swap(step)
            stores.markers.swap(step)
            stores.settings.swap(step)
            drawn = stores.shapes.swap(step)
            stores.steps.mark(step, undone)
        changed = sorted({*frames, *anchors})
        stores.raise_revisions({*changed, *drawn})
        for object_id in objects:
            self._runs.outdate(object_id, slice(0, stores.frame_count))
        one = changed[0] if len(changed) == 1 else None
        self._listeners.notify((Change(one, None, 0 if one is None else stores.revision(one), "history"),))
        return text
