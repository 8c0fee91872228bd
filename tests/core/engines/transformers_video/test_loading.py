"""Checkpoint folders: official ones fit, and what is wrong with another one is reported in one sentence."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from benchmarks.official_models import NAMES, official_config
from benchmarks.tiny_models import sam3_tracker, save_tiny
from core.engines import available, load
from core.engines.models.catalogue import catalogue
from core.engines.models.store import MODELS_VARIABLE
from core.engines.transformers_video import TransformersEngine
from core.engines.transformers_video.loading import load_config, load_network
from core.errors import EngineError
from core.jobs import CancelToken
from tests.contract.scenes import Scene

SCENE = Scene(frame_count=3)
CPU = torch.device("cpu")


@pytest.fixture
def folder(sam2_folder: Path, tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(sam2_folder, tmp_path / "model"))


def _open(folder: Path) -> None:
    TransformersEngine("tiny", "Tiny", folder).open((64, 48), "cpu").close()


@pytest.mark.parametrize("name", NAMES)
def test_official_sizes_have_the_keys_and_shapes_that_the_engine_builds(name: str, tmp_path: Path) -> None:
    """On the meta device: no memory is taken, and the catalogue's size is that of the parameters."""
    from transformers import AutoConfig, AutoModel

    official = official_config(name)
    (tmp_path / "config.json").write_text(json.dumps(official))
    with torch.device("meta"):
        ours = AutoModel.from_config(load_config(tmp_path))
        theirs = AutoModel.from_config(AutoConfig.for_model(**official))
        small = AutoModel.from_config(load_config(tmp_path, 512))
    shapes = {key: tuple(value.shape) for key, value in theirs.state_dict().items()}
    assert {key: tuple(value.shape) for key, value in ours.state_dict().items()} == shapes
    assert {key: tuple(value.shape) for key, value in small.state_dict().items()} == shapes, "at half the input, too"
    assert sum(value.numel() for value in theirs.state_dict().values()) * 4 == catalogue()[name].size
    assert ours.config.image_size == 1024
    # only EdgeTAM's own backbone is in it
    assert any("repvit" in str(type(module)).lower() for module in ours.modules()) is (name == "edgetam")


def test_the_whole_of_sam3_as_it_is_published_is_loaded_for_its_tracker(tmp_path: Path) -> None:
    """In facebook/sam3 the tracker's weights lie under other names, next to those of a detector."""
    torch.manual_seed(0)
    save_tiny("sam3_tracker_video", tmp_path / "tracker")
    weights = load_file(tmp_path / "tracker" / "model.safetensors")
    whole = tmp_path / "sam3"
    whole.mkdir()
    renamed = {_published(key): value.contiguous() for key, value in weights.items()}
    renamed["detector_model.something_else.weight"] = torch.zeros(3)
    save_file(renamed, whole / "model.safetensors", {"format": "pt"})
    config = {"model_type": "sam3_video", "tracker_config": sam3_tracker().to_dict()}
    (whole / "config.json").write_text(json.dumps(config))
    there = load_network(whole, CPU, torch.float32).state_dict()
    own = load_network(tmp_path / "tracker", CPU, torch.float32).state_dict()
    assert there.keys() == own.keys()
    assert all(torch.equal(there[key], own[key]) for key in own)


def _published(key: str) -> str:
    for begin, other in (
        ("vision_encoder.backbone.", "detector_model.vision_encoder.backbone."),
        ("vision_encoder.neck.", "tracker_neck."),
    ):
        if key.startswith(begin):
            return other + key.removeprefix(begin)
    return f"tracker_model.{key}"


def _cut_short(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])


def _of_another(folder: Path) -> None:
    save_file({"weight": torch.zeros(3, 3)}, folder / "model.safetensors", {"format": "pt"})


def _of_another_size(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    weights["no_object_pointer"] = torch.zeros(1, 7)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def _no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _another_type(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "bert"}')


def _damaged_config(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "sam2')


def _nonsense_config(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "sam2_video", "image_size": "large", "vision_config": 3}')


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_cut_short, "cut short, damaged, or another model's; download"),
        (_of_another, "not the weights of the model that its config.json describes"),
        (_of_another_size, "cannot be read: they are cut short, damaged, or another model's"),
        (_no_weights, "no weights there; download"),
        (_another_type, "the type 'bert', which does not follow objects here; use one of: sam2_video"),
        (_damaged_config, "damaged; download"),
        (_nonsense_config, "not understood; download"),
    ],
)
def test_what_is_wrong_is_reported_in_one_sentence(folder: Path, harm: Callable[[Path], None], words: str) -> None:
    harm(folder)
    with pytest.raises(EngineError, match=words) as caught:
        _open(folder)
    assert "\n" not in str(caught.value)


def test_without_the_library_it_states_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "transformers"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(
        EngineError, match=r"transformers .* not here: install them with pip install 'rotoflow\[engines\]'"
    ):
        _open(folder)


def test_too_little_memory_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("core.engines.transformers_video.model.load_network", refuse)
    with pytest.raises(EngineError, match=r"too little memory for this model.*choose a smaller"):
        _open(folder)


def test_a_device_that_is_not_there(folder: Path) -> None:
    engine = TransformersEngine("tiny", "Tiny", folder)
    for device in ("cuda", "mps", "xpu"):
        if not getattr(torch, device).is_available():
            with pytest.raises(EngineError, match=f"no {device.upper()} device.*cpu or auto"):
                engine.open((64, 48), device)


def test_installed_models_are_engines_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(folder.parent))
    (info,) = (info for info in available() if info.name == "model")
    assert info.prompts and info.ranges == {"input_side": (64, 4096)}
    session = load("model").open(SCENE.size, "cpu", {"input_side": 128})
    assert len(list(session.track([SCENE.anchor(0)], range(3), SCENE.read, CancelToken()))) == 3
    session.close()
    with pytest.raises(
        EngineError, match=r"'sam2.1-tiny' is not on this machine.*rotoflow models download sam2.1-tiny"
    ):
        load("sam2.1-tiny")
    for wrong in (63, 5000):
        with pytest.raises(EngineError, match=rf"input_side.*{wrong}"):
            load("model").open(SCENE.size, "cpu", {"input_side": wrong})


def test_the_library_is_made_to_stay_offline(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    _open(folder)
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
