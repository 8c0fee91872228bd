"""Classes by the nearest examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core.engines.detectors.detection import Detection
from core.engines.text.fake import FakeTextModel
from core.errors import OutputError
from core.explain.naming import by_text
from core.explain.tags import TagIndex, load_tags, save_tags
from core.masks import Patch
from core.types import Box, Image


def near(axis: int, seed: int, size: int = 12) -> np.ndarray:
    vector = np.random.default_rng(seed).normal(0, 0.08, size)
    vector[axis] = 1
    found: np.ndarray = (vector / np.linalg.norm(vector)).astype(np.float32)
    return found


def test_the_class_of_the_nearest_examples_is_suggested() -> None:
    index = TagIndex()
    for seed in range(4):
        assert index.learn("dog", near(0, seed))
        assert index.learn("cat ", near(1, seed + 10))
    found = index.suggest(near(0, 99))
    assert found is not None and found.class_label == "dog" and 0.5 <= found.certainty < 0.9
    assert index.suggest(near(5, 3)) is None, "like nothing that is known"
    assert index.suggest(np.ones(3, np.float32)) is None, "of another network"
    assert index.classes == ["cat", "dog"]


def test_the_only_class_that_is_known_is_not_suggested_for_everything() -> None:
    index = TagIndex()
    insect = near(0, 1)
    index.learn("insect", insect)
    aside = near(1, 2)
    aside = aside - (aside @ insect) * insect
    for similarity, suggested in ((0.86, False), (0.99, True)):
        other = similarity * insect + np.sqrt(1 - similarity**2) * aside / np.linalg.norm(aside)
        found = index.suggest(other.astype(np.float32))
        assert (found is not None) == suggested, f"all things are alike by {similarity}"


def test_the_same_object_is_learned_once_and_its_last_class_counts() -> None:
    index = TagIndex()
    assert index.learn("dog", near(0, 1)) and not index.learn("dog", near(0, 1)) and not index.learn(" ", near(0, 1))
    assert index.learn("wolf", near(0, 1))
    found = index.suggest(near(0, 1))
    assert found is not None and found.class_label == "wolf"


def test_what_is_forgotten_is_suggested_no_more_and_the_others_stay() -> None:
    index = TagIndex()
    for seed in range(3):
        index.learn("dog", near(0, seed))
    index.learn("cat", near(1, 10))
    index.learn("cat", np.ones(3, np.float32) / np.float32(3**0.5))
    index.forget(near(1, 10))
    assert index.suggest(near(1, 10)) is None
    assert len(index.examples("dog")) == 3 and len(index.examples("cat")) == 1


def test_examples_are_kept_and_a_damaged_file_is_none(tmp_path: Path) -> None:
    index, path = TagIndex(), tmp_path / "data" / "tags.json"
    index.learn("개", near(0, 1))
    save_tags(path, index)
    again = load_tags(path)
    assert again.classes == ["개"] and np.allclose(again.examples("개")[0], near(0, 1), atol=1e-4)
    prototype = again.prototype("개")
    assert prototype is not None and np.linalg.norm(prototype) == pytest.approx(1, abs=1e-4)
    assert again.prototype("none") is None
    path.write_text("{")
    assert load_tags(path).classes == [] and load_tags(tmp_path / "gone").classes == []
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        save_tags(tmp_path / "file" / "tags.json", index)


class Understanding(FakeTextModel):
    """Finds a dog on the left half, and a cat in the upper left corner."""

    def find(self, image: Image, texts: Sequence[str], least: float) -> list[Detection]:
        boxes = {"dog": (Box(0, 0, 8, 8), 0.9), "cat": (Box(0, 0, 4, 4), 1.0)}
        return [
            Detection(text, score, box, Patch(box, np.ones((box.height, box.width), np.bool_)))
            for text, (box, score) in boxes.items()
            if text in texts
        ]


def test_a_name_fits_as_well_as_what_is_found_by_it_covers_the_object() -> None:
    picture, mask = np.zeros((8, 16, 3), np.uint8), np.zeros((8, 16), np.bool_)
    mask[:, :8] = True
    found = by_text(Understanding(), picture, mask, ["bear", "cat", "dog"])
    assert [(one.class_label, round(one.certainty, 3)) for one in found] == [("dog", 0.9), ("cat", 0.25), ("bear", 0.0)]
    assert by_text(Understanding(), picture, mask, []) == []
    assert by_text(Understanding(), picture, mask & False, ["dog"])[0].certainty == 0.0
