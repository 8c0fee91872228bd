"""Names of files and objects cannot steer the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from core.batch.events import ClipEvent, ClipEventKind
from core.cli.batch_screen import BatchScreen
from core.cli.plain_text import PlainStream, plain
from core.project import Project
from tests.core.cli.conftest import RunCommand

EVIL = "a\x1b]0;gotcha\x07\x1b[2Jb\x9bc\u202ed\rgone"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 촬영 ✓\ttext\n", "plain 촬영 ✓\ttext\n"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b2J", "\\x9b2J"),
        ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
        ("\udcc3\udcd4", "\\xc3\\xd4"),
        ("one\rtwo", "one\\x0dtwo"),
    ],
)
def test_what_steers_is_written_out(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_progress_may_begin_another_line() -> None:
    stream = io.StringIO()
    PlainStream(stream).write("\rDone \x1b")
    assert stream.getvalue() == "\rDone \\x1b"


def test_names_in_errors_and_output(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    outcome = run("info", tmp_path / EVIL)
    assert "\x1b" not in outcome.err and "\\x1b" in outcome.error_line
    folder = Path(f"{tmp_path}/\udcff{EVIL}")
    folder.mkdir()
    moved = clip.rename(folder / "clip.mp4")
    outcome = run("propagate", moved, "--mask", mask, "--engine", "fake", "--out", folder / "p.roto")
    assert outcome.code == 0
    with Project.open(folder / "p.roto") as project:
        track = project.objects.all[0]
        project.objects.update(type(track)(track.object_id, EVIL, track.colour))
    output = [outcome, run("info", moved), run("info", folder / "p.roto"), run("check", folder / "p.roto")]
    assert all(one.code == 0 for one in output)
    assert not any(sign in one.out + one.err for one in output for sign in "\x1b\x07\x9b\u202e\udcff")


def test_names_in_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    with BatchScreen(1, stream) as screen:
        screen.show(ClipEvent(EVIL, ClipEventKind.STARTED))
        screen.show(ClipEvent(EVIL, ClipEventKind.FAILED, text=EVIL))
    assert "\x1b]0;gotcha" not in stream.getvalue() and "\x07" not in stream.getvalue()
