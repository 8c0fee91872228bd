"""How much a simulated user gains who corrects the frames that *Check next* proposes.

    python -m benchmarks.corrections                            davis-dev
    python -m benchmarks.corrections ../shared/data/davis-train --every 3 --option network_side=192
    python -m benchmarks.corrections --choices bisect           whether a true mask makes other frames worse

The user masks the first frame truly and follows it through the clip. In each round one frame gets its true mask, and
what lies between that and the next masks is followed again from both sides. Which frame is corrected is chosen in three
ways: `proposed` is the first frame of `core.quality.check_next`; `oracle` is the frame that is truly worst; `uniform`
spreads the same number of masks evenly, all at once. J is the mean over all frames but the first, corrected ones
included.

`bisect` masks the last frame, then the middle, then the middles of what is left, one after the other, and reports what
each mask changed on the frames that have none: a true mask is to make none of them worse.

Results go to benchmarks/results/corrections-FOLDER.json, with J after each round and the frames corrected.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

import numpy as np

from benchmarks.accuracy import DEFAULT_FOLDER, chosen_options
from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.jobs import CancelToken
from core.masks import measure
from core.metrics import region_j
from core.propagation import Direction, PropagationRequest, propagate
from core.quality.check_next import ObjectLane, frames_to_check
from core.types import Anchor, LabelMap, Origin

ROUNDS = (1, 2, 3, 5)


class Clip:
    """A sequence under correction: its true masks so far, and the engine's masks of the other frames."""

    def __init__(self, sequence: DavisSequence, engine: str, options: dict[str, object]) -> None:
        self._sequence, self._names = sequence, list(sequence.frame_names)
        self.ids = sequence.object_ids()
        self.truth = [sequence.labels(name) for name in self._names]
        self._session = load(engine).open(self.truth[0].shape[::-1], "auto", options)
        self._anchors = {0}
        count = len(self._names)
        self._labels: list[LabelMap] = [np.zeros_like(self.truth[0])] * count
        self._confidence = {one: np.full(count, np.nan, np.float32) for one in self.ids}
        self._follow(0, count - 1)

    def close(self) -> None:
        self._session.close()

    @property
    def count(self) -> int:
        return len(self._names)

    def correct(self, *frames: int) -> None:
        """Sets the true masks of frames and propagates again what depends on them."""
        self._anchors.update(frames)
        known = sorted(self._anchors)
        first = max((one for one in known if one < min(frames)), default=0)
        last = min((one for one in known if one > max(frames)), default=self.count - 1)
        self._follow(first, last)

    def j_frames(self) -> np.ndarray:
        """The mean J of the objects on every frame."""
        pairs = zip(self._labels, self.truth, strict=True)
        return np.array([np.mean([region_j(found == one, true == one) for one in self.ids]) for found, true in pairs])

    def unmasked(self) -> list[int]:
        """Frames without a true mask of their own."""
        return [frame for frame in range(self.count) if frame not in self._anchors]

    def mean_j(self) -> float:
        """Over all frames but the first."""
        return float(self.j_frames()[1:].mean())

    def forget(self) -> None:
        """Removes all corrections; propagated masks stay until they are propagated again."""
        self._anchors = {0}

    def proposed(self) -> int:
        """What *Check next* lists first."""
        lanes = {}
        for one in self.ids:
            origins = np.full(self.count, Origin.PROPAGATED, np.uint8)
            origins[sorted(self._anchors)] = Origin.EDITED
            lanes[one] = ObjectLane(origins, self._confidence[one], self._measures(one))
        return frames_to_check(lanes, 1)[0].frame_index

    def worst(self) -> int:
        """The frame with the lowest J of those that are not corrected."""
        scores = self.j_frames()
        scores[sorted(self._anchors)] = np.inf
        return int(np.argmin(scores))

    def _measures(self, object_id: int) -> np.ndarray:
        found = np.full((self.count, 3), np.nan)
        for frame, labels in enumerate(self._labels):
            one = measure(labels).get(object_id)
            found[frame] = (0, np.nan, np.nan) if one is None else (one.area, one.x, one.y)
        return found

    def _follow(self, first: int, last: int) -> None:
        anchors = tuple(Anchor(frame, self.truth[frame], frozenset(self.ids)) for frame in sorted(self._anchors))
        request = PropagationRequest(self.count, anchors, Direction.BOTH, first, last)
        for result in propagate(self._session, request, self._read, CancelToken()):
            self._labels[result.frame_index] = result.labels
            for object_id, value in result.confidence.items():
                self._confidence[object_id][result.frame_index] = value

    def _read(self, frame_index: int) -> np.ndarray:
        return self._sequence.picture(self._names[frame_index])


def one_by_one(clip: Clip, choice: str, rounds: int) -> tuple[list[float], list[int]]:
    """Mean J after 0, 1, ... corrections that are chosen one after the other, and the frames."""
    scores = [clip.mean_j()]
    frames: list[int] = []
    for _ in range(min(rounds, clip.count - 1)):
        frame = clip.proposed() if choice == "proposed" else clip.worst()
        frames.append(frame)
        clip.correct(frame)
        scores.append(clip.mean_j())
    return scores, frames


def evenly(clip: Clip, count: int) -> float:
    """Mean J with `count` corrections spread evenly behind the first frame."""
    clip.forget()
    clip.correct(*(round((number + 1) * clip.count / (count + 1)) for number in range(count)))
    return clip.mean_j()


def bisected(clip: Clip, rounds: int) -> tuple[list[float], list[int], list[float]]:
    """Mean J after 0, 1, ... corrections at the last frame, the middle and so on, the frames, and what each changed in
    the mean J of the frames that have no mask.
    """
    scores = [clip.mean_j()]
    frames: list[int] = []
    changes: list[float] = []
    last = clip.count - 1
    for frame in [last, last // 2, last // 4, 3 * last // 4, last // 8, 5 * last // 8][:rounds]:
        before = clip.j_frames()
        clip.correct(frame)
        rest = clip.unmasked()
        changes.append(float((clip.j_frames() - before)[rest].mean()))
        frames.append(frame)
        scores.append(clip.mean_j())
    return scores, frames, changes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--engine", default="builtin")
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th sequence")
    parser.add_argument("--rounds", type=int, default=max(ROUNDS), help="corrections at most (default: %(default)s)")
    parser.add_argument("--choices", nargs="+", default=["proposed", "uniform", "oracle"])
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help="of the engine")
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    names = (args.sequences or dataset.sequence_names)[:: args.every]
    options = chosen_options(args.engine, args.option)
    rounds = [one for one in (0, *ROUNDS) if one <= args.rounds]
    records: list[dict[str, object]] = []
    gained: list[list[float]] = []
    table: dict[str, list[list[float]]] = {choice: [] for choice in args.choices}
    for name in names:
        for choice in args.choices:
            with closing(Clip(dataset.sequence(name), args.engine, options)) as clip:
                if choice == "uniform":
                    frames: list[int] = []
                    scores = [clip.mean_j(), *(evenly(clip, count) for count in rounds[1:])]
                elif choice == "bisect":
                    every, frames, changes = bisected(clip, args.rounds)
                    scores = [every[min(count, len(every) - 1)] for count in rounds]
                    gained.append(changes)
                    print(name, "change by each mask", [round(one, 4) for one in changes], flush=True)
                else:
                    every, frames = one_by_one(clip, choice, args.rounds)
                    scores = [every[min(count, len(every) - 1)] for count in rounds]
            table[choice].append(scores)
            records.append({"sequence": name, "choice": choice, "rounds": rounds, "j": scores, "frames": frames})
            print(name, choice, [round(one, 3) for one in scores], frames, flush=True)
    rows = [[choice, *np.mean(values, axis=0).tolist()] for choice, values in table.items()]
    print_table(["choice", *(f"J after {one}" for one in rounds)], rows)
    if gained:
        by_mask = np.array(gained).T
        print_table(
            ["mask", "mean change of J without it", "worst", "sequences that fall by over 0.005"],
            [
                [number, float(column.mean()), float(column.min()), int((column < -0.005).sum())]
                for number, column in enumerate(by_mask, 2)
            ],
        )
    settings = {"folder": args.folder.name, "sequences": names, "engine": args.engine, "options": args.option}
    print(write_results(f"corrections-{args.folder.name}", settings, records))


if __name__ == "__main__":
    main()
