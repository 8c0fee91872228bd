"""Propagation from the window: takes the snapshot, stores what arrives, and ends as one undo step."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Signal

from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken
from core.types import FrameResult, LabelMap, Origin
from desktop.commands.files import describe
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel
from desktop.workers.propagation import PropagationJob, run_propagation

if TYPE_CHECKING:
    from core.propagation import PropagationRequest

_FOLLOW_MS = 60


class Reach(Enum):
    """How far a propagation goes."""

    BACKWARD = auto()
    BOTH = auto()
    FORWARD = auto()
    ONE = auto()
    RANGE = auto()
    TO = auto()
    """To a frame that is chosen."""


@dataclass(frozen=True)
class Order:
    """What was asked for, and where: a propagation may have to wait, while the person goes elsewhere."""

    reach: Reach
    here: int
    target: int | None = None
    marked_range: tuple[int, int] | None = None


class PropagationCommands(QObject):
    """Runs one propagation at a time; the others wait. The project drops results of frames edited meanwhile."""

    notice = Signal(str, object)

    def __init__(self, session: EditorSession, jobs: Jobs, engine: EnginePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._engine = session, jobs, engine
        self.follow = True
        """Whether the canvas goes along with the results."""
        self._channel = LabelsChannel(self._kept, self)
        self._targets: frozenset[int] = frozenset()
        self._run: int | None = None
        self._revisions: dict[int, int] = {}
        self._stored = 0
        self._dropped = 0
        self._failure: RotoflowError | None = None
        self._followed: int | None = None
        self._last: FrameResult | None = None
        self._since_followed = QElapsedTimer()

    @property
    def running(self) -> bool:
        return self._run is not None

    def start(self, reach: Reach, target: int | None = None) -> None:
        """Starts a propagation from the current frame, or lets it wait for its turn, or says why it cannot be.

        `target` is for Reach.TO: the frame to go to.
        """
        session = self._session
        if not session.is_open or not self._jobs.takes_more:
            return
        order = Order(reach, session.frame_index, target, session.marked_range)
        if self._jobs.busy:
            try:
                self._request(order)
            except RotoflowError as error:
                self.notice.emit(str(error), Kind.WARNING)
                return
        self._jobs.add(self._title(reach), partial(self._launch, order))

    def _launch(self, order: Order) -> Launch | None:
        """Its turn has come: takes the snapshot of what there is now."""
        try:
            job = self._snapshot(order)
            self._run = self._session.begin_run(self._title(order.reach))
        except RotoflowError as error:
            self.notice.emit(str(error), Kind.WARNING)
            return None
        self._failure = None
        self._stored = self._dropped = 0
        self._last = None
        self._followed = self._session.frame_index if self.follow else None
        self._since_followed.start()

        def work(token: CancelToken) -> Generator[object, None, None]:
            return run_propagation(job, self._channel.reader(token), self._jobs.report, token)

        return Launch(work, self._receive, self._end)

    def stop_following(self) -> None:
        """The person is at work on a frame: the canvas stays there."""
        self._followed = None

    def finish_now(self) -> None:
        """The window closes: what has arrived becomes the undo step."""
        if self._run is not None:
            run, self._run = self._run, None
            self._session.end_run(run)

    def _snapshot(self, order: Order) -> PropagationJob:
        from core.propagation import plan

        session, video = self._session, self._session.video
        assert video is not None
        request = self._request(order)
        self._targets = request.targets
        planned = plan(request)
        self._revisions = {frame: session.project.revision(frame) for frame in planned.frames}
        engine = self._engine
        return PropagationJob(
            video.path,
            request,
            planned.steps,
            engine.engine,
            engine.device_name,
            engine.options,
            session.adaptation.weights if engine.adaptable else b"",
        )

    def _request(self, order: Order) -> PropagationRequest:
        from core.propagation import Direction, PropagationRequest

        session, reach, here = self._session, order.reach, order.here
        end = session.frame_count - 1
        if reach is Reach.RANGE and order.marked_range is None:
            raise RotoflowError(self.tr("Set the range first: I marks its beginning, O its end."))
        if reach is Reach.ONE and here == end:
            raise RotoflowError(self.tr("This is the last frame: there is none after it."))
        target = here if order.target is None else order.target
        if reach is Reach.TO and target == here:
            raise RotoflowError(self.tr("Choose another frame than this one to propagate to."))
        first, last = {
            Reach.BACKWARD: (0, here),
            Reach.BOTH: (0, end),
            Reach.FORWARD: (here, end),
            Reach.ONE: (here, here + 1),
            Reach.RANGE: order.marked_range or (0, end),
            Reach.TO: (min(here, target), max(here, target)),
        }[reach]
        direction = {
            Reach.BACKWARD: Direction.BACKWARD,
            Reach.FORWARD: Direction.FORWARD,
            Reach.ONE: Direction.FORWARD,
            Reach.TO: Direction.FORWARD if target > here else Direction.BACKWARD,
        }
        return PropagationRequest(
            frame_count=session.frame_count,
            anchors=tuple(session.anchors()),
            direction=direction.get(reach, Direction.BOTH),
            first=first,
            last=last,
            locked=session.locked_ids,
            start=None if direction.get(reach) is None else here,
            # for the plan, which is made on this thread; the worker gets a reader of its own
            kept=self._kept,
        )

    def _kept(self, frame_index: int) -> LabelMap | None:
        """What a propagation may go on from: a frame's labels without the stale masks of the objects it is about.

        None if nothing is known of the frame.
        """
        origins = self._session.project.origins(frame_index)
        if not origins:
            return None
        labels = self._session.labels_at(frame_index)
        stale = [object_id for object_id in self._targets if origins.get(object_id) == Origin.STALE]
        return np.where(np.isin(labels, stale), np.uint8(0), labels) if stale else labels

    def _receive(self, item: object) -> None:
        if not isinstance(item, FrameResult) or self._run is None or self._failure is not None:
            return
        try:
            taken = self._session.put(self._run, item, self._revisions.get(item.frame_index))
        except RotoflowError as error:
            # the disk is full, say: what comes after it could not be kept either
            self._failure = error
            self._jobs.cancel()
            return
        if taken:
            self._stored += 1
        else:
            self._dropped += 1
        self._last = item
        if self._since_followed.elapsed() >= _FOLLOW_MS:
            self._follow(item.frame_index)

    def _follow(self, frame_index: int) -> None:
        if self._followed is None:
            return
        if self._session.frame_index != self._followed:
            # somebody went elsewhere: leave them there
            self._followed = None
            return
        self._session.go_to(frame_index)
        self._followed = frame_index
        self._since_followed.start()

    def _end(self, error: Exception | None) -> None:
        error = self._failure or error
        if self._last is not None and error is None:
            self._follow(self._last.frame_index)
        self.finish_now()
        kept = self.tr("{count} frames are done and kept.").format(count=self._stored)
        if error is None:
            if self._dropped:
                text = self.tr("{count} results were left out: those frames were edited meanwhile.")
                self.notice.emit(text.format(count=self._dropped), Kind.INFO)
        elif isinstance(error, CancelledError):
            cancelled = self.tr("Cancelled.")
            self.notice.emit(f"{cancelled} {kept}", Kind.INFO)
        else:
            self.notice.emit(f"{describe(error)} {kept}", Kind.ERROR)

    def _title(self, reach: Reach) -> str:
        return {
            Reach.BACKWARD: self.tr("Propagate backward"),
            Reach.BOTH: self.tr("Propagate both ways"),
            Reach.FORWARD: self.tr("Propagate forward"),
            Reach.ONE: self.tr("Propagate one frame"),
            Reach.RANGE: self.tr("Propagate range"),
            Reach.TO: self.tr("Propagate to frame"),
        }[reach]
