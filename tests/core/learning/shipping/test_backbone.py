"""A network that is given a backbone continues masking as it did, and its keys say what both know."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import EngineError
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import some_frames
from core.learning.shipping.backbone import with_backbone
from core.learning.shipping.export import save_weights
from core.learning.shipping.growing import grow, start_weights
from core.types import Image
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.adapted_runtime import adapted_network, pack_adaptation
from core.vos.network.model import CONFIGS, FILES, Network, config_of
from tests.core.learning.conftest import TINY

# narrow enough for old and new keys to be kept whole
DEEP = dataclasses.replace(TINY, key=TINY.key + 17, pretrained=16)


def frames(count: int = 3) -> list[Image]:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (count, 6, 8, 3)).astype(np.uint8)
    return [np.kron(one, np.ones((16, 16, 1), np.uint8)) for one in coarse]


@pytest.fixture
def pair() -> tuple[Network, Network]:
    torch.manual_seed(0)
    narrow, wide = Network(TINY).eval(), Network(DEEP).eval()
    with_backbone(narrow, wide, frames())
    return narrow, wide


def test_features_values_and_logits_are_as_before(pair: tuple[Network, Network]) -> None:
    narrow, wide = pair
    image = torch.from_numpy(frames(1)[0].copy()).permute(2, 0, 1)[None].float()
    masks = torch.rand(1, 1, *image.shape[-2:])
    motion = torch.rand(1, MOTION_CHANNELS, image.shape[2] // 8, image.shape[3] // 8)
    with torch.no_grad():
        old, new = narrow.encoder(image), wide.encoder(image)
        own = TINY.channels[3]
        for before, now in zip(old[:2], new[:2], strict=True):
            assert torch.allclose(before, now, atol=1e-5)
        assert new[2].shape[1] == DEEP.at16
        assert torch.allclose(old[2], new[2][:, :own], atol=1e-5)
        assert torch.allclose(narrow.memorise(old[2], masks), wide.memorise(new[2], masks), atol=1e-4)
        read, local = narrow.match(
            old[3], old[4], old[3].flatten(2), narrow.memorise(old[2], masks).flatten(2), old[4], masks
        )
        expected = narrow.decoder(*old[:3], read, local, masks, motion)
        assert torch.allclose(expected, wide.decoder(*new[:3], read, local, masks, motion), atol=1e-4)


def test_similarity_counts_what_both_know(pair: tuple[Network, Network]) -> None:
    narrow, wide = pair
    backbone = wide.encoder.backbone
    assert backbone is not None
    image = torch.from_numpy(frames(1)[0].copy()).permute(2, 0, 1)[None].float()
    with torch.no_grad():
        old, new = (network.encoder(image)[3][0].flatten(1) for network in (narrow, wide))
        deep = backbone(image)[0].flatten(1)
    deep = torch.nn.functional.normalize(deep - deep.mean(1, keepdim=True), dim=0)
    assert new.norm(dim=0).allclose(torch.ones(new.shape[1]), atol=1e-4)
    off = ~torch.eye(new.shape[1], dtype=torch.bool)
    before, named, now = ((keys.t() @ keys)[off] for keys in (old, deep, new))
    of_both = torch.corrcoef(torch.stack([now, before + named]))[0, 1]
    assert of_both > 0.6
    assert torch.corrcoef(torch.stack([now, before]))[0, 1] > 0.1


def test_it_starts_from_weights_that_ship(data_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr("core.learning.shipping.growing.find_backbone_weights", lambda: tmp_path / "imagenet.pth")
    monkeypatch.setattr(
        "core.learning.shipping.growing.load_backbone", lambda _backbone, path: loaded.append(path.name)
    )
    torch.manual_seed(0)
    narrow = Network(CONFIGS["compact"]).eval()
    save_weights(narrow, tmp_path / "compact.safetensors")
    data = find_training_data(data_root)
    network = Network(CONFIGS["hybrid"])
    start_weights(network, tmp_path / "compact.safetensors", lambda: some_frames(data, 4))
    assert loaded == ["imagenet.pth"]
    half = narrow.decoder.logits.weight.half().float()
    assert torch.equal(network.decoder.logits.weight, half)
    assert config_of(network.state_dict()) == "hybrid"
    with pytest.raises(EngineError, match="without pictures to look at"):
        start_weights(network, tmp_path / "compact.safetensors")


def test_only_one_of_the_same_widths_can_be_given_one() -> None:
    torch.manual_seed(0)
    other = Network(dataclasses.replace(TINY, value=32))
    with pytest.raises(EngineError, match="same widths"):
        with_backbone(other, Network(DEEP), frames())
    with pytest.raises(EngineError, match="same widths"):
        with_backbone(Network(TINY), Network(TINY), frames())
    with pytest.raises(EngineError, match="backbone from ImageNet"):
        grow(Network(DEEP), CONFIGS["base"])


def test_weights_state_of_which_network_they_are() -> None:
    for name, config in CONFIGS.items():
        state = Network(config).state_dict()
        assert config_of(state) == name
        assert config_of({part: value.half() if value.is_floating_point() else value for part, value in state.items()})
    assert config_of({}) == ""
    # a clip's own weights go with the file that their network runs from
    assert adapted_network(pack_adaptation(Network(CONFIGS["hybrid"]))) == FILES["hybrid"] == "compact"
