"""Box detectors of Hugging Face transformers: YOLOS and RF-DETR."""

from __future__ import annotations

from pathlib import Path

from core.engines.detectors.detection import Detection, DetectorInfo, by_score
from core.engines.detectors.torchvision_instances import whole_box
from core.engines.detectors.transformers_network import TransformersDetector, load_parts
from core.types import Image

_KINDS = {"yolos": ("yolos",), "rf-detr": ("rf_detr",)}


class BoxDetector(TransformersDetector):
    """See `core.engines.detectors.detection.Detector`."""

    def detect(self, image: Image, least: float) -> list[Detection]:
        import torch

        height, width = image.shape[:2]
        with torch.inference_mode():
            batch = self._processor(images=image, return_tensors="pt").to(self._device)
            answer = self._processor.post_process_object_detection(
                self._network(**batch), threshold=least, target_sizes=[(height, width)]
            )[0]
        found = []
        for score, label, corners in zip(answer["scores"], answer["labels"], answer["boxes"], strict=True):
            box = whole_box(corners.float().cpu().numpy(), width, height)
            name = self._class_name(label)
            if box is not None and name != "N/A":
                found.append(Detection(name, float(score), box))
        return by_score(found)


def open_detector(info: DetectorInfo, weights: Path | None, device: str, _short_side: int | None) -> BoxDetector:
    """Opens the detector from its folder, whose configuration sets the input size. Raises EngineError as `load_parts`
    does.
    """
    return BoxDetector(*load_parts(info, weights, "AutoModelForObjectDetection", _KINDS[info.name]), device)
