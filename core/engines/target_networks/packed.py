"""The metadata of a target network's weights in safetensors format, read without torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.engines.target_networks.options import LEARNED_UPSAMPLING, TITLES, Chosen
from core.errors import DAMAGE_ERRORS, EngineError

FORMAT = "rotoflow-target"
_SETTINGS = ("backbone", "weights", "layers", "upsampling", "target_side")
"""Options that define the architecture and its input, as opposed to training and use."""
_AUTO_BEFORE = {**LEARNED_UPSAMPLING, "unet": "transposed", "fc-densenet": "transposed"}
"""What "auto" meant in files that were written before they stored the resolved value."""


@dataclass(frozen=True)
class Packed:
    """Weights trained on a clip. `network` is one of `TITLES`, `trust` in [0, 1] belongs to each of `object_ids`,
    `settings` are option values as texts, `data` is the whole safetensors file.
    """

    network: str
    object_ids: tuple[int, ...]
    trust: tuple[float, ...]
    settings: Mapping[str, str]
    data: bytes

    def applied_to(self, chosen: Chosen) -> Chosen:
        """`chosen` with the options that the network was trained with. Raises EngineError if it is another network."""
        if self.network != chosen.network:
            raise EngineError(
                "The weights fine-tuned on this clip are of the target network {network}: choose that engine, or "
                "fine-tune again.",
                network=TITLES.get(self.network, self.network),
            )
        values = {name: _typed(chosen.values[name], value) for name, value in self.settings.items()}
        return replace(chosen, values={**chosen.values, **values})


def metadata(chosen: Chosen, object_ids: tuple[int, ...], trust: tuple[float, ...]) -> dict[str, str]:
    """The metadata to write into the safetensors file; `trust` in [0, 1] belongs to each of `object_ids`."""
    # resolved, since the meaning of "auto" may change
    settings = {name: str(chosen.values[name]) for name in _SETTINGS} | {"upsampling": chosen.upsampling}
    objects = {"object_ids": json.dumps(object_ids), "trust": json.dumps(trust)}
    return {"format": FORMAT, "network": chosen.network, **objects, "settings": json.dumps(settings)}


def read_packed(data: bytes) -> Packed | None:
    """Parses the header of a safetensors file; None if it does not hold weights of a target network."""
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
