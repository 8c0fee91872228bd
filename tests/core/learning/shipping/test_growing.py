"""A wider network out of a trained narrower one: the same function, and new channels that learn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from core.engines.weights import load_network
from core.errors import EngineError
from core.learning.shipping.export import save_weights
from core.learning.shipping.growing import grow, start_weights
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.model import CONFIGS, Network, NetworkConfig
from tests.core.learning.conftest import TINY

WIDER = NetworkConfig(
    channels=(16, 24, 32, 40),
    key=24,
    local_key=18,
    value=20,
    mask=24,
    warp=18,
    decoder=(24, 20, 18),
    top_k=TINY.top_k,
    local_radius=TINY.local_radius,
)


def logits(network: Network, seed: int) -> Tensor:
    """What a network finds of two objects in random pictures, by way of all its parts."""
    generator = torch.Generator().manual_seed(seed)
    coarse = torch.rand(2, 3, 12, 16, generator=generator) * 255
    pictures = nn.functional.interpolate(coarse, (96, 128), mode="bilinear")
    masks = nn.functional.interpolate(torch.rand(2, 1, 6, 8, generator=generator), (96, 128)).round()
    motion = torch.rand(2, MOTION_CHANNELS, 12, 16, generator=generator)
    with torch.inference_mode():
        before, now = network.encoder(pictures[:1]), network.encoder(pictures[1:])
        values = network.memorise(before[2], masks).flatten(2)
        found: Tensor = network.decode(now, before[3].flatten(2), values, before[4], masks, masks.flip(-1), motion)
    return found


@pytest.fixture(scope="module")
def compact() -> Network:
    return load_network(name="compact").eval()


@pytest.fixture(scope="module")
def base(compact: Network) -> Network:
    return grow(compact, CONFIGS["lite-base"])


def test_one_with_a_backbone_grows_beside_it() -> None:
    torch.manual_seed(3)
    narrow = Network(replace(TINY, pretrained=16)).eval()
    wide = grow(narrow, replace(WIDER, pretrained=24))
    torch.testing.assert_close(logits(wide, 0), logits(narrow, 0), atol=1e-3, rtol=1e-3)
    with pytest.raises(EngineError, match="lite grows into lite-base"):
        grow(narrow, WIDER)


@pytest.mark.parametrize("seed", range(3))
def test_the_grown_network_finds_the_same(seed: int, compact: Network, base: Network) -> None:
    expected = logits(compact, seed)
    assert expected[:, 0].std() > 0.5
    torch.testing.assert_close(logits(base, seed), expected, atol=1e-3, rtol=1e-3)


def test_it_is_really_wider_and_its_new_channels_state_something(compact: Network, base: Network) -> None:
    assert sum(value.numel() for value in base.parameters()) > 3 * 10**6
    pictures = torch.rand(1, 3, 96, 96, generator=torch.Generator().manual_seed(0)) * 255
    with torch.inference_mode():
        f4, f8, f16, key, local_key = base.encoder(pictures)
    narrow, own = compact.config.channels, base.config.channels[3]
    for features, count in ((f4, narrow[1]), (f8, narrow[2]), (f16[:, :own], narrow[3])):
        old, new = features[:, :count].std(), features[:, count:].std()
        assert 0.1 * old < new < 10 * old
    for keys, count in ((key, compact.config.key), (local_key, compact.config.local_key)):
        assert 0 < keys[:, count:].norm(dim=1).mean() < 0.05


def test_what_is_new_learns() -> None:
    torch.manual_seed(3)
    wide = grow(Network(TINY), WIDER).train()
    pictures = torch.rand(2, 3, 96, 96) * 255
    masks = torch.rand(2, 1, 96, 96).round()
    features = wide.encoder(pictures)
    values = wide.memorise(features[2], masks).flatten(2)
    motion = torch.rand(2, MOTION_CHANNELS, 12, 12)
    found = wide.decode(features, features[3].flatten(2), values, features[4], masks, masks, motion)
    found.square().mean().backward()
    # from new channels to old ones there was nothing before
    for layer, old in ((wide.decoder.logits, TINY.decoder[2]), (wide.encoder.stage8[0].first[0], TINY.channels[1])):  # type: ignore[index]
        assert (layer.weight[:, old:][: layer.out_channels // 4] == 0).all()  # type: ignore[union-attr]
        assert layer.weight.grad is not None  # type: ignore[union-attr]
        assert layer.weight.grad[:, old:].abs().max() > 0  # type: ignore[union-attr]
    assert wide.encoder.key.weight.grad is not None
    assert wide.encoder.key.weight.grad[TINY.key :].abs().max() > 0


def test_the_same_seed_grows_the_same() -> None:
    torch.manual_seed(3)
    narrow = Network(TINY)
    state = torch.get_rng_state()
    first, again, other = grow(narrow, WIDER, 1), grow(narrow, WIDER, 1), grow(narrow, WIDER, 2)
    assert torch.equal(torch.get_rng_state(), state), "whoever trains draws numbers of their own"
    same = [torch.equal(one, two) for one, two in zip(first.parameters(), again.parameters(), strict=True)]
    assert all(same)
    assert not torch.equal(first.encoder.key.weight, other.encoder.key.weight)


def test_it_cannot_grow_narrower_or_otherwise() -> None:
    narrow = Network(TINY)
    with pytest.raises(EngineError, match=r"'value_encoder\.mix\.0\.0' has fewer channels"):
        grow(narrow, replace(WIDER, value=8))
    with pytest.raises(EngineError, match="reads its memory"):
        grow(narrow, replace(WIDER, top_k=4))


def test_a_training_starts_from_weights_of_either_size(compact: Network, tmp_path: Path) -> None:
    save_weights(compact, tmp_path / "compact.safetensors")
    same, wider = Network(compact.config), Network(CONFIGS["lite-base"]).eval()
    start_weights(same, tmp_path / "compact.safetensors")
    assert torch.equal(same.encoder.key.weight, compact.encoder.key.weight.half().float())
    start_weights(wider, tmp_path / "compact.safetensors")
    torch.testing.assert_close(logits(wider, 0), logits(compact, 0), atol=5e-3, rtol=5e-3)
    save_weights(wider, tmp_path / "base.safetensors")
    with pytest.raises(EngineError, match="narrower"):
        start_weights(Network(compact.config), tmp_path / "base.safetensors")
    with pytest.raises(EngineError, match="no weights"):
        start_weights(same, tmp_path / "missing.safetensors")
