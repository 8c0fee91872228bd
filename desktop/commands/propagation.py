"""Propagation from the window: takes the snapshot, stores what arrives, and ends as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Signal

from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken
from core.types import FrameResult, LabelMap, Origin
from desktop.commands.inspection.weights import use_weights
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind
from desktop.playback.timecode import duration
from desktop.program.reporter import describe
from desktop.session.checking import frames_to_check
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.settings.counts import counted
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel
from desktop.workers.propagation import EngineNotice, PropagationJob, run_propagation

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
    """Up to a frame that is chosen."""


@dataclass(frozen=True)
class Order:
    """What was requested, and where: a propagation may have to wait, while the person goes elsewhere."""

    reach: Reach
    here: int
    target: int | None = None
    marked_range: tuple[int, int] | None = None
    redo: bool = False
    """Whether what is up to date is followed again, too."""

    def packed(self) -> dict[str, object]:
        """As values that JSON can hold."""
        marked = list(self.marked_range) if self.marked_range else None
        return {
            "kind": "propagate",
            "reach": self.reach.name,
            "here": self.here,
            "target": self.target,
            "marked_range": marked,
            "anew": self.redo,
        }

    @classmethod
    def unpacked(cls, stored: Mapping[str, object]) -> Order | None:
        """None for what another version wrote."""
        try:
            reach, here = Reach[str(stored["reach"])], int(str(stored["here"]))
            target = None if stored["target"] is None else int(str(stored["target"]))
            marked = stored["marked_range"]
        except (KeyError, ValueError):
            return None
        span = (int(marked[0]), int(marked[1])) if isinstance(marked, list) and len(marked) == 2 else None
        return cls(reach, here, target, span, stored.get("anew") is True)


class PropagationCommands(QObject):
    """Runs one propagation at a time; the others wait. The project drops results of frames edited meanwhile."""

    notice = Signal(str, object)
    offered = Signal(str, object, str, object)
    """A text and its Kind, and what a button next to it says and does."""
    asked = Signal()
    """A propagation was asked for: what an earlier one said is no longer news."""

    def __init__(self, session: EditorSession, jobs: Jobs, engine: EnginePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._engine = session, jobs, engine
        self.follow = True
        """Whether the canvas goes along with the results."""
        self.completed = False
        """Whether the last propagation got to its end."""
        self._channel = LabelsChannel(self._stored_labels, self)
        self._targets: frozenset[int] = frozenset()
        self._run: int | None = None
        self._order = Order(Reach.BOTH, 0)
        """What runs, or ran last."""
        self._revisions: dict[int, int] = {}
        self._stored: set[int] = set()
        self._dropped: set[int] = set()
        self._failure: RotoflowError | None = None
        self._followed: int | None = None
        self._last: FrameResult | None = None
        self._since_followed = QElapsedTimer()
        self._duration = QElapsedTimer()
        jobs.abandoned.connect(self.finish_now)

    @property
    def running(self) -> bool:
        return self._run is not None

    def start(self, reach: Reach, target: int | None = None, redo: bool = False) -> None:
        """Starts a propagation from the current frame, or lets it wait for its turn, or says why it cannot be.

        What is missing within reach is followed, and what a correction made stale; the rest stays as it is, unless
        `redo`. `target` is for Reach.TO: the frame to go to.
        """
        session = self._session
        if not session.is_open or not self._jobs.takes_more:
            return
        self._start(Order(reach, session.frame_index, target, session.range.value, redo))

    def go_on(self, stored: Mapping[str, object]) -> None:
        """Starts a propagation again that was stopped."""
        order = Order.unpacked(stored)
        session = self._session
        if order is not None and session.is_open and self._jobs.takes_more and order.here < session.frame_count:
            self._start(order)

    def _start(self, order: Order) -> None:
        self.asked.emit()
        if self._jobs.busy:
            try:
                self._request(order)
            except RotoflowError as error:
                self.notice.emit(describe(error), Kind.WARNING)
                return
        self._jobs.add(self._title(order.reach), partial(self._launch, order), again=order.packed())

    def _launch(self, order: Order) -> Launch | None:
        """Takes the snapshot of what there is now; called when the job's turn comes."""
        self._session.settle()
        try:
            job = self._snapshot(order)
            if job is None:
                self._notify_up_to_date(order)
                return None
            self._run = self._session.project.runs.begin(self._title(order.reach))
        except RotoflowError as error:
            self.notice.emit(describe(error), Kind.WARNING)
            return None
        self._order, self._failure, self.completed = order, None, False
        self._stored, self._dropped = set(), set()
        self._last = None
        self._duration.start()
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

    def _snapshot(self, order: Order) -> PropagationJob | None:
        """None if all that was requested is up to date."""
        from core.propagation import plan

        session, video = self._session, self._session.video
        assert video is not None
        request = self._request(order)
        self._targets = request.targets
        parts = self._parts(order, request)
        plans = [plan(part) for part in parts]
        if not plans:
            return None
        frames = sorted({frame for planned in plans for frame in planned.frames})
        self._revisions = {frame: session.project.revision(frame) for frame in frames}
        engine = self._engine
        return PropagationJob(
            video.reopen,
            parts,
            sum(planned.steps for planned in plans),
            engine.engine,
            engine.device_name,
            use_weights(engine, session),
            session.adaptation.weights if engine.adaptable else b"",
        )

    def _parts(self, order: Order, request: PropagationRequest) -> tuple[PropagationRequest, ...]:
        """What there is to do of it."""
        from core.propagation import updates

        # a frame that is named is meant
        if order.redo or order.reach in (Reach.ONE, Reach.TO) or not request.targets:
            return (request,)
        origins = {object_id: self._session.project.origin_lane(object_id) for object_id in request.targets}
        return updates(request, origins, everywhere=order.reach is not Reach.RANGE)

    def _notify_up_to_date(self, order: Order) -> None:
        text = self.tr("Nothing to update: no mask here is missing or stale.")
        again = partial(self._start, replace(order, redo=True))
        self._offer(text, self.tr("Redo everything"), again)

    def _request(self, order: Order) -> PropagationRequest:
        from core.propagation import Direction, PropagationRequest

        session, reach, here = self._session, order.reach, order.here
        end = session.frame_count - 1
        if end == 0:
            raise RotoflowError(
                self.tr("This clip is a single picture: there is no frame to propagate to. Export writes its masks.")
            )
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
            stored=self._stored_labels,
        )

    def _stored_labels(self, frame_index: int) -> LabelMap | None:
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
        if isinstance(item, EngineNotice):
            self.notice.emit(core_message(item.message), Kind.WARNING)
        if not isinstance(item, FrameResult) or self._run is None or self._failure is not None:
            return
        try:
            taken = self._session.project.runs.put(self._run, item, self._revisions.get(item.frame_index))
        except RotoflowError as error:
            # the disk is full, say: what comes after it could not be kept either
            self._failure = error
            self._jobs.cancel()
            return
        if taken:
            self._stored.add(item.frame_index)
            # a frame between two anchors may come a second time
            self._revisions[item.frame_index] = self._session.project.revision(item.frame_index)
        else:
            self._dropped.add(item.frame_index)
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
        try:
            self.finish_now()
        except RotoflowError as gone:
            # with its drive: nothing of what has arrived is kept
            self.notice.emit(describe(gone), Kind.ERROR)
            return
        stored = counted(
            len(self._stored), self.tr("1 frame is done and kept."), self.tr("{count} frames are done and kept.")
        ).format(count=len(self._stored))
        self.completed = error is None
        if error is None:
            self._notify_done()
        elif isinstance(error, CancelledError):
            cancelled = self.tr("Cancelled.")
            # Esc is pressed soon, and for other things
            self._offer(f"{cancelled} {stored}", self.tr("Go on"), partial(self._start, self._order))
        else:
            self.notice.emit(f"{describe(error)} {stored}", Kind.ERROR)

    def _notify_done(self) -> None:
        """How many frames, how long it took, and where to look first."""
        seconds = self._duration.elapsed() / 1000
        text = counted(len(self._stored), self.tr("1 frame in {time}."), self.tr("{count} frames in {time}."))
        text = text.format(count=len(self._stored), time=duration(seconds))
        if self._dropped:
            dropped = counted(
                len(self._dropped),
                self.tr("1 result was left out: that frame was edited meanwhile."),
                self.tr("{count} results were left out: those frames were edited meanwhile."),
            )
            text += " " + dropped.format(count=len(self._dropped))
        first = frames_to_check(self._session, 1)
        if not first:
            self.notice.emit(text, Kind.INFO)
            return
        frame = first[0].frame_index
        text += " " + self.tr("Least sure: frame {frame}.").format(frame=frame)
        show = partial(self._session.go_to, frame)
        self._offer(text, self.tr("Show frame {frame}").format(frame=frame), show)

    def _offer(self, text: str, offer: str, action: Callable[[], object]) -> None:
        """Offers something that is about the open clip: from the history it can be chosen when another one is open."""
        session = self._session
        # work that was left to itself may end when its clip is closed
        project = session.project if session.is_open else None

        def act() -> None:
            if project is not None and session.is_open and session.project is project:
                action()
            else:
                self.notice.emit(self.tr("That was about a clip that is no longer open."), Kind.WARNING)

        self.offered.emit(text, Kind.INFO, offer, act)

    def _title(self, reach: Reach) -> str:
        return {
            Reach.BACKWARD: self.tr("Propagate backward"),
            Reach.BOTH: self.tr("Propagate both ways"),
            Reach.FORWARD: self.tr("Propagate forward"),
            Reach.ONE: self.tr("Propagate one frame"),
            Reach.RANGE: self.tr("Propagate range"),
            Reach.TO: self.tr("Propagate to frame"),
        }[reach]
