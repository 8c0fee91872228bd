"""A screen of its own for a real window, and a hand that moves a real mouse and types on real keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import numpy as np

from core.types import Image

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1600, 950)
_START_SECONDS = 60.0

Answer = TypeVar("Answer")


class Screen:
    """An Xvfb of its own on a free display number, with its picture in a file; a context manager."""

    def __init__(self, folder: Path, size: tuple[int, int] = SIZE) -> None:
        self._folder = folder
        self._programs: list[tuple[subprocess.Popen[str], Path]] = []
        folder.mkdir(parents=True, exist_ok=True)
        readable, writable = os.pipe()
        frame = f"{size[0]}x{size[1]}x24"
        self._server = subprocess.Popen(
            # without -noreset the server starts again whenever its last client leaves, as each call of xdotool
            # does while no window is up yet, and refuses whoever connects in that moment
            ["Xvfb", "-displayfd", str(writable), "-noreset", "-screen", "0", frame, "-fbdir", str(folder)],
            pass_fds=[writable],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writable)
        with os.fdopen(readable) as answer:
            self.display = f":{answer.readline().strip()}"

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(10)

    def start(self, *arguments: str, home: Path, settings: str = "") -> subprocess.Popen[str]:
        """Starts the program as a person would, with settings of its own."""
        environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(home),
            # the window speaks the system's language, the tests read English
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
        }
        environment.pop("WAYLAND_DISPLAY", None)
        if settings:
            path = home / "config" / "Rotoflow" / "Rotoflow.ini"
            path.parent.mkdir(parents=True)
            path.write_text(settings)
        program = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "main.py", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._programs.append((program, home))
        return program

    def hand(self, *commands: str | int | float) -> str:
        """One call of xdotool."""
        words = [str(word) for word in commands]
        environment: Mapping[str, str] = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, timeout=30)
        return done.stdout

    def window(self, title: str, seconds: float = _START_SECONDS) -> str:
        """Waits for a window of that title and gives it the keys: without a window manager nobody else does."""
        try:
            found = wait_for(lambda: self.hand("search", "--onlyvisible", "--name", title).split(), seconds, title)[0]
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self._state()}") from error
        self.hand("windowfocus", "--sync", found)
        return found

    def _state(self) -> str:
        """Whether the server and the programs live, and where each thread of a program is that shows nothing."""
        lines = [f"Xvfb {self.display}: {self._server.poll()}"]
        for program, home in self._programs:
            lines.append(f"program: {program.poll()}")
            if program.poll() is None:
                program.send_signal(signal.SIGABRT)
            try:
                lines.append(program.communicate(timeout=10)[0])
            except (subprocess.TimeoutExpired, ValueError) as error:
                lines.append(f"its output: {error}")
            # once it is up, the program writes the calls of a fault there
            lines += [path.read_text(errors="replace") for path in home.rglob("crash.log")]
        return "\n".join(lines)

    def has_window(self, title: str) -> bool:
        return bool(self.hand("search", "--onlyvisible", "--name", title).split())

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.hand("key", "--clearmodifiers", key)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        self.hand("type", "--delay", 8, text)

    def drag(self, *points: tuple[int, int]) -> None:
        """Moves the mouse along points of the screen with the left button down."""
        self.hand("mousemove", *points[0], "mousedown", 1)
        for start, end in pairwise(points):
            for share in np.linspace(0, 1, 8)[1:]:
                x, y = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
                self.hand("mousemove", x, y)
        self.hand("mouseup", 1)
        time.sleep(0.1)

    def picture(self) -> Image:
        """What is on the screen, (H, W, 3) uint8 RGB, from the server's frame buffer (an XWD file)."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        header = np.frombuffer(data, ">u4", 25)
        start = int(header[0]) + 12 * int(header[19])
        width, height, stride = int(header[4]), int(header[5]), int(header[12])
        rows = np.frombuffer(data, np.uint8, stride * height, start).reshape(height, stride)
        return rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1].copy()


def wait_for(ready: Callable[[], Answer | None], seconds: float, what: str) -> Answer:
    """Asks until the answer is true and returns it. Fails after that many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for: {what}"
        time.sleep(0.1)
