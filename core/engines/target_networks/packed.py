"""The metadata of a file of a target network's weights; reading it needs no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.engines.target_networks.options import LEARNED_UPSAMPLING, TITLES, Chosen
from core.errors import DAMAGE_ERRORS, EngineError

FORMAT = "rotoflow-target"
_SETTINGS = ("backbone", "weights", "layers", "upsampling", "target_side")
"""Options that say what the network is, and not how it was trained or is used."""
_AUTO_BEFORE = {**LEARNED_UPSAMPLING, "unet": "transposed", "fc-densenet": "transposed"}
"""What "auto" meant when files said no more."""


@dataclass(frozen=True)
class Packed:
    """Weights that were trained on a clip, of `network`, for its objects; `settings` are options' values as texts."""

    network: str
    object_ids: tuple[int, ...]
    trust: tuple[float, ...]
    settings: Mapping[str, str]
    data: bytes

    def applied_to(self, chosen: Chosen) -> Chosen:
        """The options with those of the network as it was trained. Raises EngineError if it is another network."""
        if self.network != chosen.network:
            raise EngineError(
                "The weights fine-tuned on this clip are of the target network {network}: choose that engine, or "
                "fine-tune again.",
                network=TITLES.get(self.network, self.network),
            )
        values = {name: _typed(chosen.values[name], value) for name, value in self.settings.items()}
        return replace(chosen, values={**chosen.values, **values})


def metadata(chosen: Chosen, object_ids: tuple[int, ...], trust: tuple[float, ...]) -> dict[str, str]:
    """What is written alongside the weights."""
    # what "auto" means may be another way later on
    settings = {name: str(chosen.values[name]) for name in _SETTINGS} | {"upsampling": chosen.upsampling}
    objects = {"object_ids": json.dumps(object_ids), "trust": json.dumps(trust)}
    return {"format": FORMAT, "network": chosen.network, **objects, "settings": json.dumps(settings)}


def read_packed(data: bytes) -> Packed | None:
    """What the bytes say they are; None if they are no weights of a target network."""
    try:
        length = int.from_bytes(data[:8], "little")
        metadata = json.loads(data[8 : 8 + length])["__metadata__"]
        if metadata["format"] != FORMAT:
            return None
        settings = {name: str(value) for name, value in json.loads(metadata["settings"]).items() if name in _SETTINGS}
        ids = tuple(int(number) for number in json.loads(metadata["object_ids"]))
        trust = tuple(float(number) for number in json.loads(metadata["trust"]))
        network = str(metadata["network"])
        if settings.get("upsampling") == "auto":
            settings["upsampling"] = _AUTO_BEFORE.get(network, "bilinear")
        return Packed(network, ids, trust, settings, data)
    except (*DAMAGE_ERRORS, ValueError):
        return None


def _typed(default: object, value: str) -> object:
    return int(value) if isinstance(default, int) else value
