"""The finest edge, with ViTMatte of random weights in the official layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import EngineError
from core.matting import FrameBefore, MatteSettings, soft_alpha
from core.own_folders import MODELS_VARIABLE
from core.types import Image

FINEST = MatteSettings(refinement="finest")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with ViTMatte in it, which takes everything unknown for half there."""
    t = pytest.importorskip("transformers")
    import torch

    root = tmp_path_factory.mktemp("models")
    backbone = t.VitDetConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        mlp_ratio=2,
        num_channels=4,
        image_size=64,
        pretrain_image_size=64,
        patch_size=16,
        out_features=["stage1"],
        residual_block_indices=[],
        window_block_indices=[],
    )
    network = t.VitMatteForImageMatting(
        t.VitMatteConfig(
            backbone_config=backbone,
            hidden_size=16,
            convstream_hidden_sizes=[8, 8, 8],
            fusion_hidden_sizes=[16, 8, 8, 8],
        )
    )
    last = [layer for layer in network.decoder.matting_head.modules() if isinstance(layer, torch.nn.Conv2d)][-1]
    with torch.no_grad():
        last.weight.zero_()
        assert last.bias is not None
        last.bias.zero_()
    folder = root / "vitmatte-small-composition-1k"
    network.save_pretrained(folder)
    t.VitMatteImageProcessor().save_pretrained(folder)
    return root


def scene() -> tuple[Image, np.ndarray]:
    image = np.full((90, 130, 3), 60, np.uint8)
    mask = np.zeros((90, 130), np.bool_)
    mask[30:60, 40:90] = True
    image[mask] = 200
    return image, mask


def test_only_the_band_is_asked_for(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    image, mask = scene()
    alpha = soft_alpha(image, mask, FINEST)
    assert alpha.shape == mask.shape
    assert alpha[45, 65] == 1 and alpha[5, 5] == 0
    band = (alpha > 0) & (alpha < 1)
    assert band.any()
    assert alpha[band] == pytest.approx(0.5, abs=0.01)


def test_a_large_picture_is_looked_at_smaller(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.matting import vitmatte

    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    monkeypatch.setattr(vitmatte, "_MOST_PIXELS", 2000)
    image, mask = scene()
    alpha = soft_alpha(image, mask, FINEST)
    assert alpha[45, 65] == 1 and alpha[5, 5] == 0


def test_where_nothing_moves_the_alpha_before_stays(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(models))
    image, mask = scene()
    before = FrameBefore(image, np.full(mask.shape, 0.9, np.float32))
    alpha = soft_alpha(image, mask, FINEST, before=before)
    band = (alpha > 0) & (alpha < 1)
    assert alpha[band].min() > 0.7


def test_without_weights_one_sentence_states_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    image, mask = scene()
    with pytest.raises(EngineError) as caught:
        soft_alpha(image, mask, FINEST)
    assert "https://huggingface.co/hustvl/vitmatte" in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_another_model_s_folder_is_refused(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, folder = models / "vitmatte-small-composition-1k", tmp_path / "vitmatte"
    folder.mkdir()
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    image, mask = scene()
    with pytest.raises(EngineError, match="cannot be read"):
        soft_alpha(image, mask, FINEST)
