"""Accuracy of contours at full resolution: frames and truth of davis-dev enlarged, with and without refinement.

    python -m benchmarks.edges                          1080p and 2160p, the first frames of every sequence
    python -m benchmarks.edges --heights 1080 --frames 40 --sequences flamingo

F is given with the benchmark's own tolerance, which grows with the picture, and with one of two pixels, which does not:
an edge that lies at the network's scale fails the second. Enlarged pictures are softer than real ones of that size, and
enlarged truth is only as exact as it was drawn.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.jobs import CancelToken
from core.metrics import boundary_f
from core.types import Anchor, Image, LabelMap

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "davis-dev"
_PIXELS = 2.0


def enlarged(image: Image, height: int) -> Image:
    """A picture of that height, its width in proportion."""
    size = round(image.shape[1] * height / image.shape[0]), height
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def enlarged_labels(labels: LabelMap, height: int) -> LabelMap:
    """The truth's contour as a smooth line, where nearest neighbours would draw stairs."""
    mask = (labels > 0).astype(np.float32)
    size = round(labels.shape[1] * height / labels.shape[0]), height
    return (cv2.resize(cv2.GaussianBlur(mask, (0, 0), 0.8), size, interpolation=cv2.INTER_CUBIC) > 0.5).astype(np.uint8)


def measure(sequence: DavisSequence, height: int, frames: int, refine: bool) -> np.ndarray:
    """Mean F with both tolerances, (2,)."""
    names = list(sequence.frame_names)[:frames]
    anchor = Anchor(0, enlarged_labels(sequence.labels(names[0]), height), frozenset({1}))
    size = anchor.labels.shape[::-1]
    narrow = _PIXELS / float(np.hypot(*size))
    scores = []
    with closing(load("builtin").open(size, "auto", {"refine": refine})) as session:

        def read(frame: int) -> Image:
            return enlarged(sequence.picture(names[frame]), height)

        for result in session.track([anchor], range(len(names)), read, CancelToken()):
            if result.frame_index:
                truth = enlarged_labels(sequence.labels(names[result.frame_index]), height) > 0
                mask = result.labels > 0
                scores.append([boundary_f(mask, truth), boundary_f(mask, truth, narrow)])
    return np.mean(scores, axis=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--heights", nargs="+", type=int, default=[1080, 2160])
    parser.add_argument("--frames", type=int, default=10, help="of each sequence (default: %(default)s)")
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    names: Sequence[str] = args.sequences or dataset.sequence_names
    rows: list[dict[str, object]] = []
    for height in args.heights:
        for refine in (False, True):
            found = np.mean([measure(dataset.sequence(name), height, args.frames, refine) for name in names], axis=0)
            rows.append({"height": height, "refinement": refine, "F": float(found[0]), "F at 2 px": float(found[1])})
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    settings = {"folder": args.folder.name, "sequences": list(names), "frames": args.frames}
    print(write_results("edges", settings, rows))


if __name__ == "__main__":
    main()
