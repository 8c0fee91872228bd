"""Where accuracy is lost: the built-in engine with some of its inputs replaced by ground truth.

    python -m benchmarks.ceilings                                          davis-dev
    python -m benchmarks.ceilings ../shared/data/davis-train --every 3     some of the training sequences

Rows, each with J, F and J&F over a folder's sequences, given the first frame's mask:

    as it is             the engine
    true memory          the memory stores true masks
    true previous mask   the previous mask, and so the warped mask, is true
    both                 the upper limit of encoder and decoder
    canvas               no network: a true mask is averaged into the decoder's cells and upsampled again
    canvas, refined      the same, followed by refinement, as for results

Results go to benchmarks/results/ceilings-FOLDER.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from benchmarks.accuracy import DEFAULT_FOLDER
from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines.tracked import TrackedSession
from core.engines.weights import open_runtime
from core.jobs import CancelToken
from core.learning.refinement.samples import through_canvas
from core.metrics import SequenceScore, mean_score, score_sequence
from core.types import Anchor, Floats, Image, LabelMap
from core.vos.aggregation import exclusive_labels, masks_of
from core.vos.edge_network import shipped_edge_network
from core.vos.flow.warping import Flow, scaled_size, warp_masks
from core.vos.network.runtime import NetworkRuntime
from core.vos.refinement import refine_probabilities
from core.vos.region import RegionKeeper, RegionSettings, canvas_size
from core.vos.targets.network_target import STRIDE, NetworkSettings, NetworkTarget
from core.vos.tracking import TrackingSettings

Truth = Callable[[int, Sequence[int]], Floats]
"""The true masks (K, h, w) of some objects on a frame, at working size."""


class OracleTarget(NetworkTarget):
    """The network, given the true masks after each frame: for its memory, as the mask of the frame before, or both."""

    def __init__(self, runtime: NetworkRuntime, truth: Truth, memory: bool, previous: bool) -> None:
        super().__init__(runtime, NetworkSettings())
        self._truth, self._true_memory, self._true_previous = truth, memory, previous
        self._before: int | None = None

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        truth = self._truth(frame_index, object_ids)
        masks = truth if self._true_memory else probabilities
        super().observe(frame_index, image, object_ids, masks, confidence, permanent)
        if self._last is not None:
            self._last = replace(self._last, masks=truth if self._true_previous else probabilities)
        self._before = frame_index

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        if self._true_previous and flow is not None and self._before is not None:
            warped = warp_masks(self._truth(self._before, object_ids), flow)
        return super().predict(frame_index, image, previous_image, object_ids, warped, flow)


class Case:
    """A sequence with its truth at full and at working size."""

    def __init__(self, sequence: DavisSequence, settings: TrackingSettings) -> None:
        self._sequence, self._settings = sequence, settings
        self.names, self.ids = list(sequence.frame_names), sequence.object_ids()
        first = sequence.labels(self.names[0])
        self.size = (first.shape[1], first.shape[0])
        self._working = scaled_size(self.size, settings.short_side)

    def read(self, frame_index: int) -> Image:
        return self._sequence.picture(self.names[frame_index])

    def labels(self, frame_index: int) -> LabelMap:
        return self._sequence.labels(self.names[frame_index])

    def truth(self, frame_index: int, object_ids: Sequence[int]) -> Floats:
        masks = masks_of(self.labels(frame_index), object_ids)
        return np.stack([cv2.resize(mask, self._working, interpolation=cv2.INTER_AREA) for mask in masks])

    def followed(self, runtime: NetworkRuntime, memory: bool, previous: bool) -> SequenceScore:
        anchor = Anchor(0, self.labels(0), frozenset(self.ids))
        made = TrackedSession(self.size, self._settings, lambda: OracleTarget(runtime, self.truth, memory, previous))
        with closing(made) as session:
            results = session.track([anchor], range(len(self.names)), self.read, CancelToken())
            return self._score(result.labels for result in results)

    def through_the_canvas(self, refine: bool) -> SequenceScore:
        return self._score(self._passed(refine))

    def _passed(self, refine: bool) -> Iterator[LabelMap]:
        network = shipped_edge_network() if refine else None
        canvas = canvas_size(self._working, NetworkSettings().short_side, STRIDE)
        keeper = RegionKeeper(self._working, canvas, RegionSettings())
        for frame_index in range(len(self.names)):
            masks = self.truth(frame_index, self.ids)
            probabilities = through_canvas(masks, keeper)
            picture = self.read(frame_index)
            small = np.asarray(cv2.resize(picture, self._working, interpolation=cv2.INTER_AREA), np.uint8)
            yield exclusive_labels(refine_probabilities(probabilities, small, picture, network), self.ids)

    def _score(self, found: Iterator[LabelMap]) -> SequenceScore:
        return score_sequence(found, (self.labels(frame) for frame in range(len(self.names))), self.ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th sequence")
    parser.add_argument("--without-network", action="store_true", help="only what needs no network: the canvas")
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    names = (args.sequences or dataset.sequence_names)[:: args.every]
    runtime = open_runtime("auto", 0)
    ladder: dict[str, Callable[[Case], SequenceScore]] = {
        "as it is": lambda case: case.followed(runtime, False, False),
        "true memory": lambda case: case.followed(runtime, True, False),
        "true previous mask": lambda case: case.followed(runtime, False, True),
        "both": lambda case: case.followed(runtime, True, True),
        "canvas": lambda case: case.through_the_canvas(False),
        "canvas, refined": lambda case: case.through_the_canvas(True),
    }
    if args.without_network:
        ladder = {name: ladder[name] for name in ("canvas", "canvas, refined")}
    rows: list[dict[str, object]] = []
    for rung, scored in ladder.items():
        scores = {name: scored(Case(dataset.sequence(name), TrackingSettings())) for name in names}
        j, f = mean_score(scores.values())
        each = {name: one.j_and_f for name, one in scores.items()}
        rows.append({"rung": rung, "J": j.mean, "F": f.mean, "J&F": (j.mean + f.mean) / 2, **each})
        print(f"{rung}: J&F {(j.mean + f.mean) / 2:.3f}", flush=True)
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print(write_results(f"ceilings-{args.folder.name}", {"folder": args.folder.name, "sequences": names}, rows))


if __name__ == "__main__":
    main()
