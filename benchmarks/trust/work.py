"""Random use of the window: starts, cancels, switches and closes its work, and looks for what that leaves behind."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.common import moving_scene
from benchmarks.trust.tally import Case, Generator, Held, Tally
from benchmarks.video_writer import VideoWriter

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

SIZE, FRAMES = (96, 64), 40
MOST_GROWTH = 0.2
"""MiB that memory may grow by with each act, in the mean of the second half."""
_ENGINES = ("fake", "warping", "classical")
_ACTS_A_WINDOW = 25
_PATIENCE = 60
"""Seconds within which a window has to close, whatever runs in it."""
_TUNES_FROM = 200
"""Number of acts from which on fine-tuning is among them."""


class Hand:
    """Performs random actions on one window after the other."""

    def __init__(self, rng: Generator, tunes: bool = False) -> None:
        self._rng = rng
        self.messages: list[str] = []
        """Warnings of Qt and errors that nobody caught."""
        self._window: MainWindow | None = None
        self._acts: dict[str, Callable[[], None]] = {
            "open": self._open,
            "propagate": self._propagate,
            "go": self._go,
            "paint": self._paint,
            "engine": self._switch,
            **{action: self._trigger(action) for action in ("cancel", "undo", "redo", "play", "pause", "close")},
        }
        if tunes:
            _tune_little()
            self._acts["fine-tune"] = self.fine_tune

    @property
    def window(self) -> MainWindow:
        """The window, made if there is none."""
        if self._window is None:
            from core.engines import available
            from desktop.wiring import make_window

            self._window = make_window(_asking())
            self._window.resize(1000, 700)
            self._window.show()
            self.wait(30)
            self._window.engine.set_engines(available(include_hidden=True), "fake")
        return self._window

    def act(self) -> str:
        """Does something and waits a moment; its name."""
        names = ["open", "open", "propagate", "propagate", "propagate", *self._acts]
        name = names[int(self._rng.integers(len(names)))]
        self._acts[name]()
        self.wait(int(self._rng.integers(0, 80)))
        return name

    def leave(self) -> None:
        """Closes the window, whatever runs."""
        if self._window is not None:
            window, self._window = self._window, None
            until = time.monotonic() + _PATIENCE
            # what runs is stopped first, and the window closes itself after that
            while not window.close() and time.monotonic() < until:
                self.wait(20)
            if window.isVisible():
                self.messages.append(f"the window was still open {_PATIENCE} s after it was closed")
            window.deleteLater()
            self.wait(30)

    def wait(self, milliseconds: int) -> None:
        """Lets the window live for a while."""
        from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _open(self) -> None:
        self.window.open(Path(("one.mp4", "two.mp4", "pictures")[int(self._rng.integers(3))]).resolve())

    def _propagate(self) -> None:
        from desktop.commands.propagation import Reach

        window, session = self.window, self.window.session
        if session.is_open:
            if not session.project.anchor_frames():
                self._paint()
            reach = (Reach.BOTH, Reach.FORWARD, Reach.ONE)[int(self._rng.integers(3))]
            window.propagation.start(reach, redo=True)

    def _go(self) -> None:
        session = self.window.session
        if session.is_open:
            session.go_to(int(self._rng.integers(session.frame_count)))

    def _paint(self) -> None:
        from core.masks import LabelEdit

        session = self.window.session
        if not session.is_open or session.labels is None:
            return
        if not session.tracks:
            session.add_object()
        labels = session.labels.copy()
        top, left = int(self._rng.integers(40)), int(self._rng.integers(60))
        labels[top : top + 20, left : left + 24] = session.tracks[0].object_id
        edit = LabelEdit.replace(session.labels, labels)
        if edit is not None:
            session.project.masks.edit(session.frame_index, edit, "Paint")

    def _switch(self) -> None:
        from core.engines import available

        engine = _ENGINES[int(self._rng.integers(len(_ENGINES)))]
        self.window.engine.set_engines(available(include_hidden=True), engine)

    def fine_tune(self) -> None:
        """Begins to fine-tune the built-in engine, which stays chosen."""
        from core.engines import available

        session = self.window.session
        if session.is_open and not self.window.jobs.busy:
            if not session.project.anchor_frames():
                self._paint()
            self.window.engine.set_engines(available(include_hidden=True), "builtin")
            self.window.fine_tuning.start()

    def _trigger(self, action: str) -> Callable[[], None]:
        def trigger() -> None:
            if self.window.actions_[action].isEnabled():
                self.window.actions_[action].trigger()

        return trigger


def _asking() -> Any:
    """Answers the program's questions: stops what runs, and cancels everything else."""
    from desktop.dialogs.ask import Ask
    from desktop.dialogs.leaving import Leave

    class Stopping(Ask):
        def leave(self, purpose: object, running: object) -> Leave | None:
            return Leave.STOP

        def moved_video(self, message: str, start: Path, is_folder: bool) -> Path | None:
            return None

        def overwrite(self, taken: list[Path]) -> bool:
            return False

    return Stopping


def _tune_little() -> None:
    """Fine-tuning takes a second: two steps on small crops."""
    from core import finetuning
    from core.finetuning import FineTuneSettings

    small = FineTuneSettings(samples=1, steps=2, batch=1, side=96, window=64)
    setattr(finetuning, "fine_tune", partial(finetuning.fine_tune, settings=small))  # noqa: B010


def _tune_once(hand: Hand) -> None:
    """What torch makes once and keeps is made now."""
    hand.window.open(Path("one.mp4").resolve())
    for act in (lambda: None, hand.fine_tune):
        act()
        until = time.monotonic() + 120
        while (hand.window.jobs.busy or not hand.window.session.is_open) and time.monotonic() < until:
            hand.wait(50)


def work_cases(tally: Tally, count: int, rng: Generator) -> None:
    """`count` acts; a new window now and then."""
    _settle_here()
    from PySide6.QtCore import qInstallMessageHandler

    from desktop.app import make_application

    _write_clips()
    app = make_application()
    # loads torch, which takes longer than all of a short run
    tunes = count >= _TUNES_FROM
    hand = Hand(rng, tunes)
    qInstallMessageHandler(lambda _kind, _where, text: hand.messages.append(f"Qt: {text}"))
    sys.excepthook = lambda kind, error, trace: hand.messages.append(f"{kind.__name__}: {error}{_where(trace)}")
    if tunes:
        _tune_once(hand)
    # what is made once and kept, by pools of threads and the like, is made now
    for _ in range(min(count, 2 * _ACTS_A_WINDOW)):
        hand.act()
    hand.leave()
    held, memory = Held(), []
    hand.messages = [text for text in hand.messages if not _expected(text)]
    for number in range(count):
        name = hand.act()
        if number % _ACTS_A_WINDOW == _ACTS_A_WINDOW - 1:
            hand.leave()
            memory.append(_resident())
        messages, hand.messages = [text for text in hand.messages if not _expected(text)], []
        tally.count(f"after {name}: {messages[0]}" if messages else "")
    hand.leave()
    hand.wait(200)
    # a decoder that is told to stop finishes its frame, which takes its time on a busy machine
    tally.leaked = held.more(grace=15)
    tally.figures = f"{_resident():.0f} MiB at the end"
    if len(memory) >= 4:
        late = np.array(memory[len(memory) // 2 :])
        growth = float(np.polyfit(np.arange(len(late)) * _ACTS_A_WINDOW, late, 1)[0])
        if growth > MOST_GROWTH:
            tally.count(f"memory grows by {growth:.2f} MiB an act: {', '.join(f'{one:.0f}' for one in memory)}")
        tally.figures += f", {growth:+.3f} MiB an act"
    qInstallMessageHandler(None)
    app.quit()


def _where(trace: TracebackType | None) -> str:
    """The line that an error comes from, to be found again: it may not come a second time."""
    steps = traceback.extract_tb(trace)
    return "".join(f" ({Path(one.filename).name}:{one.lineno})" for one in steps[-3:])


def _settle_here() -> None:
    """Settings, data and screen of its own."""
    home = Path.cwd() / "home"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name)


def _expected(text: str) -> bool:
    return "does not support propagateSizeHints" in text


def _write_clips() -> None:
    import PIL.Image

    pictures = [picture for picture, _ in moving_scene(SIZE, FRAMES, 2)]
    for name in ("one.mp4", "two.mp4"):
        with VideoWriter(Path(name), SIZE, Fraction(24)) as writer:
            for picture in pictures:
                writer.write(picture)
    Path("pictures").mkdir()
    for index, picture in enumerate(pictures):
        PIL.Image.fromarray(picture).save(f"pictures/{index:03}.png")


def _resident() -> float:
    """MiB of memory that this process holds."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


CASES = {"window at random": Case(work_cases, 500, 25, warm=0)}
"""The cases by name."""
