"""Finding objects in a clip: what is one object, masks of boxes and joints, and what lies on what."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.engines.detectors import Detection, available_detectors, detector_info, load_detector
from core.engines.detectors.finding import FindRequest, find_objects
from core.engines.detectors.linking import overlap
from core.engines.detectors.prompting import AUTO, CLICKS, GRABCUT, open_prompter, with_masks
from core.errors import CancelledError, EngineError
from core.jobs import CancelToken, watched
from core.masks import Patch, rasterise_box
from core.masks.found import FoundObject, lay_out, names_of
from core.types import Box, Image

SIZE = (64, 48)


def frame(frame_index: int) -> Image:
    """A bright square that moves to the right, and one that shows up from frame 2 on."""
    image = np.full((48, 64, 3), 30, np.uint8)
    image[8:20, 4 + frame_index : 16 + frame_index] = (250, 40, 40)
    if frame_index >= 2:
        image[30:36, 40:46] = (40, 250, 40)
    return image


def find(**changes: object) -> list[FoundObject]:
    request = FindRequest(frames=range(4), size=SIZE, model="fake", **changes)  # type: ignore[arg-type]
    return watched(find_objects(request, frame, CancelToken()), lambda _progress: None)


def test_an_object_that_is_found_again_is_the_same() -> None:
    moving, late = find()
    assert (moving.label, moving.score, sorted(moving.masks)) == ("thing", 1.0, [0, 1, 2, 3])
    assert sorted(late.masks) == [2, 3]
    assert moving.masks[3].box == Box(7, 8, 19, 20)


def test_scores_and_classes_leave_objects_out() -> None:
    assert len(find(least=0.9)) == 1
    assert len(find(classes=[" Thing "])) == 2
    assert find(classes=["dog"]) == []


def test_a_cancelled_search_ends() -> None:
    token = CancelToken()
    token.cancel()
    request = FindRequest(frames=[0], size=SIZE, model="fake")
    with pytest.raises(CancelledError):
        watched(find_objects(request, frame, token), lambda _progress: None)


@pytest.mark.parametrize("prompter", [AUTO, GRABCUT, CLICKS])
def test_a_box_becomes_the_mask_of_what_is_in_it(prompter: str) -> None:
    image = np.random.default_rng(0).normal(60, 6, (120, 160, 3)).clip(0, 255).astype(np.uint8)
    cv2.circle(image, (80, 60), 25, (220, 60, 60), -1)
    box = Box(53, 33, 108, 88)
    (one,) = with_masks(image, [Detection("ball", 0.9, box)], open_prompter(prompter, (160, 120)), CancelToken())
    truth = np.zeros((120, 160), np.uint8)
    cv2.circle(truth, (80, 60), 25, 1, -1)
    patch = Patch(Box(0, 0, 160, 120), truth > 0)
    assert one.mask is not None
    assert overlap(one.mask, patch) > 0.8


def test_joints_are_clicks() -> None:
    image = np.random.default_rng(0).normal(60, 6, (120, 160, 3)).clip(0, 255).astype(np.uint8)
    cv2.rectangle(image, (60, 20), (90, 100), (220, 60, 60), -1)
    person = Detection("person", 0.9, Box(58, 18, 93, 103), joints=((75.0, 30.0), (75.0, 60.0), (75.0, 90.0)))
    (one,) = with_masks(image, [person], open_prompter(AUTO, (160, 120)), CancelToken())
    assert one.mask is not None
    assert overlap(one.mask, rasterise_box(Box(60, 20, 91, 101), (160, 120))) > 0.7


def test_a_detection_without_a_pixel_is_left_out() -> None:
    empty = Detection("dog", 0.9, Box(3, 3, 9, 9), Patch.nothing())
    image = np.zeros((48, 64, 3), np.uint8)
    assert with_masks(image, [empty], open_prompter(AUTO, SIZE), CancelToken()) == []


def test_engines_without_prompts_and_unknown_names_are_refused() -> None:
    with pytest.raises(EngineError, match="takes no boxes"):
        open_prompter("warping", SIZE)
    with pytest.raises(EngineError, match="no engine 'nobody'"):
        open_prompter("nobody", SIZE)
    with pytest.raises(EngineError, match=r"no detector 'nobody'.*maskrcnn"):
        load_detector("nobody")
    assert detector_info("fake").hidden
    assert "fake" not in {info.name for info in available_detectors()}


def test_the_surer_object_lies_on_top_and_others_masks_stay() -> None:
    size = (10, 10)
    found = [
        FoundObject("dog", 0.6, {0: rasterise_box(Box(0, 0, 6, 6), size)}),
        FoundObject("cat", 0.9, {0: rasterise_box(Box(3, 3, 9, 9), size)}),
    ]
    there = np.zeros((10, 10), np.uint8)
    there[8] = 7
    labels = lay_out(found, 0, there)
    assert (labels[4, 4], labels[1, 1], labels[8, 8]) == (2, 1, 0)
    assert not lay_out(found, 1, there).any()


def test_names_are_classes_with_numbers_where_they_are_needed() -> None:
    assert names_of(["dog", "dog", "cat"], taken=["cat"]) == ["dog", "dog 2", "cat 2"]
