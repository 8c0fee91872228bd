"""Making shapes of masks and masks of shapes, and their keyframes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import Combine
from desktop.canvas.workbench import Workbench
from desktop.commands.handlers import Handlers
from desktop.commands.shapes.storing import Storing, drawn_keys
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from core.shapes import Fit, Shape

_TOLERANCE = 1 / 1080
"""How far a fitted curve may be from the mask's outline, as a share of the picture's short side; at least a pixel."""


class ShapeCommands(QObject):
    """Each is one undo step. Fitting is done in the background, on the masks that are there when its turn comes."""

    notice = Signal(str, object, str, object)
    """A text, its Kind, and what is offered: a name and what is called; "" and None for nothing."""

    def __init__(self, session: EditorSession, jobs: Jobs, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._bench = session, jobs, bench
        self._channel = LabelsChannel(session.labels_at, self)
        session.shapes.met_mask.connect(lambda text, offer, act: self.notice.emit(text, Kind.INFO, offer, act))

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {
            "mask_to_shape": self._fit_frame,
            "masks_to_shapes": self._fit_range,
            "shape_to_mask": self._to_masks,
            "set_shape_key": self._set_key,
            "delete_shape_key": self._delete_key,
            "smooth_shapes": self._toggle_smooth,
            "delete_shape": self._delete,
        }

    # -- masks to shapes

    def _fit_frame(self) -> None:
        frame = self._session.frame_index
        self._fit([frame], self.tr("Mask to shape"))

    def _fit_range(self) -> None:
        session = self._session
        first, last = session.range.value or (0, session.frame_count - 1)
        known = session.project.origin_lane(session.current_object)[first : last + 1] > 0
        self._fit((np.flatnonzero(known) + first).tolist(), self.tr("Masks to shapes"))

    def _fit(self, frames: Sequence[int], text: str) -> None:
        session = self._session
        if not self._bench.may_change(Combine.REPLACE):
            return
        object_id, project = session.current_object, session.project
        if any(shape.first <= frame <= shape.last for shape in session.shapes.all for frame in frames):
            self._notify(
                self.tr("Shapes draw this object here already: turn them into masks first, or choose other frames.")
            )
            return
        if not self._jobs.takes_more:
            self._notify(self.tr("There is no room for more work: wait until some is done."))
            return
        video = session.video
        assert video is not None
        tolerance = max(1.0, min(video.size) * _TOLERANCE)
        storing = Storing(session, project, object_id, text, frames)

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.shapes import follow_masks

            labels = self._channel.reader(token)
            steps = follow_masks(lambda frame: labels(frame) == object_id, frames, object_id, token, tolerance)
            fit = yield from steps
            yield from drawn_keys(fit, video.size, token)

        def end(error: Exception | None) -> None:
            if error is None:
                error = storing.finish()
            else:
                storing.take_back()
            if isinstance(error, CancelledError) and storing.outdated:
                self._notify(self.tr("The masks were changed meanwhile: no shapes were made of them."))
            elif error is not None and not isinstance(error, CancelledError):
                self.notice.emit(describe(error), Kind.ERROR, "", None)
            elif storing.fit is not None and error is None:
                self._notify_fit(storing.fit)

        self._jobs.add(text, lambda: Launch(work, storing.take, end))

    def _notify_fit(self, fit: Fit) -> None:
        keys = sum(len(shape.keys) for shape in fit.shapes)
        pattern = self.tr(
            "Shapes: {shapes}, points: {points}, keyframes: {keys}. They agree with the masks by {mean}, on the worst "
            "frame by {worst}."
        )
        self.notice.emit(
            pattern.format(
                shapes=len(fit.shapes),
                points=fit.points,
                keys=keys,
                mean=f"{100 * fit.mean_iou:.1f} %",
                worst=f"{100 * fit.worst_iou:.1f} %",
            ),
            Kind.INFO,
            "",
            None,
        )

    # -- shapes that are there

    def _to_masks(self) -> None:
        if self._has_any():
            self._bench.attempt(partial(self._session.shapes.to_masks, self.tr("Shape to mask")))

    def _set_key(self) -> None:
        shapes = self._session.shapes
        if self._has_any():
            changed = [shapes.with_points(shape, points) for shape, points in shapes.shown]
            self._bench.attempt(lambda: shapes.put_here(changed, self.tr("Set keyframe")))

    def _delete_key(self) -> None:
        session, frame = self._session, self._session.frame_index
        keyed = [shape for shape in session.shapes.drawn if frame in shape.keys]
        if not keyed:
            self._notify(self.tr("This frame is no keyframe of the chosen object's shapes."))
            return
        if self._bench.may_change(Combine.SUBTRACT):
            left = [shape.without_key(frame) for shape in keyed]
            gone = [shape.shape_id for shape, rest in zip(keyed, left, strict=True) if rest is None]
            self._put([rest for rest in left if rest is not None], self.tr("Delete keyframe"), gone)

    def _toggle_smooth(self) -> None:
        from core.shapes import Interpolation

        if not self._has_any():
            return
        shapes = self._session.shapes.drawn or self._session.shapes.all
        smooth = any(shape.interpolation is Interpolation.LINEAR for shape in shapes)
        way = Interpolation.SMOOTH if smooth else Interpolation.LINEAR
        text = self.tr("Smooth between keyframes") if smooth else self.tr("Straight between keyframes")
        self._put([replace(shape, interpolation=way) for shape in shapes], text)
        self._notify(text)

    def _delete(self) -> None:
        shapes = self._session.shapes
        if not self._has_any():
            return
        chosen = [shape for shape in shapes.all if shapes.chosen is not None and shape.shape_id == shapes.chosen[0]]
        gone = chosen or list(shapes.drawn)
        shapes.chosen = None
        self._put([], self.tr("Delete shape"), [shape.shape_id for shape in gone])

    def _put(self, changed: Sequence[Shape], text: str, removed: Sequence[int] = ()) -> None:
        self._bench.attempt(lambda: self._session.shapes.put(changed, text, removed))

    def _has_any(self) -> bool:
        if not self._session.shapes.all:
            self._notify(self.tr("The chosen object has no shapes: draw one, or make one of its mask."))
            return False
        return self._bench.may_change(Combine.SUBTRACT)

    def _notify(self, text: str) -> None:
        self.notice.emit(text, Kind.INFO, "", None)
