"""The detectors by name. Listing them imports no torch; `load_detector` does."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from core.engines.detectors.detection import Detector, DetectorInfo, DetectorOutput
from core.engines.devices import uses_gpu
from core.errors import EngineError

DEFAULT_DETECTOR = "maskrcnn"

_TORCH = "https://download.pytorch.org/models/"
_HUB = "https://huggingface.co/"
_BSD = "BSD 3-Clause (torchvision); trained on COCO"
_APACHE = "Apache 2.0; trained on COCO"
_MIT = "MIT; trained on COCO"


def _torchvision(name: str, title: str, gives: DetectorOutput, file: str) -> DetectorInfo:
    return DetectorInfo(name, title, gives, file, f"{_TORCH}{file}", _BSD)


def _transformers(name: str, title: str, gives: DetectorOutput, repository: str, licence: str) -> DetectorInfo:
    return DetectorInfo(name, title, gives, repository.rpartition("/")[2], f"{_HUB}{repository}", licence)


_INSTANCES, _CLASSES, _BOXES, _PANOPTIC = (
    f"core.engines.detectors.{name}"
    for name in ("torchvision_instances", "torchvision_classes", "transformers_boxes", "transformers_panoptic")
)

_DETECTORS: dict[str, tuple[DetectorInfo, str]] = {
    info.name: (info, module)
    for info, module in (
        (
            _torchvision(
                "maskrcnn",
                "Mask R-CNN, ResNet-50",
                DetectorOutput.MASKS,
                "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision(
                "fasterrcnn",
                "Faster R-CNN, ResNet-50",
                DetectorOutput.BOXES,
                "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision(
                "fasterrcnn-mobile",
                "Faster R-CNN, MobileNetV3 at 320 pixels",
                DetectorOutput.BOXES,
                "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision(
                "keypointrcnn",
                "Keypoint R-CNN, ResNet-50: people by their joints",
                DetectorOutput.JOINTS,
                "keypointrcnn_resnet50_fpn_coco-fc266e95.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision(
                "retinanet",
                "RetinaNet, ResNet-50",
                DetectorOutput.BOXES,
                "retinanet_resnet50_fpn_v2_coco-5905b1c5.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision("fcos", "FCOS, ResNet-50", DetectorOutput.BOXES, "fcos_resnet50_fpn_coco-99b0c9b7.pth"),
            _INSTANCES,
        ),
        (
            _torchvision("ssd", "SSD 300, VGG-16", DetectorOutput.BOXES, "ssd300_vgg16_coco-b556d3b4.pth"),
            _INSTANCES,
        ),
        (
            _torchvision(
                "ssdlite",
                "SSDlite 320, MobileNetV3: the smallest",
                DetectorOutput.BOXES,
                "ssdlite320_mobilenet_v3_large_coco-a79551df.pth",
            ),
            _INSTANCES,
        ),
        (
            _torchvision("fcn", "FCN, ResNet-50", DetectorOutput.CLASSES, "fcn_resnet50_coco-1167a1af.pth"),
            _CLASSES,
        ),
        (
            _torchvision(
                "deeplabv3", "DeepLabV3, ResNet-50", DetectorOutput.CLASSES, "deeplabv3_resnet50_coco-cd0a2569.pth"
            ),
            _CLASSES,
        ),
        (
            _torchvision(
                "deeplabv3-mobile",
                "DeepLabV3, MobileNetV3",
                DetectorOutput.CLASSES,
                "deeplabv3_mobilenet_v3_large-fc3c493d.pth",
            ),
            _CLASSES,
        ),
        (_transformers("yolos", "YOLOS, tiny", DetectorOutput.BOXES, "hustvl/yolos-tiny", _APACHE), _BOXES),
        (
            _transformers("rf-detr", "RF-DETR, base", DetectorOutput.BOXES, "Roboflow/rf-detr-base", _APACHE),
            _BOXES,
        ),
        (
            _transformers(
                "mask2former",
                "Mask2Former, Swin-T: panoptic",
                DetectorOutput.MASKS,
                "facebook/mask2former-swin-tiny-coco-panoptic",
                _MIT,
            ),
            _PANOPTIC,
        ),
        (
            _transformers(
                "eomt",
                "EoMT, large: panoptic",
                DetectorOutput.MASKS,
                "tue-mps/coco_panoptic_eomt_large_640",
                _MIT,
            ),
            _PANOPTIC,
        ),
        (
            DetectorInfo("fake", "Fake", DetectorOutput.MASKS, "", "", "", hidden=True),
            "core.engines.detectors.fake",
        ),
    )
}


def available_detectors() -> list[DetectorInfo]:
    """All detectors but hidden ones, the default first."""
    return [info for info, _module in _DETECTORS.values() if not info.hidden]


def detector_info(name: str) -> DetectorInfo:
    """A detector by name, hidden ones included. Raises EngineError, listing the names, if there is none."""
    if name not in _DETECTORS:
        known = ", ".join(info.name for info in available_detectors())
        raise EngineError("There is no detector '{name}'; choose one of: {known}.", name=name, known=known)
    return _DETECTORS[name][0]


def load_detector(
    name: str, weights: Path | None = None, device: str = "auto", short_side: int | None = None
) -> Detector:
    """Loads a detector with its weights, from `weights` (a file or folder) or from the folder of models.

    `device` is "auto", "cpu" or "cuda". `short_side` is the shorter side of the network's input in pixels, for networks
    where it can be chosen; None is that of its training. Nothing is downloaded. Raises EngineError if the detector is
    unknown, the weights are missing or of another network, the device is not there, or a library is missing.
    """
    info = detector_info(name)
    module = _DETECTORS[name][1]
    on_gpu = uses_gpu(device)
    opener: Callable[..., Detector] = importlib.import_module(module).open_detector
    return opener(info, weights, "cuda" if on_gpu else "cpu", short_side)
