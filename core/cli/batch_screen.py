"""A batch on the screen: a bar for all clips, one for each at work; plain lines where the output goes to a file."""

from __future__ import annotations

import sys
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from core.batch.events import ClipEvent, ClipEventKind
from core.cli.plain_text import plain, terminal

_STAGES = {"follow": "following", "score": "scoring"}
_TEXTS = {
    ClipEventKind.DONE: "done",
    ClipEventKind.KEPT: "done before",
    ClipEventKind.RETRIED: "failed, once more",
    ClipEventKind.FAILED: "failed",
}


class BatchScreen:
    """Shows events as they come. Use as a context manager."""

    def __init__(self, clips: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._clips = clips
        self._ended = 0
        self._bars: dict[str, TaskID] = {}
        self._live: Progress | None = None
        if self._stream.isatty():
            self._live = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[stage]}"),
                TimeElapsedColumn(),
                console=Console(file=terminal(self._stream)),
                transient=True,
            )
            self._all = self._live.add_task("all clips", total=clips, stage="")

    def __enter__(self) -> BatchScreen:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def show(self, event: ClipEvent) -> None:
        """Draws what an event changes; the end of a clip is a line that stays."""
        if event.kind in (ClipEventKind.DONE, ClipEventKind.KEPT, ClipEventKind.FAILED):
            self._ended += 1
        if self._live:
            self._draw(self._live, event)
        if event.kind in _TEXTS:
            self._print(event)

    def _draw(self, live: Progress, event: ClipEvent) -> None:
        if event.kind is ClipEventKind.STARTED:
            self._bars[event.name] = live.add_task(f"  {escape(plain(event.name))}", total=None, stage="opening")
        elif event.kind is ClipEventKind.STEP and event.step and event.name in self._bars:
            step = event.step
            stage = _STAGES.get(step.stage, f"writing {step.stage}")
            live.update(self._bars[event.name], completed=step.done, total=step.total, stage=stage)
        elif event.name in self._bars:
            live.remove_task(self._bars.pop(event.name))
        live.update(self._all, completed=self._ended)

    def _print(self, event: ClipEvent) -> None:
        # of a traceback the last line says what happened; the rest is in the report
        reason = f": {event.text.strip().splitlines()[-1]}" if event.text.strip() else ""
        line = f"{self._ended}/{self._clips}  {event.name}: {_TEXTS[event.kind]}{reason}"
        if self._live:
            self._live.console.print(plain(line), markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=self._stream, flush=True)
