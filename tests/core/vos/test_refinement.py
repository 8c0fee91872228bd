"""The edge of a mask moves onto the edge of the picture."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from core.errors import EngineError
from core.learning.refinement.samples import through_canvas
from core.metrics import boundary_f, region_j
from core.vos.edge_network import INPUTS, Contour, EdgeNetwork, read_edge_network, shipped_edge_network
from core.vos.refinement import contour_of, refine_probabilities
from tools.sample_scene import Backdrop, draw_frame


def disc(height: int, width: int, share: float = 0.25) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return np.hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5) < share


def scene(size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    inside = disc(size[1], size[0])
    image = np.where(inside[..., None], (200, 90, 40), (60, 110, 70)).astype(np.uint8)
    noise = np.random.default_rng(0).integers(-6, 7, image.shape)
    return (image + noise).astype(np.uint8), inside


def iou(one: np.ndarray, two: np.ndarray) -> float:
    return (one & two).sum() / (one | two).sum()


@pytest.mark.parametrize("scale", [1, 3])
def test_a_blunt_mask_moves_towards_the_picture_s_edge(scale: int) -> None:
    image, inside = scene((160 * scale, 120 * scale))
    working = cv2.resize(image, (160, 120), interpolation=cv2.INTER_AREA)
    blunt = np.roll(disc(120, 160, 0.26), 1, axis=1).astype(np.float32)[None]
    blunt = np.stack([cv2.GaussianBlur(blunt[0], (0, 0), 1.5)])
    plain = refine_probabilities(blunt, working, image, None)[0] > 0.5
    refined = refine_probabilities(blunt, working, image, shipped_edge_network())[0] > 0.5
    assert plain.shape == refined.shape == image.shape[:2]
    assert 1 - iou(refined, inside) < 0.9 * (1 - iou(plain, inside))


def test_only_the_band_about_the_contour_changes() -> None:
    image, _ = scene((160, 120))
    # a bright thing far outside the mask looks like the object, and stays outside
    image[2:10, 2:10] = (200, 90, 40)
    share = cv2.GaussianBlur(disc(120, 160).astype(np.float32), (0, 0), 6)[None]
    refined = refine_probabilities(share, image, image, shipped_edge_network())[0]
    away = cv2.distanceTransform((share[0] > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    away += cv2.distanceTransform((share[0] <= 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    far = (away > 5) & (share[0] > 0.02)
    assert np.count_nonzero(far & (share[0] < 0.4))
    np.testing.assert_array_equal(refined[far], share[0][far])
    assert np.abs(refined - share[0])[~far].max() > 0.1


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (53, 37)])
def test_any_size_and_empty_masks(size: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 90, np.uint8)
    probabilities = np.stack([np.zeros(size[::-1]), np.ones(size[::-1])]).astype(np.float32)
    refined = refine_probabilities(probabilities, image, image, shipped_edge_network())
    np.testing.assert_allclose(refined, probabilities, atol=1e-3)
    assert refine_probabilities(probabilities[:0], image, image).shape == (0, *size[::-1])


def network_of(*widths: int, seed: int = 0, scale: float = 0.0) -> EdgeNetwork:
    rng = np.random.default_rng(seed)
    return EdgeNetwork(
        [
            ((scale * rng.standard_normal((out, into))).astype(np.float32), np.zeros(out, np.float32))
            for into, out in itertools.pairwise(widths)
        ]
    )


@pytest.mark.parametrize("scale", [1, 1.5, 4])
def test_a_network_of_zeros_changes_nothing(scale: float) -> None:
    picture, mask = cluttered(0)
    share = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5)[None]
    large = cv2.resize(picture, None, fx=scale, fy=scale)
    plain = refine_probabilities(share, picture, large, None)
    np.testing.assert_allclose(
        refine_probabilities(share, picture, large, network_of(INPUTS, 8, 4, 1)), plain, atol=1e-6
    )
    changed = refine_probabilities(share, picture, large, network_of(INPUTS, 8, 4, 1, scale=0.5))
    assert np.abs(changed - plain).max() > 0.1


def test_what_it_is_given_stays_as_it_is() -> None:
    picture, mask = cluttered(0)
    share = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5)[None]
    before = share.copy()
    refine_probabilities(share, picture, picture, shipped_edge_network())
    np.testing.assert_array_equal(share, before)


def test_object_and_background_are_seen_alike() -> None:
    """Swapped, they are the same to the network but for the signs of what it sees."""
    picture, mask = cluttered(1)
    share = np.clip(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5), 0.05, 0.95)

    def seen(probability: np.ndarray) -> Contour:
        found = contour_of(probability, picture, picture)
        assert found is not None
        return found[0]

    one, other = seen(share), seen(1 - share)
    np.testing.assert_array_equal(one.pixels, other.pixels)
    signs = np.ones((INPUTS, 1), np.float32)
    signs[:-2] = -1
    np.testing.assert_allclose(other.inputs(slice(None)), signs * one.inputs(slice(None)), atol=2e-3)


@pytest.mark.parametrize("damage", ["cut", "other", "shape"])
def test_a_damaged_file_is_an_error_of_ours(damage: str) -> None:
    import safetensors.numpy

    wrong = {"other": {"x": np.zeros(3, np.float32)}, "shape": {}}
    for layer, shape in (("0", (4, INPUTS + 1)), ("2", (4, 4)), ("4", (1, 4))):
        wrong["shape"] |= {
            f"{layer}.weight": np.zeros(shape, np.float32),
            f"{layer}.bias": np.zeros(shape[0], np.float32),
        }
    content = b"\x10" if damage == "cut" else safetensors.numpy.save(wrong[damage])
    with pytest.raises(EngineError, match="mine"):
        read_edge_network(content, "mine")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.25])
def test_true_masks_lose_neither_j_nor_f(scale: float) -> None:
    """Of the sample's objects, after the engine's canvas, which is what the best of networks would give."""
    picture, labels = draw_frame(Backdrop(), 30)
    size = round(picture.shape[1] / scale), round(picture.shape[0] / scale)
    working = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    gains = []
    for object_id in np.unique(labels[labels > 0]):
        truth = labels == object_id
        small = cv2.resize(truth.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        probability = through_canvas(small[None])
        plain, refined = (
            refine_probabilities(probability, working, picture, network)[0] > 0.5
            for network in (None, shipped_edge_network())
        )
        gains.append(
            [
                region_j(refined, truth) - region_j(plain, truth),
                boundary_f(refined, truth) - boundary_f(plain, truth),
            ]
        )
    j, f = np.mean(gains, axis=0)
    assert j > 0.001
    assert f >= 0


def cluttered(seed: int, size: tuple[int, int] = (160, 120)) -> tuple[np.ndarray, np.ndarray]:
    """A picture whose edges are not the object's, and an object with thin parts and a hole."""
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(noise, (0, 0), 3)
    mask = disc(size[1], size[0]).astype(np.uint8)
    cv2.line(mask, (20, 20), (140, 90), 1, 2)
    cv2.circle(mask, (80, 60), 7, 0, -1)
    return picture, mask


@pytest.mark.parametrize("seed", range(3))
def test_a_true_mask_comes_out_as_it_went_in(seed: int) -> None:
    picture, mask = cluttered(seed)
    refined = refine_probabilities(mask[None].astype(np.float32), picture, picture, shipped_edge_network())[0] > 0.5
    assert region_j(refined, mask > 0) == 1
    assert boundary_f(refined, mask > 0) == 1


@pytest.mark.parametrize("scale", [2, 4])
def test_a_true_mask_made_small_loses_nothing_by_refinement_that_enlarging_leaves(scale: int) -> None:
    """Where the picture shows the object's edge."""
    image, inside = scene((160 * scale, 120 * scale))
    working = cv2.resize(image, (160, 120), interpolation=cv2.INTER_AREA)
    small = cv2.resize(inside.astype(np.float32), (160, 120), interpolation=cv2.INTER_AREA)[None]
    plain = refine_probabilities(small, working, image, None)[0] > 0.5
    refined = refine_probabilities(small, working, image, shipped_edge_network())[0] > 0.5
    assert region_j(refined, inside) >= region_j(plain, inside) - 1e-3
    assert boundary_f(refined, inside) >= boundary_f(plain, inside) - 1e-3
