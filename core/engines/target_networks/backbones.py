"""Backbones of target networks with their weights: the built-in network's, or torchvision's, which are downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.engines.detectors.weights import read_state
from core.engines.downloads import downloaded
from core.engines.target_networks.options import BUILTIN, OWN, Chosen
from core.engines.weights import load_network
from core.errors import EngineError

if TYPE_CHECKING:
    from core.vos.targets.backbones.encoder import Encoder

FILES = {
    "googlenet": "googlenet",
    "resnet": "resnet18",
    "deformable": "resnet18",
    "densenet": "densenet121",
    "mobilenet": "mobilenet-v2",
}
"""Name in the catalogue of models of the weights of each torchvision backbone."""


def open_backbone(chosen: Chosen) -> Encoder:
    """A new backbone as the options say; no two networks share one. Raises EngineError if its weights are not
    installed.
    """
    name = chosen.text("backbone")
    if name == OWN:
        from core.vos.targets.backbones.plain import plain_encoder

        return plain_encoder()
    if name == BUILTIN:
        from core.vos.targets.backbones.builtin import builtin_encoder

        return builtin_encoder(load_network().encoder.backbone if chosen.pretrained else None)
    check_backbone(chosen)
    return _library(name, chosen.pretrained)


def check_backbone(chosen: Chosen) -> None:
    """Raises EngineError if the weights that the options ask for are not installed. Reads no weights."""
    name = chosen.text("backbone")
    if chosen.pretrained and name in FILES and downloaded(FILES[name]) is None:
        raise EngineError(
            "The backbone '{backbone}' has no weights here; download them with `rotoflow models download {file}`, "
            "or set weights to random.",
            backbone=name,
            file=FILES[name],
        )


def _library(name: str, pretrained: bool) -> Encoder:
    from core.vos.targets.backbones.library import MAKERS

    if not pretrained:
        return MAKERS[name](None)
    path = downloaded(FILES[name])
    assert path is not None, "check_backbone was not asked"
    try:
        return MAKERS[name](read_state(path))
    except RuntimeError as error:
        raise EngineError(
            "{path}: these are no weights of the backbone '{backbone}'; download them again with "
            "`rotoflow models download {file}`.",
            path=path,
            backbone=name,
            file=FILES[name],
        ) from error
