"""Plays the clip in real time: what cannot be shown in time is left out, time itself is never stretched."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from desktop.playback.ahead import PicturesAhead
from desktop.session.session import EditorSession

_SPEEDS = (1.0, 2.0, 4.0, 8.0)
PACES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""What 1x can be made to mean."""
_PICTURES_A_SECOND = 24.0
_SHORTEST_WAIT_MS = 4
_PATIENCE_MS = 500
"""How long the clock waits for the first picture: a decoder that is slower than this leaves frames out either way."""


class Player(QObject):
    """Moves the session's frame with the clock, inside the marked range, round and round if `loop` is set.

    The clock starts once the first picture is there: a decoder that has to go elsewhere first takes the time of several
    frames.
    """

    changed = Signal()
    """Playing or speed changed."""

    def __init__(self, session: EditorSession, ahead: PicturesAhead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ahead = ahead
        self.speed = 0.0
        """0 while stopped; negative backwards."""
        self.pace = 1.0
        """The speed of playing; the shuttle's speeds are multiples of it."""
        self.loop = True
        self._held = False
        self._clock = QElapsedTimer()
        self._start_seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        for over in (ahead.ready, self._patience.timeout):
            over.connect(self._start_waiting)
        self._waiting = False
        """Whether the clock waits for the first picture."""
        session.project_changed.connect(self.stop)

    @property
    def playing(self) -> bool:
        return self.speed != 0

    def round(self) -> tuple[int, int] | None:
        """The first and the last frame of what is played round and round, if it is."""
        return self._ends() if self.loop else None

    def toggle(self) -> None:
        if self.playing:
            self.stop()
        else:
            self.play(self.pace)

    def set_pace(self, pace: float) -> None:
        """Sets the playback speed; takes effect at once and keeps the direction."""
        if pace != self.pace:
            factor, self.pace = pace / self.pace, pace
            if self.playing:
                self.play(self.speed * factor)
            else:
                self.changed.emit()

    def change_pace(self, step: int) -> None:
        """The next slower (-1) or faster (1) speed of playing."""
        nearest = min(range(len(PACES)), key=lambda index: abs(PACES[index] - self.pace))
        self.set_pace(PACES[min(max(nearest + step, 0), len(PACES) - 1)])

    def play(self, speed: float) -> None:
        if self._session.frame_count < 2:
            return
        first, last = self._ends()
        if speed > 0 and self._session.frame_index >= last:
            self._session.go_to(first)
        elif speed < 0 and self._session.frame_index <= first:
            self._session.go_to(last)
        self.speed = speed
        self._timer.stop()
        self.changed.emit()
        # who was notified may have stopped it
        if self.playing:
            self._start_when_ready()

    def stop(self) -> None:
        if self.playing:
            self.speed = 0.0
            self._waiting = False
            self._timer.stop()
            self._patience.stop()
            self.changed.emit()

    def hold(self, held: bool) -> None:
        """Whether it stands still while something else is waited for; it continues on its own, from where it was."""
        if held == self._held:
            return
        self._held = held
        if held:
            self._timer.stop()
        elif self.playing:
            self._start_here()

    def shuttle(self, direction: int) -> None:
        """J and L: plays that way, faster at every further press."""
        multiple = _SPEEDS[0]
        if self.speed * direction > 0:
            faster = [step for step in _SPEEDS if step > abs(self.speed) / self.pace * 1.001]
            multiple = faster[0] if faster else _SPEEDS[-1]
        self.play(direction * multiple * self.pace)

    def _tick(self) -> None:
        now = self._now()
        first, last = self._ends()
        frame = self._frame_at(now)
        past_end = frame > last if self.speed > 0 else frame < first
        if past_end and not self.loop:
            self._session.go_to(last if self.speed > 0 else first)
            self.stop()
            return
        if past_end:
            frame = first if self.speed > 0 else last
            self._start_seconds = self._seconds(frame)
            self._clock.start()
        self._session.go_to(frame)
        # who was notified of the frame may have stopped it
        if self.playing:
            self._schedule()

    def _start_when_ready(self) -> None:
        self._waiting = not self._ahead.is_there(self._session.frame_index, 1 if self.speed > 0 else -1)
        if self._waiting:
            self._patience.start()
        else:
            self._start_here()

    def _start_waiting(self) -> None:
        if self._waiting:
            self._start_here()

    def _start_here(self) -> None:
        self._waiting = False
        self._patience.stop()
        self._start_seconds = self._seconds(self._session.frame_index)
        self._clock.start()
        self._schedule()

    def _schedule(self) -> None:
        if self._held:
            return
        step = 1 if self.speed > 0 else -1
        due = self._seconds(self._session.frame_index + step)
        # rounded up: a tick before the frame is due would show nothing and cost the frame the shortest wait
        self._timer.start(max(_SHORTEST_WAIT_MS, math.ceil((due - self._now()) / self.speed * 1000)))

    def _now(self) -> float:
        """The clip's time, in seconds."""
        return self._start_seconds + self._clock.nsecsElapsed() / 1e9 * self.speed

    def _ends(self) -> tuple[int, int]:
        marked = self._session.range.value
        if marked and marked[0] <= self._session.frame_index <= marked[1]:
            return marked
        return 0, self._session.frame_count - 1

    def _frame_at(self, seconds: float) -> int:
        """The frame that is on the screen at a time; one beyond an end says that the end has passed."""
        step = 1 if self.speed > 0 else -1
        frame = self._session.frame_index
        due: Callable[[int], bool] = (
            (lambda index: self._seconds(index) <= seconds)
            if step > 0
            else (lambda index: self._seconds(index) >= seconds)
        )
        while 0 <= frame < self._session.frame_count and due(frame + step):
            frame += step
        return frame

    def _seconds(self, frame: int) -> float:
        """When a frame is shown, going on at the last pace beyond the ends."""
        video = self._session.video
        count = self._session.frame_count
        if video is None or video.info.rate is None:
            return frame / _PICTURES_A_SECOND
        if 0 <= frame < count:
            return video.seconds(frame)
        pace = 1 / float(video.info.rate)
        return video.seconds(count - 1) + pace * (frame - count + 1) if frame >= count else frame * pace
