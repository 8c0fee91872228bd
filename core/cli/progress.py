"""Progress on stderr: a bar on a terminal, a plain line each ten per cent where the output goes to a file."""

from __future__ import annotations

import sys
from typing import TextIO

from core.jobs import Progress

_BAR_WIDTH = 30


def clock(seconds: float | None) -> str:
    """Seconds as m:ss or h:mm:ss; `-:--` while unknown."""
    if seconds is None:
        return "-:--"
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


class ProgressPrinter:
    """Shows how far one job is. Use as a context manager: the bar's line is ended whatever happens."""

    def __init__(self, label: str, stream: TextIO | None = None, quiet: bool = False, unit: str = "fps") -> None:
        """`unit` is what progress is made in, by the second."""
        self._label = label
        self._unit = unit
        self._stream = sys.stderr if stream is None else stream
        self._terminal = self._stream.isatty()
        self._quiet = quiet
        self._tenth = 0
        self._width = 0

    def __enter__(self) -> ProgressPrinter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._stream.write("\n")
            self._stream.flush()
            self._width = 0

    def show(self, progress: Progress) -> None:
        """Draws the bar again, or prints a line when another tenth is done."""
        if self._quiet:
            return
        rate = f"{progress.per_second:.1f} {self._unit}"
        details = f"{progress.done}/{progress.total}  {rate}  {clock(progress.seconds_left)} left"
        if self._terminal:
            filled = round(_BAR_WIDTH * progress.fraction)
            bar = "#" * filled + "." * (_BAR_WIDTH - filled)
            line = f"{self._label} [{bar}] {100 * progress.fraction:3.0f} %  {details}"
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        elif int(10 * progress.fraction) > self._tenth:
            self._tenth = int(10 * progress.fraction)
            self._stream.write(f"{self._label} {100 * progress.fraction:3.0f} %  {details}\n")
        self._stream.flush()
