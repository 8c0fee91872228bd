"""What an engine reports to the user while it works, such as a fallback to smaller settings."""

from __future__ import annotations

from collections.abc import Callable

from core.engines.protocol import Session
from core.messages import Message


def take_notices(session: Session) -> list[Message]:
    """The session's notices since the last call; engines without notices need not implement anything."""
    notices = getattr(session, "notices", None)
    if not isinstance(notices, list):
        return []
    taken = [one for one in notices if isinstance(one, Message)]
    notices.clear()
    return taken


def watch_training(session: Session, on_step: Callable[[int, int], None]) -> None:
    """Calls `on_step(done, total)` after the training steps of a session, in the thread that runs it. Engines that do
    not train need not implement anything.
    """
    watch = getattr(session, "watch_training", None)
    if watch is not None:
        watch(on_step)
