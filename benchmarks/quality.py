"""Recall of `core.quality` on faults put into true masks, and its false alarms on clean ones.

    python -m benchmarks.quality                                    davis-dev (one object) and multi-object
    python -m benchmarks.quality ../shared/data/multi-object --tries 8

Each try spoils one frame of a clip: all of an object's pixels gone, half of them, the mask moved by its own size, six
specks of 4 x 4 pixels, a round hole of half the object's thickness, or two objects' ids swapped. A fault is found if a
finding of its kind that the clean clip does not have is within one frame of it; a cut or a move counts as found by
either of the two kinds. Results go to benchmarks/results/quality.json.

The limits in `core.quality.outliers` were chosen with the default folders and davis-train in view, spoiled and clean:
these figures say what the check does on such clips, not what it would do on others.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

from benchmarks.common import print_table, write_results
from core.datasets.clips import AnnotatedClip
from core.datasets.formats import DATASET_FORMATS, detect_format
from core.jobs import CancelToken
from core.quality.check import check_masks
from core.quality.findings import Finding
from core.types import LabelMap

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_WORTH_A_LOOK = 0.15
"""Findings below this weight only sum up small things that are everywhere."""

Spoil = Callable[[LabelMap, int, np.random.Generator], None]


def blank(labels: LabelMap, object_id: int, _rng: np.random.Generator) -> None:
    labels[labels == object_id] = 0


def halve(labels: LabelMap, object_id: int, _rng: np.random.Generator) -> None:
    mask = labels == object_id
    mask[:, int(np.median(np.nonzero(mask)[1])) :] = False
    labels[mask] = 0


def move(labels: LabelMap, object_id: int, _rng: np.random.Generator) -> None:
    mask = labels == object_id
    columns = np.nonzero(mask)[1]
    distance = int(np.sqrt(len(columns))) * (1 if columns.mean() < labels.shape[1] / 2 else -1)
    labels[mask] = 0
    labels[np.roll(mask, distance, axis=1)] = object_id


def speckle(labels: LabelMap, object_id: int, rng: np.random.Generator) -> None:
    free = np.argwhere(labels == 0)
    for y, x in free[rng.choice(len(free), 6)]:
        labels[y : y + 4, x : x + 4] = object_id


def pierce(labels: LabelMap, object_id: int, _rng: np.random.Generator) -> None:
    depth = cv2.distanceTransform((labels == object_id).astype(np.uint8), cv2.DIST_L2, 5)
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    cv2.circle(labels, (int(x), int(y)), max(1, int(depth.max() / 2)), 0, -1)


def swap(labels: LabelMap, object_id: int, rng: np.random.Generator) -> None:
    other = int(rng.choice([value for value in np.unique(labels) if value not in (0, object_id)]))
    mine, theirs = labels == object_id, labels == other
    labels[mine], labels[theirs] = other, object_id


FAULTS: Mapping[str, tuple[Spoil, frozenset[str]]] = {
    "empty": (blank, frozenset({"empty"})),
    "area": (halve, frozenset({"area", "position"})),
    "position": (move, frozenset({"area", "position"})),
    "specks": (speckle, frozenset({"specks"})),
    "holes": (pierce, frozenset({"holes"})),
    "swap": (swap, frozenset({"swap"})),
}


def check(clip: AnnotatedClip, masks: Mapping[int, LabelMap]) -> list[Finding]:
    """The findings of a clip with these masks."""
    work = check_masks(masks.__getitem__, clip.annotated, [one.object_id for one in clip.objects], CancelToken())
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return list(stop.value)


def spoiled(clip: AnnotatedClip, masks: Mapping[int, LabelMap], fault: str, rng: np.random.Generator) -> bool | None:
    """Whether a fault put on some frame is found; None if that clip cannot have it."""
    frame = int(rng.choice(clip.annotated[5:-5]))
    present = [int(value) for value in np.unique(masks[frame]) if value]
    if len(present) < (2 if fault == "swap" else 1):
        return None
    spoil, kinds = FAULTS[fault]
    changed = masks[frame].copy()
    spoil(changed, int(rng.choice(present)), rng)
    clean = set(check(clip, masks))
    new = [one for one in check(clip, {**masks, frame: changed}) if one not in clean]
    return any(one.fault.value in kinds and one.first - 1 <= frame <= one.last + 1 for one in new)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[_DATA / "davis-dev", _DATA / "multi-object"])
    parser.add_argument("--tries", type=int, default=4, help="of each fault in each clip (default: %(default)s)")
    args = parser.parse_args()
    rng = np.random.default_rng(1)
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    frames = alarms = 0
    seconds = 0.0
    for folder in args.folders:
        for clip in DATASET_FORMATS[detect_format(folder) or "davis"].read(folder, None):
            masks = {index: clip.labels(index) for index in clip.annotated}
            start = time.perf_counter()
            clean = check(clip, masks)
            seconds += time.perf_counter() - start
            frames += len(masks)
            alarms += sum(one.weight >= _WORTH_A_LOOK for one in clean)
            for fault in [name for name in FAULTS for _ in range(args.tries)]:
                outcome = spoiled(clip, masks, fault, rng)
                if outcome is not None:
                    tried[fault] += 1
                    found[fault] += outcome
    print_table(["fault", "put in", "found"], [[name, tried[name], found[name]] for name in FAULTS])
    print(f"clean masks: {alarms} findings on {frames} frames; {1000 * seconds / frames:.1f} ms a frame")
    clean_masks = {"frames": frames, "findings": alarms, "milliseconds_a_frame": 1000 * seconds / frames}
    rows = [{"fault": name, "put_in": tried[name], "found": found[name]} for name in FAULTS]
    settings = {"folders": [folder.name for folder in args.folders], "tries": args.tries, "clean": clean_masks}
    write_results("quality", settings, rows)


if __name__ == "__main__":
    main()
