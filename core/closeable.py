"""Base of classes that hold something open and are closed by `with`."""

from __future__ import annotations

from abc import abstractmethod
from types import TracebackType
from typing import Self


class Closeable:
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
