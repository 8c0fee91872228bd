"""Losses and the roll-out."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from core.learning.losses import bootstrapped_cross_entropy, boundary_cross_entropy, dice_loss, mean_overlap
from core.learning.precision import best_precision
from core.learning.rollout import (
    RolloutSettings,
    _dilated,
    _rows,
    add_false_part,
    aggregated,
    looks,
    patches,
    perturb_contours,
    remembered,
    roll_out,
    warp_along,
)
from core.learning.samples.sampling import Batch
from core.vos.network.model import Network, enlarge
from tests.core.learning.conftest import TINY


def test_cross_entropy_counts_the_hardest_pixels_only() -> None:
    target = torch.zeros(1, 1, 10, 10)
    logits = torch.full_like(target, -9.0)
    logits[0, 0, :3] = 2.0
    assert bootstrapped_cross_entropy(logits, target) == pytest.approx(2.1269, abs=1e-3)
    assert bootstrapped_cross_entropy(logits, target, 0.6) == pytest.approx(2.1269 / 2, abs=1e-3)


def test_dice_is_nothing_for_a_perfect_mask_and_one_for_none() -> None:
    target = torch.zeros(2, 1, 20, 20)
    target[:, :, 4:16, 4:16] = 1
    assert dice_loss(40 * (target - 0.5), target) == pytest.approx(0, abs=1e-3)
    assert dice_loss(40 * (0.5 - target), target) == pytest.approx(1, abs=1e-2)
    empty = torch.zeros_like(target)
    assert dice_loss(empty - 40, empty) == pytest.approx(0, abs=1e-3)


def test_overlap_is_intersection_over_union() -> None:
    found, wanted = torch.full((2, 1, 4, 4), -1.0), torch.zeros(2, 1, 4, 4)
    found[0, 0, :2], wanted[0, 0, 1:3] = 1.0, 1.0
    assert mean_overlap(found, wanted) == pytest.approx((1 / 3 + 1) / 2)


def test_masks_are_carried_along_backward_flow() -> None:
    masks = torch.zeros(1, 1, 16, 16)
    masks[0, 0, 4:8, 4:8] = 1
    flow = torch.zeros(1, 16, 16, 2)
    flow[..., 0] = -3
    moved = torch.zeros_like(masks)
    moved[0, 0, 4:8, 7:11] = 1
    assert torch.allclose(warp_along(masks, flow), moved, atol=1e-5)


def test_wobble_changes_the_contour_only() -> None:
    masks = torch.zeros(4, 1, 96, 96)
    masks[:, :, 24:72, 24:72] = 1
    perturbed = perturb_contours(masks, torch.Generator().manual_seed(0))
    assert not torch.equal(perturbed, masks)
    assert perturbed[:, :, 40:56, 40:56].min() == 1
    assert perturbed[:, :, :8].max() == 0


def batch(samples: int = 2) -> Batch:
    generator = torch.Generator().manual_seed(0)
    frames = torch.randint(0, 255, (samples, 4, 3, 96, 96), generator=generator, dtype=torch.uint8)
    masks = torch.zeros(samples, 4, 96, 96, dtype=torch.uint8)
    masks[:, :, 30:60, 30:60] = 1
    trust = torch.full((samples, 3, 96, 96), 255, dtype=torch.uint8)
    others, flow = torch.zeros_like(masks), torch.zeros(samples, 3, 96, 96, 2)
    return Batch(frames, masks, others, flow, trust, torch.zeros(samples, 1, dtype=torch.bool))


@pytest.mark.parametrize("own", [0.0, 1.0])
def test_every_part_of_the_network_learns(own: float) -> None:
    torch.manual_seed(0)
    network = Network(TINY)
    settings = RolloutSettings(own_mask=own, remember=1.0, no_warp=0.0)
    result = roll_out(network, batch(), settings, torch.Generator().manual_seed(1))
    torch.autograd.backward(result.loss)
    assert 0 <= float(result.overlap) <= 1
    without = [name for name, one in network.named_parameters() if one.grad is None or not one.grad.isfinite().all()]
    assert not without


def test_a_roll_out_repeats_with_its_generator() -> None:
    torch.manual_seed(0)
    network = Network(TINY)
    seeds = (1, 1, 2)
    losses = [
        float(roll_out(network, batch(), RolloutSettings(), torch.Generator().manual_seed(seed)).loss.detach())
        for seed in seeds
    ]
    assert losses[0] == losses[1]
    assert losses[0] != losses[2]


def test_another_encoder_may_take_the_networks_place() -> None:
    torch.manual_seed(0)
    network, seen = Network(TINY), []

    def encode(pixels: Tensor) -> tuple[Tensor, ...]:
        seen.append(pixels)
        features: tuple[Tensor, ...] = network.encoder(pixels)
        return features

    own, other = (
        looks(network, batch(), RolloutSettings(), torch.Generator().manual_seed(1), encode=one)
        for one in (None, encode)
    )
    assert len(own) == 3
    for one, two in zip(own, other, strict=True):
        assert torch.equal(one.logits, two.logits)
    assert torch.equal(torch.cat(seen), batch().frames.flatten(0, 1).float())


def test_what_the_decoder_was_given_makes_the_same_logits_again() -> None:
    torch.manual_seed(0)
    network = Network(TINY)
    for look in looks(network, batch(), RolloutSettings(both=0.0), torch.Generator().manual_seed(1)):
        torch.testing.assert_close(enlarge(network.decoder(*look.inputs)), look.logits)
        assert look.truth.shape == look.logits.shape


@pytest.mark.parametrize("both", [0.0, 1.0])
def test_the_memory_alone_is_asked_where_there_is_no_second_object(both: float) -> None:
    torch.manual_seed(0)
    pair = batch()
    pair.others[1, :, 62:90, 30:60] = 1
    settings = RolloutSettings(no_warp=0.0, no_warp_alone=1.0, elsewhere=0.0, both=both)
    for look in looks(Network(TINY), pair, settings, torch.Generator().manual_seed(1)):
        seen = look.inputs[5].flatten(1).any(1).tolist()
        # the second sample has another object, followed or not
        assert seen == [False, *[True] * (len(seen) - 1)]
        assert len(seen) == (2 if both == 0 else 4)


def test_half_precision_gives_much_the_same() -> None:
    torch.manual_seed(0)
    network = Network(TINY)
    losses = [
        float(roll_out(network, batch(), RolloutSettings(), torch.Generator().manual_seed(1), precision).loss.detach())
        for precision in (torch.float32, torch.bfloat16, torch.float16)
    ]
    assert losses[1] == pytest.approx(losses[0], rel=0.01)


def test_wobble_grows_by_squares() -> None:
    masks = torch.rand(1, 1, 40, 40, generator=torch.Generator().manual_seed(2))
    for kernel in (3, 9, 15):
        assert torch.equal(_dilated(masks, kernel), functional.max_pool2d(masks, kernel, 1, kernel // 2))


def test_the_best_precision_is_one_the_device_is_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)
    assert best_precision(torch.device("cpu")) == torch.bfloat16
    assert best_precision(torch.device("cuda")) == torch.float16
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True}, raising=False)
    assert best_precision(torch.device("cpu")) == torch.float32
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert best_precision(torch.device("cpu")) == torch.float32


def test_masks_lose_parts_and_take_in_others() -> None:
    masks = torch.zeros(8, 1, 96, 96)
    masks[:, :, 32:64, 32:64] = 1
    generator = torch.Generator().manual_seed(0)
    left = (masks * patches(masks, generator)).sum((1, 2, 3)) / masks.sum((1, 2, 3))
    assert ((left > 0.05) & (left < 0.95)).sum() >= 4
    more = add_false_part(masks, generator)
    assert (more >= masks).all()
    assert (more.sum((1, 2, 3)) > 1.1 * masks.sum((1, 2, 3))).any()
    assert set(more.unique().tolist()) == {0.0, 1.0}


def test_a_forgotten_part_of_an_object_is_similar_to_nothing() -> None:
    key = functional.normalize(torch.rand(2, 5, 4, 4), dim=1)
    masks = torch.zeros(2, 1, 64, 64)
    masks[:, :, 16:48, 16:48] = 1
    left = torch.ones_like(masks)
    left[0, :, :, :32] = 0
    memory = remembered(key, masks, left).reshape(2, 5, 4, 4)
    assert memory[0, :, 1:3, 1].abs().max() == 0
    memory[0, :, 1:3, 1] = key[0, :, 1:3, 1]
    assert torch.equal(memory, key)
    assert torch.equal(remembered(key, masks, torch.tensor(1.0)), key.flatten(2))


def test_an_object_is_not_to_be_found_in_a_frame_of_another_clip() -> None:
    torch.manual_seed(0)
    network = Network(TINY).eval()
    torch.nn.init.zeros_(network.decoder.logits.weight)
    torch.nn.init.constant_(network.decoder.logits.bias, -20.0)  # type: ignore[arg-type]

    def overlap(settings: RolloutSettings, samples: Batch) -> float:
        return float(roll_out(network, samples, settings, torch.Generator().manual_seed(1)).overlap)

    two = batch()
    one = Batch(*(part[:1] for part in two._parts()))
    assert overlap(RolloutSettings(elsewhere=1.0), two) == 1, "nothing is right"
    assert overlap(RolloutSettings(elsewhere=0.0), two) == 0
    assert overlap(RolloutSettings(elsewhere=1.0), one) == 0, "there is no other clip"


def test_two_objects_share_out_their_pixels() -> None:
    own, other = torch.tensor(3.0), torch.tensor(1.0)
    alone = torch.tensor(-2.0)
    logits = torch.stack([own, alone, other]).reshape(3, 1, 1, 1)
    exclusive = aggregated(logits, torch.tensor([2, -1, 0])).flatten()
    odds = own.exp() / (1 + own.exp() + other.exp()), other.exp() / (1 + own.exp() + other.exp())
    assert torch.allclose(exclusive.sigmoid(), torch.stack([odds[0], alone.sigmoid(), odds[1]]))


def test_another_object_of_a_sample_is_followed_from_its_own_mask() -> None:
    torch.manual_seed(0)
    network = Network(TINY)
    pair = batch()
    pair.others[1, :, 62:90, 30:60] = 1

    def run(both: float, samples: Batch) -> float:
        settings = RolloutSettings(both=both, elsewhere=0.0, remember=1.0)
        return float(roll_out(network, samples, settings, torch.Generator().manual_seed(1)).loss.detach())

    torch.nn.init.zeros_(network.decoder.logits.weight)
    torch.nn.init.constant_(network.decoder.logits.bias, 20.0)  # type: ignore[arg-type]
    assert run(0.0, pair) == run(1.0, batch()), "nothing else is followed"
    # each claims all pixels: shared out, neither has more than half of any
    assert run(1.0, pair) < run(0.0, pair)


def test_as_many_second_objects_are_followed_whatever_a_batch_holds() -> None:
    few, many = batch(samples=10), batch(samples=10)
    few.others[4, :, 62:90, 30:60] = 1
    many.others[:, :, 62:90, 30:60] = 1
    for samples in (few, many):
        rows, rival = _rows(samples, 0.3, torch.Generator().manual_seed(0))
        assert len(rows) == 13, "a GPU chooses its kernels again for each size"
        assert all(samples.others[sample].any() for sample in rows[10:])
        assert (rival[10:] == rows[10:]).all(), "each shares its pixels with its sample's first object"
    assert len(_rows(batch(samples=10), 0.3, torch.Generator())[0]) == 10


def test_a_batch_without_some_sequences_keeps_its_count() -> None:
    samples = batch()
    four = Batch(*(torch.cat([one, one]) for one in samples._parts()))
    marked = dataclasses.replace(four, sequences=torch.tensor([[1, 0], [0, 1], [0, 0], [1, 1]], dtype=torch.bool))
    left = marked.without(torch.tensor([True, False]), 3)
    assert left is not None
    assert left.sequences.tolist() == [[False, True], [False, False], [False, True]]
    assert torch.equal(left.frames[0], marked.frames[1])
    assert marked.without(torch.tensor([True, True]), 3) is None, "one sample is no batch"


def test_the_contour_counts_by_itself() -> None:
    target = torch.zeros(1, 1, 64, 64)
    target[..., 16:48, 31:33] = 1
    right = (target - 0.5) * 20
    missed = torch.full_like(target, -10.0)
    assert float(boundary_cross_entropy(right, target)) < 1e-3
    assert float(boundary_cross_entropy(missed, target)) > 1, "a thin part is nearly all contour"
    assert float(boundary_cross_entropy(missed, torch.zeros_like(target))) == 0
