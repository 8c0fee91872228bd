"""The hub, on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.engines.models import catalogue as catalogue_module
from core.engines.models import fetching
from core.engines.models.tokens import TOKEN_VARIABLE
from tests.core.engines.models.hub import MODELS, Hub, own_hub, serving


@pytest.fixture
def catalogue_of_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue has the models of `hub.MODELS`, and nobody has a token."""
    monkeypatch.setattr(catalogue_module, "_shipped", lambda: MODELS)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    monkeypatch.setattr(fetching, "_ROOM", 0)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, catalogue_of_the_hub: None) -> Iterator[type[Hub]]:
    """A server in place of the hub."""
    own = own_hub()
    with serving(own) as address:
        monkeypatch.setattr("core.engines.models.downloading.HUB", address)
        own.address = address
        yield own
