"""Panoptic networks of Hugging Face transformers: Mask2Former and EoMT. Each segment is one object."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.engines.detectors.detection import Detection, DetectorInfo, by_score
from core.engines.detectors.transformers_network import TransformersDetector, load_parts
from core.masks.hints import patch_of
from core.types import Image

_KINDS = {"mask2former": ("mask2former",), "eomt": ("eomt", "eomt_dinov3")}


class PanopticDetector(TransformersDetector):
    """See `core.engines.detectors.detection.Detector`."""

    def detect(self, image: Image, least: float) -> list[Detection]:
        import torch

        height, width = image.shape[:2]
        with torch.inference_mode():
            batch = self._processor(images=image, return_tensors="pt").to(self._device)
            known = {name: batch[name] for name in ("pixel_values", "pixel_mask") if name in batch}
            answer = self._processor.post_process_panoptic_segmentation(
                self._network(**known), threshold=least, target_sizes=[(height, width)]
            )[0]
        segments = np.asarray(answer["segmentation"].cpu()).astype(np.int32)
        found = []
        for one in answer["segments_info"]:
            patch = patch_of(segments == int(one["id"]))
            if not patch.empty and float(one["score"]) >= least:
                found.append(Detection(self._class_name(one["label_id"]), float(one["score"]), patch.box, patch))
        return by_score(found)


def open_detector(info: DetectorInfo, weights: Path | None, device: str, _short_side: int | None) -> PanopticDetector:
    """Opens the network from its folder, whose configuration sets the input size. Raises EngineError as `load_parts`
    does.
    """
    return PanopticDetector(*load_parts(info, weights, "AutoModelForUniversalSegmentation", _KINDS[info.name]), device)
