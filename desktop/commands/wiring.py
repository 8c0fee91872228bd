"""Which action does what, and which signal reaches whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from core.errors import RotoflowError
from desktop.action_table import Needs
from desktop.commands.propagation import Reach
from desktop.dialogs.about import show_about
from desktop.dialogs.shortcuts import ShortcutsDialog
from desktop.panels.notice_bar import Kind
from desktop.settings import settings

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class Wiring(QObject):
    """Connects the window's parts once, after all of them are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._connect_actions()
        self._connect_signals()
        self._restore_switches()
        self._enable()
        # naming the engines loads OpenCV and more
        window.first_painted.connect(self._list_engines)

    def remember(self) -> None:
        """Keeps switches and engine for the next run."""
        window, store = self._window, settings()
        for name in ("outline", "follow", "loop"):
            store.setValue(f"switch/{name}", window.actions_[name].isChecked())
        store.setValue("brush_size", window.brush.size)
        store.setValue("opacity", window.canvas.opacity)
        if window.engine.engine:
            store.setValue("engine/name", window.engine.engine)
            store.setValue("engine/device", window.engine.device_name)
            store.setValue(f"engine/options/{window.engine.engine}", json.dumps(window.engine.options))

    # -- actions

    def _connect_actions(self) -> None:
        window = self._window
        session, player, view = window.session, window.player, window.canvas.view
        handlers: dict[str, Callable[[], object]] = {
            "open": window.files.choose_and_open,
            "open_folder": window.files.choose_and_open_folder,
            "import_mask": window.files.choose_and_import_mask,
            "close": self._close_clip,
            "quit": window.close,
            "undo": partial(self._step_history, session.undo, self.tr("Undone: {text}")),
            "redo": partial(self._step_history, session.redo, self.tr("Redone: {text}")),
            "smaller": partial(window.brush.step, -1),
            "larger": partial(window.brush.step, 1),
            "fit": view.fit,
            "actual": partial(view.zoom_to, 1.0),
            "zoom_in": lambda: view.zoom_to(view.zoom * 1.5),
            "zoom_out": lambda: view.zoom_to(view.zoom / 1.5),
            "play": player.toggle,
            "shuttle_back": partial(player.shuttle, -1),
            "shuttle_on": partial(player.shuttle, 1),
            "previous": partial(self._step, -1),
            "next": partial(self._step, 1),
            "back_10": partial(self._step, -10),
            "on_10": partial(self._step, 10),
            "first": lambda: self._go(0),
            "last": lambda: self._go(session.frame_count - 1),
            "mark_in": lambda: session.mark_range(session.frame_index, None),
            "mark_out": lambda: session.mark_range(None, session.frame_index),
            "clear_range": lambda: session.mark_range(None, None),
            "previous_anchor": partial(self._go_to_anchor, -1),
            "next_anchor": partial(self._go_to_anchor, 1),
            "check_next": partial(self._check, 1),
            "check_previous": partial(self._check, -1),
            "add_object": session.add_object,
            "rename_object": window.objects.rename_current,
            "remove_object": lambda: session.remove_object(session.current_object),
            "toggle_visible": partial(self._toggle_object, "visible"),
            "toggle_locked": partial(self._toggle_object, "locked"),
            "drop_anchor": lambda: self._drop_anchor(session.frame_index),
            "propagate_backward": partial(window.propagation.start, Reach.BACKWARD),
            "propagate_both": partial(window.propagation.start, Reach.BOTH),
            "propagate_forward": partial(window.propagation.start, Reach.FORWARD),
            "propagate_one": partial(window.propagation.start, Reach.ONE),
            "propagate_range": partial(window.propagation.start, Reach.RANGE),
            "cancel": self._cancel,
            "export_masks": window.exports.masks,
            "shortcuts": self._show_shortcuts,
            "about": partial(show_about, window),
        }
        for name, handler in handlers.items():
            window.actions_[name].triggered.connect(partial(self._run, handler))
        switches: dict[str, Callable[[bool], object]] = {
            "show_masks": window.canvas.set_masks_shown,
            "outline": window.canvas.set_outline,
            "follow": partial(setattr, window.propagation, "follow"),
            "loop": partial(setattr, player, "loop"),
        }
        for name, switch in switches.items():
            window.actions_[name].toggled.connect(switch)
        for name in ("hand", "brush", "eraser"):
            window.actions_[name].triggered.connect(partial(self._choose_tool, name))
        window.actions_["brush"].setChecked(True)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(str(number)), window)
            shortcut.activated.connect(partial(session.choose_object, number))

    def _run(self, handler: Callable[[], object], _checked: bool = False) -> None:
        """Does what an action does; an error that is meant for a person becomes a notice."""
        try:
            handler()
        except (RotoflowError, OSError) as error:
            self._window.notices.say(str(error), Kind.ERROR)
        self._enable()

    # -- signals

    def _connect_signals(self) -> None:
        window = self._window
        session, jobs, canvas = window.session, window.jobs, window.canvas
        for source in (window.files, window.propagation, window.exports):
            source.notice.connect(window.notices.say)
        canvas.notice.connect(lambda text: window.notices.say(text, Kind.WARNING))
        canvas.work_begun.connect(self._stop_moving)
        canvas.view.space_tapped.connect(window.actions_["play"].trigger)
        canvas.empty.open_requested.connect(window.files.choose_and_open)
        canvas.empty.folder_requested.connect(window.files.choose_and_open_folder)
        canvas.empty.recent_chosen.connect(window.files.open)
        window.tool_options.opacity_changed.connect(canvas.set_opacity)
        window.timeline.scrubbing.connect(lambda _on: window.player.stop())
        window.anchors.drop_requested.connect(self._drop_anchor)
        window.objects.colour_requested.connect(self._choose_colour)
        window.feed.failed.connect(lambda text: window.notices.say(text, Kind.ERROR))
        window.files.opened.connect(self._opened)
        session.project_changed.connect(self._enable)
        session.tracks_changed.connect(self._enable)
        session.history_changed.connect(self._enable)
        jobs.started.connect(self._enable)
        jobs.ended.connect(self._enable)

    def _enable(self) -> None:
        session, jobs = self._window.session, self._window.jobs
        met = {Needs.NOTHING}
        if jobs.busy:
            met.add(Needs.JOB)
        if session.is_open:
            met.add(Needs.CLIP)
            if session.tracks:
                met.add(Needs.OBJECT)
            if session.undo_text is not None:
                met.add(Needs.UNDO)
            if session.redo_text is not None:
                met.add(Needs.REDO)
            if not jobs.busy:
                met.add(Needs.IDLE)
                if session.has_anchors:
                    met.add(Needs.MASK)
        self._window.actions_.enable(frozenset(met))

    def _opened(self) -> None:
        window = self._window
        window.notices.dismiss()
        video = window.session.video
        if video is not None:
            window.setWindowTitle(f"{video.path.name} — Rotoflow")
        window.show_recent()

    def _close_clip(self) -> None:
        self._window.jobs.shut_down()
        self._window.propagation.finish_now()
        self._window.session.close()
        self._window.setWindowTitle("Rotoflow")
        self._window.show_recent()

    def _list_engines(self) -> None:
        from core.engines import available

        store, panel = settings(), self._window.engine
        panel.set_engines(available(), str(store.value("engine/name", "")), str(store.value("engine/device", "auto")))
        kept = store.value(f"engine/options/{panel.engine}")
        if isinstance(kept, str):
            panel.set_options(json.loads(kept))

    def _restore_switches(self) -> None:
        window, store = self._window, settings()
        window.actions_["show_masks"].setChecked(True)
        for name in ("outline", "follow", "loop"):
            window.actions_[name].setChecked(str(store.value(f"switch/{name}", "true")).lower() == "true")
        window.brush.set_size(int(str(store.value("brush_size", window.brush.size))))
        window.tool_options.opacity_slider.setValue(
            round(100 * float(str(store.value("opacity", window.canvas.opacity))))
        )

    # -- what the smaller actions do

    def _choose_tool(self, name: str, _checked: bool = False) -> None:
        self._window.canvas.set_tool(name)
        self._window.canvas.view.setFocus()

    def _go(self, frame: int) -> None:
        self._window.player.stop()
        self._window.session.go_to(frame)

    def _step(self, frames: int) -> None:
        self._go(self._window.session.frame_index + frames)

    def _go_to_anchor(self, step: int) -> None:
        here = self._window.session.frame_index
        frames = self._window.session.anchor_frames()
        beyond = (
            [frame for frame in frames if frame > here] if step > 0 else [frame for frame in frames if frame < here]
        )
        if beyond:
            self._go(min(beyond) if step > 0 else max(beyond))

    def _check(self, step: int) -> None:
        self._window.player.stop()
        if not self._window.review.go(step):
            self._window.notices.say(self.tr("No frame to check: the engine is sure of all it has done."))

    def _toggle_object(self, field: str) -> None:
        session = self._window.session
        track = session.track(session.current_object)
        if track is not None:
            session.change_object(track.object_id, **{field: not getattr(track, field)})

    def _choose_colour(self, object_id: int) -> None:
        track = self._window.session.track(object_id)
        colour = self._window.ask.colour(track.colour) if track else None
        if colour is not None:
            self._window.session.change_object(object_id, colour=colour)

    def _drop_anchor(self, frame: int) -> None:
        window = self._window
        if frame in window.session.anchor_frames():
            window.session.drop_anchor(frame)
        else:
            window.notices.say(self.tr("Frame {frame} is no anchor.").format(frame=frame))

    def _step_history(self, step: Callable[[], str | None], template: str) -> None:
        self._window.canvas.view.cancel_tool()
        text = step()
        if text is not None:
            self._window.statusBar().showMessage(template.format(text=text), 3000)

    def _stop_moving(self) -> None:
        """A person paints: playback stops on the frame that is on the screen, and propagation is not followed."""
        window = self._window
        window.propagation.stop_following()
        shown = window.canvas.shown_frame
        if window.player.playing and shown is not None:
            window.player.stop()
            window.session.go_to(shown)

    def _cancel(self) -> None:
        self._window.canvas.view.cancel_tool()
        self._window.jobs.cancel()

    def _show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self._window.actions_, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
