"""The network's parts against plain references: matching, memory and regions."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn import functional

from core.vos.network.matching import largest, local_similarity, read_memory
from core.vos.network.model import enlarge
from core.vos.network.onnx_runtime import enlarged_logits
from core.vos.network.runtime import LEAST_MEMORY, MEMORY_BLOCK, missing_cells
from core.vos.region import Region, RegionKeeper, RegionSettings, canvas_size
from core.vos.targets.memory import MemoryFrame, MemoryLimits, SpaceTimeMemory, uncovered, undisputed

Array = NDArray[np.float32]


pytestmark = pytest.mark.usefixtures("one_thread")


def unit(*shape: int, seed: int = 0) -> torch.Tensor:
    """Random vectors of unit length along the second axis."""
    return functional.normalize(torch.randn(*shape, generator=torch.Generator().manual_seed(seed)), dim=1)


# matching


@pytest.mark.parametrize(("batch", "objects"), [(1, 3), (3, 3), (1, 1)])
def test_reading_memory_is_a_softmax_over_the_best_cells(batch: int, objects: int) -> None:
    height, width, channels, depth, cells, top_k = 2, 3, 8, 5, 20, 4
    key, memory_keys = unit(batch, channels, height, width), unit(batch, channels, cells, seed=1)
    values = torch.randn(objects, depth, cells, generator=torch.Generator().manual_seed(2))
    found = read_memory(key, memory_keys, values, torch.tensor(9.0), top_k)
    assert found.shape == (objects, depth + 1, height, width)
    for one in range(objects):
        sample = one if batch > 1 else 0
        for row in range(height):
            for column in range(width):
                similarity = 9.0 * (key[sample, :, row, column] @ memory_keys[sample])
                best = similarity.argsort(descending=True)[:top_k]
                weights = (similarity[best] - similarity.max()).exp()
                expected = (values[one][:, best] * weights).sum(1) / weights.sum()
                assert torch.allclose(found[one, :depth, row, column], expected, atol=1e-5)
                assert found[one, depth, row, column] == pytest.approx(float(similarity.max()) / 9, abs=1e-5)


@pytest.mark.parametrize(("batch", "objects"), [(1, 2), (2, 2)])
def test_local_similarity_is_the_best_of_a_window(batch: int, objects: int) -> None:
    height, width, channels, radius = 5, 7, 6, 2
    key, before = unit(batch, channels, height, width), unit(batch, channels, height, width, seed=1)
    masks = torch.rand(objects, 1, height, width, generator=torch.Generator().manual_seed(2))
    found = local_similarity(key, before, masks, radius)
    for one in range(objects):
        sample = one if batch > 1 else 0
        for row in range(height):
            for column in range(width):
                best = [-9.0, -9.0]
                for down in range(row - radius, row + radius + 1):
                    for across in range(column - radius, column + radius + 1):
                        inside = 0 <= down < height and 0 <= across < width
                        similarity, mask = 0.0, 0.0
                        if inside:
                            similarity = float(key[sample, :, row, column] @ before[sample, :, down, across])
                            mask = float(masks[one, 0, down, across])
                        best[0] = max(best[0], similarity - 2 * (1 - mask))
                        best[1] = max(best[1], similarity - 2 * mask)
                assert found[one, :, row, column].tolist() == pytest.approx(best, abs=1e-5)


@pytest.mark.parametrize("size", [256, 264, 800])
def test_the_largest_are_found_in_blocks_as_by_looking_at_all(size: int) -> None:
    values = torch.randn(1, 5, size, generator=torch.Generator().manual_seed(size))
    # some equal ones, and a row whose largest share one block
    values[0, 1] = values[0, 1].round()
    values[0, 2, 3 :: size // MEMORY_BLOCK] += 9
    found, indices = largest(values, 32)
    assert torch.equal(values.gather(-1, indices), found)
    assert torch.equal(found.sort().values, values.topk(32).values.sort().values)
    assert all(len(row.unique()) == 32 for row in indices[0])


@pytest.mark.parametrize("count", [1, 255, 256, 257, 7708])
def test_a_memory_with_its_missing_cells_can_be_searched_in_blocks(count: int) -> None:
    size = count + missing_cells(count)
    assert size % MEMORY_BLOCK == 0 and size >= LEAST_MEMORY and (count < LEAST_MEMORY or size - count < MEMORY_BLOCK)


# memory


def memory_frame(rng: np.random.Generator, ids: tuple[int, ...] = (1,), cells: int = 40) -> MemoryFrame:
    keys = rng.normal(size=(8, cells)).astype(np.float32)
    keys /= np.linalg.norm(keys, axis=0)
    return MemoryFrame(keys, {one: rng.random((5, cells), np.float32) for one in ids})


def test_memory_stops_growing_however_long_the_clip_is() -> None:
    rng = np.random.default_rng(0)
    memory = SpaceTimeMemory(MemoryLimits(anchors=2, ring=3, prototypes=30))
    sizes = []
    for index in range(60):
        if index % 9 == 0:
            memory.add_anchor(index, memory_frame(rng))
        memory.add_recent(memory_frame(rng))
        sizes.append(memory.cells)
    assert max(sizes) <= (2 + 3) * 40 + 30
    assert len(set(sizes[20:])) == 1


def test_prototypes_keep_unit_keys_and_values_in_range() -> None:
    rng = np.random.default_rng(1)
    memory = SpaceTimeMemory(MemoryLimits(anchors=1, ring=1, prototypes=10))
    for _ in range(30):
        memory.add_recent(memory_frame(rng))
    ((ids, keys, values),) = memory.groups([1])
    assert ids == [1]
    assert np.linalg.norm(keys[:, :50], axis=0) == pytest.approx(np.ones(50), abs=1e-5)
    assert keys.shape[1] == values.shape[2] == 50 + missing_cells(50)
    assert not keys[:, 50:].any() and not values[..., 50:].any()
    assert 0 <= values.min() <= values.max() <= 1


def test_the_first_anchor_is_kept_whole() -> None:
    rng = np.random.default_rng(2)
    memory = SpaceTimeMemory(MemoryLimits(anchors=3, ring=0, prototypes=10))
    frames = [memory_frame(rng) for _ in range(8)]
    for index, frame in enumerate(frames):
        memory.add_anchor(index, frame)
    ((_, keys, values),) = memory.groups([1])
    assert np.array_equal(keys[:, :40], frames[0].keys)
    assert np.array_equal(values[0, :, :40], frames[0].values[1])


def test_objects_known_to_the_same_frames_are_read_together() -> None:
    rng = np.random.default_rng(3)
    memory = SpaceTimeMemory()
    memory.add_anchor(0, memory_frame(rng, (1, 2)))
    memory.add_recent(memory_frame(rng, (1, 2, 5)))
    groups = {tuple(ids): np.count_nonzero(keys.any(0)) for ids, keys, _ in memory.groups([1, 2, 5, 9])}
    assert groups == {(1, 2): 80, (5,): 40}


# regions


def test_what_is_cut_is_pasted_back_where_it_was() -> None:
    keeper = RegionKeeper((320, 180), (192, 112), RegionSettings())
    y, x = np.mgrid[0:180, 0:320].astype(np.float32)
    mask = np.exp(-((x - 140) ** 2 + (y - 70) ** 2) / 500)[None].astype(np.float32)
    for region in (keeper.whole, keeper.wanted(mask), Region(60.5, 20.25, 180.0, 101.25)):
        back = keeper.paste(keeper.cut_masks(mask, region), region)
        inside = np.zeros((180, 320), bool)
        inside[
            int(region.top) + 3 : int(region.top + region.height) - 3,
            int(region.left) + 3 : int(region.left + region.width) - 3,
        ] = True
        assert np.abs(back - mask)[0][inside].max() < 0.03
        assert back[0][~inside].max() <= 1


def test_a_region_surrounds_a_small_object_and_stays_in_the_frame() -> None:
    keeper = RegionKeeper((320, 180), (192, 112), RegionSettings())
    masks = np.zeros((1, 180, 320), np.float32)
    masks[0, 150:170, 290:310] = 1
    region = keeper.wanted(masks)
    assert region.width < 0.5 * 320
    assert region.left <= 290 and region.left + region.width <= 320 + 1e-6
    assert region.top <= 150 and region.top + region.height <= 180 + 1e-6
    assert region.width / region.height == pytest.approx(320 / 180)
    assert keeper.kept(region, masks) == region
    assert keeper.wanted(np.zeros_like(masks)) == keeper.whole


@pytest.mark.parametrize("size", [(854, 480), (480, 854), (64, 48), (17, 9), (4000, 100)])
def test_the_canvas_suits_the_network(size: tuple[int, int]) -> None:
    width, height = canvas_size(size, 384, 16)
    assert width % 16 == height % 16 == 0
    assert width * height // 256 >= 32
    assert max(width, height) <= 3 * min(width, height)


def test_what_anchors_and_masks_disagree_on_is_not_remembered() -> None:
    keys = np.eye(4, dtype=np.float32)
    values = {
        1: np.array([[7, 7, 7, 7], [0.9, 0.1, 0.0, 0.0]], np.float32),
        2: np.array([[8, 8, 8, 8], [0.0, 0.1, 0.0, 0.5]], np.float32),
    }
    frame = MemoryFrame(keys, values)
    cells = uncovered(frame)
    assert cells.tolist() == [1, 2], "not the first, nor the last, which was given to another object"
    votes = np.array([[0.1, 0.2], [0.0, 0.9]], np.float32)
    kept = undisputed(frame, cells, votes)
    # the third cell is the second object's by the anchors, and nobody's by the masks
    assert kept.keys.tolist() == keys[:, [0, 1, 3]].tolist()
    assert kept.values[2].tolist() == values[2][:, [0, 1, 3]].tolist()
    assert undisputed(frame, cells, 0 * votes) is frame


def test_detail_is_put_on_what_is_enlarged_pixel_by_pixel() -> None:
    logits = torch.zeros(2, 17, 3, 5)
    logits[:, 0] = 1
    logits[0, 1 + 4 * 2 + 3, 1, 2] = 5
    large = enlarge(logits)
    assert large.shape == (2, 1, 12, 20)
    assert float(large[0, 0, 4 * 1 + 2, 4 * 2 + 3]) == 6 and int((large != 1).sum()) == 1
    assert torch.equal(enlarge(logits[:, :1]), torch.ones_like(large))


def test_detail_of_the_graphs_lies_where_that_of_the_network_does() -> None:
    logits = torch.randn(2, 17, 3, 5)
    assert np.allclose(enlarged_logits(logits.numpy()), enlarge(logits)[:, 0].numpy(), atol=1e-5)
    assert np.allclose(enlarged_logits(logits[:, :1].numpy()), enlarge(logits[:, :1])[:, 0].numpy(), atol=1e-5)
