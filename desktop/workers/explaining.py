"""Asks the network what it sees, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import groupby
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from core.jobs import CancelToken, Progress
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from pathlib import Path

    from core.engines.text.models import TextModel
    from core.explain.features import FeatureExtractor
    from core.explain.tags import Suggestion
    from core.explain.views import Answer, Question
    from core.media import VideoSource
    from core.types import Floats, LabelMap

    MasksOf = Callable[[CancelToken], Callable[[int], LabelMap]]


class Explainer(LatestOnly):
    """Only the newest question is answered. The network is loaded once for a clip and its weights."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._extractor: tuple[tuple[int, int], bytes, FeatureExtractor] | None = None
        self._text: tuple[Path, TextModel] | None = None

    def ask(
        self,
        open_clip: Callable[[], VideoSource],
        question_of: Callable[[CancelToken], Question],
        answered: Callable[[Answer], None],
        looked: Callable[[Progress], None],
        done: Callable[[], None],
    ) -> None:
        """Calls `answered` on this thread, `looked` after each of many frames, and `done` at the end, also after an
        error. `question_of` is called in the worker; the clip is opened with a decoder of its own.
        """

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.explain.views import answer

            question = question_of(cancel)
            with open_clip() as video:
                extractor = self._opened(video.size, question.adaptation)
                yield (yield from answer(extractor, question, video.read, cancel))

        def receive(item: object) -> None:
            if isinstance(item, Progress):
                looked(item)
            else:
                answered(cast("Answer", item))

        self.start(work, receive, done)

    def embed(
        self,
        open_clip: Callable[[], VideoSource],
        objects: list[tuple[int, int]],
        masks_of: MasksOf,
        embedded: Callable[[list[tuple[int, Floats]]], None],
    ) -> None:
        """Calls `embedded` on this thread with the embeddings of objects, of (id, frame index): as often as each is to
        be seen on its frames. `masks_of` is called in the worker for what gives the labels there.
        """

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.explain.projections import object_embedding

            found, masks = [], masks_of(cancel)
            with open_clip() as video:
                extractor = self._opened(video.size, b"")
                # a frame is looked at once, whichever objects are on it
                for frame_index, shown in groupby(sorted(objects, key=_frame_of), key=_frame_of):
                    cancel.raise_if_cancelled()
                    labels, extracted = masks(frame_index), extractor.extract(video.read(frame_index))
                    for object_id, _ in shown:
                        vector = object_embedding(extractor, extracted, labels, object_id)
                        if vector is not None:
                            found.append((object_id, vector))
            yield found

        self.start(work, lambda item: embedded(cast("list[tuple[int, Floats]]", item)), lambda: None)

    def name_by_text(
        self,
        open_clip: Callable[[], VideoSource],
        objects: list[tuple[int, int]],
        masks_of: MasksOf,
        classes: list[str],
        weights: Path,
        named: Callable[[list[tuple[int, Suggestion]]], None],
    ) -> None:
        """Calls `named` on this thread with the class whose name says best what each object is, of `objects` as in
        `embed`. `weights` is the folder of a model that finds by text.
        """

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.engines.text.models import DEFAULT_TEXT_MODEL, load_text_model
            from core.explain.naming import by_text

            if self._text is None or self._text[0] != weights:
                self._text = weights, load_text_model(DEFAULT_TEXT_MODEL, weights)
            found: list[tuple[int, Suggestion]] = []
            masks = masks_of(cancel)
            with open_clip() as video:
                for object_id, frame_index in objects:
                    cancel.raise_if_cancelled()
                    mask = masks(frame_index) == object_id
                    best = by_text(self._text[1], video.read(frame_index), mask, classes)
                    found.extend((object_id, one) for one in best[:1])
            yield found

        self.start(work, lambda item: named(cast("list[tuple[int, Suggestion]]", item)), lambda: None)

    def forget_text(self) -> None:
        """Lets the model of texts go, which takes much memory."""
        self._text = None

    def _opened(self, size: tuple[int, int], adaptation: bytes) -> FeatureExtractor:
        """The extractor, loaded once; called in the worker, of which there is one at a time."""
        from core.explain.features import FeatureExtractor

        if self._extractor is None or self._extractor[:2] != (size, adaptation):
            self._extractor = size, adaptation, FeatureExtractor(size, adaptation)
        return self._extractor[2]


def _frame_of(seen: tuple[int, int]) -> int:
    return seen[1]
