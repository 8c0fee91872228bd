"""Photometric augmentation of whole batches, on the training device.

The distributions are those of `photometry`, mostly drawn by its functions; the arithmetic is torch's. Training on a GPU
waits for the workers on the CPU, and this relieves them.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

import cv2
import numpy as np
import PIL.Image
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from core.learning.samples.photometry import Exposure, motion_kernel
from core.types import Floats

_KERNEL = 11
"""Wide enough for the strongest blur of `photometry.degraded`."""
_FLICKERING = 0.6
"""Fraction of clips with changing exposure: the synthetic and the composite ones."""
_BLOCK = 8


def augment_colours(frames: Tensor, rng: np.random.Generator) -> Tensor:
    """Frames (B, T, 3, S, S) uint8 RGB as a cheap camera would have taken and stored them, the same type and shape.

    S is at least 16. Random numbers but those of the noise are drawn from `rng`, on the CPU.
    """
    count, length, _, height, width = frames.shape
    device = frames.device
    gains, lifts = _exposures(rng, count, length)
    pictures = frames.flatten(0, 1).float() * _column(gains, device) + _column(lifts, device)
    pictures = pictures.clamp(0, 255)
    kernels = np.stack([_blur(rng) for _ in range(count * length)])
    pictures = _filtered(pictures, torch.from_numpy(kernels).to(device))
    noise = np.where(rng.random(count * length) < 0.7, rng.uniform(0.5, 4, count * length), 0).astype(np.float32)
    source = torch.Generator(device).manual_seed(int(rng.integers(2**31)))
    grain = torch.randn(pictures.shape, generator=source, device=device)
    pictures = (pictures + grain * _column(noise[:, None], device)).clamp(0, 255).floor()
    stored = np.flatnonzero(rng.random(count * length) < 0.2)
    if len(stored):
        indices = torch.from_numpy(stored).to(device)
        pictures[indices] = compressed(pictures[indices], rng.integers(25, 75, len(stored)))
    return pictures.to(torch.uint8).reshape(count, length, 3, height, width)


def _exposures(rng: np.random.Generator, count: int, length: int) -> tuple[Floats, Floats]:
    """What each frame's channels are multiplied by, and what is then added, (B * T, 3) each."""
    gains, lifts = [], []
    for _ in range(count):
        exposure, flickers = Exposure.random(rng), rng.random() < _FLICKERING
        for _ in range(length):
            now = exposure.flickered(rng) if flickers else exposure
            gains.append(now.balance * now.contrast)
            lifts.append(np.full(3, 128 - 128 * now.contrast + now.brightness))
    return np.stack(gains).astype(np.float32), np.stack(lifts).astype(np.float32)


def _blur(rng: np.random.Generator) -> Floats:
    """A frame's kernel, (11, 11): out of focus, moved, or neither."""
    kernel = np.zeros((_KERNEL, _KERNEL), np.float32)
    if rng.random() < 0.3:
        line = cv2.getGaussianKernel(_KERNEL, float(rng.uniform(0.4, 1.3)))
        return np.asarray(line @ line.T, np.float32)
    if rng.random() < 0.1:
        length = int(rng.integers(3, 10))
        start = _KERNEL // 2 - length // 2
        kernel[start : start + length, start : start + length] = motion_kernel(length, rng.uniform(0, np.pi))
        return kernel
    kernel[_KERNEL // 2, _KERNEL // 2] = 1
    return kernel


def _filtered(pictures: Tensor, kernels: Tensor) -> Tensor:
    """Pictures (N, 3, H, W), each under its own of `kernels` (N, 11, 11); mirrored at the edges."""
    count, channels, height, width = pictures.shape
    room = _KERNEL // 2
    wide = functional.pad(pictures, (room, room, room, room), mode="reflect")
    each = kernels.repeat_interleave(channels, 0)[:, None]
    flat = wide.reshape(1, count * channels, height + 2 * room, width + 2 * room)
    return functional.conv2d(flat, each, groups=count * channels).reshape(pictures.shape)


def compressed(pictures: Tensor, quality: NDArray[np.integer]) -> Tensor:
    """Pictures (N, 3, H, W) in [0, 255] after JPEG of `quality` (N,) in [1, 100]: whole numbers in [0, 255].

    The standard's steps: luma, chroma at half the size, cosines of blocks of 8, rounding to the quality's tables.
    """
    device = pictures.device
    height, width = pictures.shape[-2:]
    # blocks of chroma cover 16 pixels
    below, right = -height % (2 * _BLOCK), -width % (2 * _BLOCK)
    padded = functional.pad(pictures, (0, right, 0, below), mode="replicate")
    matrix = torch.tensor(_TO_YCC)
    ycc = torch.einsum("oc,nchw->nohw", matrix.to(device), padded)
    tables = torch.from_numpy(np.stack([quantisation_tables(int(value)) for value in quality])).to(device)
    luma = _quantised(ycc[:, :1] - 128, tables[:, :1])
    chroma = _quantised(functional.avg_pool2d(ycc[:, 1:], 2), tables[:, 1:])
    chroma = functional.interpolate(chroma, scale_factor=2.0, mode="bilinear", align_corners=False)
    back = torch.einsum("oc,nchw->nohw", torch.linalg.inv(matrix).to(device), torch.cat([luma + 128, chroma], 1))
    return back[..., :height, :width].round().clamp(0, 255)


_TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))
"""RGB to luma and two differences of colour, about 0 (JFIF)."""


def _quantised(planes: Tensor, tables: Tensor) -> Tensor:
    """Planes (N, C, H, W) about 0, their blocks' cosines rounded to multiples of `tables` (N, 1, 8, 8)."""
    count, channels, height, width = planes.shape
    cosines = torch.from_numpy(_cosines()).to(planes.device)
    blocks = planes.reshape(count, channels, height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK).transpose(3, 4)
    steps = tables[:, :, None, None]
    coarse = (cosines @ blocks @ cosines.T / steps).round() * steps
    return (cosines.T @ coarse @ cosines).transpose(3, 4).reshape(planes.shape)


@cache
def _cosines() -> Floats:
    """The orthonormal cosine transform of 8 values, (8, 8)."""
    return np.asarray(cv2.dct(np.eye(_BLOCK, dtype=np.float32), flags=cv2.DCT_ROWS).T, np.float32)


@cache
def quantisation_tables(quality: int) -> Floats:
    """The steps of luma and of chroma at a quality, (2, 8, 8), as the library that writes JPEG has them."""
    written = BytesIO()
    PIL.Image.new("RGB", (_BLOCK, _BLOCK)).save(written, "JPEG", quality=quality)
    tables = PIL.Image.open(written).quantization  # type: ignore[attr-defined]
    return np.stack([np.array(tables[index], np.float32).reshape(_BLOCK, _BLOCK) for index in (0, 1)])


def _column(values: Floats, device: torch.device) -> Tensor:
    """(N, C) as (N, C, 1, 1) on a device."""
    return torch.from_numpy(values).to(device)[:, :, None, None]
