from __future__ import annotations

from core.project import Project, Tuned


def test_weights_are_kept_in_the_file_and_turned_off_and_on(project: Project) -> None:
    weights = project.tuned_weights
    assert (weights.tuned, weights.refused, weights.weights) == (None, None, b"")
    weights.use(True)
    assert weights.tuned is None, "there is nothing to turn on"
    weights.keep(0.5, 0.6, b"weights")
    assert (weights.tuned, weights.weights) == (Tuned(0.5, 0.6, True), b"weights")
    weights.use(False)
    assert (weights.tuned, weights.weights) == (Tuned(0.5, 0.6, False), b"")
    weights.use(True)
    assert weights.weights == b"weights"


def test_what_was_refused_is_remembered_until_others_are_kept(project: Project) -> None:
    weights = project.tuned_weights
    weights.keep(0.5, 0.6, b"first")
    weights.refuse(0.7, 0.6)
    assert weights.refused == (0.7, 0.6)
    assert weights.weights == b"first", "what was kept before stays"
    weights.keep(0.5, 0.8, b"second")
    assert (weights.refused, weights.weights) == (None, b"second")


def test_settings_that_make_no_sense_are_none(project: Project) -> None:
    for odd in ({"before": 1}, [1, 2], "text", {"before": "x", "after": 1, "used": True}):
        project.settings.set("adaptation", odd)
        project.settings.set("adaptation_refused", odd if odd != [1, 2] else [1])
        assert project.tuned_weights.tuned is None
        assert project.tuned_weights.refused is None
        assert project.tuned_weights.weights == b""
