"""Finding by text on some frames of a clip, or everything like an example on one."""

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
    """What to look for: texts, or with `example` all that is like what lies in a box of the frames.

    `label` is the class of what is found by an example. `weights` names the model's folder; None is the folder of
    models. `least` is the lowest score, in [0, 1].
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
    """The texts of a line: separated by semicolons, each once."""
    parts = (" ".join(part.split()) for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def checked_texts(texts: Sequence[str]) -> list[str]:
    """The texts without those that are empty or there twice. Raises EngineError if none is left."""
    found = list(dict.fromkeys(part for text in texts for part in split_text(text)))
    if not found:
        raise EngineError("Say what to find, such as dog.")
    return found


def find_by_text(
    request: TextRequest, read: ReadFrame, cancel: CancelToken
) -> Generator[Progress, None, list[FoundObject]]:
    """Looks at the frames, yields progress after each, and returns the objects, the surest first: at most 255.

    Raises EngineError as `load_text_model` or if there is nothing to look for, CancelledError once cancelled.
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
