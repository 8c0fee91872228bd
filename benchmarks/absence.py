"""Whether an object that was out of sight is found again, and how often something else is masked in its absence.

    python -m benchmarks.absence                                         over davis-dev
    python -m benchmarks.absence ../shared/data/davis-train --engines builtin classical

Each run is three frames long: a sequence's first one with its mask, a black one, and one of the same sequence a third
or two thirds further on, where the object is to be seen, or one of another sequence, where it is not. Results go to
benchmarks/results/absence-FOLDER.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import cv2
import numpy as np

from benchmarks.accuracy import DEFAULT_FOLDER
from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.jobs import CancelToken
from core.metrics import region_j
from core.types import Anchor, FrameResult, Image

_LATER = (1 / 3, 2 / 3)
_FEWEST_PIXELS = 200
_FOUND = 0.5


@dataclass(frozen=True)
class Trial:
    """One run. `present` is the object's J, in [0, 1]; None where it is not in the picture. `taken` is the share of the
    picture that was masked, `on_black` that of the black one.
    """

    sequence: str
    picture: str
    engine: str
    present: float | None
    taken: float
    on_black: float
    confidence: float


def trials(engine: str, sequences: Sequence[DavisSequence]) -> Iterator[Trial]:
    """Every sequence against frames of its own and the middle frame of each other one."""
    for sequence in sequences:
        names = list(sequence.frame_names)
        for later in _LATER:
            name = names[int(later * len(names))]
            truth = sequence.labels(name) > 0
            if np.count_nonzero(truth) >= _FEWEST_PIXELS:
                black, last = _look(engine, sequence, sequence.picture(name))
                j = region_j(last.labels > 0, truth)
                yield Trial(sequence.name, name, engine, j, _masked(last), _masked(black), last.confidence[1])
    for sequence, other in product(sequences, sequences):
        if sequence is not other:
            name = list(other.frame_names)[len(other.frame_names) // 2]
            black, last = _look(engine, sequence, other.picture(name))
            picture = f"{other.name}/{name}"
            yield Trial(sequence.name, picture, engine, None, _masked(last), _masked(black), last.confidence[1])


def _look(engine: str, sequence: DavisSequence, picture: Image) -> tuple[FrameResult, FrameResult]:
    """Tracks from the first frame through a black one to another, and measures both results."""
    name = next(iter(sequence.frame_names))
    first, labels = sequence.picture(name), (sequence.labels(name) > 0).astype(np.uint8)
    size = (first.shape[1], first.shape[0])
    frames = (first, np.zeros_like(first), cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    anchor = Anchor(0, labels, frozenset({1}))
    with closing(load(engine).open(size, "auto", {})) as session:
        results = list(session.track([anchor], range(len(frames)), lambda index: frames[index], CancelToken()))
    return results[1], results[2]


def _masked(result: FrameResult) -> float:
    return float((result.labels > 0).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--engines", nargs="+", default=["builtin"])
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    sequences = [dataset.sequence(name) for name in dataset.sequence_names]
    rows, records = [], []
    for engine in args.engines:
        done = list(trials(engine, sequences))
        there = [trial.present for trial in done if trial.present is not None]
        absent = [trial.taken > 0 for trial in done if trial.present is None]
        found = sum(j > _FOUND for j in there)
        black = sum(trial.on_black > 0 for trial in done)
        again = f"{found} of {len(there)}", float(np.mean(there))
        rows.append([engine, *again, f"{sum(absent)} of {len(absent)}", f"{black} of {len(done)}"])
        records += [vars(trial) for trial in done]
    print_table(["engine", "found again (J > 0.5)", "mean J", "taken for it where it is not", "on black"], rows)
    print(write_results(f"absence-{args.folder.name}", {"folder": args.folder.name}, records))


if __name__ == "__main__":
    main()
