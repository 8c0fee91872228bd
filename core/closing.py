"""Objects that hold something open and are left by `with`."""

from __future__ import annotations

from abc import abstractmethod
from types import TracebackType
from typing import Self


class Closing:
    """`with` closes it at the end, after an error too."""

    @abstractmethod
    def close(self) -> None:
        """Releases what is held open; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
