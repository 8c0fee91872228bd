"""What counts as finished, whoever is killed when."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.batch.events import Task
from core.batch.folders import read_batch
from core.batch.ledger import ClipLedger, ClipState, locked
from core.errors import BatchError
from core.jobs import CancelToken
from tests.core.batch.conftest import contents
from tests.core.cli.conftest import FRAMES


@pytest.fixture
def task(clips: Path, tmp_path: Path) -> Task:
    job = next(iter(read_batch(clips, {"engine": "fake"}).jobs))
    return Task(job, job.key(), tmp_path / "out")


def worked(task: Task) -> Path:
    """A finished attempt that is not committed."""
    from core.batch.clip_run import run_clip

    path = ClipLedger(task.out, task.job).new_attempt()
    for _ in run_clip(task.job, task.key, path, task.out, CancelToken()):
        pass
    return path


def test_of_two_attempts_one_counts(task: Task) -> None:
    ledger = ClipLedger(task.out, task.job)
    first, second = worked(task), worked(task)
    assert ledger.state is ClipState.OPEN
    assert ledger.commit(second)
    assert not ledger.commit(first)
    assert ledger.state is ClipState.DONE
    assert sorted(path.name for path in ledger.folder.iterdir()) == ["result"]
    ledger.publish()
    before = contents(task.out)
    ledger.publish()
    assert contents(task.out) == before
    assert len(before) == FRAMES


def test_a_kill_between_commit_and_publish_loses_nothing(task: Task) -> None:
    ledger = ClipLedger(task.out, task.job)
    ledger.commit(worked(task))
    assert not contents(task.out)
    assert ledger.fits(task.key)
    ledger.publish()
    assert len(contents(task.out)) == FRAMES


def test_a_result_whose_exports_were_removed_does_not_fit(task: Task) -> None:
    ledger = ClipLedger(task.out, task.job)
    ledger.commit(worked(task))
    ledger.publish()
    assert ledger.fits(task.key)
    (task.out / "apple").rename(task.out / "elsewhere")
    assert not ledger.fits(task.key)


def test_a_forgotten_clip_still_knows_its_own(task: Task) -> None:
    ledger = ClipLedger(task.out, task.job)
    ledger.commit(worked(task))
    ledger.publish()
    ledger.forget()
    assert ledger.state is ClipState.OPEN
    assert (task.out / "apple").is_dir()
    assert ledger.taken() is None
    assert "apple/00000.png" in (ledger.folder / "owned.txt").read_text().splitlines()
    (ledger.folder / "owned.txt").unlink()
    assert ledger.taken() == task.out / "apple"


def test_one_program_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path / "out"), pytest.raises(BatchError, match="another program"), locked(tmp_path / "out"):
        pass
    with locked(tmp_path / "out"):
        pass


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BatchError, match="a file where a folder should be"), locked(tmp_path / "out"):
        pass
