"""The report of a batch: one HTML page that needs no other file; of many clips, a list with pages of details."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from core.batch.clip_run import SHEET_FILE
from core.batch.clip_summary import ClipSummary
from core.batch.job import ClipJob
from core.batch.ledger import STATE_FOLDER, ClipLedger, ClipState
from core.batch.reports.pages import render, write_page
from core.batch.reports.plots import Curve, plot
from core.errors import BatchError

REPORT_FILE = "report.html"
CLIPS_A_PAGE = 100
"""More than that, some 5 MB, are spread over pages of so many."""
_PAGES = f"{STATE_FOLDER}/report.html.pages"
"""The folder of the pages, in the batch's."""


@dataclass(frozen=True)
class _Row:
    """A clip in the list. `page` is where its details are, "" on the same page."""

    number: int
    name: str
    engine: str
    state: str
    page: str
    summary: ClipSummary | None = None
    error: str = ""

    @property
    def seconds(self) -> float:
        return self.summary.follow_seconds + self.summary.export_seconds if self.summary else 0.0

    @property
    def rate(self) -> float:
        return self.summary.frame_count / max(1e-6, self.summary.follow_seconds) if self.summary else 0.0


@dataclass(frozen=True)
class _Details:
    """The rest of a clip, as much as its page needs."""

    row: _Row
    confidence_plot: Markup | None = None
    score_plot: Markup | None = None
    sheet: str = ""


def write_report(jobs: Sequence[ClipJob], out: Path) -> Path:
    """Writes OUT/report.html of the clips as they stand, and returns its path. Raises BatchError."""
    ledgers = [ClipLedger(out, job) for job in jobs]
    pages = [] if len(jobs) <= CLIPS_A_PAGE else [f"{one + 1:03}.html" for one in range(-(-len(jobs) // CLIPS_A_PAGE))]
    rows = []
    for number, (job, ledger) in enumerate(zip(jobs, ledgers, strict=True)):
        page = f"{_PAGES}/{pages[number // CLIPS_A_PAGE]}" if pages else ""
        rows.append(_row(number + 1, job, ledger, page))
    path = out / REPORT_FILE
    try:
        _write_pages(out, pages, rows, ledgers)
        write_page(path, _list(out.name, rows, [] if pages else list(map(_details, rows, ledgers))))
    except OSError as error:
        raise BatchError(
            "{path}: the report cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error
    return path


def _list(title: str, rows: Sequence[_Row], detailed: Sequence[_Details]) -> str:
    done = [row.summary for row in rows if row.summary]
    objects = [one.j_and_f for summary in done for one in summary.objects if one.j_and_f is not None]
    return render(
        "batch.html",
        title=title,
        rows=rows,
        detailed=detailed,
        done=done,
        failed=sum(row.state == "failed" for row in rows),
        unfinished=sum(row.state == "open" for row in rows),
        scored=sum(objects) / len(objects) if objects else None,
        frames=sum(summary.frame_count for summary in done),
        seconds=sum(row.seconds for row in rows),
    )


def _write_pages(out: Path, names: Sequence[str], rows: Sequence[_Row], ledgers: Sequence[ClipLedger]) -> None:
    """Writes the pages one by one, to hold one at a time; surplus pages of an earlier report are removed."""
    folder = out / _PAGES
    if names:
        folder.mkdir(parents=True, exist_ok=True)
    for index, name in enumerate(names):
        part = slice(index * CLIPS_A_PAGE, (index + 1) * CLIPS_A_PAGE)
        page = render(
            "batch_page.html",
            title=out.name,
            index=f"../../{REPORT_FILE}",
            names=names,
            page=index + 1,
            pages=len(names),
            detailed=list(map(_details, rows[part], ledgers[part])),
        )
        write_page(folder / name, page)
    for old in folder.glob("*.html"):
        if old.name not in names:
            old.unlink()


def _row(number: int, job: ClipJob, ledger: ClipLedger, page: str) -> _Row:
    if ledger.state is not ClipState.DONE:
        return _Row(number, job.name, job.engine, ledger.state.name.lower(), page, error=ledger.error)
    summary = ledger.summary
    return _Row(number, job.name, summary.engine, "done", page, summary)


def _details(row: _Row, ledger: ClipLedger) -> _Details:
    summary = row.summary
    if summary is None:
        return _Details(row)
    frames = range(summary.frame_count)
    confidence = [Curve(one.name, one.colour, one.confidence) for one in summary.objects]
    scores = [
        Curve(f"{measure} of {one.name}", one.colour, [values.get(frame) for frame in frames], dashed)
        for one in summary.objects
        for measure, values, dashed in (("J", one.j, False), ("F", one.f, True))
        if values
    ]
    return _Details(
        row,
        confidence_plot=Markup(plot("Confidence by frame", confidence, summary.masked_frames)),
        score_plot=Markup(plot("J and F by frame", scores, summary.masked_frames)) if scores else None,
        sheet=_picture(ledger.result / SHEET_FILE),
    )


def _picture(path: Path) -> str:
    """The picture as a data URL; "" if it is gone."""
    if not path.is_file():
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
