"""A timeline in the batch's window: its shots are the clips, and the timeline with the mattes is written and named."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from core.batch import running, timelines
from core.batch.folders import Batch
from core.batch.running import BatchResult
from core.jobs import CancelToken
from desktop.batch.choice import BatchChoice
from desktop.commands import batch as commands
from tests.desktop.conftest import Editor


@pytest.mark.parametrize("done", [(), ("opening",)])
def test_the_timeline_with_the_mattes_is_written_when_shots_are_done(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: tuple[str, ...]
) -> None:
    source, out, written = tmp_path / "cut.otio", tmp_path / "out", list[Any]()

    def ran(*_arguments: object) -> Generator[object, None, BatchResult]:
        yield from ()
        return BatchResult(done, (), (), out / "report.html")

    monkeypatch.setattr(running, "run_batch", ran)
    monkeypatch.setattr("core.batch.folders.read_batch", lambda *_: Batch((), ()))

    def write(*given: Any) -> None:
        given[-1].parent.mkdir()
        given[-1].write_text("{}")
        written.append(given)

    monkeypatch.setattr(timelines, "write_mattes", write)
    choice = BatchChoice(source, out, "fake", "matte", 1, False)
    events = list(commands._work(choice, CancelToken()))
    assert (out / "cut_mattes.otio" in events) == bool(done) == bool(written)
    editor.window.batches.show()
    for event in events:
        editor.window.batches._on_event(event)
    message = editor.window.batches.show().message.text()
    assert ("cut_mattes.otio" in message) == bool(done)
