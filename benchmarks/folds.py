"""Cross-validation: the built-in engine on sequences that its network has not seen.

    python -m benchmarks.folds                             J, F and J&F of each sequence, given its first mask
    python -m benchmarks.folds --masks 5                   with five true masks, evenly spread
    python -m benchmarks.folds FOLDS                       with the networks of a training of one's own
    python -m benchmarks.folds --prepare MODELS            only writes their graphs, to run others with

FOLDS has fold0.safetensors, fold1.safetensors and so on, as `tools.joint_training` writes them. Network k has learned
without every n-th sequence of the folder by name, from the k-th on, and follows those. It runs in single precision.
With `--prepare`, `ROTOFLOW_MODELS=MODELS/fold0 python -m benchmarks.corrections FOLDER --sequences ...` measures
anything else. The networks in benchmarks/fold_networks were trained in an hour and a half of two cores and are weaker
than the one that ships; see docs/benchmarks.md.

Results go to benchmarks/results/folds.json, with J and confidence of every frame.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.accuracy import Outcome, confidence_pairs, correlation, evaluate, masked_frames, reliability
from benchmarks.common import print_table, write_results
from core.datasets.layouts.davis import DavisDataset
from core.engines.weights import SIZE, load_network
from core.learning.shipping.export import save_graphs
from core.learning.trainer import fold_names
from core.metrics import mean_score
from core.own_folders import MODELS_VARIABLE

_FOLDER = Path("../shared/data/davis-train")
_NETWORKS = Path(__file__).parent / "fold_networks"


def prepare(weights: Path, folder: Path) -> None:
    """Writes what the engine runs, the weights of a network and its graphs, into a new folder."""
    folder.mkdir(parents=True)
    shutil.copyfile(weights, folder / f"{SIZE}.safetensors")
    with _models(folder):
        save_graphs(load_network(), folder, SIZE)


@contextmanager
def _models(folder: Path) -> Iterator[None]:
    """The engine reads its network from this folder."""
    before = os.environ.get(MODELS_VARIABLE)
    os.environ[MODELS_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODELS_VARIABLE]
        else:
            os.environ[MODELS_VARIABLE] = before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folds", type=Path, nargs="?", default=_NETWORKS, help="folder with fold0.safetensors and so on"
    )
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="the sequences (default: %(default)s)")
    parser.add_argument("--sequences", nargs="+", help="only these")
    parser.add_argument("--masks", type=int, default=1, metavar="N", help="so many true masks, evenly spread")
    parser.add_argument("--name", default="folds", help="name of the results file (default: %(default)s)")
    parser.add_argument("--prepare", type=Path, metavar="MODELS", help="write the graphs here and follow nothing")
    args = parser.parse_args()
    weights = sorted(args.folds.glob("fold*.safetensors"))
    if not weights:
        parser.error(f"{args.folds}: there is no fold0.safetensors")
    if args.prepare is not None:
        for file in weights:
            prepare(file, args.prepare / file.stem)
        return
    dataset = DavisDataset(args.folder)
    outcomes: list[tuple[int, Outcome]] = []
    with tempfile.TemporaryDirectory(prefix="rotoflow-folds-") as scratch:
        for fold, names in enumerate(fold_names(dataset.sequence_names, len(weights))):
            prepare(weights[fold], Path(scratch) / str(fold))
            with _models(Path(scratch) / str(fold)):
                chosen = sorted(names if args.sequences is None else names & set(args.sequences))
                outcomes += [
                    (fold, evaluate(dataset.sequence(name), "builtin", {}, masks=args.masks)) for name in chosen
                ]
    _report(outcomes, args.masks)
    records = [{"fold": fold, **outcome.record} for fold, outcome in outcomes]
    print(write_results(args.name, {"folder": args.folder.name, "masks": args.masks}, records))


def _unmasked(outcome: Outcome, masks: int) -> float:
    """J&F over the frames without a true mask, mean of the objects."""
    values = [
        np.mean([value for frame, value in part.items() if frame not in given])
        for score in outcome.score.objects.values()
        for given in [set(masked_frames(len(score.j_frames) + 2, masks))]
        for part in (score.j_frames, score.f_frames)
    ]
    return float(np.mean(values))


def _report(outcomes: list[tuple[int, Outcome]], masks: int) -> None:
    rows: list[list[object]] = []
    for fold, outcome in outcomes:
        score = outcome.score
        rows.append([outcome.sequence, fold, score.j.mean, score.f.mean, score.j_and_f])
    j, f = mean_score(outcome.score for _, outcome in outcomes)
    rows.append(["mean", "", j.mean, f.mean, (j.mean + f.mean) / 2])
    print_table(["sequence", "fold", "J", "F", "J&F"], rows)
    if masks > 1:
        mean = np.mean([_unmasked(outcome, masks) for _, outcome in outcomes])
        print(f"J&F over frames without a true mask: {mean:.3f}")
    pairs = confidence_pairs([outcome for _, outcome in outcomes])
    print(f"confidence and J of {len(pairs)} frames correlate by {correlation(pairs):.2f}")
    print_table(["confidence", "frames", "mean", "mean J"], reliability(pairs))
    poor = pairs[pairs[:, 1] < 0.7]
    print(f"of {len(poor)} frames with a J below 0.7, {np.count_nonzero(poor[:, 0] < 0.8)} have a confidence below 0.8")


if __name__ == "__main__":
    main()
