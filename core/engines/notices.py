"""What an engine wants a person to know while it works, such as that it goes on in another way than it began."""

from __future__ import annotations

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
