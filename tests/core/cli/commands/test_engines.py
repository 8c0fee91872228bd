"""`engines`."""

from __future__ import annotations

import pytest

from core.engines import EngineInfo, available
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


def test_an_engine_may_take_fewer_numbers_than_others(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    infos = [
        EngineInfo(name, name, "A model.", options={"input_side": 0}, ranges={"input_side": (least, 4096)})
        for name, least in (("one", 64), ("other", 14))
    ]
    monkeypatch.setattr("core.cli.commands.engines.available", lambda: infos)
    out = run("engines").out
    assert "(0, or 64 to 4096)" in out and "(0, or 14 to 4096)" in out
