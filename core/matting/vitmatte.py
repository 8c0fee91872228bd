"""ViTMatte: a vision transformer that solves a trimap for alpha. The finest edge there is here; its weights are a
person's own to fetch.

Yao et al., "ViTMatte: Boosting Image Matting with Pretrained Plain Vision Transformers", Information Fusion 2024.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import EngineError
from core.matting.trimap import INSIDE, UNKNOWN
from core.own_folders import models_folder
from core.pretrained import load_folder, load_processor
from core.types import Image

NAMES = ("vitmatte", "vitmatte-small-composition-1k", "vitmatte-base-composition-1k", "vitmatte-small-distinctions-646")
"""Folders of it in the folder of models, the first one there is taken."""
ADDRESS = "https://huggingface.co/hustvl/vitmatte-small-composition-1k"

_TITLE = "ViTMatte"
_MOST_PIXELS = 2_000_000
"""Attention to every position takes memory with the square of the picture: a larger part is scaled down."""
_LOCK = threading.Lock()


def vitmatte_alpha(image: Image, tri: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Alpha, (H, W) float32 in [0, 1], of a picture, (H, W, 3) uint8 RGB, where a trimap (H, W) is unknown; elsewhere
    it is the trimap's 0 or 1. Raises EngineError if there are no weights here, or they cannot be read.
    """
    known = np.asarray(tri == INSIDE, np.float32)
    unknown = tri == UNKNOWN
    if not unknown.any():
        return known
    height, width = tri.shape
    scale = min(1.0, (_MOST_PIXELS / (height * width)) ** 0.5)
    seen, grey = image, tri
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        seen = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    found = _solve(seen, grey)
    if scale < 1:
        found = np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return np.where(unknown, np.clip(found, 0.0, 1.0), known).astype(np.float32)


def find_vitmatte() -> Path:
    """ViTMatte's folder in the folder of models. Raises EngineError, saying how to get it, if there is none."""
    for name in NAMES:
        folder = models_folder() / name
        if (folder / "config.json").is_file():
            return folder
    raise EngineError(
        "There are no weights of ViTMatte, which makes the finest edge, here: get them with "
        "`rotoflow models download vitmatte`, in the window with Help > Models, or put the files of {address} into "
        "{folder}.",
        address=ADDRESS,
        folder=models_folder() / NAMES[0],
    )


def _solve(image: Image, grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    # one picture at a time: two would need twice the memory
    with _LOCK:
        folder = find_vitmatte()
        network, processor, device = _load(folder, (folder / "config.json").stat().st_mtime_ns)
        import torch

        height, width = grey.shape
        with torch.inference_mode(), torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
            batch = processor(images=image, trimaps=grey, return_tensors="pt").to(device)
            alphas = network(**batch).alphas[0, 0].float().cpu().numpy()
    return np.asarray(alphas[:height, :width], np.float32)


@lru_cache(maxsize=1)
def _load(folder: Path, _changed: int) -> tuple[Any, Any, str]:
    """The network, what prepares pictures for it, and where it runs; kept, for the next frame."""
    network = load_folder("VitMatteForImageMatting", folder, _TITLE, ("vitmatte",))
    processor = load_processor("VitMatteImageProcessor", folder, _TITLE)
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    return network.to(device), processor, device
