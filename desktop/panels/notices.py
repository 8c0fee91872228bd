"""The notices of this run: kept, so that a result is found again when its notice is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

_LIMIT = 200


class Kind(Enum):
    INFO = "info"
    """Goes away by itself."""
    WARNING = "warning"
    """Goes away by itself."""
    ERROR = "error"
    """Stays until it is dismissed."""


@dataclass(frozen=True)
class Notice:
    """One sentence to a person, and what can be done about it."""

    text: str
    kind: Kind
    when: datetime
    offer: str = ""
    action: Callable[[], object] | None = None
    path: Path | None = None
    """A file or folder that it is about."""


class NoticeHistory:
    """The newest notices, the newest last."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def add(self, notice: Notice) -> None:
        self.notices.append(notice)
        del self.notices[:-_LIMIT]
