"""Masking with several tools in a real window on a screen of its own: real buttons and keys, to the project file."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from PIL import Image as Picture

from core.project import Project
from tests.end_to_end.screen import Screen, wait_for

SIZE = (320, 240)
RED, BLUE = (205, 45, 50), (40, 70, 200)


def disc(x: int, y: int, radius: int) -> np.ndarray:
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    inside: np.ndarray = (columns - x) ** 2 + (rows - y) ** 2 < radius**2
    return inside


def iou(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def write_clip(folder: Path) -> None:
    folder.mkdir()
    generator = np.random.default_rng(4)
    picture = generator.normal((120, 130, 115), 9, (SIZE[1], SIZE[0], 3))
    picture[disc(90, 110, 45)], picture[disc(230, 110, 30)] = RED, BLUE
    for index in range(3):
        Picture.fromarray(picture.clip(0, 255).astype(np.uint8)).save(folder / f"{index}.png")


def on_screen(screen: Screen, colour: tuple[int, int, int]) -> tuple[int, int, int] | None:
    """Middle and radius of a disc on the screen."""
    near = np.abs(screen.picture().astype(int) - colour).max(-1) < 25
    rows, columns = np.nonzero(near)
    if rows.size < 1000:
        return None
    return round(float(np.median(columns))), round(float(np.median(rows))), round((rows.size / np.pi) ** 0.5)


def test_two_objects_with_four_tools(tmp_path: Path) -> None:
    clip = tmp_path / "discs"
    write_clip(clip)
    with Screen(tmp_path / "screen") as screen:
        program = screen.start(str(clip), home=tmp_path / "home")
        try:
            screen.window("discs")
            x, y, radius = wait_for(lambda: on_screen(screen, RED), 20, "the red disc")
            time.sleep(1.0)
            screen.keys("s")
            out = round(1.4 * radius)
            screen.drag((x - out, y - out), (x + out, y + out))
            screen.keys("Return")
            wait_for(lambda: on_screen(screen, RED) is None, 20, "the disc under its mask")

            # another object: an ellipse drawn next to the disc, moved onto it, and a corner of it cut off
            blue = wait_for(lambda: on_screen(screen, BLUE), 5, "the blue disc")
            x, y, radius = blue
            screen.keys("ctrl+n", "c")
            side, low = radius // 2, y + 2 * radius
            screen.drag((x - radius, low - radius), (x + radius, low + radius))
            screen.keys("t")
            screen.drag((x, low), (x, y))
            screen.keys("Return")
            # a polygon that is dropped leaves nothing, and neither does one of which undo takes every corner back
            screen.keys("g")
            for corner in ((x - out, y), (x, y - out)):
                screen.drag(corner, corner)
            screen.keys("Escape")
            screen.drag((x - out, y), (x - out, y))
            screen.keys("ctrl+z", "x")
            screen.hand("mousemove", x, y - 2 * radius, "mousedown", 3)
            screen.hand("mousemove", x + radius, y - side)
            screen.hand("mousemove", x + 2 * radius, y, "mouseup", 3)
            time.sleep(0.5)
            screen.keys("ctrl+q")
            assert program.wait(20) == 0
        finally:
            program.kill()
            output = program.communicate()[0]
        print(output)

    assert "Traceback" not in output
    projects = list(tmp_path.rglob("*.roto"))
    with Project.open(projects[0]) as project:
        labels = project.labels(0)
    assert iou(labels == 1, disc(90, 110, 45)) > 0.95
    blue_disc = disc(230, 110, 30)
    corner = np.zeros_like(blue_disc)  # type: ignore[assignment]
    corner[:110, 231:] = True  # type: ignore[index]
    assert iou(labels == 2, blue_disc & ~corner) > 0.85  # type: ignore[operator]
    assert not labels[95:105, 240:250].any()
