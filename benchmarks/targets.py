"""Target networks on annotated sequences: how large, how long to train, and J&F alone, with transfer and combined.

    python -m benchmarks.targets --short                  every network on the sequences that are reported
    python -m benchmarks.targets --short --table rule --clips choose      the rule: augmentation, and weight of the cue
    python -m benchmarks.targets                          the same on whole sequences, with the engine's own settings
    python -m benchmarks.targets ../shared/data/multi-object --networks unet fcn-8s
    python -m benchmarks.targets --short --table upsampling       one network, each way to enlarge
    python -m benchmarks.targets --short --table learned --clips choose   learned upsampling next to bilinear
    python -m benchmarks.targets --short --table aids             augmentations, pseudo-labels, teacher
    python -m benchmarks.targets --short --table backbones        each backbone, torchvision's from random weights

Given only the first frame's mask. What is set is chosen on `CHOOSE` and reported on `REPORT`; a folder or `--sequences`
name others. It goes sequence by sequence and keeps every number in benchmarks/results/targets-TABLE-CLIPS.json as it
comes; what is there is not run again. `--device cpu` trains as a person without a GPU does.
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
from core.engines.target_networks.options import LEARNED_UPSAMPLING, PREFIX, TITLES, Chosen, info_of
from core.jobs import CancelToken
from core.metrics import score_sequence
from core.types import TRAINING_DEVICES, Anchor, Image, LabelMap

DATA = DEFAULT_FOLDER.parent
CHOOSE = ("davis-dev/flamingo", "davis-dev/drift-turn", "davis-train/scooter-gray", "davis-train/rollerblade")
"""Sequences that settings may be chosen on."""
REPORT = (
    "davis-dev/hockey",
    "davis-dev/soccerball",
    "multi-object/dogs-jump",
    "davis-dev/rhino",
    "davis-dev/breakdance-flare",
)
"""Sequences that no setting of a target network was chosen on."""
SHORT_STRIDE, SHORT_FRAMES = 4, 10
SHORT = {"steps": 40, "target_side": 128}
"""Steps and the network's side with `--short`: a sequence in ten minutes of one core."""
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
_ALL_CHANGES = {"affine": True, "crop": True, "colour": True}
_AIDS: Mapping[str, Mapping[str, object]] = {
    "none": {"affine": False, "crop": False, "colour": False},
    "affine": {"affine": True, "crop": False, "colour": False},
    "affine + crop": {"affine": True, "crop": True, "colour": False},
    "affine + crop + colour": _ALL_CHANGES,
    "copy-paste": {"copy_paste": True},
    "CutMix": {"cutmix": True},
    "RandAugment": {"rand_augment": True},
    "pseudo-labels": {"pseudo_labels": True},
    "teacher": {"teacher": "built-in"},
    "backbone trained": {"layers": "trained"},
}
_RULE: Mapping[str, tuple[str, Mapping[str, object]]] = {
    f"{network}, {aid}": (network, {**_ALONE, **_AIDS[aid]})
    for network in ("deeplab-v3", "unet")
    for aid in ("none", "affine", "affine + crop + colour")
} | {
    f"{network}, combined, {weight}": (network, {"cue_weight": weight})
    for network in ("deeplab-v3", "unet")
    for weight in (0.25, 0.5, 1.0)
}
_LEARNED: Mapping[str, tuple[str, Mapping[str, object]]] = {
    f"{network}, {way}": (network, {**_ALONE, "upsampling": way})
    for network, learned in {**LEARNED_UPSAMPLING, "fc-densenet": "transposed"}.items()
    for way in (learned, "bilinear")
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
        "rule": dict(_RULE),
        "learned": dict(_LEARNED),
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
    """Weights of a network for one object: all, and those outside the backbone."""
    chosen = Chosen(network, {**info_of(network).options, **options, "weights": "random"})
    made = Learner(chosen, "cpu", (854, 480)).build(1)
    return sum(one.numel() for one in made.parameters()), sum(one.numel() for one in made.own_parameters())


class _Measured:
    """One clip's scores. What several ways of use share is trained once."""

    def __init__(self, clip: _Clip, device: str) -> None:
        self._clip, self._device = clip, device
        self._trained: tuple[str, bytes, float] = ("", b"", 0.0)

    def score(self, engine: str, options: Mapping[str, object]) -> dict[str, float]:
        """J, F, J&F, and the seconds that training took (0 where it happens on the way)."""
        learns_on_the_way = bool(options.get("pseudo_labels") or options.get("teacher"))
        if not engine.startswith(PREFIX) or learns_on_the_way:
            return {**self._clip.score(engine, options, self._device), "training": 0.0}
        following = ("combine", "cue_weight")
        key = f"{engine} {sorted((name, value) for name, value in options.items() if name not in following)}"
        if key != self._trained[0]:
            self._trained = (key, *self._clip.train(engine, options, self._device))
        _, weights, seconds = self._trained
        found = self._clip.score(engine, {**options, "adaptation": weights}, self._device)
        return {**found, "training": seconds}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Target networks on annotated sequences.")
    parser.add_argument("folder", nargs="?", type=Path, help="folder in the layout of DAVIS; else --clips")
    parser.add_argument("--data", type=Path, default=DATA, help="where the folders of --clips are")
    parser.add_argument("--clips", choices=("report", "choose"), default="report")
    parser.add_argument("--table", choices=list(tables([])), default="networks")
    parser.add_argument("--networks", nargs="+", choices=list(TITLES), default=list(TITLES), metavar="NAME")
    parser.add_argument("--sequences", nargs="+", metavar="NAME")
    parser.add_argument("--short", action="store_true", help="every fourth frame, ten of them, fewer steps, smaller")
    parser.add_argument("--steps", type=int, help="of training, in place of the usual number")
    parser.add_argument("--device", default="cpu", choices=TRAINING_DEVICES)
    args = parser.parse_args(arguments)

    more: dict[str, object] = dict(SHORT) if args.short else {}
    if args.steps:
        more["steps"] = args.steps
    wanted: dict[str, tuple[str, Mapping[str, object]]] = {"builtin": ("builtin", {})}
    wanted |= {
        name: (f"{PREFIX}{network}", {**options, **more})
        for name, (network, options) in tables(args.networks)[args.table].items()
    }
    RESULTS.mkdir(exist_ok=True)
    clips = args.folder.name if args.folder else args.clips
    path = RESULTS / f"targets-{args.table}-{clips}{'-short' if args.short else ''}.json"
    record: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"machine": machine(), "rows": {}}
    rows: dict[str, Any] = record["rows"]
    for sequence in _sequences(args):
        clip: _Clip | None = None
        for name, (engine, options) in wanted.items():
            row = rows.setdefault(name, {"options": options, "sequences": {}})
            if sequence.name in row["sequences"]:
                continue
            if clip is None:
                clip = _Clip(sequence, args.short)
                measured = _Measured(clip, args.device)
            row["sequences"][clip.name] = found = measured.score(engine, options)
            if engine.startswith(PREFIX):
                row["parameters"] = parameters(engine.removeprefix(PREFIX), options)
            path.write_text(json.dumps(record, indent=2, default=str) + "\n", encoding="utf-8")
            print(f"{clip.name}, {name}: J&F {found['j_and_f']:.3f}, {found['training']:.1f} s of training", flush=True)
    _print(args.table, rows, args.networks)
    print(f"OSVOS reports {OSVOS_DAVIS_2016} on DAVIS 2016 val. {path}")


def _sequences(args: argparse.Namespace) -> list[DavisSequence]:
    if args.folder is not None:
        dataset = DavisDataset(args.folder)
        return [dataset.sequence(name) for name in args.sequences or dataset.sequence_names]
    named = [one.split("/") for one in (CHOOSE if args.clips == "choose" else REPORT)]
    wanted = [one for one in named if not args.sequences or one[1] in args.sequences]
    return [DavisDataset(args.data / folder).sequence(name) for folder, name in wanted]


def _mean(row: Mapping[str, Any], name: str) -> float:
    return float(np.mean([one[name] for one in row["sequences"].values()]))


def _print(table: str, rows: Mapping[str, Any], networks: Sequence[str]) -> None:
    base = _mean(rows["builtin"], "j_and_f")
    print(f"built-in engine by itself: {base:.3f} on {', '.join(rows['builtin']['sequences'])}")
    if table != "networks":
        found = []
        for name, row in rows.items():
            scores = [one["j_and_f"] for one in row["sequences"].values()]
            found.append([name, *scores, _mean(row, "j_and_f"), _mean(row, "training")])
        print_table([table, *rows["builtin"]["sequences"], "mean", "training s"], found)
        return
    lines = []
    for name in networks:
        ways = [rows[f"{name} {way}"] for way in NETWORK_WAYS]
        whole, own = ways[1]["parameters"]
        scores = [_mean(one, "j_and_f") for one in ways]
        seconds = [_mean(one, "training") for one in ways[:2]]
        lines.append([TITLES[name], whole, own, *seconds, *scores, scores[-1] - base])
    print_table(
        ["network", "parameters", "of them new", "s scratch", "s transfer", "scratch", "transfer", "combined", "gain"],
        lines,
    )


if __name__ == "__main__":
    main()
