"""Five typical jobs, done in the real window by mouse and keys: number of inputs and time.

    python -m benchmarks.tour CLIPS [--out FOLDER] [--jobs cut-out three-objects dataset batch keys]

CLIPS holds the clips 02_cups.mp4, 06_pingpong.mp4, 13_butterfly.mp4 and bedroom.mp4. Their first 24 frames are worked
on, in a window on a screen of its own (Xvfb), with settings of a first start. Clicks and drags of the mouse and key
presses are counted, a typed character being one; seconds are from the window with the clip to the result on the disk,
and those of waiting for the engine or for files are named apart. Screenshots go to the folder.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image as Picture

from benchmarks.common import print_table, write_results
from benchmarks.video_writer import VideoWriter
from core.datasets.formats import DATASET_FORMATS
from core.delivery.formats import FORMATS
from core.jobs import CancelToken
from core.masks import SelectHints, smart_select, write_mask
from core.masks.hints import whole
from core.media import open_video
from core.types import Box
from tests.end_to_end.screen import SIZE, Screen, wait_for

FRAMES = 24
_CANVAS = (20, 21, 23)
"""The colour around the picture in the dark theme."""
_PATIENCE = 400.0
_SEARCH = 4.0
_QUIET = 10.0
"""A project whose file has not changed for so many seconds is at rest."""

Share = tuple[float, float]
Area = tuple[Share, Share]
"""Two corners, as shares of the picture's width and height."""

CHRYSALIS: Area = ((0.375, 0.27), (0.475, 0.65))
BALL: Area = ((0.272, 0.575), (0.352, 0.715))
CUPS: tuple[Area, Area] = (((0.435, 0.39), (0.59, 0.765)), ((0.64, 0.39), (0.795, 0.765)))
PERSON: Area = ((0.58, 0.17), (0.82, 0.66))
GIRL: Area = ((0.315, 0.0), (0.54, 0.735))


@dataclass
class Count:
    """Inputs and seconds of a job."""

    clicks: int = 0
    drags: int = 0
    keys: int = 0
    seconds: float = 0.0
    waiting: float = 0.0
    notes: list[str] = field(default_factory=list)


class Person:
    """Drives the window by xdotool and counts inputs."""

    def __init__(self, screen: Screen, shots: Path, job: str) -> None:
        self.screen, self.count = screen, Count()
        self._shots, self._job, self._shot = shots, job, 0
        self.idle = 0.0

    def keys(self, *keys: str) -> None:
        self.screen.keys(*keys)
        self.count.keys += len(keys)

    def type(self, text: str) -> None:
        self.screen.type(text)
        self.count.keys += len(text)

    def click(self, point: tuple[int, int], button: int = 1) -> None:
        self.screen.hand("mousemove", *point, "click", button)
        self.count.clicks += 1
        time.sleep(0.2)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.screen.drag(start, end)
        self.count.drags += 1

    def wait(self, ready: Callable[[], object], what: str) -> None:
        begun = time.monotonic()
        wait_for(ready, _PATIENCE, what)
        self.count.waiting += time.monotonic() - begun

    def window(self, title: str) -> None:
        begun = time.monotonic()
        self.screen.window(title, _PATIENCE)
        self.count.waiting += time.monotonic() - begun

    def rest(self, project: Path) -> None:
        """Waits until nothing is written to the project any more."""
        files = [project, project.with_name(f"{project.name}-wal")]

        def state() -> list[tuple[int, int]]:
            return [(file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists()]

        def quiet() -> bool:
            before = state()
            time.sleep(_QUIET)
            return bool(before) and state() == before

        # at first the engine is opened, and nothing is written yet
        before = state()
        self.wait(lambda: state() != before, "the first result")
        self.wait(quiet, "the project at rest")
        # to know that it is at rest takes longer than to be so
        self.count.waiting -= _QUIET
        self.idle += _QUIET

    def look(self) -> None:
        """Takes a screenshot."""
        self._shot += 1
        self._shots.mkdir(parents=True, exist_ok=True)
        Picture.fromarray(self.screen.picture()).save(self._shots / f"{self._job}-{self._shot}.png", optimize=True)

    def picture(self) -> tuple[int, int, int, int]:
        """Where the clip's picture is on the screen: left, top, right, bottom."""

        def found() -> tuple[int, int, int, int] | None:
            shown = self.screen.picture()[80:640, 60:1250]
            other = (np.abs(shown.astype(int) - _CANVAS).max(axis=2) > 6).astype(float)
            rows, columns = np.flatnonzero(other.mean(axis=1) > 0.5), np.flatnonzero(other.mean(axis=0) > 0.5)
            if len(rows) < 100 or len(columns) < 100:
                return None
            return 60 + int(columns[0]), 80 + int(rows[0]), 61 + int(columns[-1]), 81 + int(rows[-1])

        return wait_for(found, 30, "the picture")

    def box(self, area: Area) -> None:
        """Drags a box, and waits for what is found in it."""
        left, top, right, bottom = self.picture()
        (x0, y0), (x1, y1) = area
        start = round(left + x0 * (right - left)), round(top + y0 * (bottom - top)) + 1
        end = round(left + x1 * (right - left)), round(top + y1 * (bottom - top))
        self.drag(start, end)
        # on a machine that is busy with other things the search takes its time
        time.sleep(_SEARCH)
        self.count.waiting += _SEARCH


@contextmanager
def at_work(folder: Path, job: str, *arguments: str, title: str) -> Iterator[Person]:
    """The program on a screen of its own; the time is that from the window being there to the end of the block."""
    home = folder / "home" / job
    with Screen(folder / "screen" / job) as screen:
        program = screen.start(*arguments, home=home)
        person = Person(screen, folder / "shots", job)
        try:
            screen.window(title, 60)
            if arguments:
                person.picture()
            begun = time.monotonic()
            yield person
            person.count.seconds = time.monotonic() - begun - person.idle
            person.look()
        finally:
            program.kill()
            output = program.communicate()[0]
    assert "Traceback" not in output, output


def open_by_keys(person: Person, path: Path) -> None:
    person.keys("ctrl+o")
    person.window("Open clip or project")
    person.type(str(path))
    person.keys("Return")
    person.window(path.name)
    person.picture()


def cut_out(clips: Path, folder: Path) -> Count:
    """One object to ProRes 4444."""
    clip, result = clips / "13_butterfly.mp4", folder / "cut_out.mov"
    with at_work(folder, "cut-out", str(clip), title=clip.name) as person:
        person.keys("s")
        person.box(CHRYSALIS)
        person.look()
        # the export waits for its turn behind the propagation
        person.keys("p", "ctrl+e")
        person.window("Export")
        export_prores(person, result)
        person.wait(result.exists, "the ProRes file")
    return person.count


def export_prores(person: Person, result: Path) -> None:
    """Chooses the format and where to, by keys."""
    time.sleep(0.5)
    person.keys("shift+Tab", *["Down"] * list(FORMATS).index("prores4444"), "Tab", "ctrl+a")
    person.type(str(result))
    time.sleep(0.3)
    person.look()
    person.keys("Return")


def three_objects(clips: Path, folder: Path) -> Count:
    """From the middle frame both ways, one correction where the program proposes, and the update."""
    clip = clips / "02_cups.mp4"
    with at_work(folder, "three-objects", str(clip), title=clip.name) as person:
        person.keys("shift+Right", "Right", "Right", "s")
        time.sleep(1)
        for number, area in enumerate((BALL, *CUPS)):
            if number:
                person.keys("ctrl+n")
            person.box(area)
        person.look()
        person.keys("ctrl+p")
        person.rest(clip.with_suffix(".roto"))
        person.keys("n")
        time.sleep(1)
        person.look()
        left, top, right, bottom = person.picture()
        # the bright rim at the foot of a cup belongs to it: a dab of the brush, as a click may find that all is well
        person.keys("3", "b")
        rim = round(left + 0.714 * (right - left)), round(top + 0.752 * (bottom - top))
        person.click(rim)
        time.sleep(2)
        person.look()
        person.keys("p")
        person.rest(clip.with_suffix(".roto"))
    return person.count


def dataset(clips: Path, folder: Path) -> Count:
    """Three clips with classes as COCO."""
    jobs = (
        ("13_butterfly.mp4", CHRYSALIS, "insect"),
        ("06_pingpong.mp4", PERSON, "person"),
        ("bedroom.mp4", GIRL, "person"),
    )
    result = folder / "coco"
    with at_work(folder, "dataset", str(clips / jobs[0][0]), title=jobs[0][0]) as person:
        for number, (name, area, label) in enumerate(jobs):
            if number:
                open_by_keys(person, clips / name)
            person.keys("s")
            person.box(area)
            person.keys("shift+F2")
            person.type(label)
            person.keys("Return")
            time.sleep(0.5)
            person.keys("p")
            person.rest((clips / name).with_suffix(".roto"))
            person.look()
        person.keys("ctrl+shift+e")
        person.window("Export dataset")
        time.sleep(0.5)
        written = [name for name, kind in DATASET_FORMATS.items() if kind.writer is not None]
        person.keys("shift+Tab", *["Down"] * written.index("coco"), "Tab", "ctrl+a")
        person.type(str(result))
        # past the place's button and the list to the button that adds projects
        person.keys("Tab", "Tab", "Tab", "space")
        person.window("Add projects")
        person.type(" ".join(f'"{Path(name).with_suffix(".roto")}"' for name, _, _ in jobs[:2]))
        person.keys("Return")
        person.window("Export dataset")
        person.look()
        person.keys("Return")
        person.wait(lambda: list(result.rglob("*.json")), "the dataset")
    return person.count


def batch(clips: Path, folder: Path) -> Count:
    """A folder of clips with masks of their first frames."""
    source = folder / "batch"
    source.mkdir()
    for name, area in (("13_butterfly", CHRYSALIS), ("06_pingpong", PERSON), ("bedroom", GIRL)):
        shutil.copy(clips / f"{name}.mp4", source)
        first_mask(source / f"{name}.mp4", area, source / f"{name}.png")
    results = source.with_name("batch_results")
    with at_work(folder, "batch", title="Rotoflow") as person:
        person.keys("ctrl+shift+b")
        person.window("Batch")
        time.sleep(0.5)
        person.type(str(source))
        person.look()
        person.keys("Return")
        person.wait(lambda: len(list(results.glob("*/*.png"))) == 3 * FRAMES, "the masks of all clips")
        time.sleep(1)
    return person.count


def keys_only(clips: Path, folder: Path) -> Count:
    """The first job without a mouse: the pointer is moved by arrow keys."""
    clip, result = clips / "13_butterfly.mp4", folder / "keys.mov"
    with at_work(folder, "keys", str(clip), title=clip.name) as person:
        left, top, right, bottom = person.picture()
        (x0, y0), (x1, y1) = CHRYSALIS
        person.keys("s", "F4")
        start = (left + right) / 2, (top + bottom) / 2
        corners = [(left + x * (right - left), top + y * (bottom - top)) for x, y in ((x0, y0), (x1, y1))]
        for corner in corners:
            move_pointer(person, start, corner)
            person.keys("space")
            start = corner
        time.sleep(2)
        person.look()
        person.keys("F4", "p", "ctrl+e")
        person.window("Export")
        export_prores(person, result)
        person.wait(result.exists, "the ProRes file")
    return person.count


def move_pointer(person: Person, start: Share, end: Share) -> None:
    for far, names in ((end[0] - start[0], ("Left", "Right")), (end[1] - start[1], ("Up", "Down"))):
        name, pixels = names[far > 0], abs(round(far))
        # near is enough for a box
        for size, key in ((64, f"ctrl+{name}"), (8, name)):
            person.keys(*[key] * (pixels // size))
            pixels %= size


def first_mask(clip: Path, area: Area, target: Path) -> None:
    """A mask of the first frame, as another program would supply it."""
    with open_video(clip) as video:
        width, height = video.size
        frame = video.read(0)
    (x0, y0), (x1, y1) = area
    box = Box(round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height))
    found = list(smart_select(frame, SelectHints(box), CancelToken()))[-1]
    write_mask(target, whole(found, (height, width)).astype(np.uint8))


def shorten(clips: Path, target: Path) -> None:
    """The first frames of each clip."""
    for clip in sorted(clips.glob("*.mp4")):
        with (
            open_video(clip) as video,
            VideoWriter(target / clip.name, video.size, video.info.rate or 25) as writer,
        ):
            for index in range(min(FRAMES, video.frame_count)):
                writer.write(video.read(index))


JOBS: dict[str, Callable[[Path, Path], Count]] = {
    "cut-out": cut_out,
    "three-objects": three_objects,
    "dataset": dataset,
    "batch": batch,
    "keys": keys_only,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--out", type=Path, default=Path("runs/tour"))
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=list(JOBS))
    args = parser.parse_args()
    counts = {}
    for job in args.jobs:
        folder = args.out.resolve() / job
        shutil.rmtree(folder, ignore_errors=True)
        short = folder / "clips"
        short.mkdir(parents=True)
        shorten(args.clips, short)
        counts[job] = JOBS[job](short, folder)
        print(job, asdict(counts[job]), flush=True)
    headings = ("job", "clicks", "drags", "keys", "seconds", "of these waiting", "")
    rows = [
        (job, one.clicks, one.drags, one.keys, round(one.seconds), round(one.waiting), ", ".join(one.notes))
        for job, one in counts.items()
    ]
    print_table(headings, rows)
    settings = {"frames": FRAMES, "size": list(SIZE)}
    print(write_results("tour", settings, [{"job": job, **asdict(one)} for job, one in counts.items()]))


if __name__ == "__main__":
    main()
