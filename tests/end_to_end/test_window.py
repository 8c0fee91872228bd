"""The main job in a real window on a screen of its own: from opening a clip to exported masks, by mouse and keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Picture

from benchmarks.video_writer import VideoWriter
from core.masks import read_mask
from core.types import Image
from tests.end_to_end.screen import ROOT, Screen, wait_for

FRAMES, SIZE = 24, (320, 240)
SIDE = 70
MAGENTA = (200, 40, 160)
SCREENSHOTS = ROOT / "runs" / "window-test"


def square_at(frame: int) -> tuple[int, int]:
    """Left upper corner of the square, which moves to the right and down."""
    return 60 + 4 * frame, 70 + 2 * frame


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A magenta square before a patterned wall."""
    path = tmp_path / "square.mp4"
    generator = np.random.default_rng(3)
    wall = np.kron(generator.integers(60, 160, (30, 40)), np.ones((8, 8))).astype(np.uint8)
    pattern = np.kron(generator.integers(-20, 20, (7, 7)), np.ones((10, 10)))
    with VideoWriter(path, SIZE, Fraction(25), options={"crf": "12"}) as writer:
        for frame in range(FRAMES):
            image = np.repeat(wall[:, :, None], 3, axis=2)
            x, y = square_at(frame)
            square = np.clip(np.array(MAGENTA) + pattern[:, :, None], 0, 255)
            image[y : y + SIDE, x : x + SIDE] = square.astype(np.uint8)
            writer.write(image)
    return path


def magenta(picture: Image) -> np.ndarray:
    """Where the screen is of the square's hue, (H, W) bool."""
    red, green, blue = (picture[..., channel].astype(int) for channel in range(3))
    return (red > green + 80) & (blue > green + 60)


def square_on_screen(screen: Screen) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of the square on the canvas, once all of it is painted; the timeline shows small
    ones.
    """
    _, _, boxes, _ = cv2.connectedComponentsWithStats(magenta(screen.picture()).astype(np.uint8))
    left, top, width, height, area = max(boxes[1:].tolist(), key=lambda box: box[4], default=(0, 0, 0, 0, 0))
    if area < 5000 or abs(width - height) > 3:
        return None
    return left, top, left + width - 1, top + height - 1


def save(screen: Screen, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    Picture.fromarray(screen.picture()).save(SCREENSHOTS / f"{name}.png", optimize=True)


def overlaps_of_squares(masks: Path) -> list[float]:
    """IoU of each exported mask with the square."""
    scores = []
    for frame in range(FRAMES):
        mask = read_mask(masks / f"{frame:05}.png", SIZE) == 1
        truth = np.zeros(SIZE[::-1], bool)
        x, y = square_at(frame)
        truth[y : y + SIDE, x : x + SIDE] = True
        scores.append(float((mask & truth).sum() / (mask | truth).sum()))
    return scores


def point(screen: Screen, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Moves the pointer of the keys from one place of the screen to another."""
    for far, names in ((end[0] - start[0], ("Left", "Right")), (end[1] - start[1], ("Up", "Down"))):
        name, pixels = names[far > 0], abs(round(far))
        steps = ((64, f"ctrl+{name}"), (8, name), (1, f"shift+{name}"))
        for size, key in steps:
            screen.keys(*[key] * (pixels // size))
            pixels %= size


@contextmanager
def editing(tmp_path: Path, clip: Path) -> Iterator[tuple[Screen, tuple[int, int, int, int]]]:
    """The program with the clip opened by keys, and where its square is on the screen. It is quit afterwards."""
    with Screen(tmp_path / "screen") as screen:
        program = screen.start(home=tmp_path / "home")
        try:
            screen.window("Rotoflow")
            save(screen, "1-empty")
            screen.keys("ctrl+o")
            screen.window("Open clip or project")
            screen.type(str(clip))
            screen.keys("Return")
            screen.window("square.mp4")
            square = wait_for(lambda: square_on_screen(screen), 20, "the clip's first frame")
            save(screen, "2-opened")
            yield screen, square
            screen.keys("ctrl+q")
            assert program.wait(20) == 0
        finally:
            program.kill()
            output = program.communicate()[0]
        print(output)
    assert "Traceback" not in output


def export(screen: Screen, masks: Path, *keys: str) -> None:
    """Presses the keys until the export is requested, since it waits for the propagation, and exports all masks."""
    deadline = time.monotonic() + 120
    while not screen.has_window("Export"):
        assert time.monotonic() < deadline, "the propagation did not end"
        screen.keys(*keys)
        time.sleep(0.5)
    screen.window("Export")
    screen.keys("ctrl+a")
    screen.type(str(masks))
    time.sleep(0.3)
    save(screen, "5-export")
    screen.keys("Return")
    wait_for(lambda: len(list(masks.glob("*.png"))) == FRAMES, 60, "the exported masks")
    screen.window("square.mp4")
    time.sleep(0.5)


def test_the_main_job_by_keys_alone(tmp_path: Path, clip: Path) -> None:
    masks = tmp_path / "masks"
    with editing(tmp_path, clip) as (screen, (left, top, right, bottom)):
        # the pointer begins in the middle of the canvas, which is that of the picture
        zoom = (right + 1 - left) / SIDE
        x, y = square_at(0)
        middle = left + (SIZE[0] / 2 - x) * zoom, top + (SIZE[1] / 2 - y) * zoom
        screen.keys("x", "F4")
        point(screen, middle, (left, top))
        screen.keys("space")
        point(screen, (left, top), (right, bottom))
        save(screen, "keys-1-rectangle")
        screen.keys("space", "F4", "p")
        export(screen, masks, "n", "ctrl+e")
        save(screen, "keys-2-exported")
    scores = overlaps_of_squares(masks)
    assert scores[0] > 0.9, "what was drawn by keys"
    assert np.mean(scores) > 0.6, scores


def test_from_opening_a_clip_to_exported_masks(tmp_path: Path, clip: Path) -> None:
    masks = tmp_path / "masks"
    with editing(tmp_path, clip) as (screen, (left, top, right, bottom)):
        # to and fro over the square with a brush of a fifth of its height
        zoom = (right - left) / SIDE
        screen.keys("b", *["bracketleft"] * 6)
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            y = round(top + (bottom - top) * share)
            screen.drag((round(left + 7 * zoom), y), (round(right - 7 * zoom), y))
        save(screen, "3-painted")
        screen.keys("ctrl+z", "ctrl+shift+z", "p")
        time.sleep(1.0)
        save(screen, "4-propagating")
        export(screen, masks, "ctrl+e")
        save(screen, "6-exported")
    scores = overlaps_of_squares(masks)
    assert scores[0] > 0.8, "what was painted"
    assert np.mean(scores) > 0.6, scores
