"""The dispatch: help, usage errors, exit codes."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli import COMMANDS, EXIT_CANCELLED, EXIT_FAILURE, EXIT_OK, EXIT_USAGE
from tests.core.cli.conftest import RunCommand

ROOT = Path(__file__).resolve().parents[3]


def test_the_overview_names_every_command(run: RunCommand) -> None:
    outcome = run("--help")
    assert outcome.code == EXIT_OK
    assert all(f"  {name} " in outcome.out for name in COMMANDS)
    assert "Exit codes" in outcome.out


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help_with_examples(run: RunCommand, command: str) -> None:
    outcome = run(command, "--help")
    assert outcome.code == EXIT_OK
    assert "examples:\n  rotoflow " in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("conjure",),
        ("info",),
        ("info", "a", "b"),
        ("propagate", "clip.mp4"),
        ("propagate", "clip.mp4", "--mask", "m.png", "--out", "o", "--range", "9"),
        ("propagate", "clip.mp4", "--mask", "m.png", "--out", "o", "--frame", "-3"),
        ("propagate", "clip.mp4", "--mask", "m.png", "--out", "o", "--direction", "up"),
        ("propagate", "clip.mp4", "--mask", "m.png", "--out", "o", "--device", "abacus"),
        ("export", "p.roto", "--format", "cinema", "--out", "o"),
    ],
)
def test_usage_errors(run: RunCommand, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert outcome.code == EXIT_USAGE
    assert "usage: rotoflow" in outcome.err
    assert "error:" in outcome.err
    assert outcome.out == ""


def test_interrupted_before_the_work_began(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.cli.commands.engines.run", interrupt)
    outcome = run("engines")
    assert (outcome.code, outcome.error_line) == (EXIT_CANCELLED, "Cancelled.")


def test_a_full_disk_is_one_line(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_args: object) -> int:
        raise OSError(28, "No space left on device", "masks/00001.png")

    monkeypatch.setattr("core.cli.commands.engines.run", fail)
    outcome = run("engines")
    assert (outcome.code, outcome.error_line) == (EXIT_FAILURE, "masks/00001.png: No space left on device")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("libtorch_cpu.so: failed to map segment from shared object"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."),
    ],
)
def test_too_little_memory_is_one_line_that_says_what_to_do(
    run: RunCommand, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(_args: object) -> int:
        raise error

    monkeypatch.setattr("core.cli.commands.engines.run", full)
    done = run("engines")
    assert done.code == EXIT_FAILURE
    assert done.error_line.startswith("There is not enough memory for this: close other programs")


def test_an_error_of_the_program_is_not_taken_for_too_little_memory(
    run: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(_args: object) -> int:
        raise RuntimeError("sizes differ")

    monkeypatch.setattr("core.cli.commands.engines.run", wrong)
    with pytest.raises(RuntimeError, match="sizes differ"):
        run("engines")


def test_a_reader_that_went_away_is_no_traceback() -> None:
    script = f"{sys.executable} -m main --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_help_imports_neither_torch_nor_qt() -> None:
    script = (
        "import sys; from core.cli import COMMANDS, main; [main([name, '--help']) for name in COMMANDS]; "
        "print([name for name in ('PySide6', 'torch', 'onnxruntime') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"
