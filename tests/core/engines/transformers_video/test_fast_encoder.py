"""The picture encoder on ONNX Runtime: made on request, used where it fits, and never wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from benchmarks.tiny_models import save_tiny
from core.engines.models.store import verify, write_note
from core.engines.transformers_video import fast_encoder, model
from core.engines.transformers_video.fast_encoder import encoder_file, open_fast_encoder, prepare_encoder
from core.engines.transformers_video.model import VideoModel
from core.errors import EngineError
from core.jobs import CancelToken, watched
from core.own_folders import models_folder
from tests.core.cli.conftest import RunCommand, run

__all__ = ["run"]


class Small(torch.nn.Module):
    """Has of a video model what encodes pictures: exporting a whole one takes half a minute."""

    config = SimpleNamespace(image_size=32)

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.convolution = torch.nn.Conv2d(3, 4, 3, 2, 1)

    def get_image_features(self, pixels: torch.Tensor, return_dict: bool) -> SimpleNamespace:
        found = self.convolution(pixels).flatten(2).permute(2, 0, 1)
        return SimpleNamespace(fpn_hidden_states=(found,), fpn_position_encoding=(torch.zeros_like(found) + 1,))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (fast_encoder, model):
        monkeypatch.setattr(module, "load_network", lambda *_: Small().eval())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder with its encoder prepared."""
    folder = save_tiny("sam2_video", tmp_path_factory.mktemp("models") / "tiny")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fast_encoder, "load_network", lambda *_: Small().eval())
        prepare_encoder(folder)
    return folder


def test_it_answers_as_the_network_itself_does(prepared: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    video = VideoModel(prepared, "cpu", half=False)
    assert video._fast is not None
    fast = video.encode(picture)
    video._fast = None
    slow = video.encode(picture)
    for one, other in zip((*fast.maps, *fast.positions), (*slow.maps, *slow.positions), strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-3)
    assert VideoModel(prepared, "cpu", half=True)._fast is None, "half precision is the network's own"


def test_another_models_or_a_damaged_one_is_not_used(prepared: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(prepared, tmp_path / "copy")
    file = next(folder.glob("encoder-*.onnx"))
    side = int(file.stem.partition("-")[2])
    assert open_fast_encoder(folder, side) is not None and open_fast_encoder(folder, side + 32) is None
    (folder / "model.safetensors").touch()
    assert open_fast_encoder(folder, side) is None, "of weights that are no longer there"
    file.write_bytes(b"damaged")
    assert open_fast_encoder(folder, side) is None


def test_the_command_and_what_it_says(prepared: Path, run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = run("models", "prepare", "nothing")
    assert outcome.code != 0 and "no model 'nothing' here" in outcome.err
    folder = models_folder() / "tiny"
    shutil.copytree(prepared, folder)
    side = int(next(folder.glob("encoder-*.onnx")).stem.partition("-")[2])
    write_note(folder, {}, "here")
    watched(verify("tiny", CancelToken()), lambda _progress: None)
    encoder_file(folder, side).unlink()
    watched(verify("tiny", CancelToken()), lambda _progress: None)

    def broken(*_: object) -> None:
        raise RuntimeError("no such operation\nmore")

    monkeypatch.setattr(fast_encoder, "_export", broken)
    with pytest.raises(EngineError, match=r"cannot be prepared for the CPU \(no such operation\); it runs as it did"):
        prepare_encoder(folder)
    assert [one.name for one in folder.iterdir() if "encoder" in one.name or "part" in one.name] == []
