"""Which action does what, and which signal reaches whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.errors import RotoflowError
from desktop.actions import compare_menu, help_menu, overlay_menu, view_menu
from desktop.actions.edit_menu import TOOLS
from desktop.actions.key_hints import KeyHints
from desktop.actions.spec import Needs
from desktop.commands.application import ApplicationCommands
from desktop.commands.dataset import DatasetCommands
from desktop.commands.handlers import Handlers
from desktop.commands.history import HistoryCommands
from desktop.commands.inspection.finding import FindingCommands
from desktop.commands.masks import MaskCommands
from desktop.commands.navigation import NavigationCommands
from desktop.commands.objects import ObjectCommands
from desktop.commands.projects.commands import ProjectCommands
from desktop.commands.propagation import Reach
from desktop.commands.quality import QualityCommands
from desktop.commands.shapes.commands import ShapeCommands
from desktop.commands.tour import TourCommands
from desktop.commands.unfinished.resuming import Begin
from desktop.commands.view import ViewCommands
from desktop.dialogs.ask import Ask
from desktop.dialogs.leaving import Purpose
from desktop.disk_wiring import DiskWiring
from desktop.inspection_wiring import InspectionWiring
from desktop.main_window import MainWindow
from desktop.menus import give_menus
from desktop.panels.notice_bar import Kind
from desktop.playback.picture_view import PictureViewCommands
from desktop.program.reporter import describe
from desktop.settings.preferences import load_preferences
from desktop.settings.store import settings
from desktop.workers.engine_list import EngineList
from desktop.workers.finding import ClickingEngine, click_network

if TYPE_CHECKING:
    from core.engines.protocol import EngineInfo

_AT_WORK = frozenset(
    {spec.name for menu in (view_menu, overlay_menu, compare_menu, help_menu) for spec in menu.SPECS}
    | {"undo", "redo", "cancel", "pause", "smaller", "larger", "softer", "harder"}
)
"""What is done in the middle of a selection; with everything else the selection is applied first."""

_SWITCHES = ("outline", "soft_edges", "pixel_grid", "follow", "loop", "suggest_classes")
"""What stays on or off between runs; on at first."""

_HINT_MS = 4000


def make_window(ask: Callable[[QWidget], Ask] = Ask) -> MainWindow:
    """A main window whose parts are connected. `ask` makes what asks its questions."""
    window = MainWindow(ask)
    Wiring(window)
    return window


class Wiring(QObject):
    """Connects the window's parts once, after all of them are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        session, jobs, ask, actions = window.session, window.jobs, window.ask, window.actions_
        self._navigation = NavigationCommands(session, window.player, window.review, ask, self)
        self._objects = ObjectCommands(session, window.objects, actions, ask, self)
        self._masks = MaskCommands(session, window.canvas.bench, self)
        self._shapes = ShapeCommands(session, jobs, window.canvas.bench, self)
        self._history = HistoryCommands(session, window.canvas.view, self)
        self._quality = QualityCommands(session, jobs, window.quality, ask, self)
        self._dataset = DatasetCommands(session, jobs, ask, self)
        self._projects = ProjectCommands(session, jobs, ask, window.leaving, window.files, self)
        self._inspection = InspectionWiring(window)
        self._disks = DiskWiring(window)
        self.finding = FindingCommands(session, jobs, window.engine, window.objects, window)
        self._picture_view = PictureViewCommands(session, window.feed, window)
        self._view = ViewCommands(window.canvas, actions, self)
        self._application = ApplicationCommands(
            session, jobs, lambda: window.batches.running, window.engine, actions, window
        )
        self._tour = TourCommands(session, window.canvas, actions, window.files, window)
        self._hints = KeyHints(
            actions,
            {
                window.review.list: ("check_next", "check_previous"),
                window.tool_options.size_slider: ("smaller", "larger"),
                window.tool_options.hardness_slider: ("softer", "harder"),
                window.transport.speed: ("slower", "faster"),
                window.tool_options.overlay: ("next_overlay",),
            },
            self,
        )
        self._engine_list = EngineList(self)
        self._engine_list.found.connect(self._take_engines)
        self._connect_actions()
        self._connect_signals()
        self._restore_switches()
        self._enable()
        for wanted in (window.first_painted, self._application.models_changed):
            wanted.connect(lambda: self._engine_list.look(load_preferences().threads))
        window.ask.models_changed = self._application.models_changed.emit
        for end in (self._remember, self._engine_list.shut_down, self._application.close_dialogs):
            window.closing.connect(end)

    def _remember(self) -> None:
        """Stores switches and engine for the next run."""
        window, store = self._window, settings()
        for name in _SWITCHES:
            store.setValue(f"switch/{name}", window.actions_[name].isChecked())
        store.setValue("brush_size", window.brush.size)
        store.setValue("brush_hardness", window.brush.hardness)
        store.setValue("opacity", window.canvas.opacity)
        window.engine.remember()

    # -- actions

    def _connect_actions(self) -> None:
        window = self._window
        session, player = window.session, window.player
        reaches = {
            "propagate_backward": Reach.BACKWARD,
            "propagate_both": Reach.BOTH,
            "propagate_forward": Reach.FORWARD,
            "propagate_one": Reach.ONE,
            "propagate_range": Reach.RANGE,
        }
        handlers: Handlers = {
            **self._navigation.handlers(),
            **self._objects.handlers(),
            **self._masks.handlers(),
            **self._shapes.handlers(),
            **self._quality.handlers(),
            **self._dataset.handlers(),
            **self._projects.handlers(),
            **self.finding.handlers(),
            **self._view.handlers(),
            **self._application.handlers(),
            **self._inspection.handlers(),
            **self._tour.handlers(),
            **window.batches.handlers(),
            **{name: partial(window.propagation.start, reach) for name, reach in reaches.items()},
            "notices": window.notice_button.show_list,
            "open": window.files.choose_and_open,
            "open_folder": window.files.choose_and_open_folder,
            "import_mask": window.files.choose_and_import_mask,
            "reading": window.files.change_reading,
            "picture_view": self._picture_view.show,
            "close": self._close_clip,
            "quit": window.close,
            **self._history.handlers(),
            "smaller": partial(window.brush.step, -1),
            "larger": partial(window.brush.step, 1),
            "softer": partial(window.brush.step_hardness, -1),
            "harder": partial(window.brush.step_hardness, 1),
            "propagate_to": self._propagate_to,
            "redo_everything": partial(window.propagation.start, Reach.BOTH, redo=True),
            "fine_tune": window.fine_tuning.start,
            "pause": lambda: window.jobs.pause(window.actions_["pause"].isChecked()),
            "cancel": self._cancel,
            "export": window.exports.start,
        }
        for name, handler in handlers.items():
            window.actions_[name].triggered.connect(partial(self._run, name, handler))
        switches: dict[str, Callable[[bool], object]] = {
            "show_masks": window.canvas.set_masks_shown,
            "outline": window.canvas.set_outline,
            "soft_edges": window.canvas.matte.set_wanted,
            "pixel_grid": window.canvas.view.pixel_grid.set_wanted,
            "key_pointer": self._point_by_keys,
            "follow": partial(setattr, window.propagation, "follow"),
            "loop": partial(setattr, player, "loop"),
            **self._inspection.switches(),
        }
        for name, switch in switches.items():
            window.actions_[name].toggled.connect(switch)
        for name in TOOLS:
            window.actions_[name].triggered.connect(partial(self._choose_tool, name))
        window.actions_["brush"].setChecked(True)
        window.tool_options.show_tool("brush")
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(str(number)), window)
            shortcut.activated.connect(partial(session.choose_object, number))

    def _run(self, name: str, handler: Callable[[], object], _checked: bool = False) -> None:
        """Does what an action does; an error that is meant for a person becomes a notice."""
        try:
            if name not in _AT_WORK:
                self._window.session.settle()
            handler()
        except (RotoflowError, OSError) as error:
            self._window.notices.notify(describe(error), Kind.ERROR)
        self._enable()

    # -- signals

    def _connect_signals(self) -> None:
        window = self._window
        session, jobs, canvas = window.session, window.jobs, window.canvas
        own = (
            self._navigation,
            self._objects,
            self._masks,
            self._shapes,
            self._quality,
            self._dataset,
            self._projects,
            self.finding,
            self._application,
        )
        for source in (window.files, window.propagation, window.fine_tuning, window.exports, window.mask_import, *own):
            source.notice.connect(window.notices.notify)
        window.propagation.offered.connect(window.notices.notify)
        for asked in (window.propagation.asked, self._history.done):
            asked.connect(window.notices.dismiss_news)
        for results in (window.exports, self._dataset, self._projects):
            results.made.connect(self._notify_of_result)
        canvas.remark.connect(window.notices.notify)
        canvas.notice.connect(lambda text: window.notices.notify(text, Kind.WARNING))
        for failed in (canvas.bench.failed, window.feed.failed, self._engine_list.failed):
            failed.connect(lambda text: window.notices.notify(text, Kind.ERROR))
        self._history.done.connect(lambda text: window.statusBar().showMessage(text, _HINT_MS))
        canvas.bench.hinted.connect(lambda text: window.statusBar().showMessage(text, 2 * _HINT_MS))
        canvas.work_begun.connect(self._stop_moving)
        canvas.view.undo_wanted.connect(window.actions_["undo"].trigger)
        canvas.view.space_tapped.connect(window.actions_["play"].trigger)
        canvas.empty.open_requested.connect(window.files.choose_and_open)
        canvas.empty.folder_requested.connect(window.files.choose_and_open_folder)
        canvas.empty.recent_chosen.connect(window.files.open)
        options = window.tool_options
        options.opacity_changed.connect(canvas.set_opacity)
        options.overlay_chosen.connect(canvas.set_overlay)
        canvas.overlay_changed.connect(options.show_overlay)
        window.engine.changed.connect(self._choose_finder)
        canvas.use_selector(click_network)
        options.confirm_requested.connect(canvas.view.confirm_tool)
        options.cancel_requested.connect(canvas.view.cancel_tool)
        canvas.view.pending_changed.connect(options.set_pending)
        canvas.view.begun_changed.connect(lambda _begun: self._enable())
        window.timeline.scrubbing.connect(lambda _on: window.player.stop())
        window.timeline.scrubbing.connect(window.feed.set_scrubbing)
        window.player.changed.connect(lambda: window.feed.set_playing(window.player.speed))
        window.quality.listed.connect(window.timeline.lanes.set_marks)
        window.timeline.rename_requested.connect(self._navigation.name_marker)
        window.transport.frame_entered.connect(canvas.view.setFocus)
        give_menus(window)
        self.finding.follow_requested.connect(window.actions_["propagate_both"].trigger)
        window.anchors.drop_requested.connect(self._objects.drop_anchor)
        window.objects.colour_requested.connect(self._objects.choose_colour)
        window.files.opened.connect(self._opened)
        window.files.opened.connect(window.resuming.offer_for_clip)
        begin: dict[str, Begin] = {
            "propagate": window.propagation.go_on,
            "fine_tune": lambda _stored: window.fine_tuning.start(),
            "export": lambda _stored: window.exports.start(),
            "export_dataset": lambda _stored: window.actions_["export_dataset"].trigger(),
            "batch": window.batches.go_on,
        }
        for kind, go_on in begin.items():
            window.resuming.register(kind, go_on)
        window.batches.progressed.connect(window.batch_status.show_progress)
        window.batches.ended.connect(window.batch_status.hide)
        window.batches.result.connect(self._notify_of_batch)
        window.batch_status.wanted.connect(window.batches.show)
        changes = session.project_changed, session.tracks_changed, session.history_changed
        for change in (*changes, jobs.started, jobs.ended):
            change.connect(self._enable)
        self._quality.panel_requested.connect(partial(window.show_panel, "quality"))
        window.fine_tuning.panel_requested.connect(window.show_tuning)
        self._application.reset_requested.connect(window.reset_panels)
        self._application.renewal_requested.connect(window.renewal_requested)
        # not with each result that is stored: what a person did on a frame, and where they go
        for moved in (session.frame_changed, window.player.changed):
            moved.connect(self._show_effect_of_tuning)
        jobs.paused_changed.connect(window.actions_["pause"].setChecked)

    def _show_effect_of_tuning(self, _frame: int = 0) -> None:
        window = self._window
        if not window.jobs.busy and not window.player.playing:
            window.tuning.show_note()

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
            if jobs.takes_more and self._window.engine.engine:
                met.add(Needs.READY)
                # what is begun is applied before anything is done
                if session.has_anchors or self._window.canvas.view.begun:
                    met.add(Needs.MASK)
        self._window.actions_.enable(frozenset(met))

    def _opened(self) -> None:
        window = self._window
        window.notices.dismiss()
        video = window.session.video
        if video is not None:
            window.setWindowTitle(f"{video.path.name} — Rotoflow")
        window.show_recent()

    def _notify_of_result(self, text: str, kind: Kind, path: Path) -> None:
        self._window.notices.notify(text, kind, path=path)

    def _notify_of_batch(self, text: str, kind: Kind) -> None:
        self._window.notices.notify(text, kind, offer=self.tr("Show batch"), action=self._window.batches.show)

    def _close_clip(self) -> None:
        permission = self._window.leaving.permission(Purpose.CLOSE)
        if permission is not None:
            self._window.leaving.leave(Purpose.CLOSE, permission, self._close_now)

    def _close_now(self) -> None:
        self._window.session.close()
        self._window.setWindowTitle("Rotoflow")
        self._window.show_recent()

    def _take_engines(self, infos: list[EngineInfo]) -> None:
        self._window.engine.restore(infos)
        self._enable()

    def _restore_switches(self) -> None:
        window, store = self._window, settings()
        window.actions_["show_masks"].setChecked(True)
        for name in _SWITCHES:
            window.actions_[name].setChecked(str(store.value(f"switch/{name}", "true")).lower() == "true")
        window.brush.set_size(int(str(store.value("brush_size", window.brush.size))))
        window.brush.set_hardness(int(str(store.value("brush_hardness", window.brush.hardness))))
        window.tool_options.opacity_slider.setValue(
            round(100 * float(str(store.value("opacity", window.canvas.opacity))))
        )

    # -- what the smaller actions do

    def _choose_tool(self, name: str, _checked: bool = False) -> None:
        self._window.canvas.set_tool(name)
        self._window.tool_options.show_tool(name)
        # a short hint how the tool is used, for those who have just chosen it
        self._window.statusBar().showMessage(self._window.actions_[name].statusTip(), _HINT_MS)
        self._window.canvas.view.setFocus()

    def _point_by_keys(self, wanted: bool) -> None:
        self._window.canvas.view.key_pointer.set_wanted(wanted)
        if wanted:
            self._window.statusBar().showMessage(self._window.actions_["key_pointer"].statusTip(), 2 * _HINT_MS)

    def _choose_finder(self) -> None:
        panel = self._window.engine
        engine = ClickingEngine(panel.engine, panel.device_name, panel.options) if panel.takes_prompts else None
        self._window.canvas.use_engine(engine)

    def _stop_moving(self) -> None:
        """A person paints: playback stops on the frame that is on the screen, and propagation is not followed."""
        window = self._window
        window.propagation.stop_following()
        shown = window.canvas.shown_frame
        if window.player.playing and shown is not None:
            window.player.stop()
            window.session.go_to(shown)

    def _propagate_to(self) -> None:
        """Asks for the frame: the next marker is proposed, else the clip's end."""
        session = self._window.session
        last = session.frame_count - 1
        marker = session.markers.beyond(session.frame_index, 1)
        target = self._window.ask.number(
            self.tr("Propagate"),
            self.tr("Propagate from frame {frame} to frame:").format(frame=session.frame_index),
            marker.frame_index if marker else last,
            0,
            last,
        )
        if target is not None:
            self._window.propagation.start(Reach.TO, target)

    def _cancel(self) -> None:
        # one thing at a time: what a person has begun on the canvas goes first, a running job with the next escape
        if not self._window.canvas.view.cancel_tool():
            self._window.jobs.cancel()
