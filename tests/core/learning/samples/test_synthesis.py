"""What synthetic clips are made of: thin parts, limbs, blur along the path, things that come near, little light."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.learning.samples.clip import Difficulty
from core.learning.samples.data import find_training_data
from core.learning.samples.limbs import Limb, blurred_along
from core.learning.samples.motion import zoomed
from core.learning.samples.photometry import Exposure
from core.learning.samples.synthesis import SyntheticClips
from core.learning.samples.thin import random_limbs, random_lines
from core.types import Floats

SIDE = 96


def disc() -> Floats:
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    return (np.hypot(x - 48, y - 48) < 18).astype(np.float32)


def test_limbs_grow_out_of_an_object_and_are_thin() -> None:
    mask = disc()
    grown = [random_limbs(np.random.default_rng(seed), mask) for seed in range(20)]
    assert all((one >= mask).all() and one.max() <= 1 for one in grown)
    added = [float((one - mask).sum()) for one in grown]
    assert sum(amount > 5 for amount in added) > 10
    # a few thin lines are less than the object they grow out of
    assert max(added) < mask.sum()
    assert not random_limbs(np.random.default_rng(0), np.zeros_like(mask)).any()


def test_lines_hide_little_of_what_is_behind_them() -> None:
    ratios = [float(random_lines(np.random.default_rng(seed), SIDE).mean()) for seed in range(30)]
    assert min(ratios) > 0
    assert np.median(ratios) < 0.1
    assert max(ratios) < 0.5


def test_a_limb_turns_and_the_rest_stays() -> None:
    mask = disc()
    picture = np.random.default_rng(0).uniform(0, 255, (SIDE, SIDE, 3)).astype(np.float32)
    rng = np.random.default_rng(1)
    limb = Limb.random(rng, mask)
    assert limb is not None
    part = mask * limb.part
    assert 0 < part.sum() < 0.55 * mask.sum()
    limb.reach = 0.6
    shown, bent = limb.bent(rng, picture, mask)
    rest = (mask > 0) & (limb.part == 0)
    assert (bent[rest] == 1).all()
    assert np.abs(bent - mask).sum() > 5
    # what is outside of both the old and the new place is the picture as it was
    outside = (bent == 0) & (mask == 0)
    assert np.array_equal(shown[outside], picture[outside])
    assert Limb.random(rng, np.zeros_like(mask)) is None


def test_blur_lies_along_the_path() -> None:
    mask, still = disc(), np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    picture = np.repeat(mask[..., None] * 255, 3, 2)
    # what is seen at x comes from x - 16: the object moved to the right
    moved = np.array([[1, 0, -16], [0, 1, 0]], np.float32)
    there = np.roll(mask, 16, 1)
    _, opaque = blurred_along(picture, there, still, moved, 0.8)
    soft = (opaque > 0.05) & (opaque < 0.95)
    row, column = soft[48], soft[:, 64]
    assert row.sum() > 2 * column.sum()
    for shutter, before in ((0.8, moved), (0.05, still)):
        same, as_it_was = blurred_along(picture, there, before, moved, shutter)
        assert same is picture
        assert as_it_was is there


def test_coming_nearer_makes_larger() -> None:
    x, y = zoomed(SIDE, 0.5) @ np.array([[0, SIDE], [0, SIDE], [1, 1]], np.float32)
    assert (x.tolist(), y.tolist()) == ([24, 72], [24, 72])


def test_some_clips_are_filmed_in_little_light() -> None:
    grey = np.full((4, 4, 3), 128, np.float32)
    means = [Exposure.random(np.random.default_rng(seed)).apply(grey).mean() for seed in range(300)]
    assert 0.02 < np.mean([mean < 95 for mean in means]) < 0.2


def test_clips_have_objects_that_come_near_or_go_away(data_root: Path) -> None:
    clips = SyntheticClips(find_training_data(data_root), SIDE)
    difficulty = Difficulty(frames=5, pace=0.3)
    ratios = []
    for seed in range(60):
        clip = clips.sample(np.random.default_rng(seed), difficulty)
        assert clip.frames.shape == (5, SIDE, SIDE, 3)
        assert set(np.unique(clip.masks)) <= {0, 1}
        first, last = clip.masks[0].sum(), clip.masks[-1].sum()
        if first and last:
            ratios.append(last / first)
    assert max(ratios) > 2
    assert min(ratios) < 0.5
    same = clips.sample(np.random.default_rng(3), difficulty)
    assert np.array_equal(same.frames, clips.sample(np.random.default_rng(3), difficulty).frames)
