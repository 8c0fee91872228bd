"""Finds objects by text, or by an example box, on some frames of a clip."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.engines.detectors.linking import Linker
from core.engines.text.models import DEFAULT_TEXT_MODEL, load_text_model
from core.errors import EngineError
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks.found import FoundObject
from core.types import Box, ReadFrame


@dataclass(frozen=True)
class TextRequest:
    """What to search for: `texts`, or, if `example` is given, everything like the object in that box on each of
    `frames`.

    `label` is the class of objects found by an example. `weights` is the model's folder; None searches the folder of
    models. `least` is the lowest score, in [0, 1]. `device` is "auto", "cpu" or "cuda".
    """

    frames: Sequence[int]
    texts: Sequence[str] = ()
    example: Box | None = None
    label: str = "object"
    model: str = DEFAULT_TEXT_MODEL
    weights: Path | None = None
    least: float = 0.5
    device: str = "auto"


def split_text(text: str) -> tuple[str, ...]:
    """The texts in a line separated by semicolons, with spaces normalised and duplicates removed."""
    parts = (" ".join(part.split()) for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def checked_texts(texts: Sequence[str]) -> list[str]:
    """The texts, split by `split_text`, without empty and duplicate ones. Raises EngineError if none is left."""
    found = list(dict.fromkeys(part for text in texts for part in split_text(text)))
    if not found:
        raise EngineError("Say what to find, such as dog.")
    return found


def find_by_text(
    request: TextRequest, read: ReadFrame, cancel: CancelToken
) -> Generator[Progress, None, list[FoundObject]]:
    """Searches the frames, yields progress after each, and returns at most 255 objects, sorted by falling score.

    Raises EngineError as `load_text_model` does or if there is no text or the box is empty, CancelledError once
    cancelled.
    """
    box = request.example
    texts = checked_texts(request.texts) if box is None else []
    if box is not None and box.empty:
        raise EngineError("The example is an empty box; draw one around an object.")
    model = load_text_model(request.model, request.weights, request.device)
    clock = ProgressClock(len(request.frames), cancel)
    linker = Linker()
    for done, frame_index in enumerate(request.frames):
        cancel.wait_while_paused()
        cancel.raise_if_cancelled()
        image = read(frame_index)
        if box is None:
            found = model.find(image, texts, request.least)
        else:
            found = model.find_similar(image, box, request.label, request.least)
        linker.add(frame_index, found)
        yield clock.step(done + 1)
    cancel.raise_if_cancelled()
    return linker.objects()
