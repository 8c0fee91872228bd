"""Suggests what a new object is, by the classes that a person gave before in this and other projects."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import RotoflowError
from core.types import Origin
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.inspection.tag_suggestion import TagSuggestion
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.store import data_folder
from desktop.workers.explaining import Explainer
from desktop.workers.jobs import Jobs
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from core.explain.tags import Suggestion, TagIndex
    from core.types import Floats

_REST_MS = 1200
_MOST_ANCHORS = 3
"""Of each object, that it is looked at on."""
_LEAST_BY_TEXT = 0.3
"""A score of one half on most of the object's pixels, or a surer one on some."""


class TagCommands(QObject):
    """Learns from objects with a class and an anchor, and looks at those without one while the user is idle."""

    notice = Signal(str, object)

    def __init__(
        self, session: EditorSession, jobs: Jobs, widget: TagSuggestion, engine: EnginePanel, parent: QObject
    ) -> None:
        """Where the engine that `engine` has chosen understands texts, classes' names are compared, too."""
        super().__init__(parent)
        self._session, self._jobs, self._widget, self._engine = session, jobs, widget, engine
        self._channel = LabelsChannel(session.labels_at, self)
        self._looked: dict[int, list[int]] = {}
        """The anchors that each object was looked at on."""
        self._vectors: dict[int, list[Floats]] = {}
        """Its embeddings there."""
        self._taught: dict[int, str] = {}
        """The class that it is an example of."""
        self._by_text: dict[int, Suggestion] = {}
        self._refused: set[tuple[int, str]] = set()
        self.explainer = Explainer(self)
        self.wanted = True
        self._index: TagIndex | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        widget.taken.connect(self._take)
        widget.refused.connect(self._refuse)
        for changed in (session.tracks_changed, session.history_changed, session.frames_changed):
            changed.connect(self._changed)
        session.project_changed.connect(self._forget)

    @property
    def path(self) -> Path:
        """The file with the examples, in the user's data folder."""
        return data_folder() / "tags.json"

    def set_wanted(self, wanted: bool) -> None:
        """Whether classes are learned and suggested at all."""
        self.wanted = wanted
        self._widget.hide_suggestion()
        self._changed()

    def prototype(self, class_label: str) -> Floats | None:
        """The mean embedding of a class; None without examples."""
        return self._tags().prototype(class_label)

    def shut_down(self) -> None:
        """Waits for the thread, for a window that goes away."""
        self._rest.stop()
        self.explainer.shut_down()

    # -- inside

    def _tags(self) -> TagIndex:
        if self._index is None:
            from core.explain.tags import load_tags

            self._index = load_tags(self.path)
        return self._index

    def _forget(self) -> None:
        for known in (self._looked, self._vectors, self._taught, self._by_text, self._refused):
            known.clear()
        self._rest.stop()
        self.explainer.drop()
        self.explainer.forget_text()
        self._widget.hide_suggestion()

    def _changed(self, *_what: object) -> None:
        session = self._session
        self._widget.drop_for(session.tracks if session.is_open else ())
        if not session.is_open or not session.tracks:
            return
        named = any(track.class_label for track in session.tracks)
        # the network is not loaded for people who give no classes
        if self.wanted and (named or self.path.exists()):
            self._rest.start()

    def _look(self) -> None:
        session, video = self._session, self._session.video
        if video is None or not self.wanted:
            return
        if self.explainer.busy or self._jobs.busy:
            # what changed meanwhile is to be looked at, too
            self._rest.start()
            return
        anchors = {index: session.project.origins(index) for index in session.anchor_frames()}
        todo: list[tuple[int, int]] = []
        for track in session.tracks:
            key = track.object_id
            frames = [index for index, origins in anchors.items() if origins.get(key) == Origin.EDITED]
            frames = frames[:: max(1, -(-len(frames) // _MOST_ANCHORS))]
            if frames and self._looked.get(key) != frames:
                self._looked[key] = frames
                todo += [(key, index) for index in frames]
        if todo:
            self.explainer.embed(video.reopen, todo, self._channel.reader, partial(self._embedded, todo))
        elif self._learn():
            self._offer()
            self._ask_by_text()

    def _embedded(self, seen: list[tuple[int, int]], found: list[tuple[int, Floats]]) -> None:
        fresh = {object_id for object_id, _ in seen}
        for object_id in fresh:
            self._vectors[object_id] = [vector for key, vector in found if key == object_id]
        self._learn(fresh)
        self._offer()
        self._ask_by_text()

    def _learn(self, fresh: Collection[int] = ()) -> bool:
        """Objects with a class become examples of it, and those whose class was taken away are none any more.

        `fresh` are objects that were looked at since. Returns whether there is anything new.
        """
        from core.explain.tags import save_tags

        index, changed = self._tags(), False
        for object_id, vectors in self._vectors.items():
            track = self._session.track(object_id)
            before = self._taught.get(object_id, "")
            if track is None or (track.class_label == before and object_id not in fresh):
                continue
            self._taught[object_id] = track.class_label
            for vector in vectors:
                if track.class_label:
                    changed = index.learn(track.class_label, vector) or changed
                elif before:
                    index.forget(vector)
                    changed = True
        if changed:
            try:
                save_tags(self.path, index)
            except RotoflowError as error:
                self.notice.emit(describe(error), Kind.WARNING)
        return changed

    def _offer(self) -> None:
        """Suggests a class for the chosen object, or else for the one of which it is surest."""
        offers = []
        for track in self._session.tracks if self.wanted else ():
            found = None if track.class_label else self._best(track.object_id)
            if found is not None:
                offers.append((track.object_id == self._session.current_object, found.certainty, track, found))
        if not offers:
            self._widget.hide_suggestion()
            return
        *_, track, best = max(offers, key=lambda offer: offer[:2])
        self._widget.suggest(track, best.class_label, best.certainty)

    def _best(self, object_id: int) -> Suggestion | None:
        """What an object most likely is, by its look on any of its anchors or by the name of a class; None if nothing
        that was not refused is likely.
        """
        index = self._tags()
        found = [index.suggest(vector) for vector in self._vectors.get(object_id, ())]
        found.append(self._by_text.get(object_id))
        likely = [one for one in found if one is not None and (object_id, one.class_label) not in self._refused]
        return max(likely, key=lambda one: one.certainty, default=None)

    def _ask_by_text(self) -> None:
        from core.engines.text.models import text_weights_of

        session, video = self._session, self._session.video
        weights = text_weights_of(self._engine.engine)
        classes = sorted({*self._tags().classes, *(track.class_label for track in session.tracks if track.class_label)})
        unnamed = [
            (track.object_id, self._looked[track.object_id][0])
            for track in session.tracks
            if not track.class_label and track.object_id in self._looked
        ]
        if weights is not None and video is not None and unnamed and classes:
            self.explainer.name_by_text(video.reopen, unnamed, self._channel.reader, classes, weights, self._named)

    def _named(self, found: list[tuple[int, Suggestion]]) -> None:
        self._by_text = {object_id: one for object_id, one in found if one.certainty >= _LEAST_BY_TEXT}
        self._offer()

    def _refuse(self, object_id: int, class_label: str) -> None:
        self._refused.add((object_id, class_label))
        self._offer()

    def _take(self, object_id: int, class_label: str) -> None:
        if self._session.track(object_id) is not None:
            self._session.change_object(object_id, class_label=class_label)
