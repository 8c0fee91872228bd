"""Ablation of the built-in engine: J, F and J&F on davis-dev, with its parts switched on one after the other.

    python -m benchmarks.ablation
    python -m benchmarks.ablation --sequences rhino drift-turn --fine-tune      and with fine-tuning, 20 s each

Matching the frame before, the warped mask and motion are switched off where they enter the network, which was trained
with all of them: a network trained without a part would do better without it. Results go to
benchmarks/results/ablation.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.engines.protocol import Session
from core.engines.tracked import TrackedSession
from core.engines.weights import open_runtime
from core.finetuning import fine_tune
from core.jobs import CancelToken
from core.metrics import SequenceScore, mean_score, score_sequence
from core.types import Anchor, Floats
from core.vos.edge_network import shipped_edge_network
from core.vos.network.runtime import DecoderInputs, NetworkRuntime, RuntimeAround
from core.vos.targets.network_target import NetworkTarget
from core.vos.tracking import TrackingSettings

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "davis-dev"


class _Partial(RuntimeAround):
    """A runtime whose decoder gets zeros from the parts that are off."""

    def __init__(self, runtime: NetworkRuntime, local: bool, warp: bool, motion: bool) -> None:
        super().__init__(runtime)
        self._local, self._warp, self._motion = local, warp, motion

    def decode(self, inputs: DecoderInputs) -> Floats:
        if not self._local:
            inputs = replace(inputs, previous=None, previous_masks=np.zeros_like(inputs.previous_masks))
        if not self._warp:
            inputs = replace(inputs, warped=np.zeros_like(inputs.warped))
        if not self._motion:
            inputs = replace(inputs, motion=np.zeros_like(inputs.motion))
        return self._runtime.decode(inputs)


OpenSession = Callable[[DavisSequence, Anchor], Session]


def _network(local: bool, warp: bool, motion: bool, refine: bool) -> OpenSession:
    def opened(_sequence: DavisSequence, anchor: Anchor) -> Session:
        runtime = _Partial(open_runtime("auto", 0), local, warp, motion)
        settings = TrackingSettings(refinement=shipped_edge_network() if refine else None)
        return TrackedSession(anchor.labels.shape[::-1], settings, lambda: NetworkTarget(runtime))

    return opened


def _warping(_sequence: DavisSequence, anchor: Anchor) -> Session:
    return load("warping").open(anchor.labels.shape[::-1])


def _fine_tuned(sequence: DavisSequence, anchor: Anchor) -> Session:
    names = list(sequence.frame_names)
    size = anchor.labels.shape[::-1]
    outcome = fine_tune([anchor], lambda frame: sequence.picture(names[frame]), len(names), size, CancelToken())
    print(
        f"{sequence.name}: fine-tuning {outcome.before.j_and_f:.3f} -> {outcome.after.j_and_f:.3f}, "
        f"{'kept' if outcome.accepted else 'not kept'}",
        flush=True,
    )
    return load("builtin").open(size, "auto", {"adaptation": outcome.weights} if outcome.accepted else {})


def score(sequence: DavisSequence, opened: OpenSession) -> SequenceScore:
    """Scores of a sequence tracked from its first mask, by the tracker alone, without the rules of propagation."""
    names = list(sequence.frame_names)
    ids = sequence.object_ids()
    anchor = Anchor(0, sequence.labels(names[0]), frozenset(ids))
    with closing(opened(sequence, anchor)) as session:
        results = session.track(
            [anchor], range(len(names)), lambda frame: sequence.picture(names[frame]), CancelToken()
        )
        truth = (sequence.labels(name) for name in names)
        return score_sequence((result.labels for result in results), truth, ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=_FOLDER, help="folder in the layout of DAVIS")
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--fine-tune", action="store_true", help="measure fine-tuning too, 20 s a sequence")
    args = parser.parse_args()
    dataset = DavisDataset(args.folder)
    names = args.sequences or dataset.sequence_names
    cases: dict[str, OpenSession] = {
        "warping alone": _warping,
        "memory alone": _network(local=False, warp=False, motion=False, refine=False),
        "+ local matching": _network(local=True, warp=False, motion=False, refine=False),
        "+ warped mask": _network(local=True, warp=True, motion=False, refine=False),
        "+ motion": _network(local=True, warp=True, motion=True, refine=False),
        "+ refinement": _network(local=True, warp=True, motion=True, refine=True),
    }
    if args.fine_tune:
        cases["+ fine-tuning"] = _fine_tuned
    rows: list[dict[str, object]] = []
    for case, opened in cases.items():
        scores = {name: score(dataset.sequence(name), opened) for name in names}
        j, f = mean_score(scores.values())
        each = {name: one.j_and_f for name, one in scores.items()}
        rows.append({"parts": case, "J": j.mean, "F": f.mean, "J&F": (j.mean + f.mean) / 2, **each})
        print(f"{case}: J&F {(j.mean + f.mean) / 2:.3f}", flush=True)
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print(write_results("ablation", {"folder": args.folder.name, "sequences": names}, rows))


if __name__ == "__main__":
    main()
