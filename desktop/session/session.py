"""The one bridge between the project and the widgets. Lives on the UI thread, like the project itself."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import RotoflowError
from core.types import Box, LabelMap, ObjectTrack
from desktop.program.memory import give_back_memory, keep_free_memory
from desktop.session.adaptation import Adaptation
from desktop.session.automatic_colours import AutomaticColours
from desktop.session.edges import SessionEdges
from desktop.session.last_picture import LastPicture
from desktop.session.marked_range import MarkedRange
from desktop.session.markers import Markers
from desktop.session.reading import SessionReading
from desktop.session.shapes import SessionShapes
from desktop.session.step_texts import adding_text, changing_text, merging_text, removing_text
from desktop.settings.core_texts import shown_name

if TYPE_CHECKING:
    # decoders and the database are loaded when a clip is opened: the window is on the screen before
    from core.masks import LabelEdit, Patch
    from core.masks.found import FoundObject
    from core.media import FrameCache, VideoSource
    from core.project import Change, Project

_log = logging.getLogger(__name__)
_LATE_MS = (1500, 5000, 15000)


class EditorSession(SessionReading):
    """What is open, which frame and object are current, and every change to the project.

    Widgets call its methods and listen to its signals; none of them holds the project.
    """

    project_changed = Signal()
    """A project was opened or closed."""
    frame_changed = Signal(int)
    labels_changed = Signal(object)
    """The current frame's labels changed inside a Box."""
    frames_changed = Signal()
    """Masks, origins or confidences of some frame changed."""
    tracks_changed = Signal()
    current_object_changed = Signal(int)
    solo_changed = Signal(bool)
    history_changed = Signal()
    settling = Signal()
    """What a person has begun and not ended is to be applied now, to the frame and object that are still current."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.markers = Markers(self)
        self.range = MarkedRange(self)
        self.adaptation = Adaptation(self)
        self.shapes = SessionShapes(self)
        self.edges = SessionEdges(self)
        self.last_picture = LastPicture()
        self.solo = False
        """Whether the current object alone is shown, hidden or not. Not stored: a clip opens with all to be seen."""
        self.colouring = AutomaticColours()
        self._chosen: tuple[int, ...] = ()
        self._stored_tracks: tuple[ObjectTrack, ...] = ()
        self._settling = False

    # -- opening and closing

    def adopt(self, project: Project, video: VideoSource, cache: FrameCache) -> None:
        """Takes over a project with its clip; what was open before is closed."""
        self.settle()
        self._release()
        self._project, self.video, self.cache = project, video, cache
        keep_free_memory(True)
        project.subscribe(self._on_change)
        self.last_picture.adopt(project)
        self._stored_tracks = tuple(project.objects.all)
        self._tracks = self._seen(self._stored_tracks)
        self.current_object = self._tracks[0].object_id if self._tracks else 0
        self.set_solo(False)
        self.frame_index = min(int(str(project.settings.get("frame_index", 0))), video.frame_count - 1)
        self._announce()

    def close(self) -> None:
        """Closes what is open. Everything is already in the project file."""
        if self._project is not None:
            self.settle()
            self._release()
            self._announce()

    def settle(self) -> None:
        """Applies what is begun on the canvas, so that leaving it, or reading its masks, loses nothing."""
        if self._project is not None and not self._settling:
            self._settling = True
            try:
                self.settling.emit()
            finally:
                self._settling = False

    # -- where we are

    def go_to(self, frame_index: int) -> None:
        """Makes a frame current; outside the clip means the nearest end."""
        frame_index = min(max(frame_index, 0), self.frame_count - 1)
        if self.is_open and frame_index != self.frame_index:
            self.settle()
            self.frame_index = frame_index
            self._labels = None
            self.frame_changed.emit(frame_index)

    def step(self, frames: int) -> None:
        self.go_to(self.frame_index + frames)

    def choose_object(self, object_id: int) -> None:
        if object_id != self.current_object and any(track.object_id == object_id for track in self._tracks):
            self.settle()
            self.current_object = object_id
            self.current_object_changed.emit(object_id)
            self._show_solo()

    def set_solo(self, solo: bool) -> None:
        """Shows the current object alone, whichever that is, or all that are visible."""
        if solo != self.solo:
            self.solo = solo
            self._show_solo()
            self.solo_changed.emit(solo)

    # -- objects

    @property
    def chosen_objects(self) -> tuple[int, ...]:
        """The ids of the objects that a command is about, in the order of the list: the current one is among them."""
        if self.current_object not in self._chosen:
            return (self.current_object,) if self.track(self.current_object) else ()
        return tuple(track.object_id for track in self._tracks if track.object_id in self._chosen)

    def choose_objects(self, object_ids: Iterable[int]) -> None:
        """Chooses several objects; they count as long as the current object is one of them."""
        self._chosen = tuple(object_ids)

    def add_object(self, leads: bool = False) -> ObjectTrack:
        """Adds an object and makes it current; with `leads` it is one undo step with the mask that it is made for."""
        track = self.project.objects.add(text=adding_text(), leads=leads)
        self.colouring.distinguish(self, track)
        self._tracks_touched()
        self.choose_object(track.object_id)
        return track

    def change_object(self, object_id: int, **changes: object) -> None:
        """Changes an object's name, colour, class_label, visible or locked."""
        self.change_objects((object_id,), **changes)

    def change_objects(self, object_ids: Iterable[int], **changes: object) -> None:
        """Makes the same change to several objects, as one undo step; unknown ids are passed over."""
        self.settle()
        tracks = [self.project.objects.get(object_id) for object_id in object_ids if self.track(object_id)]
        pairs = [(track, dataclasses.replace(track, **changes)) for track in tracks]  # type: ignore[arg-type]
        pairs = [(before, after) for before, after in pairs if before != after]
        if pairs:
            before, after = zip(*pairs, strict=True)
            self.project.objects.update_all(after, changing_text(before, after))
            self._tracks_touched()

    def toggle_object(self, object_id: int, field: str) -> None:
        """Turns an object's `visible` or `locked` around, as it is seen now; if it is one of several that are chosen,
        the others become as it is then. Solo ends with a change of `visible`.
        """
        track = self.track(object_id)
        if track is None:
            return
        if field == "visible":
            self.set_solo(False)
        chosen = self.chosen_objects
        one_of_them = chosen if object_id in chosen else (object_id,)
        self.change_objects(one_of_them, **{field: not getattr(track, field)})

    def merge_objects(self, object_ids: Sequence[int], into: int) -> None:
        """Makes objects a part of another one on every frame; undo parts them."""
        self.settle()
        tracks = [self.project.objects.get(object_id) for object_id in object_ids]
        self.choose_object(into)
        self.project.objects.merge_all(object_ids, into, merging_text(tracks, self.project.objects.get(into)))

    def move_object(self, object_id: int, position: int) -> None:
        """Puts an object at another position of the list, counted without it; the nearest end if there is none such."""
        order = [track.object_id for track in self._tracks if track.object_id != object_id]
        order.insert(min(max(position, 0), len(order)), object_id)
        self.project.objects.arrange(order, self.tr("Reorder objects"))

    def remove_objects(self, object_ids: Sequence[int]) -> None:
        """Deletes objects with all their masks; undo restores them."""
        self.settle()
        tracks = [self.project.objects.get(object_id) for object_id in object_ids]
        if tracks:
            self.project.objects.remove_all(object_ids, removing_text(tracks))
            self._tracks_touched()

    # -- edits

    def preview_stroke(self, labels: LabelMap, patch: Patch, erase: bool) -> Box | None:
        """Draws a piece of a stroke into labels that are only shown; returns what changed."""
        edit = self._painted(labels, patch, erase)
        if edit is None:
            return None
        edit.apply(labels)
        return edit.box

    def commit_stroke(self, patch: Patch, erase: bool) -> None:
        """Makes a stroke one edit of the current frame, which becomes an anchor."""
        labels = self.labels
        if labels is not None:
            self.commit_edit(self._painted(labels, patch, erase), self.tr("Erase") if erase else self.tr("Paint"))

    def commit_edit(self, edit: LabelEdit | None, text: str) -> None:
        """Makes an edit of the current frame, which becomes an anchor; None changes nothing."""
        if edit is not None:
            with self.colouring.of_new(self):
                self.project.masks.edit(self.frame_index, edit, text)
            self._tracks_touched()

    def import_labels(self, labels: LabelMap, text: str, keep_others: bool = False) -> None:
        """Makes a mask picture the current frame's labels, with the others kept or not; unknown objects are added."""
        self.settle()
        with self.colouring.of_new(self):
            self.project.masks.import_labels(self.frame_index, labels, text, keep_others)
        self._tracks_touched()

    def add_found(self, found: Sequence[FoundObject]) -> int:
        """Makes what was found objects of the project, as one undo step; how many."""
        self.settle()
        with self.colouring.of_new(self):
            tracks = self.project.masks.add_found(found, self.tr("Accept found objects"))
        self._tracks_touched()
        self.choose_object(tracks[-1].object_id)
        return len(tracks)

    def drop_anchor(self, frame_index: int) -> None:
        self.settle()
        self.project.masks.drop_anchor(frame_index)

    # -- a propagation's results

    def end_run(self, run_id: int) -> None:
        """Ends a propagation that `project.runs.begin` began: it is one undo step now. Raises ProjectError if its
        results are not in the file, because that was taken away."""
        try:
            self.project.runs.end(run_id)
        finally:
            self.history_changed.emit()

    def remember(self, values: Mapping[str, object]) -> None:
        """Stores settings in the project."""
        for key, value in values.items():
            self.project.settings.set(key, value)

    # -- inside

    def _painted(self, labels: LabelMap, patch: Patch, erase: bool) -> LabelEdit | None:
        """The edit that a stroke makes of the current object, or None. Locked objects keep their pixels."""
        from core.masks import LabelEdit

        make = LabelEdit.erase if erase else LabelEdit.paint
        return make(labels, patch, self.current_object, locked=self.locked_ids)

    def _on_change(self, change: Change) -> None:
        if change.kind in ("markers", "settings"):
            self.markers.reload()
            self.range.reload()
            self.history_changed.emit()
            return
        # a step of the history may be of one frame and have changed objects and markers all the same
        if change.frame_index is None or change.kind == "history":
            self._everything_touched()
            # a person sees what undo and redo change
            self.go_to(self.frame_index if change.frame_index is None else change.frame_index)
            return
        if change.frame_index == self.frame_index:
            self._labels = None
            self.labels_changed.emit(change.box or self._whole_frame())
        self.frames_changed.emit()
        self.history_changed.emit()

    def _everything_touched(self) -> None:
        self._labels = None
        self._tracks_touched()
        self.markers.reload()
        self.range.reload()
        self.labels_changed.emit(self._whole_frame())
        self.frames_changed.emit()
        self.history_changed.emit()

    def _whole_frame(self) -> Box:
        return Box(0, 0, *(self.video.size if self.video else (0, 0)))

    def _tracks_touched(self) -> None:
        tracks = tuple(self.project.objects.all)
        if tracks == self._stored_tracks:
            return
        self._stored_tracks = tracks
        self._tracks = self._seen(tracks)
        if all(track.object_id != self.current_object for track in tracks):
            self.current_object = tracks[0].object_id if tracks else 0
            self._tracks = self._seen(tracks)
            self.current_object_changed.emit(self.current_object)
        self.tracks_changed.emit()

    def _show_solo(self) -> None:
        tracks = self._seen(self._stored_tracks)
        if tracks != self._tracks:
            self._tracks = tracks
            self.tracks_changed.emit()

    def _seen(self, tracks: tuple[ObjectTrack, ...]) -> tuple[ObjectTrack, ...]:
        tracks = tuple(dataclasses.replace(track, name=shown_name(track)) for track in tracks)
        if not self.solo:
            return tracks
        return tuple(dataclasses.replace(track, visible=track.object_id == self.current_object) for track in tracks)

    def _release(self) -> None:
        project, self._project = self._project, None
        if project is not None:
            try:
                if project.is_written and not project.read_only:
                    project.settings.set("frame_index", self.frame_index)
                    self.last_picture.keep(project)
            except RotoflowError as error:
                # which frame it was is not worth keeping the file, the clip and its threads open
                _log.warning("the current frame is not kept: %s", error)
            project.close()
        keep_free_memory(False)
        if self.cache is not None:
            self.cache.close()
        if self.video is not None:
            self.video.close()
        was_open = self.video is not None
        self.video = self.cache = self._labels = None
        self._stored_tracks = ()
        self._tracks, self.current_object, self.frame_index = (), 0, 0
        if was_open:
            give_back_memory()
            for milliseconds in _LATE_MS:
                QTimer.singleShot(milliseconds, self, self._give_back_late)

    def _give_back_late(self) -> None:
        """Decoders that were in the middle of a frame have ended it meanwhile."""
        if not self.is_open:
            give_back_memory(circles=True)

    def _announce(self) -> None:
        self._labels = None
        self.markers.adopt(self._project)
        self.range.adopt(self._project)
        self.adaptation.adopt(self._project)
        self.project_changed.emit()
        self.tracks_changed.emit()
        self.current_object_changed.emit(self.current_object)
        self.frames_changed.emit()
        self.frame_changed.emit(self.frame_index)
        self.history_changed.emit()
