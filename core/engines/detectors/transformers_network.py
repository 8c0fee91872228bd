"""Base of the detectors of Hugging Face transformers: a network and its processor from one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.engines.detectors.detection import DetectorInfo
from core.engines.detectors.weights import find_weights
from core.pretrained import load_folder, load_processor


class TransformersDetector:
    """A network and the processor that prepares its input."""

    def __init__(self, network: Any, processor: Any, device: str) -> None:
        self._network = network.to(device)
        self._processor = processor
        self._device = device

    def _class_name(self, label: Any) -> str:
        number = int(label)
        return str(self._network.config.id2label.get(number, f"class {number}"))


def load_parts(info: DetectorInfo, weights: Path | None, model_class: str, kinds: tuple[str, ...]) -> tuple[Any, Any]:
    """The network and the processor of a detector from its folder. `model_class` is a class of transformers, `kinds`
    the `model_type`s that are accepted. Raises EngineError as `find_weights` and `load_folder` do.
    """
    folder = find_weights(info.name, info.title, info.file, info.address, weights)
    network = load_folder(model_class, folder, info.title, kinds)
    return network, load_processor("AutoImageProcessor", folder, info.title)
