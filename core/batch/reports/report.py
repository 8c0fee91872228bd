"""The report of a batch: one HTML page that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from core.batch.clip_run import SHEET_FILE
from core.batch.clip_summary import ClipSummary
from core.batch.job import ClipJob
from core.batch.ledger import ClipLedger, ClipState
from core.batch.reports.pages import render, write_page
from core.batch.reports.plots import Curve, plot
from core.errors import BatchError

REPORT_FILE = "report.html"


@dataclass(frozen=True)
class _Row:
    name: str
    engine: str
    state: str
    facts: ClipSummary | None = None
    error: str = ""
    confidence_plot: Markup | None = None
    score_plot: Markup | None = None
    sheet: str = ""

    @property
    def seconds(self) -> float:
        return self.facts.follow_seconds + self.facts.export_seconds if self.facts else 0.0

    @property
    def rate(self) -> float:
        return self.facts.frame_count / max(1e-6, self.facts.follow_seconds) if self.facts else 0.0


def write_report(jobs: Sequence[ClipJob], out: Path) -> Path:
    """Writes OUT/report.html of the clips as they stand, and returns its path. Raises BatchError."""
    rows = [_row(job, ClipLedger(out, job)) for job in jobs]
    done = [row.facts for row in rows if row.facts]
    objects = [one.j_and_f for facts in done for one in facts.objects if one.j_and_f is not None]
    page = render(
        "batch.html",
        title=out.name,
        rows=rows,
        done=done,
        failed=sum(row.state == "failed" for row in rows),
        unfinished=sum(row.state == "open" for row in rows),
        scored=sum(objects) / len(objects) if objects else None,
        frames=sum(facts.frame_count for facts in done),
        seconds=sum(row.seconds for row in rows),
    )
    path = out / REPORT_FILE
    try:
        write_page(path, page)
    except OSError as error:
        raise BatchError(
            "{path}: the report cannot be written ({reason}).", path=path, reason=error.strerror or error
        ) from error
    return path


def _row(job: ClipJob, ledger: ClipLedger) -> _Row:
    if ledger.state is not ClipState.DONE:
        return _Row(job.name, job.engine, ledger.state.name.lower(), error=ledger.error)
    facts = ledger.facts
    frames = range(facts.frame_count)
    confidence = [Curve(one.name, one.colour, one.confidence) for one in facts.objects]
    scores = [
        Curve(f"{measure} of {one.name}", one.colour, [values.get(frame) for frame in frames], dashed)
        for one in facts.objects
        for measure, values, dashed in (("J", one.j, False), ("F", one.f, True))
        if values
    ]
    return _Row(
        job.name,
        facts.engine,
        "done",
        facts,
        confidence_plot=Markup(plot("Confidence by frame", confidence, facts.masked_frames)),
        score_plot=Markup(plot("J and F by frame", scores, facts.masked_frames)) if scores else None,
        sheet=_picture(ledger.result / SHEET_FILE),
    )


def _picture(path: Path) -> str:
    """The picture as a data URL; "" if it is gone."""
    if not path.is_file():
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
