"""Which frames of the open project a person should look at next: one ranking for the list and for the notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.quality.check_next import Proposal
    from desktop.session.session import EditorSession


def frames_to_check(session: EditorSession, limit: int = 20) -> list[Proposal]:
    """At most `limit` frames of the visible objects, what helps most first; none where there are no objects."""
    from core.quality import check_next

    shown = (track.object_id for track in session.tracks if track.visible)
    lanes = {key: check_next.ObjectLane(*session.lane_data(key), session.project.measure_lane(key)) for key in shown}
    return check_next.frames_to_check(lanes, limit) if lanes else []
