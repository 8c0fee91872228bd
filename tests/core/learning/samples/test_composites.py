"""Objects set into other footage: the mask stays on what is followed, and covers what is seen of it alone."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.video_writer import VideoWriter
from core.learning.samples.clip import Difficulty
from core.learning.samples.composites import CompositeClips
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import SHORT_SIDE, TrainingData
from core.learning.samples.footage import Footage, find_footage

SIDE = 96
FRAMES = 30
HARD = Difficulty(frames=3, longest_gap=4, pace=1.0)


@pytest.fixture
def root(data_root: Path) -> Path:
    """The data with a clip that grows brighter, one too short for any sample, and one that is none."""
    folder = data_root / "video"
    folder.mkdir()
    for name, count in (("a", FRAMES), ("b", 2)):
        with VideoWriter(folder / f"{name}.mp4", (96, 64), 24) as writer:
            for frame in range(count):
                writer.write(np.full((64, 96, 3), 8 * frame, np.uint8))
    (folder / "c.mp4").write_bytes(b"no clip")
    (folder / "notes.txt").write_text("no clip either")
    return data_root


def test_footage_is_found_and_comes_scaled_and_in_order(root: Path) -> None:
    paths = find_footage(root / "video")
    assert [path.name for path in paths] == ["a.mp4", "b.mp4", "c.mp4"]
    footage = Footage(paths[:1], SHORT_SIDE)
    forwards = 0
    for seed in range(10):
        frames = footage.draw(np.random.default_rng(seed), 4, 6)
        assert [frame.shape for frame in frames] == [(SHORT_SIDE, SHORT_SIDE * 3 // 2, 3)] * 4
        steps = np.diff([float(frame.mean()) for frame in frames])
        assert np.all(steps > 5) or np.all(steps < -5), "frames out of order, or one twice"
        forwards += bool(np.all(steps > 0))
    assert 0 < forwards < 10


def test_footage_that_is_too_short_or_no_clip_gives_nothing(root: Path) -> None:
    rng = np.random.default_rng(0)
    assert Footage([root / "video" / "b.mp4"], SHORT_SIDE).draw(rng, 3, 4) == []
    assert Footage([root / "video" / "c.mp4"], SHORT_SIDE).draw(rng, 3, 4) == []
    assert find_footage(root / "nowhere") == []


def test_a_composite_depends_on_the_generator_alone(root: Path) -> None:
    one, other = (CompositeClips(find_training_data(root), SIDE) for _ in range(2))
    one.sample(np.random.default_rng(3), HARD)
    first, again = (clips.sample(np.random.default_rng(4), HARD) for clips in (one, other))
    assert (first is None) == (again is None)
    if first is not None and again is not None:
        assert np.array_equal(first.frames, again.frames)
        assert np.array_equal(first.masks, again.masks)


def only_sequences(data: TrainingData, *names: str) -> TrainingData:
    return TrainingData({name: data.sequences[name] for name in names}, data.pictures, data.footage)


def test_what_is_followed_is_one_object_of_those_in_the_picture(data_root: Path) -> None:
    """The drawn objects are red and saturated, their surroundings grey: a mask is on one of them."""
    clips = CompositeClips(only_sequences(find_training_data(data_root), "boat"), SIDE)
    rng = np.random.default_rng(1)
    others = 0
    for _ in range(20):
        clip = clips.sample(rng, HARD)
        assert clip is not None
        if not clip.usable:
            continue
        assert clip.frames.shape == (3, SIDE, SIDE, 3)
        for frame, mask in zip(clip.frames.astype(float), clip.masks > 0, strict=True):
            spread = frame.max(axis=2) - frame.min(axis=2)
            if mask.any() and not mask.all():
                inside = cv2.erode(mask.astype(np.uint8), np.ones((5, 5))) > 0
                assert not inside.any() or spread[inside].mean() > 60, "the mask is beside the objects"
                others += bool(np.mean((spread > 60) & ~mask) > 0.02)
    assert others > 10, "nothing but what is followed is ever in the picture"


def test_what_passes_in_front_takes_from_the_mask(data_root: Path) -> None:
    """Two objects of different colours: where the one in front is, the other's mask is not."""
    data = find_training_data(data_root)
    clips = CompositeClips(only_sequences(data, "boat", "goat"), SIDE)
    rng = np.random.default_rng(2)
    mixed = 0
    for _ in range(40):
        clip = clips.sample(rng, HARD)
        assert clip is not None
        inside = cv2.erode(clip.masks[0], np.ones((9, 9))) > 0
        if clip.usable and inside.any():
            # green tells the two apart; within one mask, away from its edge, there is one of them only
            green = cv2.blur(clip.frames[0][..., 1], (5, 5))[inside].astype(float)
            mixed += bool(green.std() > 25)
    assert mixed == 0


def test_the_other_object_is_what_is_seen_of_it_and_never_what_is_followed(data_root: Path) -> None:
    data = find_training_data(data_root)
    clips = CompositeClips(only_sequences(data, "boat", "goat"), SIDE)
    rng = np.random.default_rng(5)
    known = 0
    for _ in range(30):
        clip = clips.sample(rng, HARD)
        assert clip is not None
        assert not (clip.rival & clip.masks).any()
        if not clip.rival.any():
            continue
        known += 1
        for frame, mask in zip(clip.frames.astype(float), clip.rival, strict=True):
            inside = cv2.erode(mask, np.ones((5, 5))) > 0
            assert not inside.any() or np.ptp(frame[inside], axis=1).mean() > 35, "the mask is beside the objects"
    assert known > 5
