"""Every command that writes, on a disk that takes nothing: one sentence that names the file, and nothing half made."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.cli.conftest import RunCommand
from tests.core.cli.test_every_writer import WRITERS, Writer, built, scene

__all__ = ["built", "scene"]

# batches, which are processes, are tried in tests/core/batch; the others want models, or train
_ELSEWHERE = ("batch", "find", "detect", "train", "sample", "pack", "curves")
LINES = [
    (key, one)
    for key, these in WRITERS.items()
    for one in these
    if not key.startswith(_ELSEWHERE) and one.line[:4] != ("propagate", "v/clip.mp4", "--mask", "p/other.roto")
]


@contextmanager
def no_room(most: int = 0) -> Iterator[None]:
    """A limit on the size of files, in bytes, fails as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(("key", "writer"), LINES, ids=[f"{key} {number}" for number, (key, _) in enumerate(LINES)])
def test_a_full_disk(run: RunCommand, scene: Path, tmp_path: Path, key: str, writer: Writer) -> None:
    out = tmp_path / f"out{writer.ending}"
    line = [str(tmp_path / "new") if one == "new" else one for one in writer.line]
    with no_room():
        outcome = run(*line, out)
    said = [one for one in outcome.err.splitlines() if " fps " not in one]
    assert outcome.code == 1, outcome.out + outcome.err
    assert said[-1].startswith("rotoflow: "), outcome.err
    # a damaged project is read in a copy, in the folder for what is temporary
    assert (str(tmp_path) if key != "repair out" else "cannot be copied to") in said[-1], outcome.err
    assert ".partial" not in outcome.err and "Errno" not in outcome.err
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        ("propagate", "pictures", "--mask", "m/first.png", "--engine", "fake"),
        ("dataset", "read", "DAVIS", "--clip", "one"),
    ],
    ids=" ".join,
)
def test_a_project_that_cannot_be_replaced_is_named_and_stays(
    run: RunCommand, scene: Path, tmp_path: Path, line: tuple[str, ...], relative: bool
) -> None:
    """The new one is written under another name, which nobody knows."""
    out = tmp_path / "p.roto"
    given = Path(os.path.relpath(out, scene)) if relative else out
    assert run(*line, "--out", given).code == 0
    before = out.read_bytes()
    for most in range(0, len(before), len(before) // 6):
        with no_room(most):
            outcome = run(*line, "--overwrite", "--out", given)
        assert outcome.code == 1, most
        assert f"{given}: " in outcome.err.splitlines()[-1], most
        assert ".partial" not in outcome.err
        assert out.read_bytes()[100:] == before[100:], "all but the header, where SQLite counts"
        assert [path.name for path in tmp_path.iterdir()] == ["p.roto"]
