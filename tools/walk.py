"""Does a whole job in the real window by mouse and keys, on a clip, with a screenshot of each step.

    python -m tools.walk ../shared/clips/02_cups.mp4 --out runs/walk

The screenshots are to be looked at, since no test can tell whether the window looks right. Needs Xvfb and xdotool. The
positions of the two objects on the first frame are those of that clip; options set them for other clips.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Picture

from core.media import open_video
from core.project import Project
from tests.end_to_end.screen import Screen, wait_for

_FRAMES = 40
_PATIENCE = 300.0


@dataclass
class Walk:
    """The program on a screen, and where the clip's pixels are on it."""

    screen: Screen
    out: Path
    step: int = 0
    left: float = 0.0
    top: float = 0.0
    zoom: float = 1.0

    def shoot(self, name: str) -> None:
        self.step += 1
        Picture.fromarray(self.screen.picture()).save(self.out / f"{self.step:02}-{name}.png", optimize=True)
        print(f"{self.step:02}-{name}", flush=True)

    def wait_until_still(self, seconds: float = 5.0) -> None:
        """Waits until nothing moves on the screen: while work is running, its progress does."""
        seen, since, end = self.screen.picture(), time.monotonic(), time.monotonic() + _PATIENCE
        while time.monotonic() - since < seconds:
            assert time.monotonic() < end, "the screen never came to rest"
            time.sleep(0.5)
            now = self.screen.picture()
            if not np.array_equal(now, seen):
                seen, since = now, time.monotonic()

    def find_picture(self, frame: np.ndarray) -> bool:
        """Looks for the clip's frame on the screen, at any size."""
        import cv2

        picture = self.screen.picture()
        best = (0.0, 0, 0, 1.0)
        for zoom in np.linspace(0.5, 1.4, 91):
            size = round(frame.shape[1] * zoom), round(frame.shape[0] * zoom)
            if size[0] > picture.shape[1] or size[1] > picture.shape[0]:
                break
            # a quarter of the size is enough to find it by
            small = cv2.resize(frame, (size[0] // 4, size[1] // 4), interpolation=cv2.INTER_AREA)
            part = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
            _, score, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(part, small, cv2.TM_CCOEFF_NORMED))
            if score > best[0]:
                best = (score, 4 * x, 4 * y, float(zoom))
        _, self.left, self.top, self.zoom = best
        return best[0] > 0.9

    def at(self, x: float, y: float) -> tuple[int, int]:
        """A pixel of the clip on the screen."""
        return round(self.left + x * self.zoom), round(self.top + y * self.zoom)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--out", type=Path, default=Path("runs/walk"))
    parser.add_argument("--box", type=int, nargs=4, default=[555, 280, 750, 555], help="around one object, x0 y0 x1 y1")
    parser.add_argument("--ellipse", type=int, nargs=4, default=[364, 426, 438, 500], help="on the other")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        clip = folder / args.clip.name
        shutil.copy(args.clip, clip)
        with open_video(clip) as video:
            first = video.read(0)
        with Screen(folder / "screen") as screen:
            walk = Walk(screen, args.out)
            program = screen.start(home=folder / "home")
            try:
                _walk(walk, clip, first, args, folder)
                assert program.wait(30) == 0
            finally:
                program.kill()
                print(program.communicate()[0])
        with Project.open(clip.with_suffix(".roto")) as project:
            found = [frame for frame in range(_FRAMES + 1) if project.labels(frame).any()]
        print(f"{len(found)} frames have masks, {len(list((folder / 'masks').glob('*.png')))} were exported")


def _walk(walk: Walk, clip: Path, first: np.ndarray, args: argparse.Namespace, folder: Path) -> None:
    screen = walk.screen
    screen.window("Rotoflow")
    time.sleep(2)
    walk.shoot("empty")
    _open(screen, clip)
    wait_for(lambda: walk.find_picture(first), 30, "the first frame")
    walk.shoot("opened")
    # one object with smart select, the other with an ellipse
    x0, y0, x1, y1 = args.box
    screen.keys("s")
    screen.drag(walk.at(x0, y0), walk.at(x1, y1))
    time.sleep(4)
    walk.shoot("smart-select")
    screen.keys("Return", "ctrl+n", "c")
    x0, y0, x1, y1 = args.ellipse
    screen.drag(walk.at(x0, y0), walk.at(x1, y1))
    time.sleep(1)
    walk.shoot("two-objects")
    screen.keys("Home", *["shift+Right"] * (_FRAMES // 10), "o", "Home", "i")
    time.sleep(1)
    screen.keys("r")
    time.sleep(3)
    walk.shoot("propagating")
    project = clip.with_suffix(".roto")
    walk.wait_until_still()
    walk.shoot("propagated")
    screen.keys("n")
    time.sleep(1.5)
    walk.shoot("frame-to-check")
    # a stroke with the brush on the second object's place corrects the frame, whatever it shows
    screen.keys("b")
    screen.drag(walk.at(x0 + 10, (y0 + y1) / 2), walk.at(x1 - 10, (y0 + y1) / 2))
    time.sleep(1)
    walk.shoot("corrected")
    screen.keys("ctrl+z")
    time.sleep(1)
    walk.shoot("undone")
    screen.keys("ctrl+shift+z")
    time.sleep(1)
    walk.shoot("redone")
    screen.keys("ctrl+w")
    time.sleep(1)
    walk.shoot("closed")
    _open(screen, project)
    time.sleep(3)
    walk.shoot("reopened")
    wait_for(lambda: _export_opens(screen), 60, "the export dialog")
    screen.window("Export")
    screen.keys("ctrl+a")
    screen.type(str(folder / "masks"))
    time.sleep(0.5)
    walk.shoot("export")
    screen.keys("Return")
    wait_for(lambda: any((folder / "masks").glob("*.png")), 120, "the exported masks")
    screen.window(clip.name)
    time.sleep(2)
    walk.shoot("exported")
    screen.keys("ctrl+q")


def _open(screen: Screen, path: Path) -> None:
    screen.window("Rotoflow")
    screen.keys("ctrl+o")
    screen.window("Open clip or project")
    screen.type(str(path))
    screen.keys("Return")
    screen.window(path.with_suffix(".mp4").name)
    time.sleep(1)


def _export_opens(screen: Screen) -> bool:
    """The action waits until nothing else is at work."""
    screen.keys("ctrl+e")
    time.sleep(1)
    return screen.has_window("Export")


if __name__ == "__main__":
    main()
