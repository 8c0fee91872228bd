"""torchvision's object detectors: Mask, Faster and Keypoint R-CNN, RetinaNet, FCOS and SSD."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from core.engines.detectors.detection import Detection, DetectorInfo, by_score
from core.engines.detectors.weights import find_weights, put_state, read_state
from core.masks import Patch
from core.masks.hints import patch_of
from core.types import Box, Image

if TYPE_CHECKING:
    import torch

_MODELS = {
    "maskrcnn": ("maskrcnn_resnet50_fpn_v2", "MaskRCNN_ResNet50_FPN_V2_Weights"),
    "fasterrcnn": ("fasterrcnn_resnet50_fpn_v2", "FasterRCNN_ResNet50_FPN_V2_Weights"),
    "fasterrcnn-mobile": ("fasterrcnn_mobilenet_v3_large_320_fpn", "FasterRCNN_MobileNet_V3_Large_320_FPN_Weights"),
    "keypointrcnn": ("keypointrcnn_resnet50_fpn", "KeypointRCNN_ResNet50_FPN_Weights"),
    "retinanet": ("retinanet_resnet50_fpn_v2", "RetinaNet_ResNet50_FPN_V2_Weights"),
    "fcos": ("fcos_resnet50_fpn", "FCOS_ResNet50_FPN_Weights"),
    "ssd": ("ssd300_vgg16", "SSD300_VGG16_Weights"),
    "ssdlite": ("ssdlite320_mobilenet_v3_large", "SSDLite320_MobileNet_V3_Large_Weights"),
}
"""By name: torchvision's function, and the enum of its official weights, which lists the classes."""
_CLASS_BIAS = "roi_heads.box_predictor.cls_score.bias"
_LONG_SIDE = 1333
"""Longest side in pixels that a picture is given with: the networks scale down to it anyway, and masks of a larger
picture would take gigabytes."""
_MASK_LEVEL = 0.5
"""Threshold of mask probabilities."""
_JOINT_LEVEL = 2.0
"""Least score of a joint; torchvision's scores of joints are logits, no probabilities."""


class TorchvisionDetector:
    """See `core.engines.detectors.detection.Detector`."""

    def __init__(self, network: torch.nn.Module, classes: list[str], device: str) -> None:
        self._network = network.eval().to(device)
        self._classes = classes
        self._device = device

    def detect(self, image: Image, least: float) -> list[Detection]:
        import torch

        height, width = image.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        seen = image
        if scale < 1.0:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            seen = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        with torch.inference_mode():
            pixels = torch.from_numpy(np.ascontiguousarray(seen)).to(self._device).permute(2, 0, 1).float() / 255
            answer: Mapping[str, torch.Tensor] = self._network([pixels])[0]
        found = []
        scores = answer["scores"].float().cpu().numpy()
        boxes = answer["boxes"].float().cpu().numpy()
        for index in map(int, np.flatnonzero(np.isfinite(scores) & (scores >= least))):
            label = int(answer["labels"][index])
            across, down = width / seen.shape[1], height / seen.shape[0]
            box = whole_box(boxes[index] * (across, down, across, down), width, height)
            name = self._classes[label] if label < len(self._classes) else f"class {label}"
            if box is None or name in ("N/A", "__background__"):
                continue
            mask = self._mask(answer, index, (width, height))
            if mask is not None and mask.empty:
                continue
            joints = self._joints(answer, index, (across, down))
            found.append(Detection(name, float(scores[index]), box, mask, joints))
        return by_score(found)

    def _mask(self, answer: Mapping[str, torch.Tensor], index: int, size: tuple[int, int]) -> Patch | None:
        if "masks" not in answer:
            return None
        soft = answer["masks"][index, 0].float().cpu().numpy()
        if soft.shape != size[::-1]:
            soft = cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR)
        return patch_of(soft >= _MASK_LEVEL)

    def _joints(
        self, answer: Mapping[str, torch.Tensor], index: int, scale: tuple[float, float]
    ) -> tuple[tuple[float, float], ...]:
        if "keypoints" not in answer:
            return ()
        points = answer["keypoints"][index].float().cpu().numpy()
        sure = answer["keypoints_scores"][index].float().cpu().numpy() >= _JOINT_LEVEL
        # without a certain joint all of them are used
        kept = points[sure] if sure.any() else points
        return tuple((float(x * scale[0]), float(y * scale[1])) for x, y in kept[:, :2])


def whole_box(corners: np.ndarray[Any, Any], width: int, height: int) -> Box | None:
    """`corners` (4,), x0, y0, x1, y1, rounded outwards to pixels and clipped to the picture; None if the box is then
    empty or a corner is not finite.
    """
    if not np.isfinite(corners).all():
        return None
    x0, y0, x1, y1 = (float(value) for value in np.clip(corners, -1, [width + 1, height + 1] * 2))
    box = Box(math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1)).clipped(width, height)
    return None if box.empty else box


def open_detector(info: DetectorInfo, weights: Path | None, device: str, short_side: int | None) -> TorchvisionDetector:
    """Opens one of `_MODELS`. `weights` may be trained on other classes, which then have numbers for names. Raises
    EngineError if they are missing, damaged or of another network.
    """
    path = find_weights(info.name, info.title, info.file, info.address, weights)
    from torchvision.models import detection

    state = read_state(path)
    builder, official = _MODELS[info.name]
    classes = list(getattr(detection, official).DEFAULT.meta["categories"])
    own = len(state[_CLASS_BIAS]) if _CLASS_BIAS in state else len(classes)
    if own != len(classes):
        classes = ["__background__", *(f"class {number}" for number in range(1, own))]
    options: dict[str, Any] = {"num_classes": own}
    if short_side is not None and not info.name.startswith("ssd"):
        options |= {"min_size": short_side, "max_size": 2 * short_side}
    network = getattr(detection, builder)(weights=None, weights_backbone=None, **options)
    put_state(network, state, path, info.title)
    return TorchvisionDetector(network, classes, device)
