"""An encoder that gives way to its backbone: the rest stays, and the new layers come near what they stand in for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import EngineError
from core.learning.shipping.export import save_weights
from core.learning.shipping.growing import start_weights
from core.learning.shipping.laterals import with_laterals
from core.vos.network.model import CONFIGS, Network, config_of
from tests.core.learning.conftest import TINY
from tests.core.learning.shipping.test_backbone import frames

HYBRID = dataclasses.replace(TINY, pretrained=16)
LITE = dataclasses.replace(HYBRID, lateral=True, detail=True)


def test_layers_from_the_backbone_explain_features_that_it_can_explain() -> None:
    torch.manual_seed(0)
    old, new = Network(HYBRID).eval(), Network(LITE).eval()
    assert old.encoder.backbone is not None and new.encoder.backbone is not None
    new.encoder.backbone.load_state_dict(old.encoder.backbone.state_dict())
    explained = with_laterals(old, new, frames(4))
    assert set(explained) == {4, 8, 16} and all(0 < share <= 1 for share in explained.values())
    pixels = torch.from_numpy(frames(1)[0].copy()).permute(2, 0, 1)[None].float()
    with torch.no_grad():
        wanted, found = old.encoder(pixels), new.encoder(pixels)
        for target, feature in zip(wanted[:2], found[:2], strict=True):
            assert (feature - target).square().mean() < target.square().mean()
    for name in ("value_encoder.mix.0.0.weight", "decoder.at4.0.0.weight", "encoder.key.weight", "sharpness"):
        assert torch.equal(new.state_dict()[name], old.state_dict()[name]), name


def test_without_pictures_it_is_refused() -> None:
    with pytest.raises(EngineError, match="pictures"):
        with_laterals(Network(HYBRID), Network(LITE), ())


def test_a_training_with_more_detail_starts_as_the_network_it_starts_from(tmp_path: Path) -> None:
    torch.manual_seed(0)
    old = Network(CONFIGS["hybrid"])
    save_weights(old, tmp_path / "old.safetensors")
    detailed = Network(CONFIGS["detailed"])
    assert start_weights(detailed, tmp_path / "old.safetensors") is None
    known = old.state_dict()
    for name, value in detailed.state_dict().items():
        if name in known:
            assert torch.allclose(value.float(), known[name].half().float()), name
        else:
            assert not value.any(), name
    lite = Network(CONFIGS["lite"])
    teacher = start_weights(lite, tmp_path / "old.safetensors", lambda: frames(2))
    assert teacher is not None and not teacher.lateral
    assert [config_of(one.state_dict()) for one in (old, detailed, lite)] == ["hybrid", "detailed", "lite"]
    assert np.isfinite(float(lite.encoder.lateral4.weight.detach().sum()))
