"""Real and synthetic samples: shapes, repeatability, and that masks stay on what they show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import DatasetError
from core.learning.samples.clip import Difficulty
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import TrainingData
from core.learning.samples.motion import compose, moved_mask, random_affine
from core.learning.samples.photometry import compressed
from core.learning.samples.sampling import Mixture, Request, Samples, batches, clip_flow
from core.learning.samples.sequences import RealClips
from core.learning.samples.synthesis import SyntheticClips

SIDE = 96
EASY = Difficulty(frames=3, longest_gap=2, pace=0.8)


@pytest.fixture
def data(data_root: Path) -> TrainingData:
    return find_training_data(data_root)


def test_a_sample_depends_on_nothing_but_seed_number_and_difficulty(data: TrainingData) -> None:
    first, again = Samples(data, SIDE, 7), Samples(data, SIDE, 7)
    first[Request(0, EASY)]
    for one, other in zip(first[Request(5, EASY)], again[Request(5, EASY)], strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(first[Request(5, EASY)][0], first[Request(6, EASY)][0])
    assert not torch.equal(first[Request(5, EASY)][0], Samples(data, SIDE, 8)[Request(5, EASY)][0])


@pytest.mark.parametrize("workers", [0, 1])
def test_batches_come_in_order_as_asked(data: TrainingData, workers: int) -> None:
    samples = Samples(data, SIDE, 0)
    asked = [[Request(0, EASY), Request(1, EASY)], [Request(2, EASY), Request(3, EASY)]]
    got = list(batches(samples, lambda: iter(asked), workers))
    assert [tuple(batch.frames.shape) for batch in got] == [(2, 3, 3, SIDE, SIDE)] * 2
    assert got[0].masks.shape == (2, 3, SIDE, SIDE)
    assert got[0].flow.shape == (2, 2, SIDE, SIDE, 2)
    assert torch.equal(got[1].frames[1], samples[Request(3, EASY)][0])


def test_synthetic_masks_are_binary_and_sometimes_empty_later(data: TrainingData) -> None:
    clips = SyntheticClips(data, SIDE)
    rng = np.random.default_rng(0)
    made = [clips.sample(rng, Difficulty(frames=4)) for _ in range(40)]
    assert all(clip.frames.shape == (4, SIDE, SIDE, 3) and clip.frames.dtype == np.uint8 for clip in made)
    assert all(set(np.unique(clip.masks)) <= {0, 1} for clip in made)
    gone = [np.asarray(clip.masks.any(axis=(1, 2))) for clip in made if clip.usable]
    assert any(not there.all() for there in gone), "no object ever left"
    assert all(there[0] for there in gone)
    rivals = [clip for clip in made if clip.rival.any()]
    assert 5 < len(rivals) < 35, "some clips have another object, and some have none"
    assert not any((clip.rival & clip.masks).any() for clip in rivals)


def test_real_masks_stay_on_the_object(data: TrainingData) -> None:
    clips = RealClips(data, SIDE)
    rng = np.random.default_rng(1)
    for _ in range(10):
        clip = clips.sample(rng, EASY)
        assert clip is not None
        for frame, mask in zip(clip.frames.astype(float), clip.masks > 0, strict=True):
            # the drawn objects are of one saturated colour, whatever channel it was moved to
            spread = frame.max(axis=2) - frame.min(axis=2)
            assert not mask.any() or spread[mask].mean() > spread[~mask].mean() + 30


def test_data_without_sequences_gives_synthetic_samples(data: TrainingData) -> None:
    pictures = TrainingData({}, data.pictures)
    assert Samples(pictures, SIDE, 0)[Request(0, EASY)][0].shape == (3, 3, SIDE, SIDE)


@pytest.mark.parametrize("workers", [0, 1])
def test_data_that_cannot_be_read_is_an_error_of_one_line(data: TrainingData, workers: int) -> None:
    samples = Samples(TrainingData({}, data.pictures[-1:]), SIDE, 0)
    with pytest.raises(DatasetError, match=r"^None of 50 pictures [^\n]*0002\.jpg\.$"):
        list(batches(samples, lambda: iter([[Request(0, EASY)]]), workers))


def test_flow_leads_back_to_the_frame_before() -> None:
    texture = np.random.default_rng(0).integers(0, 255, (12, 12, 3)).astype(np.uint8)
    picture = np.kron(texture, np.ones((12, 12, 1), np.uint8))
    flow, consistency = clip_flow(np.stack([picture, np.roll(picture, 3, axis=1)]))
    assert flow.shape == (1, 144, 144, 2)
    assert consistency.shape == (1, 144, 144)
    assert np.median(consistency) > 0.9
    assert np.median(flow[0, 20:-20, 20:-20, 0]) == pytest.approx(-3, abs=0.3)
    assert np.median(flow[0, 20:-20, 20:-20, 1]) == pytest.approx(0, abs=0.3)


def test_composed_motion_is_one_after_the_other() -> None:
    rng = np.random.default_rng(3)
    mask = np.zeros((64, 64), np.float32)
    mask[20:44, 20:44] = 1
    first, second = (random_affine(rng, 64, 0.1, 0.05, 0.03) for _ in range(2))
    both = moved_mask(mask, compose(second, first))
    in_turn = moved_mask(moved_mask(mask, second), first)
    assert np.abs(both - in_turn).mean() < 0.02


def test_compression_keeps_the_order_of_channels() -> None:
    red = np.zeros((32, 32, 3), np.uint8)
    red[..., 0] = 200
    assert np.abs(compressed(red, 60).astype(int) - red).max() < 25


def test_samples_state_which_sequences_they_are_of(data: TrainingData) -> None:
    samples = Samples(data, SIDE, 0, Mixture(real=1.0, composite=0.0))
    assert list(data.sequences)
    for number in range(4):
        sequences = samples[Request(number, EASY)][-1]
        assert sequences.shape == (len(data.sequences),) and int(sequences.sum()) == 1
