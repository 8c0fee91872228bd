"""The one interface of detectors: a picture in, its objects out."""

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
    """Only boxes: something that selects by a box makes masks of them."""
    JOINTS = "joints"
    """The joints of people: something that selects by clicks makes masks of them."""
    CLASSES = "classes"
    """A class for every pixel: each separate piece of a class is one object."""


@dataclass(frozen=True)
class DetectorInfo:
    """What a person is shown of a detector before it is loaded. Making one imports nothing heavy."""

    name: str
    title: str
    gives: DetectorOutput
    file: str
    """The official name of its weights: a file, or a folder that Hugging Face transformers reads."""
    address: str
    """Where its publisher has the weights."""
    megabytes: int
    licence: str
    hidden: bool = False
    """Whether it is left out of lists that people choose from: it is there for tests."""


@dataclass(frozen=True, eq=False)
class Detection:
    """One object of a picture: class, score in [0, 1], box, and its pixels where the detector knows them.

    `joints` are (x, y) in pixels of the picture, of a person whose joints were found.
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
    """Sorted by falling score, and no more than a person would look through."""
    return sorted(detections, key=lambda one: -one.score)[:most]
