"""Whether every frame of every kind of clip is the frame it should be, forwards, backwards and at random.

    python -m benchmarks.interop_clips                  everything (a quarter of an hour on two cores)
    python -m benchmarks.interop_clips --only joined    one family
    python -m benchmarks.interop_clips --match hevc     kinds with a word in their name

Prints a line for each kind that is not right and a table of families: inputs tried, right, refused with a sentence.
Needs the `ffmpeg` program.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks import clip_kinds
from benchmarks.clip_kinds import Kind, NotWrittenError, number_of
from benchmarks.common import print_table
from core.errors import MediaError
from core.media import VideoSource, open_video

_BASES = ["h264", "h264 no B", "hevc", "mpeg2", "mpeg4", "vp9", "mjpeg", "ffv1"]
_STANDING_ALONE = ["ffv1 check sums", "prores", "magicyuv", "speedhq", "cineform", "png"]
FAMILIES: dict[str, Callable[[], Iterable[Kind]]] = {
    "whole": clip_kinds.whole,
    "stamps": lambda: clip_kinds.stamped(_BASES, ["mkv", "ts", "mp4", "nut", "mov", "flv", "avi", "asf"]),
    "joined": lambda: itertools.chain(clip_kinds.joined(), clip_kinds.rejoined(), clip_kinds.changing()),
    "cut": clip_kinds.cut_open,
    "damaged": lambda: clip_kinds.damaged(
        [*_BASES, *_STANDING_ALONE, "h264 open GOP"], ["mp4", "mkv", "ts", "avi", "mov"], 2
    ),
}


@dataclass(frozen=True)
class Verdict:
    """Result of one kind of clip; it is right if `faults` is empty."""

    faults: tuple[str, ...]
    refused: str = ""
    notes: tuple[str, ...] = ()
    unnoticed: bool = False
    """Something is odd or damaged, and no note says so: some decoders take anything for a picture."""


def examine(kind: Kind, folder: Path) -> Verdict:
    """Makes the clip and reads it three ways. Raises NotWrittenError."""
    path = folder / kind.file_name
    numbers = kind.make(path)
    try:
        video = open_video(path)
    except MediaError as error:
        right = kind.damaged or not clip_kinds.reference(path)
        return Verdict(() if right else (f"refused: {error}",), str(error))
    with video:
        count = video.frame_count
        order = list(range(count))
        forward = _read(video, order)
        faults = []
        for way, frames in {"backward": order[::-1], "random": random.Random(5).sample(order, count)}.items():
            with open_video(path) as again:
                other = _read(again, frames)
            different = [frame for frame in order if other[frame] != forward[frame]]
            if different:
                faults.append(f"{way} gives other pictures at {different[:8]} ({len(different)} of {count})")
        seen = [forward[frame][1] for frame in order]
        notes = video.info.notes
        if not kind.damaged and seen != numbers and not _excused(kind, path, seen, numbers, notes):
            faults.append(f"{count} frames instead of {len(numbers)}: {seen}")
        ticks = getattr(video, "timestamps", order)
        if any(before >= after for before, after in itertools.pairwise(ticks)):
            faults.append("times do not rise")
        silent = not notes and (kind.odd or (kind.damaged and seen != numbers))
        return Verdict(tuple(faults), notes=notes, unnoticed=silent)


def _excused(kind: Kind, path: Path, seen: list[int], numbers: list[int], notes: tuple[str, ...]) -> bool:
    """Whether it is right that other frames came than went in."""
    if kind.whole:
        return seen == numbers[: len(seen)] and any("only the first" in note or "left out" in note for note in notes)
    return seen == clip_kinds.reference(path)


def _read(video: VideoSource, frames: list[int]) -> dict[int, tuple[int, int]]:
    found = {}
    for frame in frames:
        try:
            image = video.read(frame)
        except MediaError:
            found[frame] = (0, -1)
        else:
            found[frame] = (zlib.crc32(image.tobytes()), number_of(image))
    return found


class Tally(NamedTuple):
    """A family's inputs by what came of them."""

    family: str
    tried: int
    wrong: int
    refused: int
    unnoticed: int


def _verdict(kind: Kind) -> Verdict | None:
    """What came of a kind; None if ffmpeg cannot write it."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return examine(kind, Path(folder))
        except NotWrittenError:
            return None
        except Exception as error:
            return Verdict((f"{type(error).__name__}: {error}",))


def tally(family: str, match: str = "", notes: bool = False) -> Tally:
    """Tries the kinds of a family with a word in their name; prints a line for each fault, and `notes`, if wanted."""
    tried = wrong = refused = unnoticed = 0
    kinds = [kind for kind in FAMILIES[family]() if match in kind.name]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for kind, verdict in zip(kinds, threads.map(_verdict, kinds), strict=True):
            if verdict is None:
                continue
            tried += 1
            wrong += bool(verdict.faults)
            refused += bool(verdict.refused)
            unnoticed += verdict.unnoticed
            for fault in verdict.faults:
                print(f"{kind.name}: {fault}", flush=True)
            if notes:
                print(f"{kind.name}: {verdict.notes} {verdict.refused}", flush=True)
    return Tally(family, tried, wrong, refused, unnoticed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(FAMILIES), help="one family")
    parser.add_argument("--match", default="", help="kinds with this in their name")
    parser.add_argument("--notes", action="store_true", help="print notes, too")
    args = parser.parse_args()
    chosen = [args.only] if args.only else list(FAMILIES)
    table = [tally(family, args.match, args.notes) for family in chosen]
    print_table(["family", "inputs", "wrong", "refused", "unnoticed"], table)
    return int(any(row.wrong for row in table))


if __name__ == "__main__":
    sys.exit(main())
