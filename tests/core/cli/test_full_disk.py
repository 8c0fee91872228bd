"""Every command that writes, on a disk that takes nothing: one sentence that names the file, and nothing half made."""

from __future__ import annotations

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
def no_room() -> Iterator[None]:
    """A limit on the size of files fails as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
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
