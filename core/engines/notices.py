"""What an engine wants a person to know while it works, such as that it goes on in another way than it began."""

from __future__ import annotations

from collections.abc import Callable

from core.engines.protocol import Session
from core.messages import Message


def take_notices(session: Session) -> list[Message]:
    """What the session has had to say since it was last asked; engines that never have anything need nothing for it."""
    notices = getattr(session, "notices", None)
    if not isinstance(notices, list):
        return []
    taken = [one for one in notices if isinstance(one, Message)]
    notices.clear()
    return taken


def watch_training(session: Session, on_step: Callable[[int, int], None]) -> None:
    """Has `on_step` called with how many steps of its training a session has done and of how many, each time that it
    trains, in the thread that runs it. Engines that train nothing need nothing for it.
    """
    watch = getattr(session, "watch_training", None)
    if watch is not None:
        watch(on_step)
