"""A data root drawn in a blink, a network too small to learn much, and one thread for both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.masks import write_mask
from core.vos.network.model import NetworkConfig

SEQUENCES = ("boat", "goat", "rhino")
"""The last is a validation sequence, which must never be read."""
FRAMES = 6

# not narrower: the CPU's convolutions of torch 2.15 write out of bounds in the backward pass of a few channels
TINY = NetworkConfig(
    channels=(16, 16, 16, 16),
    key=16,
    local_key=16,
    value=16,
    mask=16,
    warp=16,
    decoder=(16, 16, 16),
    top_k=8,
    local_radius=2,
)


def draw(folder: Path, name: str, masks: Path, colour: tuple[int, int, int], left: int) -> None:
    """A textured picture of 80 x 64 with one rectangle, and its mask."""
    picture = np.random.default_rng(left).integers(60, 120, (64, 80, 3)).astype(np.uint8)
    labels = np.zeros((64, 80), np.uint8)
    labels[16:48, left : left + 28] = 1
    picture[labels > 0] = colour
    folder.mkdir(parents=True, exist_ok=True)
    masks.mkdir(parents=True, exist_ok=True)
    PIL.Image.fromarray(picture).save(folder / f"{name}.jpg")
    write_mask(masks / f"{name}.png", labels)


@pytest.fixture
def data_root(tmp_path: Path) -> Path:
    """Three sequences and three pictures, one of which is damaged."""
    root = tmp_path / "data"
    davis = root / "davis-train"
    for number, sequence in enumerate(SEQUENCES):
        for frame in range(FRAMES):
            folders = [davis / kind / "360p" / sequence for kind in ("JPEGImages", "Annotations")]
            draw(folders[0], f"{frame:05}", folders[1], (200, 60 * number, 40), 8 + 5 * frame)
    images = root / "images" / "ccp_fashion"
    for number in range(3):
        draw(images / "images", f"{number:04}", images / "masks", (30, 200, 60 * number), 20)
    (images / "images" / "0002.jpg").write_bytes(b"no picture")
    return root


@pytest.fixture(autouse=True, scope="module")
def _on_one_thread(one_thread: None) -> None:
    pass
