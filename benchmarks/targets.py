"""Target networks on annotated sequences: how large, how long to train, and J&F alone, with transfer and combined.

    python -m benchmarks.targets --short                  every network on two sequences, ten frames of each
    python -m benchmarks.targets                          every network on all of davis-dev
    python -m benchmarks.targets ../shared/data/multi-object --networks unet fcn-8s
    python -m benchmarks.targets --short --table upsampling       one network, each way to enlarge
    python -m benchmarks.targets --short --table aids             augmentations, pseudo-labels, teacher
    python -m benchmarks.targets --short --table backbones        those that have their weights here

Given only the first frame's mask. Results are kept in benchmarks/results/targets-TABLE-FOLDER.json as they come; what
is there is not run again. `--device cpu` trains as a person without a GPU does.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy import DEFAULT_FOLDER
from benchmarks.common import RESULTS, machine, print_table
from core.datasets.layouts.davis import DavisDataset, DavisSequence
from core.engines import load
from core.engines.target_networks.fitting import train_target
from core.engines.target_networks.learner import Learner
from core.engines.target_networks.options import PREFIX, TITLES, Chosen, info_of
from core.jobs import CancelToken
from core.metrics import score_sequence
from core.types import Anchor, Image, LabelMap

SHORT_SEQUENCES = ("flamingo", "drift-turn")
SHORT_STRIDE, SHORT_FRAMES = 4, 10
SHORT = {"steps": 40, "target_side": 128}
"""Steps and the network's side with `--short`: a table in half an hour on one busy core."""
OSVOS_DAVIS_2016 = 0.802
"""J&F that OSVOS reports on the validation part of DAVIS 2016."""

_ALONE = {"combine": "none"}
_OWN = {"backbone": "own"}
NETWORK_WAYS: Mapping[str, Mapping[str, object]] = {
    "scratch": {**_ALONE, **_OWN},
    "transfer": _ALONE,
    "combined": {},
}
_UNET = {name: {**_ALONE, "upsampling": name} for name in info_of("unet").choices["upsampling"] if name != "auto"}
_BARE = {"affine": False, "crop": False, "colour": False, "copy_paste": False}
_AIDS: Mapping[str, Mapping[str, object]] = {
    "none": _BARE,
    "affine": {**_BARE, "affine": True},
    "affine + crop": {**_BARE, "affine": True, "crop": True},
    "affine + crop + colour (default)": {},
    "default + copy-paste": {"copy_paste": True},
    "default + CutMix": {"cutmix": True},
    "default + RandAugment": {"rand_augment": True},
    "default + pseudo-labels": {"pseudo_labels": True},
    "default + teacher": {"teacher": "built-in"},
    "default, backbone trained": {"layers": "trained"},
}
_BACKBONES: Mapping[str, Mapping[str, object]] = {
    name: {"backbone": name, **({} if name in ("built-in", "own") else {"weights": "random"})}
    for name in info_of("unet").choices["backbone"]
}


def tables(networks: Sequence[str]) -> dict[str, dict[str, tuple[str, Mapping[str, object]]]]:
    """The tables by name: rows by name, each a network and its options."""
    alone = {"aids": _AIDS, "backbones": _BACKBONES}
    made: dict[str, dict[str, tuple[str, Mapping[str, object]]]] = {
        "networks": {f"{name} {way}": (name, ways) for name in networks for way, ways in NETWORK_WAYS.items()},
        "upsampling": {name: ("unet", options) for name, options in _UNET.items()},
    }
    for table, rows in alone.items():
        made[table] = {name: ("unet", {**_ALONE, **options}) for name, options in rows.items()}
    return made


class _Clip:
    """A sequence, or some frames of it, in memory for as long as it is measured."""

    def __init__(self, sequence: DavisSequence, short: bool) -> None:
        names = list(sequence.frame_names)
        if short:
            names = names[::SHORT_STRIDE][:SHORT_FRAMES]
        self.name, self.object_ids = sequence.name, sequence.object_ids()
        self.truth: list[LabelMap] = [sequence.labels(name) for name in names]
        self.pictures: list[Image] = [sequence.picture(name) for name in names]

    @property
    def size(self) -> tuple[int, int]:
        return self.truth[0].shape[1], self.truth[0].shape[0]

    @property
    def anchor(self) -> Anchor:
        return Anchor(0, self.truth[0], frozenset(self.object_ids))

    def train(self, network: str, options: Mapping[str, object], device: str) -> tuple[bytes, float]:
        """Weights trained on the first frame, and the seconds that it took."""
        start = time.perf_counter()
        weights = train_target(network, [self.anchor], self.pictures.__getitem__, self.size, options, device)
        return weights, time.perf_counter() - start

    def score(self, engine: str, options: Mapping[str, object], device: str) -> dict[str, float]:
        """J, F and J&F."""

        def labels() -> Iterator[LabelMap]:
            with closing(load(engine).open(self.size, device, dict(options))) as session:
                read, frames = self.pictures.__getitem__, range(len(self.truth))
                for result in session.track([self.anchor], frames, read, CancelToken()):
                    yield result.labels

        score = score_sequence(labels(), iter(self.truth), self.object_ids)
        return {"j": score.j.mean, "f": score.f.mean, "j_and_f": score.j_and_f}


def parameters(network: str, options: Mapping[str, object]) -> tuple[int, int]:
    """Weights of a network for one object: all, and those beside the backbone."""
    chosen = Chosen(network, {**info_of(network).options, **options, "weights": "random"})
    made = Learner(chosen, "cpu", (854, 480)).build(1)
    return sum(one.numel() for one in made.parameters()), sum(one.numel() for one in made.own_parameters())


class _Measured:
    """Rows by name, each measured once. What several ways of use share is trained once."""

    def __init__(self, clips: Sequence[_Clip], device: str) -> None:
        self._clips, self._device = clips, device
        self._trained: dict[str, tuple[bytes, float]] = {}

    def row(self, engine: str, options: Mapping[str, object]) -> dict[str, Any]:
        """Means over the clips, and each clip's."""
        scores = {clip.name: self._score(clip, engine, options) for clip in self._clips}
        means = {name: float(np.mean([one[name] for one in scores.values()])) for name in next(iter(scores.values()))}
        return {**means, "sequences": scores}

    def _score(self, clip: _Clip, engine: str, options: Mapping[str, object]) -> dict[str, float]:
        if not engine.startswith(PREFIX):
            return {**clip.score(engine, options, self._device), "training": 0.0}
        if options.get("pseudo_labels") or options.get("teacher"):
            # these learn from other frames than the first, while the clip is followed
            return {**clip.score(engine, options, self._device), "training": 0.0}
        key = f"{clip.name} {engine} {sorted((name, value) for name, value in options.items() if name != 'combine')}"
        if key not in self._trained:
            self._trained = {key: clip.train(engine, options, self._device), **self._trained}
            while len(self._trained) > len(self._clips):
                self._trained.popitem()
        weights, seconds = self._trained[key]
        found = clip.score(engine, {**options, "adaptation": weights}, self._device)
        return {**found, "training": seconds}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Target networks on annotated sequences.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--table", choices=list(tables([])), default="networks")
    parser.add_argument("--networks", nargs="+", choices=list(TITLES), default=list(TITLES), metavar="NAME")
    parser.add_argument("--sequences", nargs="+", metavar="NAME")
    parser.add_argument(
        "--short", action="store_true", help="two sequences, every fourth frame, ten of them, fewer steps, smaller"
    )
    parser.add_argument("--steps", type=int, help="of training, in place of the usual number")
    parser.add_argument("--device", default="cpu", choices=("auto", "cpu", "cuda"))
    args = parser.parse_args(arguments)

    dataset = DavisDataset(args.folder)
    there = dataset.sequence_names
    short = [name for name in SHORT_SEQUENCES if name in there] or there[:1]
    names = args.sequences or (short if args.short else there)
    clips = [_Clip(dataset.sequence(name), args.short) for name in names]
    more: dict[str, object] = dict(SHORT) if args.short else {}
    if args.steps:
        more["steps"] = args.steps
    path = RESULTS / f"targets-{args.table}-{args.folder.name}{'-short' if args.short else ''}.json"
    record: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"machine": machine(), "rows": {}}
    record["settings"] = {"frames": {clip.name: len(clip.truth) for clip in clips}, **more}
    rows: dict[str, Any] = record["rows"]
    wanted: dict[str, tuple[str, Mapping[str, object]]] = {"builtin": ("builtin", {})}
    wanted |= {
        name: (f"{PREFIX}{network}", {**options, **more})
        for name, (network, options) in tables(args.networks)[args.table].items()
    }
    RESULTS.mkdir(exist_ok=True)
    measured = _Measured(clips, args.device)
    for name, (engine, options) in wanted.items():
        if name not in rows:
            rows[name] = measured.row(engine, options)
            if engine.startswith(PREFIX):
                rows[name]["parameters"] = parameters(engine.partition(":")[2], options)
            path.write_text(json.dumps(record, indent=2, default=str) + "\n", encoding="utf-8")
            print(f"{name}: J&F {rows[name]['j_and_f']:.3f}, training {rows[name]['training']:.1f} s", flush=True)
    _print(args.table, rows, args.networks)
    print(f"OSVOS reports {OSVOS_DAVIS_2016} on DAVIS 2016 val. {path}")


def _print(table: str, rows: Mapping[str, Any], networks: Sequence[str]) -> None:
    base = rows["builtin"]["j_and_f"]
    print(f"built-in engine by itself: {base:.3f}")
    if table != "networks":
        found = [[name, row["j_and_f"], row["training"]] for name, row in rows.items() if name != "builtin"]
        print_table([table, "J&F", "training s"], found)
        return
    lines = []
    for name in networks:
        ways = [rows[f"{name} {way}"] for way in NETWORK_WAYS]
        scratch, transfer, combined = ways
        whole, own = transfer["parameters"]
        scores = [one["j_and_f"] for one in ways]
        lines.append(
            [TITLES[name], whole, own, scratch["training"], transfer["training"], *scores, combined["j_and_f"] - base]
        )
    print_table(
        ["network", "parameters", "of them new", "s scratch", "s transfer", "scratch", "transfer", "combined", "gain"],
        lines,
    )


if __name__ == "__main__":
    main()
