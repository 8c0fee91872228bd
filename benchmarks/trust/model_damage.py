"""Damaged and malicious files of models, examples and timelines: read, or a typed error; no other exception."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import numpy as np

from benchmarks.trust.damage import numbered
from benchmarks.trust.kills import make_scene
from benchmarks.trust.spoiling import spoil, spoil_text
from benchmarks.trust.tally import Case, Generator, Tally, try_apart
from core.batch.folders import read_batch
from core.engines.detectors.weights import read_state
from core.engines.models.store import find_installed, installed, read_note
from core.engines.target_networks.packed import read_packed
from core.engines.transformers_video.kinds import kind_of, normalisation
from core.errors import RotoflowError
from core.explain.tags import TagIndex, load_tags, save_tags
from core.own_folders import MODELS_VARIABLE


def model_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Looks `count` times through a folder of models in which one file is damaged or hostile."""
    folder = _make_models(Path("models"))
    os.environ[MODELS_VARIABLE] = str(Path("models").resolve())
    whole = {path: path.read_bytes() for path in sorted(folder.iterdir())}
    source = numbered(rng)

    def one(number: int) -> str:
        random = source(number)
        for path, data in whole.items():
            path.write_bytes(data)
        path = list(whole)[number % len(whole)]
        path.write_bytes((spoil_text if path.suffix == ".json" else spoil)(whole[path], random))
        installed()
        find_installed(folder.name)
        read_note(folder)
        with contextlib.suppress(RotoflowError):
            normalisation(folder, kind_of(folder))
        for weights in (folder / "model.safetensors", folder / "model.pth"):
            with contextlib.suppress(RotoflowError):
                read_state(weights)
        read_packed((folder / "model.safetensors").read_bytes())
        return ""

    try_apart(tally, count, one, seconds=30)


def _make_models(root: Path) -> Path:
    import torch
    from safetensors.torch import save_file

    folder = root / "mine"
    folder.mkdir(parents=True)
    state = {"one.weight": torch.zeros(8, 4), "two.bias": torch.ones(8)}
    about = {
        "format": "rotoflow-target-network",
        "network": "u-net",
        "settings": "{}",
        "object_ids": "[1]",
        "trust": "[1]",
    }
    save_file(state, folder / "model.safetensors", metadata=about)
    torch.save(state, folder / "model.pth")
    (folder / "config.json").write_text(json.dumps({"model_type": "sam2_video", "image_size": 1024}), "utf-8")
    processor = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "size": {"height": 1024}}
    (folder / "preprocessor_config.json").write_text(json.dumps(processor), "utf-8")
    note = {"source": "somewhere", "files": {"model.safetensors": "00"}, "checked": True}
    (folder / "rotoflow.json").write_text(json.dumps(note), "utf-8")
    return folder


def tag_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged files of examples."""
    index, path = TagIndex(), Path("tags.json")
    for number in range(6):
        index.learn(f"class {number % 3}", np.eye(8, dtype=np.float32)[number])
    save_tags(path, index)
    data, source = path.read_bytes(), numbered(rng)

    def one(number: int) -> str:
        path.write_bytes(spoil_text(data, source(number)))
        found = load_tags(path)
        found.suggest(np.eye(8, dtype=np.float32)[0])
        return ""

    try_apart(tally, count, one)


_EDL = """TITLE: CUT
001  CLIP     V     C        00:00:00:00 00:00:00:10 01:00:00:00 01:00:00:10
* FROM CLIP NAME: clip.mp4
002  CLIP     V     C        00:00:00:10 00:00:00:20 01:00:00:10 01:00:00:20
"""


def timeline_cases(tally: Tally, count: int, rng: Generator) -> None:
    """Reads `count` damaged timelines of editing programs."""
    import opentimelineio as otio

    make_scene(Path())
    time = otio.opentime.RationalTime
    timeline, track = otio.schema.Timeline("cut"), otio.schema.Track("V1")
    media = otio.schema.ExternalReference("clip.mp4", otio.opentime.TimeRange(time(0, 24), time(24, 24)))
    track.append(otio.schema.Clip("clip", media, otio.opentime.TimeRange(time(2, 24), time(9, 24))))
    timeline.tracks.append(track)
    Path("cut.otio").write_text(otio.adapters.write_to_string(timeline, "otio_json"), encoding="utf-8")
    Path("cut.edl").write_text(_EDL, encoding="utf-8")
    suffixes = otio.adapters.suffixes_with_defined_adapters(read=True)
    for suffix, adapter in (("xml", "fcp_xml"), ("fcpxml", "fcpx_xml")):
        if suffix in suffixes:
            text = otio.adapters.write_to_string(timeline, adapter)
            Path(f"cut.{suffix}").write_text(text, encoding="utf-8")
    whole = [path for path in sorted(Path().glob("cut.*")) if path.suffix[1:] in suffixes]
    texts, source = {path: path.read_bytes() for path in whole}, numbered(rng)

    def one(number: int) -> str:
        path = whole[number % len(whole)]
        spoiled = Path(f"spoiled{path.suffix}")
        spoiled.write_bytes(spoil_text(texts[path], source(number)))
        with contextlib.suppress(RotoflowError):
            read_batch(spoiled)
        return ""

    try_apart(tally, count, one)


CASES = {
    "damaged: model": Case(model_cases, 1000, 0),
    "damaged: tags": Case(tag_cases, 1000, 20),
    "damaged: timeline": Case(timeline_cases, 1000, 5),
}
"""The cases by name."""
