"""Tokens for models whose publisher wants to know who downloads them: in the system's keyring, and nowhere else."""

from __future__ import annotations

import os
from typing import Any

from core.engines.transformers_video.loading import INSTALL
from core.errors import EngineError

HUB_HOST = "huggingface.co"
TOKEN_VARIABLE = "HF_TOKEN"
"""A token for the hub, for this run alone: for machines without a keyring."""

_SERVICE = "rotoflow"


def token_for(host: str) -> str:
    """The token that was kept for a host; empty if there is none, or no keyring. Never raises."""
    if host == HUB_HOST and os.environ.get(TOKEN_VARIABLE):
        return os.environ[TOKEN_VARIABLE].strip()
    try:
        return str(_keyring().get_password(_SERVICE, host) or "")
    except Exception:
        # a keyring that is locked, broken or not there is no token; the server will say that it wants one
        return ""


def keep_token(token: str, host: str = HUB_HOST) -> None:
    """Keeps a token in the system's keyring; an empty one removes it. Raises EngineError if there is no keyring."""
    token = token.strip()
    if any(letter.isspace() or not letter.isprintable() for letter in token) or not token.isascii():
        raise EngineError("This is no token: it has letters that none has. Copy it again from your account's page.")
    try:
        ring = _keyring()
        if token:
            ring.set_password(_SERVICE, host, token)
        elif ring.get_password(_SERVICE, host) is not None:
            ring.delete_password(_SERVICE, host)
    except EngineError:
        raise
    except Exception as error:
        # whatever a keyring says is not shown: it might hold what it was given
        raise EngineError(
            "The system has no keyring that can be used, so the token was not kept: name it in the variable {variable} "
            "for a single run.",
            variable=TOKEN_VARIABLE,
        ) from error


def _keyring() -> Any:
    try:
        import keyring
    except ImportError as error:
        raise EngineError(
            "To keep a token the library keyring is needed: install it with {install}, or name the token in the "
            "variable {variable} for a single run.",
            install=INSTALL,
            variable=TOKEN_VARIABLE,
        ) from error
    return keyring
