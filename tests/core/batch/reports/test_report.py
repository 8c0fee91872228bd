"""The report of a few clips is one page; of many, a list with pages that are small enough to open."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.batch.clip_run import SHEET_FILE
from core.batch.clip_summary import ClipSummary, ObjectSummary
from core.batch.job import ClipJob
from core.batch.ledger import ClipLedger
from core.batch.reports import report
from core.batch.reports.report import write_report

SHEET_BYTES = 20_000


def finished(out: Path, count: int) -> list[ClipJob]:
    """Jobs, all of which but the last are done."""
    jobs = [ClipJob(f"clip {number:02}") for number in range(1, count + 1)]
    noise = np.random.default_rng(0).integers(0, 255, (100, 200, 3)).astype(np.uint8)
    for job in jobs[:-1]:
        ledger = ClipLedger(out, job)
        path = ledger.new_attempt()
        one = ObjectSummary(1, "dog <1>", (200, 0, 0), (1.0, 0.9, None, 0.7))
        ClipSummary("key", job.name, "fake", 4, (64, 48), (0,), (job.name,), (one,), 1.0, 0.5, "here").write(path)
        PIL.Image.fromarray(noise).save(path / SHEET_FILE, quality=90)
        assert ledger.commit(path)
    return jobs


def targets(page: Path) -> list[tuple[Path, str]]:
    """What a page links to: the page, and the place on it."""
    links = re.findall(r'href="([^"#]*)#?([^"]*)"', page.read_text(encoding="utf-8"))
    return [((page.parent / name).resolve() if name else page, anchor) for name, anchor in links]


def test_few_clips_are_one_page(tmp_path: Path) -> None:
    page = write_report(finished(tmp_path, 3), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text.count("<section") == 3
    assert text.count("data:image/jpeg") == 2
    assert "Not done yet." in text
    assert "dog &lt;1&gt;" in text
    assert targets(page) == [(page, f"clip-{number}") for number in (1, 2, 3)]


def test_many_clips_are_a_list_and_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "CLIPS_A_PAGE", 4)
    jobs = finished(tmp_path, 10)
    page = write_report(jobs, tmp_path)
    assert page.stat().st_size < SHEET_BYTES, "no pictures"
    linked = targets(page)
    assert len(linked) == 10
    for other, anchor in linked:
        assert f'id="{anchor}"' in other.read_text(encoding="utf-8")
    pages = sorted({other for other, _ in linked})
    assert [other.read_text(encoding="utf-8").count("<section") for other in pages] == [4, 4, 2]
    for other in pages:
        assert all(target.is_file() for target, _ in targets(other))
    assert [len(targets(other)) for other in pages] == [2, 3, 2], "the list, the one before, the next"
    # fewer clips, fewer pages
    write_report(jobs[:6], tmp_path)
    assert [other.is_file() for other in pages] == [True, True, False]
    write_report(jobs[:3], tmp_path)
    assert not any(other.is_file() for other in pages)
