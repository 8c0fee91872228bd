"""Compares mattes with PyMatting's closed form under the same trimap, on synthetic scenes with exact alpha.

    OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.mattes [--size N]

Scenes of rising difficulty: hair, fur, motion blur, glass, smoke. Needs the extra `bench`. SAD is in thousands of
pixels; the colours' error is that of the foreground times its alpha, in levels of 255, where alpha is between 0 and 1;
flicker is the mean change of alpha there between two frames of a scene that stands still but for noise.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.common import print_table
from core.matting import MatteSettings, estimate_foreground, soft_alpha
from core.matting.closed_form import closed_form_alpha
from core.matting.trimap import INSIDE, OUTSIDE, UNKNOWN
from core.types import Image

Plane = NDArray[np.float32]
_NOISE = 1.5
"""Levels of 255 of a camera's noise."""


def _texture(size: int, seed: int, low: tuple[int, int, int], high: tuple[int, int, int]) -> Plane:
    rng = np.random.default_rng(seed)
    planes = [cv2.resize(rng.random((size // cell + 2,) * 2).astype(np.float32), (size, size)) for cell in (48, 12)]
    mixed = (0.7 * planes[0] + 0.3 * planes[1])[..., None]
    return np.asarray(np.float32(low) * (1 - mixed) + np.float32(high) * mixed, np.float32)  # type: ignore[arg-type]


def _strands(size: int, count: int, length: float, seed: int, width: int = 1) -> Plane:
    """A head with strands of hair, drawn four times as large and averaged."""
    rng = np.random.default_rng(seed)
    large = 4 * size
    drawn = np.zeros((large, large), np.uint8)
    middle, radius = large / 2, large / 4
    cv2.circle(drawn, (large // 2, large // 2), large // 4, 255, -1)
    for angle in rng.uniform(0, 2 * np.pi, count):
        bend, reach = rng.normal(0, 0.5), radius * (1 + length * rng.uniform(0.4, 1))
        along = np.linspace(radius * 0.95, reach, 24)
        turned = angle + bend * ((along - radius) / radius) ** 2
        points = np.stack([middle + along * np.cos(turned), middle + along * np.sin(turned)], axis=1)
        cv2.polylines(drawn, [points.astype(np.int32)], False, 255, width * 4, cv2.LINE_AA)
    return np.asarray(cv2.resize(drawn, (size, size), interpolation=cv2.INTER_AREA) / np.float32(255), np.float32)


def _blob(size: int) -> Plane:
    rows, columns = np.mgrid[:size, :size]
    return (np.hypot(columns - size / 2, rows - size / 2) < size / 4).astype(np.float32)


def hair(size: int) -> Plane:
    return _strands(size, 260, 0.5, 3)


def fur(size: int) -> Plane:
    return _strands(size, 1500, 0.22, 4)


def motion_blur(size: int) -> Plane:
    kernel = np.zeros((1, size // 16 | 1), np.float32)
    kernel[:] = 1 / kernel.size
    return np.asarray(cv2.filter2D(_blob(size), -1, kernel), np.float32)


def glass(size: int) -> Plane:
    rows, columns = np.mgrid[:size, :size]
    distance = np.hypot(columns - size / 2, rows - size / 2) / (size / 4)
    clear = np.where(distance < 1, 0.35 + 0.5 * distance**4, 0)
    # a label on it: of something all of which is clear, nothing could be known
    return np.asarray(np.where(distance < 0.35, 1, clear), np.float32)


def smoke(size: int) -> Plane:
    rng = np.random.default_rng(9)
    grains = rng.random((size // 24 + 2,) * 2).astype(np.float32)
    cloud = cv2.resize(grains, (size, size), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(_blob(size), (0, 0), size / 16)
    source = cv2.circle(np.zeros((size, size), np.float32), (size // 2, size // 2), size // 10, 1.0, -1)
    return np.asarray(np.maximum(source, np.clip(soft * (0.4 + 0.9 * cloud), 0, 1)), np.float32)


SCENES: dict[str, Callable[[int], Plane]] = {
    "hair": hair,
    "fur": fur,
    "motion blur": motion_blur,
    "glass": glass,
    "smoke": smoke,
}


def scene(name: str, size: int, noise_seed: int = 0) -> tuple[Image, Plane, NDArray[np.uint8], Plane]:
    """(picture, alpha, trimap, foreground in levels) of a scene."""
    alpha = SCENES[name](size)
    front, back = _texture(size, 1, (150, 70, 30), (235, 170, 90)), _texture(size, 2, (20, 50, 60), (90, 140, 170))
    mixed = front * alpha[..., None] + back * (1 - alpha[..., None])
    mixed += np.random.default_rng(100 + noise_seed).normal(0, _NOISE, mixed.shape).astype(np.float32)  # type: ignore[attr-defined]
    tri = np.full(alpha.shape, UNKNOWN, np.uint8)
    reach = np.ones((size // 48 | 1,) * 2, np.uint8)
    tri[cv2.erode((alpha > 0.995).astype(np.uint8), reach) > 0] = INSIDE
    tri[cv2.dilate((alpha > 0.005).astype(np.uint8), reach) == 0] = OUTSIDE
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8), alpha, tri, front


def painted(name: str, size: int) -> tuple[float, float, float]:
    """SAD in thousands of a scene from a person's hard mask without its fine structure: with the fast edge, the fine
    one, and the fast one with a refine-edge stroke over what is soft.
    """
    image, alpha, tri, _ = scene(name, size)
    core = cv2.morphologyEx((alpha > 0.5).astype(np.uint8), cv2.MORPH_OPEN, np.ones((size // 32 | 1,) * 2, np.uint8))
    fast, fine = MatteSettings(), MatteSettings(refinement="fine")
    found = (
        soft_alpha(image, core > 0, fast),
        soft_alpha(image, core > 0, fine),
        soft_alpha(image, core > 0, fast, zone=tri == UNKNOWN),
    )
    first, second, third = (float(np.abs(one - alpha).sum()) / 1000 for one in found)
    return first, second, third


def theirs(image: Image, tri: NDArray[np.uint8]) -> Plane:
    """Result of PyMatting's closed form."""
    from pymatting import estimate_alpha_cf

    known = np.where(tri == UNKNOWN, 0.5, tri / 255.0)
    return np.asarray(estimate_alpha_cf(image / 255.0, known), np.float32)


def _timed(work: Callable[[], Plane]) -> tuple[Plane, float]:
    """The result, and the median of three processor times in seconds, which depend less on other load."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        found = work()
        times.append(time.process_time() - begin)
    return found, sorted(times)[1]


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 1 if a scene is worse than 1.05 times PyMatting's SAD, or takes longer."""
    parser = argparse.ArgumentParser(description="Mattes against PyMatting's closed form.")
    parser.add_argument("--size", type=int, default=480, help="pixels on a side (default: %(default)s)")
    size = parser.parse_args(arguments).size
    # one thread each: seconds of the processor are then seconds of waiting
    cv2.setNumThreads(1)
    first = scene("hair", 96)
    theirs(first[0], first[2])  # compiles
    rows, worse = [], 0
    for name in SCENES:
        image, alpha, tri, front = scene(name, size)
        ours, seconds = _timed(lambda image=image, tri=tri: closed_form_alpha(image, tri))  # type: ignore[misc]
        other, their_seconds = _timed(lambda image=image, tri=tri: theirs(image, tri))  # type: ignore[misc]
        again = closed_form_alpha(scene(name, size, 1)[0], tri, ours)
        sad, their_sad = (float(np.abs(found - alpha).sum()) / 1000 for found in (ours, other))
        mixed = (alpha > 0) & (alpha < 1)
        flicker = float(np.abs(again - ours)[tri == UNKNOWN].mean())
        colours = estimate_foreground(image, ours).astype(np.float32)
        smoke_left = float((np.abs(colours - front).mean(axis=2) * alpha)[mixed].mean())
        worse += sad > 1.05 * their_sad or seconds > their_seconds
        figures = (
            sad,
            their_sad,
            sad / their_sad,
            seconds,
            their_seconds,
            seconds / their_seconds,
            flicker,
            smoke_left,
        )
        rows.append([name, *(f"{figure:.4g}" for figure in figures)])
    print_table(["scene", "SAD", "PyMatting", "ratio", "seconds", "PyMatting", "ratio", "flicker", "colours"], rows)
    strokes = [[name, *(f"{sad:.4g}" for sad in painted(name, size))] for name in SCENES]
    print_table(["hard mask of", "fast", "fine", "fast, refine edge"], strokes)
    return min(worse, 1)


if __name__ == "__main__":
    sys.exit(main())
