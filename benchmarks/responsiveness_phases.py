"""What the window does while it is watched: it idles, is scrubbed, propagates, plays, and both at once.

Runs in a process of its own and prints one line of JSON. A 5 ms timer on the UI thread drives the phases and is what
is watched; paints of the canvas are noted with the frame they showed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

import desktop.canvas.canvas
from core.masks import rasterise_stroke
from core.types import FrameResult
from desktop.app import make_application
from desktop.canvas.view import CanvasView
from desktop.commands.propagation import Reach
from desktop.program.memory import collect_from_now_on
from desktop.wiring import make_window

TIMER_MS = 5
_SETTLE_SECONDS = 3.0
_MOVES, _MOVE_SECONDS = 12, 0.016
_LONGEST_WAIT = 60.0

_Step = float | Callable[[], bool]
"""Seconds to let pass, or what to wait for."""


class WatchedView(CanvasView):
    """Notes when it has painted."""

    paints: list[float]
    on_paint: Callable[[], None] = staticmethod(lambda: None)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.on_paint()


@dataclass
class Watch:
    """What was seen: (phase, gap, own work) of each tick in ms, and (time, frame) of each paint of the canvas."""

    phase: str = "opening"
    ticks: list[tuple[str, float, float]] = field(default_factory=list)
    paints: list[tuple[float, int]] = field(default_factory=list)
    results: list[float] = field(default_factory=list)
    inexact: int = 0
    """Pictures that were not the frame they stood for."""
    seen: dict[str, dict[str, object]] = field(default_factory=dict)
    """What a phase of scrubbing or playing came to."""


class Director:
    """Walks a window through the phases, a step of a generator at a time, from the watched timer."""

    def __init__(self, clip: Path, engine: str, seconds: float, stops: int) -> None:
        self.watch = Watch()
        self._clip, self._engine, self._seconds, self._stops = clip, engine, seconds, stops
        desktop.canvas.canvas.CanvasView = WatchedView  # type: ignore[attr-defined]
        self.window = make_window()
        view = self.window.canvas.view
        assert isinstance(view, WatchedView)
        view.on_paint = self._painted
        self.window.first_painted.connect(collect_from_now_on)
        self.window.resize(1600, 950)
        self.window.show()
        self._script = self._run()
        self._until: Callable[[], bool] = lambda: True
        self._patience = 0.0
        self._last: tuple[float, float] | None = None
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(TIMER_MS)
        self.timer.timeout.connect(self._tick)
        self.timer.start()

    # -- the phases

    def _run(self) -> Iterator[_Step]:
        window, watch = self.window, self.watch
        window.open(self._clip)
        yield lambda: window.canvas.shown_frame == 0 and not window.jobs.busy
        # thumbnails are made in the background at first
        yield _SETTLE_SECONDS
        watch.phase = "idle"
        yield 4.0
        yield from self._scrub("scrubbing")
        yield from self._play("playing")
        watch.phase = "engine starting"
        self._paint_object()
        self._propagate()
        yield lambda: bool(watch.results)
        watch.phase = "propagating"
        yield self._seconds / 2
        yield from self._play("playing and propagating")
        yield from self._scrub("scrubbing and propagating")
        watch.phase = "ending"
        window.jobs.cancel()
        yield lambda: not window.jobs.busy
        window.close()

    def _scrub(self, phase: str) -> Iterator[_Step]:
        """Drags the playhead to places all over the clip and stops there."""
        watch, session = self.watch, self.window.session
        generator = np.random.default_rng(1)
        last = session.frame_count - 1
        stops: list[float] = []
        firsts: list[float] = []
        watch.phase = phase
        for _ in range(self._stops):
            start, stop = generator.integers(0, last + 1, 2)
            pressed, first_paint = time.perf_counter(), len(watch.paints)
            self._drag(QEvent.Type.MouseButtonPress, int(start))
            for point in np.linspace(start, stop, _MOVES):
                yield _MOVE_SECONDS
                self._drag(QEvent.Type.MouseMove, round(float(point)))
            moved, wanted, seen = time.perf_counter(), session.frame_index, len(watch.paints)
            if self.window.canvas.shown_frame == wanted:
                # the last move did not leave the frame
                seen = max(0, seen - 1)
            yield lambda seen=seen, wanted=wanted: any(frame == wanted for _, frame in watch.paints[seen:])  # type: ignore[misc]
            painted = next(at for at, frame in watch.paints[seen:] if frame == wanted)
            stops.append(max(0.0, 1000 * (painted - moved)))
            firsts.append(1000 * (watch.paints[first_paint][0] - pressed))
            self._drag(QEvent.Type.MouseButtonRelease, wanted)
            yield 0.15
        watch.phase = "checking"
        watch.inexact += self._inexact()
        watch.seen[phase] = {"stops": [round(value, 1) for value in stops], "first_p95": np.percentile(firsts, 95)}

    def _play(self, phase: str) -> Iterator[_Step]:
        """Plays for a while; which frames that were due were painted, and how late."""
        window, watch, session = self.window, self.watch, self.window.session
        assert session.video is not None
        session.go_to(0)
        yield lambda: window.canvas.shown_frame == 0
        yield 0.5
        watch.phase = phase
        first_paint = len(watch.paints)
        pressed = time.perf_counter()
        window.player.play(1.0)
        # the clock waits for the first picture
        yield window.player._timer.isActive
        begun = time.perf_counter() - window.player._clock.nsecsElapsed() / 1e9
        yield self._seconds
        window.player.stop()
        # what follows is the benchmark's own work on this thread
        watch.phase = "checking"
        due = [begun + session.video.seconds(index) for index in range(session.frame_count)]
        ended = time.perf_counter()
        wanted = [index for index in range(1, session.frame_count) if due[index] < ended - 0.1]
        painted: dict[int, float] = {}
        for at, frame in watch.paints[first_paint:]:
            painted.setdefault(frame, at)
        late = [1000 * (painted[index] - due[index]) for index in wanted if index in painted]
        watch.seen[phase] = {
            "due": len(wanted),
            "start": 1000 * (begun - pressed),
            "dropped": sum(index not in painted for index in wanted),
            "late": [round(value, 2) for value in late],
        }
        yield 0.0

    def _paint_object(self) -> None:
        session = self.window.session
        assert session.video is not None
        session.go_to(0)
        width, height = session.video.size
        # a stroke over the middle of the left half: the made clip's disc, something in any other
        points = [(width * 0.1 + step * width * 0.004, height * 0.44) for step in range(30)]
        session.add_object()
        session.commit_stroke(rasterise_stroke(points, height * 0.12, (width, height)), erase=False)

    def _propagate(self) -> None:
        window, session = self.window, self.window.session
        if self._engine:
            window.engine.engines.setCurrentIndex(window.engine.engines.findData(self._engine))
        window.propagation.follow = False
        put = session.project.runs.put

        def counted(run_id: int, result: FrameResult, revision: int | None = None) -> bool:
            self.watch.results.append(time.perf_counter())
            return put(run_id, result, revision)

        session.project.runs.put = counted  # type: ignore[method-assign]
        window.propagation.start(Reach.FORWARD)

    def _inexact(self) -> int:
        """1 if the frame on the screen is not, pixel by pixel, the one that a decoder of its own finds."""
        from core.media import open_video
        from desktop.playback.pictures import to_picture

        index = self.window.session.frame_index
        with open_video(self._clip) as video:
            truth = to_picture(video.read(index))
        return int(self.window.canvas.view.frame_item.pixmap().toImage().convertToFormat(truth.format()) != truth)

    def _drag(self, kind: QEvent.Type, frame: int) -> None:
        ruler = self.window.timeline.ruler
        point = QPointF(ruler.middle_of(frame), ruler.height() - 6)
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        moved, released = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
        QApplication.sendEvent(
            ruler,
            QMouseEvent(
                kind,
                point,
                ruler.mapToGlobal(point),
                none if moved else left,
                none if released else left,
                Qt.KeyboardModifier.NoModifier,
            ),
        )

    # -- the timer

    def _painted(self) -> None:
        frame = self.window.canvas.shown_frame
        if frame is not None:
            self.watch.paints.append((time.perf_counter(), frame))

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        if self._last is not None:
            gap, work = 1000 * (now - self._last[0]), 1000 * (worked - self._last[1])
            self.watch.ticks.append((self.watch.phase, gap, work))
        self._last = now, worked
        if now > self._patience and self._patience:
            raise SystemExit(f"nothing happened for {_LONGEST_WAIT} s while {self.watch.phase}")
        if not self._until():
            return
        step = next(self._script, None)
        if step is None:
            self.timer.stop()
            return
        if callable(step):
            self._until, self._patience = step, now + _LONGEST_WAIT
        else:
            over = now + step
            self._until, self._patience = lambda: time.perf_counter() >= over, 0.0


def measure(clip: Path, engine: str, seconds: float, stops: int) -> int:
    """Runs the phases and prints what was seen as one line of JSON."""
    app = make_application()
    director = Director(clip, engine, seconds, stops)
    app.exec()
    watch = director.watch
    phases = sorted({phase for phase, _, _ in watch.ticks})
    span = watch.results[-1] - watch.results[0] if len(watch.results) > 1 else 1.0
    print(
        json.dumps(
            {
                "gaps": {name: [round(gap, 3) for phase, gap, _ in watch.ticks if phase == name] for name in phases},
                "work": {name: [round(work, 3) for phase, _, work in watch.ticks if phase == name] for name in phases},
                "seen": watch.seen,
                "inexact": watch.inexact,
                "results_a_second": len(watch.results) / span,
                "engine": director.window.engine.engine,
                "platform": app.platformName(),
            }
        )
    )
    return 0
