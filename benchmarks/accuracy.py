"""J, F and J&F of engines over a folder in the layout of DAVIS, given only the first frame's mask.

    python -m benchmarks.accuracy                                        warping and builtin over davis-dev
    python -m benchmarks.accuracy ../shared/data/multi-object --engines classical
    python -m benchmarks.accuracy --every 2 --option short_side=360      every second sequence, at a smaller size
    python -m benchmarks.accuracy --sequences rhino --save /tmp/masks    and keep the masks as pictures

Results go to benchmarks/results/accuracy-FOLDER.json, with J and F of every frame, and the confidence next to them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.jobs import CancelToken
from core.masks import write_mask
from core.metrics import SequenceScore, mean_score, score_sequence
from core.propagation import Direction, PropagationRequest, propagate
from core.types import Anchor, FrameResult, LabelMap

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "davis-dev"


@dataclass(frozen=True)
class Outcome:
    """One engine on one sequence. `confidence` by object id and frame index; seconds exclude reading the pictures."""

    sequence: str
    engine: str
    score: SequenceScore
    confidence: dict[int, dict[int, float]]
    seconds_a_frame: float

    @property
    def row(self) -> list[object]:
        j, f = self.score.j, self.score.f
        return [self.sequence, self.engine, j.mean, f.mean, self.score.j_and_f, j.recall, j.decay, self.seconds_a_frame]

    @property
    def record(self) -> dict[str, object]:
        objects = {
            str(object_id): {
                "j": score.j.mean,
                "f": score.f.mean,
                "j_frames": [round(value, 4) for value in score.j_frames.values()],
                "f_frames": [round(value, 4) for value in score.f_frames.values()],
                "confidence": [round(self.confidence[object_id].get(frame, 0.0), 4) for frame in score.j_frames],
            }
            for object_id, score in self.score.objects.items()
        }
        return {
            "sequence": self.sequence,
            "engine": self.engine,
            "j": self.score.j.mean,
            "f": self.score.f.mean,
            "j_and_f": self.score.j_and_f,
            "j_recall": self.score.j.recall,
            "j_decay": self.score.j.decay,
            "seconds_a_frame": self.seconds_a_frame,
            "objects": objects,
        }


class _Follower:
    """Runs an engine over a sequence and yields the label maps; keeps only the confidences and the time."""

    def __init__(
        self, sequence: DavisSequence, engine: str, options: dict[str, object], save: Path | None, masks: int
    ) -> None:
        self._sequence, self._engine, self._options, self._save = sequence, engine, options, save
        self._masked = masked_frames(len(sequence.frame_names), masks)
        self._names = list(sequence.frame_names)
        self._object_ids = sequence.object_ids()
        self._reading = 0.0
        self._frames = 0
        self._seconds = 0.0
        self.confidence: dict[int, dict[int, float]] = {object_id: {} for object_id in self._object_ids}

    @property
    def seconds_a_frame(self) -> float:
        return (self._seconds - self._reading) / max(1, self._frames - 1)

    def labels(self) -> Iterator[LabelMap]:
        anchors = tuple(
            Anchor(frame, self._sequence.labels(self._names[frame]), frozenset(self._object_ids))
            for frame in self._masked
        )
        count = len(self._names)
        direction = Direction.FORWARD if len(anchors) == 1 else Direction.BOTH
        request = PropagationRequest(count, anchors, direction, 0, count - 1)
        with closing(load(self._engine).open(anchors[0].labels.shape[::-1], "auto", self._options)) as session:
            results = propagate(session, request, self._read, CancelToken())
            if len(anchors) == 1:
                yield from (result.labels for result in self._noted(results))
                return
            # frames come in the order in which both sides have reached them, and some twice
            found = {anchor.frame_index: anchor.labels for anchor in anchors}
            for result in self._noted(results):
                found[result.frame_index] = result.labels
            yield from (found[frame] for frame in range(count))

    def _noted(self, results: Iterator[FrameResult]) -> Iterator[FrameResult]:
        """The results; their confidences are kept, and their masks written if they are to be saved."""
        while (result := self._next(results)) is not None:
            for object_id, value in result.confidence.items():
                self.confidence[object_id][result.frame_index] = value
            if self._save is not None:
                self._write(result, self._save)
            yield result

    def _next(self, results: Iterator[FrameResult]) -> FrameResult | None:
        start = time.perf_counter()
        result = next(results, None)
        self._seconds += time.perf_counter() - start
        self._frames += result is not None
        return result

    def _read(self, frame_index: int) -> np.ndarray:
        start = time.perf_counter()
        picture = self._sequence.picture(self._names[frame_index])
        self._reading += time.perf_counter() - start
        return picture

    def _write(self, result: FrameResult, folder: Path) -> None:
        target = folder / self._engine / self._sequence.name
        target.mkdir(parents=True, exist_ok=True)
        write_mask(target / f"{self._names[result.frame_index]}.png", result.labels)


def masked_frames(count: int, masks: int) -> list[int]:
    """The frames of a clip that get true masks: the first, and the others evenly spread behind it."""
    masks = min(masks, count)
    return [round(number * count / masks) for number in range(masks)]


def evaluate(
    sequence: DavisSequence, engine: str, options: dict[str, object], save: Path | None = None, masks: int = 1
) -> Outcome:
    """Follows the first mask's objects through a sequence, with more true masks beyond one, and scores every frame."""
    follower = _Follower(sequence, engine, options, save, masks)
    truth = (sequence.labels(name) for name in sequence.frame_names)
    score = score_sequence(follower.labels(), truth, sequence.object_ids())
    return Outcome(sequence.name, engine, score, follower.confidence, follower.seconds_a_frame)


def confidence_pairs(outcomes: Sequence[Outcome]) -> np.ndarray:
    """Confidence and true J of all objects on all frames, (N, 2)."""
    pairs = [
        (outcome.confidence[object_id].get(frame, 0.0), value)
        for outcome in outcomes
        for object_id, score in outcome.score.objects.items()
        for frame, value in score.j_frames.items()
    ]
    return np.array(pairs).reshape(-1, 2)


def correlation(pairs: np.ndarray) -> float:
    """Pearson correlation of the two columns; NaN if either is constant."""
    return float(np.corrcoef(pairs.T)[0, 1]) if len(pairs) > 1 and pairs.std(axis=0).all() else float("nan")


def reliability(pairs: np.ndarray, bins: int = 10) -> list[list[object]]:
    """The reliability curve: for each bin of confidence that has frames, their number, mean confidence and mean J."""
    indices = np.minimum((pairs[:, 0] * bins).astype(int), bins - 1)
    return [
        [f"{index / bins:.1f} to {(index + 1) / bins:.1f}", len(inside), *inside.mean(axis=0).tolist()]
        for index in range(bins)
        if len(inside := pairs[indices == index])
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--engines", nargs="+", default=["warping", "builtin"])
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th sequence")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help="for engines that have it")
    parser.add_argument("--save", type=Path, help="folder for the masks")
    parser.add_argument("--name", help="name of the results file (default: accuracy-FOLDER)")
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    names = (args.sequences or dataset.sequence_names)[:: args.every]
    outcomes: list[Outcome] = []
    for engine in args.engines:
        options = chosen_options(engine, args.option)
        outcomes += [evaluate(dataset.sequence(name), engine, options, args.save) for name in names]
    rows = [outcome.row for outcome in outcomes]
    for engine in args.engines:
        own = [outcome for outcome in outcomes if outcome.engine == engine]
        j, f = mean_score(outcome.score for outcome in own)
        seconds = float(np.mean([outcome.seconds_a_frame for outcome in own]))
        rows.append(["mean", engine, j.mean, f.mean, (j.mean + f.mean) / 2, j.recall, j.decay, seconds])
    print_table(["sequence", "engine", "J", "F", "J&F", "J recall", "J decay", "s/frame"], rows)
    for engine in args.engines:
        own = [outcome for outcome in outcomes if outcome.engine == engine]
        pairs = confidence_pairs(own)
        print(f"{engine}: confidence and J correlate by {correlation(pairs):.2f}")
        print_table(["confidence", "frames", "mean", "mean J"], reliability(pairs))
    settings = {"folder": args.folder.name, "sequences": names, "options": args.option}
    records = [outcome.record for outcome in outcomes]
    print(write_results(args.name or f"accuracy-{args.folder.name}", settings, records))


def chosen_options(engine: str, texts: Sequence[str]) -> dict[str, object]:
    """Those NAME=VALUE texts that are options of the engine, converted to the types of its defaults."""
    known = load(engine).info.options
    options: dict[str, object] = {}
    for text in texts:
        name, _, value = text.partition("=")
        default = known.get(name)
        if name not in known:
            continue
        if isinstance(default, bool):
            options[name] = value.lower() in ("1", "true", "yes", "on")
        else:
            kind: Callable[[str], object] = str if default is None else type(default)
            options[name] = kind(value)
    return options


if __name__ == "__main__":
    main()
