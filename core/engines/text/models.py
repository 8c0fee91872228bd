"""The models that find objects by text, by name: SAM 3, and one for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from core.engines.detectors.detection import Detection
from core.engines.detectors.weights import installed_weights
from core.engines.devices import uses_gpu
from core.engines.models.store import find_installed
from core.errors import EngineError
from core.own_folders import models_folder
from core.types import Box, Image

DEFAULT_TEXT_MODEL = "sam3"
_TYPES = ("sam3_video", "sam3")
ADDRESS = "https://huggingface.co/facebook/sam3"


class TextStream(Protocol):
    """Tracks the objects that match texts through consecutive frames."""

    def step(self, image: Image) -> list[tuple[int, Detection]]:
        """The objects on the next frame (H, W, 3) uint8 RGB: pairs of a track number, constant for an object, and its
        detection.
        """
        ...


class TextModel(Protocol):
    """A model that understands texts. Used from one thread."""

    def find(self, image: Image, texts: Sequence[str], least: float) -> list[Detection]:
        """All objects on a picture (H, W, 3) uint8 RGB that match one of the texts, which becomes the class, with
        scores of at least `least`. Raises EngineError if a text is too long.
        """
        ...

    def find_similar(self, image: Image, box: Box, label: str, least: float) -> list[Detection]:
        """All objects like the one in a box, that one included, as class `label`, with scores of at least `least`."""
        ...

    def stream(self, texts: Sequence[str], least: float) -> TextStream:
        """Starts tracking the objects that match the texts. Raises EngineError if a text is too long, or if the model
        is for single pictures only.
        """
        ...


def text_weights_of(engine: str) -> Path | None:
    """The model folder of an engine that also finds by text; None for other engines."""
    found = find_installed(engine)
    return found.path if found is not None and found.model_type in _TYPES else None


def load_text_model(name: str, weights: Path | None = None, device: str = "auto") -> TextModel:
    """Loads a model, from `weights` or from the folder of models. Nothing is downloaded.

    Raises EngineError if the model is unknown, the weights are missing or of another model, the device is not there, or
    the library is missing.
    """
    if name == "fake":
        from core.engines.text.fake import FakeTextModel

        return FakeTextModel()
    if name != DEFAULT_TEXT_MODEL:
        raise EngineError("There is no model '{name}' that finds by text; choose {known}.", name=name, known="sam3")
    folder = weights or installed_weights(DEFAULT_TEXT_MODEL, "sam3")
    if folder is None:
        raise EngineError(
            "SAM 3, which finds objects by text, is not here. Its weights are given on request: agree to its licence "
            "at {address}, then get it with `rotoflow models download sam3` and your token, or put its folder at "
            "{folder}.",
            address=ADDRESS,
            folder=models_folder() / DEFAULT_TEXT_MODEL,
        )
    if not folder.exists():
        raise EngineError("{path}: there are no such weights.", path=folder)
    on_gpu = uses_gpu(device)
    from core.engines.text.sam3 import open_sam3

    return open_sam3(folder, "cuda" if on_gpu else "cpu")
