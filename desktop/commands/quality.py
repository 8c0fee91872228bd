"""Checks the masks for faults, and compares them with true ones, in the background."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.messages import Message
from core.quality.findings import Finding
from core.types import LabelMap
from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.panels.notice_bar import Kind
from desktop.panels.quality_panel import QualityPanel
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.settings.counts import counted
from desktop.widgets.score_curve import Scores
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from desktop.dialogs.fix_dialog import FixChoice

_SPECK = 1 / 60
"""Side of a square that is still a speck, as a share of the picture's short side."""

ReadLabels = Callable[[int], LabelMap]


@dataclass(frozen=True)
class _Outcome:
    findings: list[Finding]
    frames: int
    scores: Scores | None = None
    notes: tuple[Message, ...] = ()
    """What was left out of the true masks."""


Check = Callable[[ReadLabels, CancelToken], Generator[object, None, _Outcome]]
"""Looks at masks in a worker: yields progress and returns what it found."""


class QualityCommands(QObject):
    """Works on the masks that are there when the job's turn comes, and lists what stands out."""

    notice = Signal(str, object)

    panel_requested = Signal()
    """The panel with the findings is requested in front."""

    def __init__(
        self, session: EditorSession, jobs: Jobs, panel: QualityPanel, ask: Ask, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._panel, self._ask = session, jobs, panel, ask
        self._channel = LabelsChannel(session.labels_at, self)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"check_masks": self._check, "compare_masks": self._compare, "fix_masks": self._fix}

    def _check(self) -> None:
        self._add(self.tr("Check masks"), self._checking)

    def _compare(self) -> None:
        if not self._masked_frames():
            # before true masks are asked for: the person would look for them in vain
            self._notify_no_masks()
            return
        truth = self._ask.truth(self._session.project.path.parent)
        if truth is not None:
            self._add(self.tr("Compare masks"), lambda: self._comparing(truth))

    def _fix(self) -> None:
        session, video = self._session, self._session.video
        assert video is not None
        unlocked = [(track.object_id, track.name) for track in session.tracks if not track.locked]
        if not unlocked or not self._masked_frames():
            self.notice.emit(self.tr("There is no mask to fix."), Kind.INFO)
            return
        size = max(2, round((min(video.size) * _SPECK) ** 2))
        from desktop.dialogs.fix_dialog import FixSubject

        subject = FixSubject(session.frame_count, session.range.value, unlocked, size)
        choice = self._ask.fix(subject)
        if choice is not None:
            self._jobs.add(self.tr("Fix specks and holes"), lambda: self._fixing(choice))

    def _fixing(self, choice: FixChoice) -> Launch:
        from core.quality.fixing import Fix, Fixed, fix_masks

        session, project, text = self._session, self._session.project, self.tr("Fix specks and holes")
        frames = [frame for frame in self._masked_frames() if frame in choice.frames]
        step: int | None = None
        fixed = 0

        def work(token: CancelToken) -> Generator[object, None, None]:
            fix = Fix(choice.specks, choice.holes)
            for item in fix_masks(self._channel.reader(token), frames, choice.object_ids, fix, token):
                if isinstance(item, Fixed):
                    yield item
                else:
                    self._jobs.report(item)
                    yield None

        def apply(item: object) -> None:
            nonlocal step, fixed
            if isinstance(item, Fixed) and session.is_open and session.project is project:
                step = session.project.masks.mend(item.frame_index, item.edit, text, step)
                fixed += 1

        def end(error: Exception | None) -> None:
            self._end(error)
            pattern = counted(
                len(frames),
                self.tr("Fixed the frame; undo takes it back."),
                self.tr("Fixed {count} of {frames} frames; undo takes it back."),
            )
            if not fixed:
                pattern = counted(
                    len(frames),
                    self.tr("No speck or hole of that size on the frame."),
                    self.tr("No speck or hole of that size on {frames} frames."),
                )
            self.notice.emit(pattern.format(count=fixed, frames=len(frames)), Kind.INFO)

        return Launch(work, apply, end)

    def _checking(self) -> Check:
        frames, ids = self._masked_frames(), [track.object_id for track in self._session.tracks]

        def check(labels: ReadLabels, token: CancelToken) -> Generator[object, None, _Outcome]:
            from core.quality.check import check_masks

            findings = yield from check_masks(labels, frames, ids, token)
            return _Outcome(findings, len(frames))

        return check

    def _comparing(self, truth: Path) -> Check:
        frames, video = self._masked_frames(), self._session.video
        assert video is not None
        names = [video.frame_name(index) for index in range(video.frame_count)]
        called = (Path(self._session.project.path).stem, video.path.stem)

        def compare(labels: ReadLabels, token: CancelToken) -> Generator[object, None, _Outcome]:
            from core.project.true_masks import open_truth
            from core.quality.comparison import compare_masks

            with open_truth(truth, called, names, frames, labels) as masks:
                found = yield from compare_masks(masks.own, masks.true, masks.frames, masks.object_ids, token)
            scores = {key: found.j_and_f(key) for key in masks.object_ids}
            return _Outcome(found.findings(), len(masks.frames), scores, tuple(masks.notes))

        return compare

    def _add(self, title: str, check: Callable[[], Check]) -> None:
        self.panel_requested.emit()
        self._jobs.add(title, lambda: self._prepare(check))

    def _prepare(self, check: Callable[[], Check]) -> Launch | None:
        if not self._masked_frames():
            self._notify_no_masks()
            return None
        project, state, look = self._session.project, self._panel.mask_state(), check()

        def work(token: CancelToken) -> Generator[object, None, None]:
            yield (yield from look(self._channel.reader(token), token))

        def show(outcome: object) -> None:
            # another clip may have been opened meanwhile
            if isinstance(outcome, _Outcome) and self._session.is_open and self._session.project is project:
                self._panel.show_findings(outcome.findings, outcome.frames, state, outcome.scores)
                if outcome.notes:
                    text = self.tr("Of the true masks: {notes}").format(
                        notes="  ".join(map(core_message, outcome.notes))
                    )
                    self.notice.emit(text, Kind.WARNING)

        return Launch(work, show, self._end)

    def _notify_no_masks(self) -> None:
        self.notice.emit(self.tr("There is no mask to check yet."), Kind.INFO)

    def _masked_frames(self) -> list[int]:
        if not self._session.is_open:
            return []
        return [index for index in range(self._session.frame_count) if self._session.project.has_labels(index)]

    def _end(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, CancelledError):
            self.notice.emit(describe(error), Kind.ERROR)
