"""Below the canvas: play and step, where we are, propagate, and how long it will take."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QToolButton, QWidget

from desktop.actions.actions import Actions
from desktop.playback.player import Player
from desktop.playback.timecode import timecode
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.theme.icons import ThemedIcon
from desktop.widgets.speed_button import SpeedButton

_PLAYBACK = ("first", "previous", "play", "next", "last", "loop")
_MARKS = ("mark_in", "mark_out")
_PROPAGATE = (
    "propagate_backward",
    "propagate_both",
    "propagate_forward",
    "propagate_one",
    "propagate_range",
    "redo_everything",
)

_MUCH = 1000


def action_button(actions: Actions, name: str, size: int = theme.ICON_SIZE) -> QToolButton:
    """A flat button for an action. Takes no focus on a click, so that the canvas keeps the keys."""
    button = QToolButton()
    button.setDefaultAction(actions[name])
    button.setAccessibleName(actions[name].toolTip())
    button.setProperty("flat", True)
    button.setIconSize(QSize(size, size))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class TransportBar(QWidget):
    """Fed by the player and the session; the buttons are the actions."""

    frame_entered = Signal()
    """Return was pressed in the frame field: the keys belong to the canvas again."""

    def __init__(self, session: EditorSession, player: Player, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._play = actions["play"]
        self._icons = ThemedIcon("play"), ThemedIcon("pause")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(11)
        # a label would lay the whole window out again on every frame that is played, whatever its size
        self.timecode = QLineEdit("00:00:00:00")
        self.timecode.setReadOnly(True)
        self.timecode.setFrame(False)
        self.timecode.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.timecode.setStyleSheet("background: transparent; border: none; padding: 0")
        self.timecode.setFont(fixed)
        self.timecode.setFixedWidth(QFontMetrics(fixed).horizontalAdvance("00:00:00:00") + 12)
        self.timecode.setAccessibleName(self.tr("Time code"))
        self.frame = QSpinBox()
        self.frame.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.frame.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.frame.setKeyboardTracking(False)
        self.frame.setFixedWidth(self.fontMetrics().horizontalAdvance("000000") + 36)
        self.frame.setToolTip(self.tr("Frame: type a number to go there"))
        self.frame.setAccessibleName(self.tr("Frame number"))
        self.count = QLabel()
        self.count.setProperty("dim", True)
        self.speed = SpeedButton(player)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 4)
        layout.setSpacing(2)
        for name in _PLAYBACK:
            layout.addWidget(action_button(actions, name))
        layout.addSpacing(theme.MARGIN)
        for widget in (self.timecode, self.frame, self.count, self.speed):
            layout.addWidget(widget)
            layout.addSpacing(4)
        for name in _MARKS:
            layout.addWidget(action_button(actions, name))
        layout.addWidget(_line())
        layout.addStretch(1)
        title = QLabel(self.tr("Propagate"))
        title.setProperty("dim", True)
        # the first to go where there is no room, as a whole; the buttons say as much
        title.setMinimumWidth(1)
        title.installEventFilter(_WholeOrNothing(title))
        layout.addWidget(title)
        layout.addSpacing(4)
        for name in _PROPAGATE:
            layout.addWidget(action_button(actions, name))

        self.frame.editingFinished.connect(self._frame_typed)
        self.frame.lineEdit().returnPressed.connect(self.frame_entered)
        session.project_changed.connect(self._show_project)
        session.frame_changed.connect(self._show_frame)
        player.changed.connect(self._show_player)
        self._show_project()

    def add_widget(self, widget: QWidget) -> None:
        """Puts a widget at the right end; it has the room that is left, up to its maximum."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(widget, _MUCH)

    def _frame_typed(self) -> None:
        self._player.stop()
        self._session.go_to(self.frame.value())

    def _show_project(self) -> None:
        count = self._session.frame_count
        with QSignalBlocker(self.frame):
            self.frame.setRange(0, max(0, count - 1))
        self.frame.setEnabled(count > 0)
        self.count.setText(f"/ {count - 1}" if count else "")
        self._show_frame(self._session.frame_index)

    def _show_frame(self, frame: int) -> None:
        video = self._session.video
        rate = video.info.rate if video else None
        self.timecode.setText(timecode(frame, rate) if rate else "--:--:--:--")
        with QSignalBlocker(self.frame):
            self.frame.setValue(frame)

    def _show_player(self) -> None:
        self._play.setIcon(self._icons[self._player.playing].now())


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    line.setFixedSize(1, 20)
    line.setStyleSheet(f"background: {theme.LINE};")
    return line


class _WholeOrNothing(QObject):
    """Paints a label whole or not at all."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self._label = label

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.Paint and self._label.width() < self._label.sizeHint().width()
