"""SAM 3 through Hugging Face transformers: finds all objects that match a text or an example box, and tracks them.

Carion et al., "SAM 3: Segment Anything with Concepts", 2025.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.engines.detectors.detection import Detection, by_score
from core.engines.text.pruning import prune
from core.errors import EngineError
from core.masks.hints import patch_of
from core.pretrained import import_transformers, load_folder, load_processor
from core.types import Box, Image

_TITLE = "SAM 3"
_MOST_TOKENS = 32


class Sam3:
    """See `core.engines.text.models.TextModel`."""

    def __init__(self, network: Any, processor: Any, device: str) -> None:
        self._network = network.to(device)
        self._processor = processor
        self._device = device
        # the video model contains the detector for pictures as a part
        self._detector = getattr(network, "detector_model", network)
        transformers = import_transformers(_TITLE)
        self._pictures = transformers.Sam3Processor(
            image_processor=processor.image_processor, tokenizer=processor.tokenizer
        )

    def find(self, image: Image, texts: Sequence[str], least: float) -> list[Detection]:
        self._check(texts)
        with self._running():
            # the picture is encoded once for all texts
            known = self._pictures(images=image, return_tensors="pt").to(self._device)
            seen = self._detector.get_vision_features(pixel_values=known["pixel_values"])
            found = []
            for text in texts:
                words = self._pictures(text=text, original_sizes=[image.shape[:2]], return_tensors="pt")
                given = {name: words[name].to(self._device) for name in ("input_ids", "attention_mask")}
                found += self._detections(self._detector(vision_embeds=seen, **given), image, text, least)
        return by_score(found)

    def find_similar(self, image: Image, box: Box, label: str, least: float) -> list[Detection]:
        corners = [[[float(box.x0), float(box.y0), float(box.x1), float(box.y1)]]]
        with self._running():
            known = self._pictures(images=image, input_boxes=corners, input_boxes_labels=[[1]], return_tensors="pt").to(
                self._device
            )
            given = {name: value for name, value in known.items() if name != "original_sizes"}
            return by_score(self._detections(self._detector(**given), image, label, least))

    def stream(self, texts: Sequence[str], least: float) -> Sam3Stream:
        self._check(texts)
        if self._detector is self._network:
            raise EngineError("This folder holds SAM 3 for pictures only; get the one of facebook/sam3.")
        return Sam3Stream(self._network, self._processor, self._device, texts, least)

    def _check(self, texts: Sequence[str]) -> None:
        for text in texts:
            if len(self._processor.tokenizer(text)["input_ids"]) > _MOST_TOKENS:
                raise EngineError("'{text}' is too long; say it in a few words.", text=text)

    def _detections(self, answer: Any, image: Image, label: str, least: float) -> list[Detection]:
        found = self._pictures.post_process_instance_segmentation(
            answer, threshold=least, target_sizes=[image.shape[:2]]
        )[0]
        return _as_detections(found["masks"], found["scores"], [label] * len(found["scores"]))

    def _running(self) -> contextlib.AbstractContextManager[None]:
        return running(self._device)


class Sam3Stream:
    """See `core.engines.text.models.TextStream`. State that is no longer read is removed after each frame."""

    def __init__(self, network: Any, processor: Any, device: str, texts: Sequence[str], least: float) -> None:
        self._network, self._processor, self._device = network, processor, device
        # the threshold for a new object stays above the one for detections by the same difference
        margin = float(network.config.new_det_thresh) - float(network.config.score_threshold_detection)
        network.score_threshold_detection, network.new_det_thresh = least, min(1.0, least + margin)
        self._session = processor.init_video_session(inference_device=device)
        processor.add_text_prompt(self._session, list(texts))
        self._frame_index = -1

    def step(self, image: Image) -> list[tuple[int, Detection]]:
        self._frame_index += 1
        with running(self._device):
            frame = self._processor(images=image, return_tensors="pt").to(self._device)
            answer = self._network(
                inference_session=self._session, frame=frame["pixel_values"][0], frame_idx=self._frame_index
            )
            found = self._processor.postprocess_outputs(self._session, answer, original_sizes=[list(image.shape[:2])])
        prune(self._session, self._frame_index, self._network.config.tracker_config)
        labels = {number: text for text, numbers in found["prompt_to_obj_ids"].items() for number in numbers}
        numbers = [int(number) for number in found["object_ids"]]
        masks = _as_detections(found["masks"], found["scores"], [labels[number] for number in numbers], keep_empty=True)
        pairs = zip(numbers, masks, strict=True)
        return [(number, one) for number, one in pairs if one.mask is not None and not one.mask.empty]


@contextlib.contextmanager
def running(device: str) -> Iterator[None]:
    """Inference mode; on a GPU with autocast to bfloat16."""
    import torch

    with torch.inference_mode(), torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
        yield


def _as_detections(masks: Any, scores: Any, labels: Sequence[str], keep_empty: bool = False) -> list[Detection]:
    found = []
    for mask, score, label in zip(masks, scores, labels, strict=True):
        patch = patch_of(np.asarray(mask.cpu().numpy(), np.bool_))
        if keep_empty or not patch.empty:
            found.append(Detection(label, float(score), patch.box, patch))
    return found


def open_sam3(folder: Path, device: str) -> Sam3:
    """Loads SAM 3 from its official folder, the video model or the picture model. Raises EngineError as `load_folder`
    does.
    """
    kinds = ("sam3_video", "sam3")
    network = load_folder({"sam3_video": "Sam3VideoModel", "sam3": "Sam3Model"}, folder, _TITLE, kinds)
    whole = hasattr(network, "detector_model")
    return Sam3(network, load_processor("Sam3VideoProcessor" if whole else "Sam3Processor", folder, _TITLE), device)
