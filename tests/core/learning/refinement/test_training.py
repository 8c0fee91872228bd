"""What the network that corrects contours learns, and from what."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from core.learning.refinement.samples import EdgeCase, cases_of, edge_pixels, joined, moved_case, through_canvas
from core.learning.refinement.training import _symmetries, make_module, train
from core.vos.edge_network import INPUTS
from core.vos.refinement import contour_of


def scene(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A bright ellipse (96 x 128) before noise."""
    rng = np.random.default_rng(seed)
    mask = np.zeros((96, 128), np.uint8)
    cv2.ellipse(mask, (60, 50), (34, 20), 30, 0, 360, 1, -1)
    picture = np.where(mask[..., None] > 0, (190, 120, 60), (60, 110, 150)) + rng.integers(-20, 20, (96, 128, 3))
    return picture.astype(np.uint8), mask > 0


def test_a_true_mask_through_the_canvas_is_blunt_and_nearly_true() -> None:
    _, truth = scene()
    (found,) = through_canvas(truth[None].astype(np.float32))
    assert np.count_nonzero((found > 0.1) & (found < 0.9)) > 150
    assert np.count_nonzero((found > 0.5) != truth) < 60


def test_cases_are_of_both_kinds_and_of_all_scales() -> None:
    picture, truth = scene()
    made = list(cases_of(picture, truth, truth.astype(np.float32), [1.0, 2.0]))
    assert [(case.found, case.working.shape) for case in made] == [
        (False, (96, 128, 3)),
        (True, (96, 128, 3)),
        (False, (48, 64, 3)),
        (True, (48, 64, 3)),
    ]
    assert not list(cases_of(picture, np.zeros_like(truth), None, [1.0]))


def test_a_moved_mask_lies_up_to_two_pixels_away() -> None:
    picture, truth = scene()
    centre = np.argwhere(truth).mean(axis=0)
    away = []
    for seed in range(8):
        case = moved_case(picture, truth, 1.0, np.random.default_rng(seed))
        assert case.found
        away.append(np.abs(np.argwhere(case.probability > 0.5).mean(axis=0) - centre))
    assert 1 < np.max(away) < 2.2


@pytest.mark.parametrize("number", range(8))
def test_turned_pictures_give_turned_inputs(number: int) -> None:
    picture, truth = scene()
    share = cv2.GaussianBlur(truth.astype(np.float32), (0, 0), 1.5)

    def seen(plane: np.ndarray, image: np.ndarray) -> np.ndarray:
        made = contour_of(np.ascontiguousarray(plane), np.ascontiguousarray(image), np.ascontiguousarray(image))
        assert made is not None
        contour, box = made
        whole = np.zeros((*plane.shape, INPUTS), np.float32)
        part = np.zeros((box.height * box.width, INPUTS), np.float32)
        part[contour.pixels] = contour.inputs(slice(None)).T
        whole[box.slices] = part.reshape(box.height, box.width, INPUTS)
        return whole

    def turned(plane: np.ndarray) -> np.ndarray:
        plane = plane[::-1] if number & 1 else plane
        plane = plane[:, ::-1] if number & 2 else plane
        return plane.swapaxes(0, 1) if number & 4 else plane

    before, after = turned(seen(share, picture)), seen(turned(share), turned(picture))
    order = _symmetries()[number].numpy()
    # the mirrored picture's inputs, where it is as it was: those of the original in another order, or the other way
    forth, back = before[..., order], np.empty_like(before)
    back[..., order] = before
    errors = [np.abs(after - moved).max() for moved in (forth, back)]
    assert min(errors) < 1e-3


def test_it_corrects_nothing_until_it_has_learnt() -> None:
    assert not make_module()(torch.randn(50, INPUTS)).any()


def test_it_learns_and_gives_the_same_again() -> None:
    rng = np.random.default_rng(0)
    cases: list[EdgeCase] = []
    for seed in range(3):
        picture, truth = scene(seed)
        moved = np.roll(cv2.GaussianBlur(truth.astype(np.float32), (0, 0), 1.5), 1, 1)
        cases += cases_of(picture, truth, moved, [1.0])
    pixels = joined([made for case in cases if (made := edge_pixels(case, 300, rng)) is not None])
    assert set(pixels.found) == {False, True}
    losses: list[float] = []
    module = train(pixels, 40, 0, lambda _step, loss: losses.append(loss))
    assert losses[-1] < 0.9 * losses[0]
    again = train(pixels, 40, 0, lambda _step, _loss: None)
    for one, other in zip(module.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)
