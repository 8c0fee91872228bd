"""Trains the small network that corrects contours, and judges it by cross-validation over the training sequences.

    python -m tools.train_refinement DATA OUT                 DATA as for `rotoflow train --data`
    python -m tools.train_refinement DATA OUT --no-training   only scores, once the networks are there

It learns from masks that the built-in engine finds on `davis-train`, kept in OUT/found, and from true masks: through
the engine's canvas, there and on the pictures of `images`, and moved a little on some of these. OUT gets
`refinement.safetensors`, learnt from all sequences, and `fold0.safetensors` and so on, each without its part of them. J
and F over those are printed for true masks and for the engine's: enlarged only, and refined, by fold. Most of the time
goes into the engine's masks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.common import print_table
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines.tracked import TrackedSession
from core.engines.weights import open_runtime
from core.jobs import CancelToken
from core.learning.clicks.cutting import split
from core.learning.refinement.samples import SCALES, EdgeCase, EdgePixels, cases_of, edge_pixels, joined, moved_case
from core.learning.refinement.training import train
from core.learning.samples.data import find_training_data
from core.learning.shipping.export import rounded, save_half_precision
from core.learning.trainer import fold_names
from core.metrics import boundary_f, region_j
from core.types import Anchor, Floats
from core.vos.edge_network import EdgeNetwork, read_edge_network
from core.vos.refinement import refine_probabilities
from core.vos.targets.network_target import NetworkTarget
from core.vos.tracking import TrackingSettings

_EVERY = 3
"""Every n-th frame is learnt from."""
_PIXELS = 800
"""Pixels of a mask that are learnt from."""
_PICTURES = 1200
_SETS = frozenset({"ecssd", "duts_tr_part", "weizmann_horses", "penn_fudan", "ccp_fashion"})
"""Picture sets whose masks are objects with careful contours."""
_MOVED_EVERY = 3
"""In every n-th picture, a moved mask is learnt from, too."""
_JUDGED_EVERY = 12
_JUDGED_SCALES = (1.0, 2.0)


def found_masks(sequence: DavisSequence, folder: Path) -> Mapping[int, Floats]:
    """Probabilities (H, W), by frame index, of the first object as the engine finds it from its first mask."""
    path = folder / f"{sequence.name}.npz"
    if not path.exists():
        names, ids = list(sequence.frame_names), sequence.object_ids()
        first = sequence.labels(names[0])
        indices: list[int] = []
        planes: list[NDArray[np.uint8]] = []
        runtime = open_runtime("cpu", 1)
        settings = TrackingSettings(short_side=0, refinement=None)
        with closing(TrackedSession(first.shape[::-1], settings, lambda: NetworkTarget(runtime))) as session:
            anchor = Anchor(0, first, frozenset(ids))
            frames = session.track(
                [anchor], range(len(names)), lambda frame: sequence.picture(names[frame]), CancelToken()
            )
            for result in frames:
                if result.frame_index % _EVERY == 0 and result.frame_index:
                    patch = result.probabilities[ids[0]]
                    plane = np.zeros(first.shape, np.uint8)
                    plane[patch.box.slices] = patch.values
                    indices.append(result.frame_index)
                    planes.append(plane)
        np.savez_compressed(path, frames=np.array(indices), planes=np.array(planes))
    with np.load(path) as kept:
        pairs = zip(kept["frames"].tolist(), kept["planes"], strict=True)
        return {frame: plane * np.float32(1 / 255) for frame, plane in pairs}


class Material:
    """The cases of the training sequences and pictures."""

    def __init__(self, root: Path, out: Path) -> None:
        self._dataset = DavisDataset(root / "davis-train")
        self._folder = out / "found"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._pictures = find_training_data(root)
        self.names = sorted(self._pictures.sequences)

    def sequence(self, name: str) -> DavisSequence:
        """One of `names`."""
        return self._dataset.sequence(name)

    def sequence_cases(self, name: str, every: int, scales: Sequence[float] | None) -> Iterator[EdgeCase]:
        """Of every n-th frame, at these scales; None: each at the working size and, by turns, at one of `SCALES`."""
        sequence = self.sequence(name)
        names, object_id = list(sequence.frame_names), sequence.object_ids()[0]
        found = found_masks(sequence, self._folder)
        for frame in range(every, len(names), every):
            turn = SCALES[frame // every % len(SCALES)]
            truth = sequence.labels(names[frame]) == object_id
            yield from cases_of(sequence.picture(names[frame]), truth, found.get(frame), scales or sorted({1.0, turn}))

    def picture_cases(self, rng: np.random.Generator) -> Iterator[EdgeCase]:
        """One object of some of the pictures, each at one of `SCALES`; in some of them the moved mask follows."""
        examples = [one for one in split(self._pictures)[0] if _SETS.intersection(one.picture.parts)]
        for number, index in enumerate(rng.permutation(len(examples))[:_PICTURES]):
            content = self._pictures.read(examples[index])
            if content is not None and (ids := np.unique(content[1][content[1] > 0])).size:
                truth, scale = content[1] == rng.choice(ids), SCALES[number % len(SCALES)]
                yield from cases_of(content[0], truth, None, [scale])
                if number % _MOVED_EVERY == 0:
                    yield moved_case(content[0], truth, float(rng.choice(SCALES)), rng)

    def pixels(self) -> tuple[list[EdgePixels], EdgePixels]:
        """Of each sequence, in the order of `names`, and of all pictures."""
        rng = np.random.default_rng(0)
        by_name = []
        for name in self.names:
            made = (edge_pixels(case, _PIXELS, rng) for case in self.sequence_cases(name, _EVERY, None))
            by_name.append(joined([pixels for pixels in made if pixels is not None]))
            print(f"{name}: {len(by_name[-1])} pixels", flush=True)
        made = (edge_pixels(case, _PIXELS, rng) for case in self.picture_cases(rng))
        return by_name, joined([pixels for pixels in made if pixels is not None])


def learn(parts: Sequence[EdgePixels], steps: int, seed: int, path: Path) -> None:
    """Trains a network on all these pixels and writes it."""

    def report(step: int, loss: float) -> None:
        if step % 500 == 0 or step == steps:
            print(f"{path.stem}: step {step}, loss {loss:.4f}", flush=True)

    module = train(joined(parts), steps, seed, report)
    save_half_precision(rounded(module), path, {"format": "rotoflow-refinement"})


def judge(material: Material, out: Path, folds: int, every: int = _JUDGED_EVERY) -> list[dict[str, object]]:
    """J and F of each fold's sequences, enlarged only and by the network that has not seen them: one row for each kind
    of mask, scale, method and fold.
    """
    rows: list[dict[str, object]] = []
    for fold, names in enumerate(fold_names(material.names, folds)):
        path = out / f"fold{fold}.safetensors"
        methods: dict[str, EdgeNetwork | None] = {
            "enlarged": None,
            "refined": read_edge_network(path.read_bytes(), path),
        }
        scores: dict[tuple[str, float, str], list[np.ndarray]] = {}
        for name in sorted(names):
            one: dict[tuple[str, float, str], list[tuple[float, float]]] = {}
            for case in material.sequence_cases(name, every, _JUDGED_SCALES):
                kind, scale = "found" if case.found else "true", case.picture.shape[0] / case.working.shape[0]
                for method, network in methods.items():
                    mask = refine_probabilities(case.probability[None], case.working, case.picture, network)[0] > 0.5
                    one.setdefault((kind, scale, method), []).append(
                        (region_j(mask, case.truth), boundary_f(mask, case.truth))
                    )
            for key, values in one.items():
                scores.setdefault(key, []).append(np.mean(values, axis=0))
        for (kind, scale, method), means in sorted(scores.items()):
            j, f = np.mean(means, axis=0)
            rows.append({"masks": kind, "scale": scale, "fold": fold, "method": method, "J": float(j), "F": float(f)})
    return sorted(rows, key=lambda row: (str(row["masks"]), str(row["scale"]), str(row["fold"])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with davis-train and images")
    parser.add_argument("out", type=Path, help="the folder to write")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-training", action="store_true", help="only score the networks of the folds")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    material = Material(args.data, args.out)
    if not args.no_training:
        by_name, pictures = material.pixels()
        for fold, names in enumerate(fold_names(material.names, args.folds)):
            rest = [pixels for name, pixels in zip(material.names, by_name, strict=True) if name not in names]
            learn([*rest, pictures], args.steps, args.seed, args.out / f"fold{fold}.safetensors")
        learn([*by_name, pictures], args.steps, args.seed, args.out / "refinement.safetensors")
    rows = judge(material, args.out, args.folds)
    print_table(list(rows[0]), [list(row.values()) for row in rows])


if __name__ == "__main__":
    main()
