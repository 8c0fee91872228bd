"""Opening a clip holds one picture at a time: a decoder keeps as much memory as was ever in use at once."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pytest

from core.media.containers import combing
from core.media.containers.decoder import Decoded, FrameDecoder
from core.media.containers.trusted_index import trusted_index
from tests.core.media.clips import write_clip


class Held:
    """A frame that can be watched."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def __getattr__(self, name: str) -> Any:
        return getattr(self.frame, name)


def test_all_but_the_first_frame_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: weakref.WeakSet[Held] = weakref.WeakSet()
    most = 0
    decode = FrameDecoder.next

    def watched(self: FrameDecoder) -> Decoded | None:
        nonlocal most
        if (decoded := decode(self)) is None:
            return None
        held = Held(decoded.frame)
        alive.add(held)
        most = max(most, len(alive))
        return decoded._replace(frame=held)

    monkeypatch.setattr(FrameDecoder, "next", watched)
    # more pixels than are decoded as a whole
    monkeypatch.setattr("core.media.containers.trusted_index._SHORT", 0)
    path = write_clip(tmp_path / "a.mp4", 60)
    decoder = FrameDecoder(path, None)
    found = trusted_index(decoder, path)
    assert len(found.glimpses) > combing.LOOKED_AT
    combing.field_order(decoder, found)
    decoder.close()
    # the first, the one before and the one that has just come
    assert most <= 3
