"""Suggests what a new object is, by the classes that a person gave before in this and other projects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import RotoflowError
from core.types import ObjectTrack
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.inspection.tag_suggestion import TagSuggestion
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.store import data_folder
from desktop.workers.explaining import Explainer
from desktop.workers.jobs import Jobs

if TYPE_CHECKING:
    from core.explain.tags import Suggestion, TagIndex
    from core.types import Floats, LabelMap

_REST_MS = 1200
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
        self._unnamed: list[tuple[int, int, LabelMap]] = []
        self._certainty: dict[int, float] = {}
        self.explainer = Explainer(self)
        self.wanted = True
        self._index: TagIndex | None = None
        self._looked: set[tuple[int, str, int]] = set()
        """Objects, with class and anchor, that were examined already."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        widget.taken.connect(self._take)
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
        self._looked.clear()
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
        if video is None or not self.wanted or self.explainer.busy or self._jobs.busy:
            return
        todo: list[tuple[ObjectTrack, int]] = []
        anchors = list(session.anchors())
        for track in session.tracks:
            key = track.object_id
            own = [one for one in anchors if key in one.object_ids and (one.labels == key).any()]
            if own and (key, track.class_label, own[0].frame_index) not in self._looked:
                todo.append((track, own[0].frame_index))
        if not todo:
            return
        self._looked.update((track.object_id, track.class_label, frame) for track, frame in todo)
        # those with a class first: they are examples for the others
        todo.sort(key=lambda one: not one[0].class_label)
        labels = {anchor.frame_index: anchor.labels.copy() for anchor in anchors}
        objects = [(track.object_id, frame, labels[frame]) for track, frame in todo]
        self._unnamed = [one for one, (track, _) in zip(objects, todo, strict=True) if not track.class_label]
        self.explainer.embed(video.reopen, objects, self._embedded)

    def _embedded(self, found: list[tuple[int, Floats]]) -> None:
        from core.explain.tags import save_tags

        index, learned = self._tags(), False
        for object_id, vector in found:
            track = self._session.track(object_id)
            if track is None:
                continue
            if track.class_label:
                learned = index.learn(track.class_label, vector) or learned
                continue
            suggestion = index.suggest(vector)
            self._certainty[object_id] = 0.0 if suggestion is None else suggestion.certainty
            if suggestion is not None:
                self._widget.suggest(track, suggestion.class_label, suggestion.certainty)
        if learned:
            try:
                save_tags(self.path, index)
            except RotoflowError as error:
                self.notice.emit(describe(error), Kind.WARNING)

        self._ask_by_text(index.classes)

    def _ask_by_text(self, known: list[str]) -> None:
        from core.engines.text.models import text_weights_of

        session, video = self._session, self._session.video
        weights = text_weights_of(self._engine.engine)
        classes = sorted({*known, *(track.class_label for track in session.tracks if track.class_label)})
        if weights is not None and video is not None and self._unnamed and classes:
            self.explainer.name_by_text(video.reopen, self._unnamed, classes, weights, self._named)

    def _named(self, found: list[tuple[int, Suggestion]]) -> None:
        for object_id, suggestion in found:
            track = self._session.track(object_id)
            if track is None or track.class_label:
                continue
            # of the two the surer one is shown
            if suggestion.certainty >= max(_LEAST_BY_TEXT, self._certainty.get(object_id, 0.0)):
                self._widget.suggest(track, suggestion.class_label, suggestion.certainty)

    def _take(self, object_id: int, class_label: str) -> None:
        if self._session.track(object_id) is not None:
            self._session.change_object(object_id, class_label=class_label)
