"""The shapes of the open clip, for the tools and commands: a part of the session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.types import Origin
from desktop.session.reading import SessionReading

if TYPE_CHECKING:
    from core.masks import Patch
    from core.shapes import Points, Shape


class SessionShapes(QObject):
    """The current object's shapes on the current frame, and every change to them."""

    met_mask = Signal(str, str, object)
    """What became of a mask that was there before a shape, the name of the other way, and what goes that way."""

    def __init__(self, session: SessionReading) -> None:
        super().__init__(session)
        self._session = session
        self.chosen: tuple[int, int] | None = None
        """(id of a shape, index of one of its points) that the shape tool shows the tangents of."""

    @property
    def frame_index(self) -> int:
        """The current frame."""
        return self._session.frame_index

    @property
    def all(self) -> Sequence[Shape]:
        """The current object's shapes, drawn on this frame or not."""
        session = self._session
        return session.project.shapes.of_object(session.current_object) if session.is_open else []

    @property
    def drawn(self) -> Sequence[Shape]:
        """Those that are drawn on the current frame."""
        from core.shapes import is_drawn

        return [shape for shape in self.all if is_drawn(shape, self._session.frame_index)]

    @property
    def shown(self) -> list[tuple[Shape, Points]]:
        """The shapes that can be taken hold of, with their points on the current frame: those that are drawn, and where
        none is those before and after their keyframes, to be given one here."""
        from core.shapes import points_at

        shapes = self.drawn or self.all
        return [(shape, points_at(shape, self._session.frame_index)) for shape in shapes]

    def key_frames(self, object_id: int) -> Sequence[int]:
        """The frames on which an object's shapes have keyframes, in order."""
        return self._session.project.shapes.key_frames(object_id) if self._session.is_open else []

    def patch_with(self, shape: Shape) -> Patch:
        """What the current object's shapes would cover on this frame, were one of them so."""
        from core.shapes import drawn_patch

        frame, video = self._session.frame_index, self._session.video
        assert video is not None
        kept = [other for other in self.all if other.shape_id != shape.shape_id]
        listed = sorted([*kept, shape], key=lambda one: (not one.shape_id, one.shape_id))
        return drawn_patch(listed, frame, video.size)

    def with_points(self, shape: Shape, points: Points) -> Shape:
        """A shape with these points on the current frame, which is a keyframe of it then."""
        return shape.with_key(self._session.frame_index, points)

    def new(self, points: Points, subtract: bool) -> Shape:
        """A shape of the current object with a keyframe on this frame, not stored yet."""
        from core.shapes import Shape, ShapeMode

        mode = ShapeMode.SUBTRACT if subtract else ShapeMode.ADD
        number = 1 + sum(shape.mode is mode for shape in self.all)
        name = (self.tr("Hole {number}") if subtract else self.tr("Piece {number}")).format(number=number)
        return Shape(0, self._session.current_object, {self._session.frame_index: points}, name, mode)

    def put(
        self, shapes: Sequence[Shape], text: str, removed: Iterable[int] = (), drawn: int | None = None
    ) -> Sequence[Shape]:
        """Stores shapes as one undo step, or as a part of that in which their keyframes were drawn. Raises what the
        project does.
        """
        return self._session.project.shapes.put(shapes, text, removed, drawn=drawn)

    def put_here(self, shapes: Sequence[Shape], text: str, keeps: bool | None = None) -> None:
        """Stores shapes that were drawn or changed on the current frame; a new one is chosen. Raises what the project
        does.

        Where a mask meets shapes for the first time it is said what becomes of it: the first shape of an object, and
        any on what was painted, is added to it; an object that shapes draw elsewhere is drawn by them here too. The
        other way is offered; `keeps` is that choice.
        """
        session, frame = self._session, self._session.frame_index
        labels, track = session.labels, session.track(session.current_object)
        mask = labels is not None and not self.drawn and bool((labels == session.current_object).any())
        if keeps is None:
            painted = session.project.origins(frame).get(session.current_object) == Origin.EDITED
            keeps = painted or not self.all
        stored = session.project.shapes.put(shapes, text, keeps=keeps)
        if shapes and not shapes[-1].shape_id:
            self.chosen = stored[-1].shape_id, 0
        if mask and track is not None:
            notice = (
                self.tr("The shape is added to the mask that “{name}” has on this frame.")
                if keeps
                else self.tr("The shape takes the place of the mask of “{name}” here and between its keyframes.")
            )
            step, other = session.project.history.last_step, not keeps

            def change() -> None:
                if session.is_open and session.project.history.last_step == step:
                    session.project.history.undo()
                    self.put_here(shapes, text, other)

            offer = self.tr("Shape only") if keeps else self.tr("Keep both")
            self.met_mask.emit(notice.format(name=track.name), offer, change)

    def to_masks(self, text: str) -> int:
        """Makes the masks that the current object's shapes draw a person's own. Raises what the project does."""
        return self._session.project.shapes.to_masks(self._session.current_object, text)
