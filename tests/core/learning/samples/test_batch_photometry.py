"""Photometry of batches, held to that of single pictures: the same arithmetic, and the same chances."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from core.jobs import CancelToken
from core.learning.samples import photometry
from core.learning.samples.batch_photometry import _filtered, augment_colours, compressed
from core.learning.samples.clip import Difficulty
from core.learning.samples.data import find_training_data
from core.learning.samples.photometry import Exposure, degrade, expose_and_blur, motion_kernel
from core.learning.samples.sampling import Request, Samples
from core.learning.schedule import Schedule
from core.learning.trainer import Trainer, TrainingSettings
from tests.core.learning.conftest import TINY

SIDE = 48
CLIPS, LENGTH = 80, 3


def scene() -> np.ndarray:
    """A picture (S, S, 3) float32 with flat parts, edges and colour."""
    generator = np.random.default_rng(5)
    cells = generator.uniform(60, 190, (6, 6, 3)).astype(np.float32)
    return np.kron(cells, np.ones((8, 8, 1), np.float32))


def to_batch(pictures: np.ndarray) -> torch.Tensor:
    """(N, S, S, 3) as (N, 3, S, S)."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2)


def one_by_one() -> np.ndarray:
    """Clips (B, T, S, S, 3) as the workers make them."""
    rng, picture, clips = np.random.default_rng(1), scene(), []
    for _ in range(CLIPS):
        exposure, flickers = Exposure.random(rng), rng.random() < 0.6
        shown = [exposure.flickered(rng) if flickers else exposure for _ in range(LENGTH)]
        clips.append([expose_and_blur(rng, now, picture) for now in shown])
    return np.array(clips)


def all_at_once() -> np.ndarray:
    frames = to_batch(scene().astype(np.uint8)[None])[None].expand(CLIPS, LENGTH, -1, -1, -1)
    return augment_colours(frames, np.random.default_rng(2)).permute(0, 1, 3, 4, 2).numpy()


MEASURES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "brightness": lambda clips: clips.mean((2, 3, 4)).ravel(),
    "contrast": lambda clips: clips.std((2, 3, 4)).ravel(),
    "balance": lambda clips: (clips[..., 0].mean((2, 3)) - clips[..., 2].mean((2, 3))).ravel(),
    "flicker": lambda clips: clips.mean((2, 3, 4)).std(1),
    "sharpness": lambda clips: np.abs(np.diff(clips, axis=3)[..., 7::8, :]).mean((2, 3, 4)).ravel(),
    # the middles of the flat parts
    "noise": lambda clips: _cells(clips).std((3, 5)).mean((2, 3, 4)).ravel(),
}


def _cells(clips: np.ndarray) -> np.ndarray:
    return clips.reshape(CLIPS, LENGTH, 6, 8, 6, 8, 3)[:, :, :, 2:6, :, 2:6]


@pytest.fixture(scope="module")
def both() -> tuple[np.ndarray, np.ndarray]:
    return one_by_one().astype(np.float32), all_at_once().astype(np.float32)


@pytest.mark.parametrize("name", MEASURES)
def test_batches_have_the_statistics_of_single_pictures(name: str, both: tuple[np.ndarray, np.ndarray]) -> None:
    single, batch = (np.quantile(MEASURES[name](clips), [0.1, 0.25, 0.5, 0.75, 0.9]) for clips in both)
    spread = single[-1] - single[0]
    assert spread > 0.1
    np.testing.assert_allclose(batch, single, atol=0.3 * spread)


def test_blur_is_that_of_opencv() -> None:
    picture = scene()
    line = cv2.getGaussianKernel(11, 1.1)
    moved = np.zeros((11, 11), np.float32)
    moved[2:9, 2:9] = motion_kernel(7, 0.7)
    kernels = np.stack([line @ line.T, moved]).astype(np.float32)
    found = _filtered(to_batch(np.stack([picture, picture])), torch.from_numpy(kernels))
    expected = [cv2.GaussianBlur(picture, (11, 11), 1.1), cv2.filter2D(picture, -1, motion_kernel(7, 0.7))]
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one.permute(1, 2, 0).numpy(), other, atol=0.01)


@pytest.mark.parametrize("quality", [25, 50, 74])
@pytest.mark.parametrize("shape", [(48, 48), (41, 54)])
def test_compression_is_that_of_jpeg(quality: int, shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).normal(0, 8, (*shape, 3)).astype(np.float32)
    picture = np.clip(cv2.resize(scene(), shape[::-1]) + noise, 0, 255).astype(np.uint8)
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    expected = cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB).astype(np.float32)
    found = compressed(to_batch(picture[None]).float(), np.array([quality]))[0].permute(1, 2, 0).numpy()
    lost = np.abs(expected - picture).mean()
    assert lost > 1
    assert np.abs(found - expected).mean() < 0.2 * lost


def test_the_same_chances_make_the_same_frames() -> None:
    frames = to_batch(scene().astype(np.uint8)[None])[None].expand(2, 2, -1, -1, -1)
    one, same, other = (augment_colours(frames, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert one.dtype == torch.uint8 and one.shape == frames.shape
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert (frames[0, 0].permute(1, 2, 0).numpy() == scene().astype(np.uint8)).all(), "what was given stays"


def test_samples_for_it_are_clean_but_their_flow_is_not(data_root: Path) -> None:
    data = find_training_data(data_root)
    clean = Samples(data, 96, seed=1, photometry=False)
    same, flows = 0, []
    for number in range(4):
        frames, _, _, flow, *_ = clean[Request(number, Difficulty(frames=3, pace=0.0))]
        again, *_ = clean[Request(number, Difficulty(frames=3, pace=0.0))]
        same += torch.equal(frames, again)
        flows.append(float(flow.abs().mean()))
    assert same == 4
    assert max(flows) > 0.05
    pictures = np.stack([scene().astype(np.uint8)] * 5)
    rough = degrade(np.random.default_rng(0), pictures)
    assert rough.dtype == np.uint8 and 1 < np.abs(rough.astype(int) - pictures).mean() < 20


@pytest.mark.parametrize("on_device", [False, True])
def test_one_switch_states_who_does_it(on_device: bool, data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[torch.Tensor] = []
    degradations: list[int] = []
    degraded = photometry.degraded

    def watched(frames: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
        seen.append(frames)
        return augment_colours(frames, rng)

    def counted(rng: np.random.Generator, picture: np.ndarray) -> np.ndarray:
        degradations.append(1)
        return degraded(rng, picture)

    monkeypatch.setattr("core.learning.trainer.augment_colours", watched)
    monkeypatch.setattr(photometry, "degraded", counted)
    settings = TrainingSettings(1, 96, 0, precision=torch.float32, batch_photometry=on_device)
    trainer = Trainer(TINY, Schedule(steps=2, warm_up=1), settings)
    assert len(list(trainer.train(find_training_data(data_root), CancelToken()))) == 2
    assert len(seen) == (2 if on_device else 0)
    assert bool(degradations) != on_device
