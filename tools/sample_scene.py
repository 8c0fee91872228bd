"""The scene of the sample clip: two hot-air balloons and a kite crossing each other before drifting hills.

Everything is computed, without pictures or fonts, so the frames are the same each time.
Shapes are drawn at twice the size and brought down with area averaging, which is the anti-aliasing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, FRAMES, RATE = 640, 360, 60, 24
SUPERSAMPLING = 2
Plane = NDArray[np.float32]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Layer:
    """A shape ready to be composited: colour (H, W, 3) in [0, 255] and coverage (H, W) in [0, 1], supersampled."""

    colour: Plane
    coverage: Plane


def fractal_noise(height: int, width: int, cell: int, seed: int, octaves: int = 5) -> Plane:
    """(height, width) noise in [0, 1]: octaves of smoothly enlarged random grids."""
    generator = np.random.default_rng(seed)
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        step = max(1, cell >> octave)
        grid = generator.random((height // step + 3, width // step + 3)).astype(np.float32)
        large = cv2.resize(grid, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)
        total += weight * large[:height, :width]
        weight *= 0.5
    total -= total.min()
    return total / total.max()


def _blend(low: Colour, high: Colour, amount: Plane) -> Plane:
    start, end = np.array(low, np.float32), np.array(high, np.float32)
    return start + (end - start) * amount[..., None]


class Backdrop:
    """Evening sky with clouds and four ranges of hills, each moving at its own speed as the camera pans."""

    _RANGES = (
        # base height, roughness, speed in pixels a frame, dark colour, light colour
        (0.60, 0.20, 0.5, (121, 104, 146), (178, 148, 172)),
        (0.70, 0.18, 1.1, (82, 84, 122), (138, 122, 150)),
        (0.80, 0.16, 2.0, (47, 70, 84), (103, 116, 112)),
        (0.92, 0.14, 3.4, (22, 47, 46), (78, 98, 62)),
    )
    _MARGIN = 260

    def __init__(self) -> None:
        width = WIDTH + self._MARGIN
        rows = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
        height = np.broadcast_to(rows, (HEIGHT, width))
        sky = _blend((58, 92, 152), (250, 190, 140), np.clip(height * 1.55, 0, 1) ** 1.3)
        clouds = cv2.resize(fractal_noise(HEIGHT, width // 3, 48, seed=3), (width, HEIGHT))
        haze = np.clip((clouds - 0.48) * 3.0, 0, 1) * (0.25 + 0.6 * height)
        self._sky = sky + (np.array((255, 222, 196), np.float32) - sky) * haze[..., None]
        self._hills = [self._range(seed, *parameters) for seed, parameters in enumerate(self._RANGES, start=11)]

    def _range(
        self,
        seed: int,
        base: float,
        rough: float,
        speed: float,
        dark: Colour,
        light: Colour,
    ) -> tuple[Plane, Plane, float]:
        width = WIDTH + self._MARGIN
        profile = fractal_noise(8, width, 150, seed)[4]
        top = HEIGHT * (base - rough * (profile - 0.35))
        depth = np.arange(HEIGHT, dtype=np.float32)[:, None] - top[None, :]
        texture = fractal_noise(HEIGHT, width, 24, seed + 50)
        # lit from the left: the slope of the texture is its light
        relief = np.clip(0.5 + 6 * (np.roll(texture, -2, axis=1) - texture) + 0.5 * (texture - 0.5), 0, 1)
        shade = np.clip(0.75 * relief + 0.45 * np.exp(-np.maximum(depth, 0) / 26), 0, 1)
        return _blend(dark, light, shade), np.clip(depth + 0.5, 0, 1), speed

    def draw(self, frame_index: int) -> Plane:
        """(HEIGHT, WIDTH, 3) in [0, 255]."""
        picture = _window(self._sky, 0.25 * frame_index)
        sway = 1.5 * sin(frame_index / 9)
        for colour, coverage, speed in self._hills:
            offset = speed * frame_index + 2
            cover = _window(coverage, offset, sway * speed / 3)[..., None]
            picture = picture + (_window(colour, offset, sway * speed / 3) - picture) * cover
        return picture


def _window(wide: Plane, x: float, y: float = 0.0) -> Plane:
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(wide, matrix, (WIDTH, HEIGHT), flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _local_grid(x: float, y: float, scale: float, angle: float) -> tuple[Plane, Plane]:
    """Coordinates of every supersampled pixel in a shape's own frame, whose unit is `scale` pixels."""
    shape = (HEIGHT * SUPERSAMPLING, WIDTH * SUPERSAMPLING)
    rows, columns = np.indices(shape, dtype=np.float32)
    dx = ((columns + 0.5) / SUPERSAMPLING - x) / scale
    dy = ((rows + 0.5) / SUPERSAMPLING - y) / scale
    along, across = cos(angle) * dx + sin(angle) * dy, -sin(angle) * dx + cos(angle) * dy
    return np.asarray(along, np.float32), np.asarray(across, np.float32)


@dataclass(frozen=True)
class Balloon:
    """An envelope of coloured gores that turns slowly, with a skirt and a basket below."""

    colours: tuple[Colour, ...]
    zigzag: float
    weave_seed: int

    def draw(self, x: float, y: float, radius: float, angle: float, turn: float) -> Layer:
        """`turn` in radians is how far the envelope has turned about its vertical axis."""
        u, v = _local_grid(x, y, radius, angle)
        # a sphere whose lower part runs into a cone, tangent at v = 0.6
        sphere = np.sqrt(np.clip(1 - v * v, 0, None))
        half_width = np.where(v < 0.6, sphere, 0.8 - 0.75 * (v - 0.6))
        inside = (v > -1) & (v < 1.45) & (np.abs(u) < half_width)
        across = np.clip(u / np.maximum(half_width, 1e-3), -1, 1)
        longitude = np.arcsin(across) + turn + self.zigzag * np.abs((v * 3) % 2 - 1)
        gore = np.floor(longitude / (2 * pi) * 16).astype(int) % len(self.colours)
        colour = np.array(self.colours, np.float32)[gore]
        band = (np.abs(v + 0.05) < 0.11) & inside
        colour[band] = 0.25 * colour[band] + 0.75 * np.array((250, 240, 218), np.float32)
        seam = np.abs((longitude / (2 * pi) * 16) % 1 - 0.5) > 0.46
        depth = np.sqrt(np.clip(1 - across**2, 0, 1))
        light = np.clip(0.52 + 0.42 * depth - 0.30 * across - 0.16 * v, 0.25, 1.15) * np.where(seam, 0.82, 1.0)
        cloth = self._weave(u, v)
        colour = (
            colour * (light * (0.90 + 0.16 * cloth))[..., None]
            + 42 * np.exp(-((across + 0.45) ** 2 + (v + 0.45) ** 2) * 9)[..., None]
        )
        skirt = (v >= 1.42) & (v < 1.62) & (np.abs(u) < 0.15 + 0.06 * (v - 1.42))
        basket = (v >= 1.60) & (v < 1.92) & (np.abs(u) < 0.21 - 0.10 * (v - 1.60))
        wicker = 0.72 + 0.28 * np.sign(np.sin(u * 70) * np.sin(v * 70))
        colour = np.where(skirt[..., None], np.array((70, 44, 40), np.float32), colour)
        colour = np.where(basket[..., None], np.array((150, 98, 52), np.float32) * wicker[..., None], colour)
        return Layer(colour.astype(np.float32), (inside | skirt | basket).astype(np.float32))

    def _weave(self, u: Plane, v: Plane) -> Plane:
        noise = fractal_noise(256, 256, 32, self.weave_seed)
        map_x = ((u * 60 + 128) % 255).astype(np.float32)
        map_y = ((v * 60 + 128) % 255).astype(np.float32)
        return cv2.remap(noise, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


@dataclass(frozen=True)
class Kite:
    """A four-coloured diamond with a tail that swings: the one shape here that is not rigid."""

    panels: tuple[Colour, ...]

    def draw(self, x: float, y: float, size: float, angle: float, phase: float) -> Layer:
        """`phase` in radians moves the wave along the tail."""
        u, v = _local_grid(x, y, size, angle)
        top, bottom, side = 0.85, 1.25, 0.75
        extent = np.where(v < 0, top, bottom)
        diamond = np.abs(u) / side + np.abs(v) / extent < 1
        colour = np.array(self.panels, np.float32)[(u > 0).astype(int) + 2 * (v > 0).astype(int)]
        dots = ((u * 5) % 1 - 0.5) ** 2 + ((v * 5) % 1 - 0.5) ** 2 < 0.05
        colour = np.where(dots[..., None], 0.45 * colour + 0.55 * 250, colour)
        spar = (np.abs(u) < 0.03) | (np.abs(v) < 0.03)
        colour = np.where(spar[..., None], np.array((84, 58, 40), np.float32), colour)
        colour = colour * (0.92 - 0.16 * u + 0.05 * np.sin(phase + 3 * v))[..., None]
        along = np.clip((v - bottom) / 2.0, 0, 1)
        swing = 0.42 * along * np.sin(phase - 4.2 * along)
        bows = 0.10 + 0.11 * np.abs(np.sin(along * pi * 4)) ** 0.7
        tail = (v > bottom - 0.12) & (v < bottom + 2.0) & (np.abs(u - swing) < bows) & ~diamond
        ribbon = np.array(self.panels, np.float32)[(np.floor(along * 8).astype(int)) % 2]
        colour = np.where(tail[..., None], ribbon, colour)
        return Layer(colour.astype(np.float32), (diamond | tail).astype(np.float32))


FAR = Balloon(((226, 74, 60), (250, 204, 92), (236, 238, 228), (64, 92, 150)), zigzag=0.0, weave_seed=71)
NEAR = Balloon(((30, 128, 138), (246, 150, 62), (24, 70, 104), (250, 226, 170)), zigzag=0.32, weave_seed=72)
KITE = Kite(((214, 60, 120), (252, 190, 60), (96, 66, 168), (56, 176, 150)))


def draw_objects(frame_index: int) -> list[Layer]:
    """The three objects, farthest first: object id = place in the list + 1."""
    t = frame_index / (FRAMES - 1)
    far = FAR.draw(470 - 290 * t, 98 + 14 * sin(3 * t), 62 + 4 * t, 0.06 * sin(5 * t), 0.9 * t)
    near = NEAR.draw(170 + 300 * t, 186 - 22 * t + 8 * sin(6 * t), 80 + 8 * t, -0.07 * sin(4 * t + 1), -1.2 * t)
    kite_x, kite_y = 560 - 430 * t, 226 - 84 * sin(pi * t)
    kite = KITE.draw(kite_x, kite_y, 42 + 6 * sin(2 * pi * t), 0.45 + 0.35 * sin(9 * t), 16 * t)
    return [far, near, kite]


def draw_frame(backdrop: Backdrop, frame_index: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """One frame as (H, W, 3) uint8 RGB and its true label map as (H, W) uint8."""
    size = (WIDTH * SUPERSAMPLING, HEIGHT * SUPERSAMPLING)
    picture = cv2.resize(backdrop.draw(frame_index), size, interpolation=cv2.INTER_LINEAR)
    front = np.zeros(size[::-1], np.uint8)
    layers = draw_objects(frame_index)
    for object_id, layer in enumerate(layers, start=1):
        picture = np.where(layer.coverage[..., None] > 0, layer.colour, picture)
        front[layer.coverage > 0] = object_id
    small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    coverage = [
        cv2.resize((front == object_id).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        for object_id in range(len(layers) + 1)
    ]
    labels = np.argmax(np.stack(coverage), axis=0).astype(np.uint8)
    return np.clip(small + 0.5, 0, 255).astype(np.uint8), labels
