"""The models that find objects by a text, by name: SAM 3, and one for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from core.engines.detectors.detection import Detection
from core.engines.detectors.weights import installed_weights
from core.engines.devices import uses_gpu
from core.engines.models.store import find_installed
from core.errors import EngineError
from core.pretrained import models_folder
from core.types import Box, Image

DEFAULT_TEXT_MODEL = "sam3"
_TYPES = ("sam3_video", "sam3")
ADDRESS = "https://huggingface.co/facebook/sam3"


class TextStream(Protocol):
    """Follows the objects of texts through frames that come in order."""

    def step(self, image: Image) -> list[tuple[int, Detection]]:
        """What lies in the next frame: a number that stays the object's own, and the object."""
        ...


class TextModel(Protocol):
    """A model that understands texts. Used from one thread."""

    def find(self, image: Image, texts: Sequence[str], least: float) -> list[Detection]:
        """Every object of the picture that one of the texts says, which is its class. Raises EngineError."""
        ...

    def find_similar(self, image: Image, box: Box, label: str, least: float) -> list[Detection]:
        """Every object that is like the one in a box, that one included; all are of class `label`."""
        ...

    def stream(self, texts: Sequence[str], least: float) -> TextStream:
        """Follows them through a clip. Raises EngineError if a text is too long, or it knows only pictures."""
        ...


def text_weights_of(engine: str) -> Path | None:
    """The folder of an engine that understands texts, too; None if it is another engine."""
    found = find_installed(engine)
    return found.path if found is not None and found.model_type in _TYPES else None


def load_text_model(name: str, weights: Path | None = None, device: str = "auto") -> TextModel:
    """A model with its weights, from a folder or from the folder of models. Nothing is downloaded.

    Raises EngineError if there is no such model, no weights, those of another model, no such device, or the library
    is missing.
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
