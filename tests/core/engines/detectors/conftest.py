"""Tiny networks on one thread: on several, threads wait for each other longer than they work."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def _on_one_thread(one_thread: None) -> None:
    pass
