"""What actions do, by the action's name."""

from __future__ import annotations

from collections.abc import Callable

Handlers = dict[str, Callable[[], object]]
