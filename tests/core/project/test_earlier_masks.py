"""Masks of before a step are read without undoing anything, and are what undo would bring back."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import ProjectError
from core.project import Project
from tests.core.project.conftest import block, paint, run_over, two


def test_what_was_before_each_step_is_what_undo_brings_back(tracked: Project) -> None:
    tracked.masks.import_labels(0, two())
    run_over(tracked, range(1, 8))
    paint(tracked, 3, 1)
    tracked.objects.add()
    run_over(tracked, range(2, 10), block(1, 6), "Again")
    paint(tracked, 3, 2)
    steps = tracked.history.mask_steps()
    assert [step.text for step in steps][:5] == ["Paint 2", "Again", "Paint 1", "Propagate", "Import mask"]
    assert [step.frames for step in steps][:5] == [1, 7, 1, 7, 1]
    before = [[tracked.history.labels_before(frame, step.step_id) for frame in range(12)] for step in steps]
    for step, labels in zip(steps, before, strict=True):
        while tracked.history.undo() != step.text:
            pass
        for frame in range(12):
            np.testing.assert_array_equal(tracked.labels(frame), labels[frame])


def test_steps_that_are_undone_are_not_past(tracked: Project) -> None:
    before = tracked.history.mask_steps()
    paint(tracked, 5, 1)
    newest = tracked.history.mask_steps()[0]
    tracked.history.undo()
    assert tracked.history.mask_steps() == before
    np.testing.assert_array_equal(tracked.history.labels_before(5, newest.step_id), tracked.labels(5))
    with pytest.raises(ProjectError, match="no frame"):
        tracked.history.labels_before(99, newest.step_id)
