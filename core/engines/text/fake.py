"""A text model for tests: every piece of bright pixels is what the first text says, but nothing is a "unicorn"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.engines.detectors.detection import Detection
from core.engines.detectors.fake import FakeDetector
from core.types import Box, Image


class FakeTextModel:
    """See `core.engines.text.models.TextModel`."""

    def find(self, image: Image, texts: Sequence[str], least: float) -> list[Detection]:
        known = [text for text in texts if text != "unicorn"]
        return [replace(one, label=text) for text in known[:1] for one in FakeDetector().detect(image, least)]

    def find_similar(self, image: Image, box: Box, label: str, least: float) -> list[Detection]:
        return self.find(image, [label], least)

    def stream(self, texts: Sequence[str], least: float) -> FakeStream:
        return FakeStream(self, texts, least)


class FakeStream:
    """Numbers objects from left to right."""

    def __init__(self, model: FakeTextModel, texts: Sequence[str], least: float) -> None:
        self._model, self._texts, self._least = model, texts, least

    def step(self, image: Image) -> list[tuple[int, Detection]]:
        found = self._model.find(image, self._texts, self._least)
        return list(enumerate(sorted(found, key=lambda one: one.box.x0)))
