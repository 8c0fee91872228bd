"""The main window: puts the parts together, and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import RotoflowError
from desktop.actions.actions import Actions, translated
from desktop.actions.edit_menu import TOOLS
from desktop.actions.spec import SEPARATOR, Needs
from desktop.actions.table import MENUS, SUBMENUS
from desktop.canvas.canvas import Canvas
from desktop.canvas.comparing.bar import CompareBar
from desktop.canvas.edge_preview import EdgePreview
from desktop.commands.batch import BatchCommands
from desktop.commands.export import ExportCommands
from desktop.commands.files import FileCommands
from desktop.commands.fine_tuning import FineTuningCommands
from desktop.commands.mask_import import MaskImport
from desktop.commands.projects.drops import Drops
from desktop.commands.propagation import PropagationCommands
from desktop.commands.unfinished.leaving import Leaving
from desktop.commands.unfinished.resuming import Resuming
from desktop.dialogs.ask import Ask
from desktop.panels.anchors_panel import AnchorsPanel
from desktop.panels.batch_status import BatchStatus
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.inspection.explain_panel import ExplainPanel
from desktop.panels.inspection.proposals_panel import ProposalsPanel
from desktop.panels.inspection.tag_suggestion import TagSuggestion
from desktop.panels.job_bar import JobBar
from desktop.panels.notice_bar import NoticeBar
from desktop.panels.notice_list import NoticeButton
from desktop.panels.objects_panel import ObjectsPanel
from desktop.panels.quality_panel import QualityPanel
from desktop.panels.review_panel import ReviewPanel
from desktop.panels.status import StatusLine
from desktop.panels.tool_options import ToolOptions
from desktop.panels.transport_bar import TransportBar
from desktop.playback.frames import FrameFeed
from desktop.playback.player import Player
from desktop.playback.thumbnails import Thumbnails
from desktop.session.session import EditorSession
from desktop.settings.store import recent_files
from desktop.theme import theme
from desktop.theme.icons import pixmap
from desktop.timeline.timeline import Timeline
from desktop.tools.area_settings import AreaSettings
from desktop.tools.brush_settings import BrushSettings
from desktop.widgets.tab_order import order_tabs
from desktop.widgets.tuning_row import TuningRow
from desktop.window_layout import WindowLayout
from desktop.workers.jobs import Jobs

_PANEL_WIDTH = 320
_SIZE = (1600, 950)
_REASON_MS = 6000
_SHARE = 0.6
"""The part of the column's height that a panel with pictures takes when it comes up."""
_FRAME = (16, 56)
"""Room for what the system draws around a window."""


class MainWindow(QMainWindow):
    """Canvas in the middle, panels at the right, transport and timeline below."""

    first_painted = Signal()
    """The window is on the screen: time for work that would have delayed it."""
    closing = Signal()
    """The window is about to go, and its parts still exist: time to store what is remembered between runs."""
    renewal_requested = Signal()
    """Theme or language changed: a new window is requested in place of this one."""

    def __init__(self, ask: Callable[[QWidget], Ask] = Ask) -> None:
        super().__init__()
        self._painted = False
        self.setWindowTitle("Rotoflow")
        self.setWindowIcon(QIcon(pixmap("rotoflow", 128)))
        self.setAcceptDrops(True)
        # no animations: many people cannot bear them, and nobody has to wait for them
        self.setAnimated(False)
        # a title and a frame are yet to come around it
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize() - QSize(*_FRAME)))
        self.session = EditorSession(self)
        self.jobs = Jobs(self)
        self.actions_ = Actions(self)
        self.brush = BrushSettings(self)
        self.area = AreaSettings(self)
        self.feed = FrameFeed(self.session, self)
        self.thumbnails = Thumbnails(self.session, self)
        self.player = Player(self.session, self.feed.ahead, self)
        self.feed.loop = self.player.round
        self.ask = ask(self)
        self.canvas = Canvas(self.session, self.feed, self.brush, self.area)
        self.notices = NoticeBar(self.statusBar(), self)
        self.timeline = Timeline(self.session, self.thumbnails)
        self.transport = TransportBar(self.session, self.player, self.actions_)
        self.objects = ObjectsPanel(self.session, self.actions_)
        self.anchors = AnchorsPanel(self.session, self.thumbnails)
        self.review = ReviewPanel(self.session)
        self.quality = QualityPanel(self.session, self.actions_)
        self.engine = EnginePanel()
        self.tool_options = ToolOptions(self.brush, self.area, self.canvas.regions, self.canvas.opacity)
        self.proposals = ProposalsPanel(self.session, self.canvas)
        self.explain = ExplainPanel(self.session, self.canvas)
        self.tag_suggestion = TagSuggestion()
        self.objects.add_below(self.tag_suggestion)
        self.batches = BatchCommands(self)
        self.leaving = Leaving(self.session, self.jobs, self.batches, self.ask, self.notices, self)
        self.mask_import = MaskImport(self.session, self.ask, self)
        self.files = FileCommands(self.session, self.jobs, self.ask, self.leaving, self.mask_import, self)
        self.drops = Drops(self.session, self.jobs, self.ask, self.files, self.mask_import, self)
        self.drops.notice.connect(self.notices.notify)
        self.drops.made.connect(lambda text, kind, path: self.notices.notify(text, kind, path=path))
        self.batches.project_requested.connect(self.files.open)
        self.resuming = Resuming(self.session, self.jobs, self.files, self.notices, self)
        self.propagation = PropagationCommands(self.session, self.jobs, self.engine, self)
        self.fine_tuning = FineTuningCommands(self.session, self.jobs, self.engine, self)
        self.tuning = TuningRow(self.session.adaptation, self.session.anchor_frames, self.engine, self.actions_)
        self.engine.add_below(self.tuning)
        self.exports = ExportCommands(self.session, self.jobs, self.ask, EdgePreview(self.canvas), self)
        self.job_bar = JobBar(self.jobs, self.actions_)
        self.transport.add_widget(self.job_bar)
        self.status = StatusLine(self.statusBar(), self.session, self.canvas, self)
        self.batch_status = BatchStatus()
        self.statusBar().addPermanentWidget(self.batch_status)
        self.notice_button = NoticeButton(self.notices, self.actions_)
        self.statusBar().addPermanentWidget(self.notice_button)
        self.notices.keep_clear(self.batch_status, self.notice_button)
        self.notices.keep_below(self.canvas)
        self.compare_bar = CompareBar(self.canvas.comparing)
        self._middle = _stacked(self.compare_bar, self.canvas)
        self.setCentralWidget(self._middle)
        self._make_docks()
        self._make_bars()
        self._make_menus()
        regions = (
            self.compare_bar,
            self.canvas,
            self.transport,
            self.timeline,
            self.objects,
            self.anchors,
            self.review,
            self.quality,
            self.engine,
            self.proposals,
            self.explain,
            self.notices,
            self.batch_status,
            self.notice_button,
        )
        order_tabs([self.tool_options, *regions])
        self._layout = WindowLayout(self, {dock.objectName(): dock for dock in self._docks}, _PANEL_WIDTH)
        self.show_recent()

    def open(self, path: Path) -> None:
        """Opens a clip, a folder of pictures or a project."""
        self.files.open(path)

    def reset_panels(self) -> None:
        """Puts all panels back where they are in a new window."""
        self._layout.reset()

    def show_recent(self) -> None:
        """Fills the list of recent files in the menu and on the empty canvas."""
        paths = recent_files()
        self._recent.clear()
        for path in paths:
            action = self._recent.addAction(f"{path.name}  —  {path.parent}")
            action.triggered.connect(lambda _checked=False, chosen=path: self.files.open(chosen))
        self._recent.setEnabled(bool(paths))
        self.canvas.empty.set_recent(paths)

    def show_panel(self, name: str) -> None:
        """Opens a panel, and brings it to the front where it shares a position."""
        dock = next(dock for dock in self._docks if dock.objectName() == name)
        if dock.isVisible() and not dock.widget().visibleRegion().isEmpty():
            # as large as a person made it
            return
        dock.show()
        self._bring_up(dock)

    def show_tuning(self) -> None:
        """Opens the engine panel where it says what fine-tuning can be expected to bring, and how it ended."""
        self.show_panel("engine")
        # once the panel has its place, and the text its height
        QTimer.singleShot(0, self.tuning, partial(self._engine_area.ensureWidgetVisible, self.tuning, 0, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # after this paint, not in it
            QTimer.singleShot(0, self, self.first_painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # the file manager waits until this returns: the work, and a question, come after
        QTimer.singleShot(0, self, lambda: self.drops.take(paths))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        # a key whose action cannot be used comes here: it was meant, and is not ignored in silence
        name = self.actions_.unusable_by(QKeySequence(event.keyCombination()))
        spec = self.actions_.spec(name)
        # to cancel where nothing runs asks for nothing
        if spec is not None and spec.needs is not Needs.JOB and not event.isAutoRepeat():
            self.statusBar().showMessage(self.actions_.reason(name), _REASON_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_quit(self.close):
            event.ignore()
            return
        self._layout.keep()
        self.closing.emit()
        self.player.stop()
        self.canvas.shut_down()
        self.proposals.shut_down()
        self.explain.shut_down()
        self.engine.memory.shut_down()
        # first the threads that bring results, then the project that takes them
        self.jobs.shut_down()
        self.batches.shut_down()
        self.thumbnails.shut_down()
        with contextlib.suppress(RotoflowError):
            # the project may be gone with its drive: that keeps nobody here
            self.propagation.finish_now()
        self.session.close()
        event.accept()

    def _make_docks(self) -> None:
        self._docks: list[QDockWidget] = []
        bottom = QWidget()
        layout = QVBoxLayout(bottom)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(self.timeline, 1)
        right = Qt.DockWidgetArea.RightDockWidgetArea
        self._dock("timeline", self.tr("Timeline"), bottom, Qt.DockWidgetArea.BottomDockWidgetArea)
        self._docks[0].setTitleBarWidget(QWidget(self._docks[0]))
        docks = [
            self._dock("objects", self.tr("Objects"), self.objects, right),
            self._dock("anchors", self.tr("Anchors"), self.anchors, right),
            self._dock("review", self.tr("Check next"), self.review, right),
        ]
        quality = self._dock("quality", self.tr("Quality"), self.quality, right)
        self._engine_area = _scrolling(self.engine)
        engine = self._dock("engine", self.tr("Engine"), self._engine_area, right)
        self.tabifyDockWidget(docks[2], quality)
        self.tabifyDockWidget(quality, engine)
        proposals = self._dock("proposals", self.tr("Proposals"), self.proposals, right)
        self.tabifyDockWidget(engine, proposals)
        # asked for now and then: each tab more makes the others' titles shorter
        explain = self._dock("explain", self.tr("Explain"), _scrolling(self.explain), right)
        self.tabifyDockWidget(proposals, explain)
        proposals.hide()
        explain.hide()
        docks[2].raise_()
        for dock in (*docks, quality, engine, proposals, explain):
            # a panel behind another is merely moved away: the Tab key would still go there. It is not hidden,
            # because an empty dock is as wide as its title and holds the others to that
            dock.visibilityChanged.connect(dock.widget().setEnabled)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetMovable | features.DockWidgetClosable | features.DockWidgetFloatable)
        self.addDockWidget(area, dock)
        self._docks.append(dock)
        return dock

    def _bring_up(self, dock: QDockWidget) -> None:
        if dock.isVisible():
            dock.raise_()
            if dock.objectName() in ("proposals", "explain"):
                self._give_room(dock)

    def _give_room(self, dock: QDockWidget) -> None:
        """Pictures and lists take more than a share of the column, of which objects and anchors need some."""
        wanted = round(_SHARE * self._middle.height())
        beside = {dock, self._docks[0], *self.tabifiedDockWidgets(dock)}
        others = [one for one in self._docks if one not in beside and one.isVisible() and not one.isFloating()]
        taken = sum(one.height() for one in others)
        if others and self._middle.height() - taken < wanted:
            # named together: of one alone Qt shares out the difference, little of which it would get
            share = (self._middle.height() - wanted) / max(1, taken)
            sizes = [wanted, *(max(1, round(share * one.height())) for one in others)]
            self.resizeDocks([dock, *others], sizes, Qt.Orientation.Vertical)

    def _make_bars(self) -> None:
        tools = QToolBar(self.tr("Tools"))
        tools.setObjectName("tools")
        for name in TOOLS:
            tools.addAction(self.actions_[name])
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, tools)
        main = QToolBar(self.tr("Main"))
        main.setObjectName("main")
        groups = (("open", "import_mask", "export"), ("undo", "redo"), ("fit", "actual", "show_masks"))
        for group in groups:
            for name in group:
                main.addAction(self.actions_[name])
            main.addSeparator()
        main.addWidget(self.tool_options)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, main)
        for bar in (tools, main):
            bar.setMovable(False)
            bar.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
            bar.toggleViewAction().setEnabled(False)

    def _make_menus(self) -> None:
        self._recent = QMenu(self.tr("Open &recent"), self)
        panels = QMenu(self.tr("&Panels"), self)
        for dock in self._docks:
            action = dock.toggleViewAction()
            # found in the palette by its English name in every language
            action.setData(dock.objectName())
            # who asks for a panel wants to see it, also where others share its place
            action.triggered.connect(partial(self._bring_up, dock))
            panels.addAction(action)
        submenus = {"recent": self._recent, "panels": panels}
        for name, (title, names) in SUBMENUS.items():
            submenus[name] = QMenu(translated(title), self)
            self._fill(submenus[name], names, {})
        for title, names in MENUS:
            self._fill(self.menuBar().addMenu(translated(title)), names, submenus)

    def _fill(self, menu: QMenu, names: Iterable[str], submenus: Mapping[str, QMenu]) -> None:
        # what is grey says why
        menu.setToolTipsVisible(True)
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            elif name in submenus:
                menu.addMenu(submenus[name])
            else:
                menu.addAction(self.actions_[name])


def _stacked(upper: QWidget, lower: QWidget) -> QWidget:
    """A bar over what it is about."""
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(upper)
    layout.addWidget(lower, 1)
    return both


def _scrolling(panel: QWidget) -> QScrollArea:
    """A panel that may be lower than what is in it: otherwise the window would not fit on a small screen."""
    area = QScrollArea()
    area.setWidget(panel)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(panel.minimumSizeHint().width())
    return area
