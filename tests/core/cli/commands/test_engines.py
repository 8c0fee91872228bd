"""`engines`."""

from __future__ import annotations

from core.engines import available
from tests.core.cli.conftest import RunCommand


def test_every_engine_is_listed_with_its_options(run: RunCommand) -> None:
    outcome = run("engines")
    assert (outcome.code, outcome.err) == (0, "")
    for info in available():
        assert info.name in outcome.out
        assert info.description in outcome.out
        assert all(f"--option {name}=" in outcome.out for name in info.options)
    assert "--option network_side=0  (0, or 16 to 4320)" in outcome.out


def test_what_engines_share_is_reported_once(run: RunCommand) -> None:
    lines = run("engines").out.splitlines()
    assert sum(line.strip().startswith("--option cue_weight=") for line in lines) == 1
    assert sum(line.startswith("target:") for line in lines) == 13
    first = next(index for index, line in enumerate(lines) if line.startswith("target:"))
    assert all(line.startswith("target:") for line in lines[first : first + 13])
    assert lines[first + 13].strip() == "each of these 13:"


def test_the_devices_are_listed_with_their_memory(run: RunCommand) -> None:
    assert "--device cpu" in run("engines").out
