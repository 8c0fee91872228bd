"""Two checkouts by turns: both follow, and one that cannot ends the comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import turns

ROOT = Path(__file__).parents[2]


def test_frames_of_both_are_measured() -> None:
    found = turns.compare(ROOT, ROOT, objects=1, seconds=1)
    assert found["frames"] >= 1
    assert min(found["before"], found["now"], found["ratio"]) > 0


def test_a_folder_without_the_program_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        turns.main([str(tmp_path)])
    (tmp_path / "core").mkdir()
    with pytest.raises(RuntimeError, match="ended"):
        turns.compare(tmp_path, tmp_path, objects=1, seconds=1)
    assert "ModuleNotFoundError" in capfd.readouterr().err
