"""The interface of detectors: a picture in, a list of detections out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from core.masks import Patch
from core.types import Box, Image


class DetectorOutput(Enum):
    """What a detector returns for an object besides its class and score."""

    MASKS = "masks"
    BOXES = "boxes"
    """Boxes only; `core.engines.detectors.prompting` makes masks from them."""
    JOINTS = "joints"
    """Joints of people, used as clicks by `core.engines.detectors.prompting` to make masks."""
    CLASSES = "classes"
    """Semantic segmentation: each connected piece of a class is one object."""


@dataclass(frozen=True)
class DetectorInfo:
    """Description of a detector, known before it is loaded."""

    name: str
    title: str
    gives: DetectorOutput
    file: str
    """The official name of its weights: a file, or a folder that Hugging Face transformers reads."""
    address: str
    """Where its publisher has the weights."""
    licence: str
    hidden: bool = False
    """Whether it is left out of the lists in the program: it is for tests."""


@dataclass(frozen=True, eq=False)
class Detection:
    """One object on a picture: class, score in [0, 1], box, and its mask if the detector returns one.

    `joints` are (x, y) in pixels of the picture, for people from a keypoint detector.
    """

    label: str
    score: float
    box: Box
    mask: Patch | None = None
    joints: tuple[tuple[float, float], ...] = ()


class Detector(Protocol):
    """A detector with its weights loaded. Used from one thread."""

    def detect(self, image: Image, least: float) -> list[Detection]:
        """The objects in an RGB picture, (H, W, 3) uint8, with scores of at least `least`, sorted by score."""
        ...


def by_score(detections: list[Detection], most: int = 100) -> list[Detection]:
    """The detections sorted by falling score, at most `most`."""
    return sorted(detections, key=lambda one: -one.score)[:most]
