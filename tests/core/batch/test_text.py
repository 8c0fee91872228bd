"""Jobs with a text in place of masks, with the stand-in for tests."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.batch.clip_run import EXPORTS_FOLDER, run_clip
from core.batch.entries import job_of_entry
from core.engines.text import following
from core.engines.text.fake import FakeTextModel
from core.errors import BatchError, ProjectError
from core.jobs import CancelToken
from core.project import Project


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "load_text_model", lambda *_arguments: FakeTextModel())


def test_what_a_text_finds_is_followed_and_exported(clips: Path, tmp_path: Path) -> None:
    job = job_of_entry({"clip": "apple.mp4", "text": "dog; cat", "export": "masks project"}, "here", clips)
    assert job.texts == ("dog", "cat") and not job.masks
    folder = tmp_path / "attempt"
    folder.mkdir()
    for _step in run_clip(job, job.key(), folder, tmp_path / "home", CancelToken()):
        pass
    with closing(Project.open(folder / EXPORTS_FOLDER / "apple_project.roto")) as project:
        assert [(track.name, track.class_label) for track in project.objects.all] == [("dog", "dog")]
        assert project.origin_lane(1).all()
    assert list((folder / EXPORTS_FOLDER).rglob("*.png"))


def test_nothing_found_is_reported(clips: Path, tmp_path: Path) -> None:
    job = job_of_entry({"clip": "apple.mp4", "text": ["unicorn"]}, "here", clips)
    with pytest.raises(ProjectError, match="nothing of what the text says"):
        list(run_clip(job, "key", tmp_path, tmp_path / "home", CancelToken()))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"clip": "a.mp4", "text": "dog", "mask": "a.png"}, "has 'text' and masks"),
        ({"project": "a.roto", "text": "dog"}, "has 'text' and masks"),
        ({"clip": "a.mp4", "text": " ; "}, "is not a text"),
        ({"clip": "a.mp4", "text": 3}, "is not a text"),
    ],
)
def test_entries_that_make_no_sense(entry: dict[str, object], expected: str, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=expected):
        job_of_entry(entry, "here", tmp_path)


def test_jobs_without_a_text_keep_their_key(clips: Path) -> None:
    from dataclasses import replace

    job = job_of_entry({"clip": "apple.mp4", "mask": "apple.png"}, "here", clips)
    assert job.key() != replace(job, texts=("dog",)).key()
