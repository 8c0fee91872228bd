"""torchvision's semantic segmentation: FCN and DeepLabV3. Each connected piece of a class is one object."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from core.engines.detectors.detection import Detection, DetectorInfo, by_score
from core.engines.detectors.weights import find_weights, put_state, read_state
from core.masks import Patch
from core.types import Box, Image

if TYPE_CHECKING:
    import torch

_MODELS = {
    "fcn": ("fcn_resnet50", "FCN_ResNet50_Weights"),
    "deeplabv3": ("deeplabv3_resnet50", "DeepLabV3_ResNet50_Weights"),
    "deeplabv3-mobile": ("deeplabv3_mobilenet_v3_large", "DeepLabV3_MobileNet_V3_Large_Weights"),
}
_SHORT_SIDE = 520
"""Shorter side of the input in pixels, as in the networks' training."""
_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_SMALLEST = 0.0005
"""Smaller pieces, as a fraction of the picture's area, are left out."""


class ClassDetector:
    """See `core.engines.detectors.detection.Detector`."""

    def __init__(self, network: torch.nn.Module, classes: list[str], device: str, short_side: int) -> None:
        self._network = network.eval().to(device)
        self._classes = classes
        self._device = device
        self._short_side = short_side

    def detect(self, image: Image, least: float) -> list[Detection]:
        import torch

        height, width = image.shape[:2]
        scale = self._short_side / min(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        seen = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        pixels = ((seen.astype(np.float32) / 255 - _MEAN) / _DEVIATION).astype(np.float32)
        with torch.inference_mode():
            batch = torch.from_numpy(pixels).to(self._device).permute(2, 0, 1)[None]
            probabilities = self._network(batch)["out"][0].float().softmax(0)
            sure, chosen = probabilities.max(0)
        classes = chosen.to(torch.uint8).cpu().numpy()
        scores = sure.cpu().numpy()
        found: list[Detection] = []
        for label in np.unique(classes[classes > 0]):
            found += self._pieces(int(label), classes == label, scores, (width, height), least)
        return by_score(found)

    def _pieces(
        self,
        label: int,
        mask: NDArray[np.bool_],
        scores: NDArray[np.float32],
        size: tuple[int, int],
        least: float,
    ) -> list[Detection]:
        if mask.shape != size[::-1]:
            mask = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
            scores = cv2.resize(scores, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
        count, pieces, stats, _centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
        found = []
        for number in range(1, count):
            x, y, width, height, area = (int(value) for value in stats[number])
            box = Box(x, y, x + width, y + height)
            inside = pieces[box.slices] == number
            score = float(scores[box.slices][inside].mean())
            if area >= _SMALLEST * size[0] * size[1] and score >= least:
                name = self._classes[label] if label < len(self._classes) else f"class {label}"
                found.append(Detection(name, score, box, Patch(box, inside)))
        return found


def open_detector(info: DetectorInfo, weights: Path | None, device: str, short_side: int | None) -> ClassDetector:
    """Opens one of `_MODELS`. `weights` may be trained on other classes, which then have numbers for names. Raises
    EngineError if they are missing, damaged or of another network.
    """
    path = find_weights(info.name, info.title, info.file, info.address, weights)
    from torchvision.models import segmentation

    state = read_state(path)
    builder, official = _MODELS[info.name]
    classes = list(getattr(segmentation, official).DEFAULT.meta["categories"])
    last = [value for key, value in state.items() if key.startswith("classifier.") and key.endswith(".bias")]
    own = len(last[-1]) if last else len(classes)
    if own != len(classes):
        classes = ["__background__", *(f"class {number}" for number in range(1, own))]
    helper = any(key.startswith("aux_classifier.") for key in state)
    network = getattr(segmentation, builder)(weights=None, weights_backbone=None, num_classes=own, aux_loss=helper)
    put_state(network, state, path, info.title)
    return ClassDetector(network, classes, device, short_side or _SHORT_SIDE)
