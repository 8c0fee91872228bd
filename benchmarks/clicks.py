"""How many clicks it takes to mask an object: the click network compared with GrabCut, with the same simulated clicks.

    python -m benchmarks.clicks                                 the objects of davis-dev's first frames
    python -m benchmarks.clicks --pictures ../shared/data       pictures held out of the network's training
    python -m benchmarks.clicks --every 4 --methods network

Each click is at the centre of the largest error (as in Sofiiuk et al., RITM, ICIP 2022). NoC@85 is the mean number
of clicks until the mask's overlap with the truth is at least 0.85; 20 where it never is. Seconds are medians of a
click's answer, the picture's own look not counted.

Results go to benchmarks/results/clicks-NAME.json.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import DEFAULT_FOLDER
from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset
from core.engines.clicks import load_click_network
from core.jobs import CancelToken
from core.learning.clicks.cutting import split
from core.learning.clicks.simulation import Click, next_click
from core.learning.samples.data import find_training_data
from core.masks import SelectHints, Stroke, present_ids, select_by_clicks, smart_select
from core.masks.hints import patch_of, whole
from core.types import Image

MOST = 20
GOALS = (0.85, 0.90)
_RADIUS = 3.0

Mask = NDArray[np.bool_]
Answer = Callable[[list[Click], Mask], Mask]


def network_answers(image: Image) -> Answer:
    """The click network's answers on one picture."""
    selector = load_click_network()
    selector.prepare(image)

    def answer(clicks: list[Click], found: Mask) -> Mask:
        likeliest, *_ = select_by_clicks(selector, image, hints_of(clicks, found))
        return whole(likeliest, (found.shape[0], found.shape[1]))

    return answer


def grabcut_answers(image: Image) -> Answer:
    """GrabCut's answers on one picture, each correcting the one before."""

    def answer(clicks: list[Click], found: Mask) -> Mask:
        *_, last = smart_select(image, hints_of(clicks, found), CancelToken())
        return whole(last, (found.shape[0], found.shape[1]))

    return answer


def hints_of(clicks: list[Click], found: Mask) -> SelectHints:
    """The hints that Smart select makes of these clicks; the last one corrects the mask found before."""
    strokes = tuple(Stroke(((x, y),), _RADIUS, inside) for x, y, inside in clicks)
    start = patch_of(found) if found.any() else None
    return SelectHints(None, strokes, start)


METHODS = {"network": network_answers, "grabcut": grabcut_answers}


def overlaps(answer: Answer, truth: Mask) -> tuple[list[float], list[float]]:
    """The overlap after each click, until the highest goal is reached, and the seconds each answer took."""
    found = np.zeros_like(truth)
    clicks: list[Click] = []
    reached: list[float] = []
    seconds: list[float] = []
    while len(reached) < MOST and (not reached or reached[-1] < max(GOALS)):
        click = next_click(truth, found)
        if click is None:
            break
        clicks.append(click)
        start = time.perf_counter()
        found = answer(clicks, found)
        seconds.append(time.perf_counter() - start)
        reached.append(float((found & truth).sum() / max(1, (found | truth).sum())))
    return reached, seconds


def clicks_to(reached: list[float], goal: float) -> int:
    """How many clicks it took to reach a goal; `MOST` where it was never reached."""
    return next((count for count, one in enumerate(reached, 1) if one >= goal), MOST)


def first_frames(folder: Path) -> Iterator[tuple[str, Image, Mask]]:
    """Each object on the first frame of each sequence."""
    for sequence in DavisDataset(folder):
        name = sequence.frame_names[0]
        labels = sequence.labels(name)
        for one in present_ids(labels):
            yield f"{sequence.name} {one}", sequence.picture(name), labels == one


def held_back(folder: Path) -> Iterator[tuple[str, Image, Mask]]:
    """The largest object of each picture held out of training."""
    data = find_training_data(folder, ())
    for example in split(data)[1]:
        found = data.read(example)
        if found is None:
            continue
        counts = np.bincount(found[1].ravel(), minlength=2)
        mask = found[1] == 1 + int(counts[1:].argmax())
        if 0.005 < mask.mean() < 0.85:
            yield f"{example.picture.parts[-3]} {example.picture.stem}", found[0], mask


def main() -> None:
    """Measures, prints one table, writes one JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--pictures", type=Path, metavar="DATA", help="the training data, for what was held back of it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th object")
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    args = parser.parse_args()
    objects = list(first_frames(args.folder) if args.pictures is None else held_back(args.pictures))[:: args.every]
    records, rows = [], []
    for method in args.methods:
        counts: list[list[int]] = []
        taken: list[float] = []
        firsts: list[float] = []
        for name, image, truth in objects:
            reached, seconds = overlaps(METHODS[method](image), truth)
            counts.append([clicks_to(reached, goal) for goal in GOALS])
            taken += seconds
            firsts.append(reached[0] if reached else 0.0)
            records.append({"object": name, "method": method, "overlaps": reached, "seconds": seconds})
        means = np.mean(counts, axis=0)
        rows.append([method, len(objects), *means.tolist(), float(np.mean(firsts)), float(np.median(taken))])
    print_table(["method", "objects", *(f"NoC@{goal * 100:.0f}" for goal in GOALS), "IoU after 1", "seconds"], rows)
    name = args.folder.name if args.pictures is None else "pictures"
    print(f"written: {write_results(f'clicks-{name}', {'every': args.every}, records)}")


if __name__ == "__main__":
    main()
