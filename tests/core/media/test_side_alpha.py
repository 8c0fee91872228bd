"""WebM with transparency, as background removers and Rotoflow itself write it for the web."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import open_video

WIDTH, HEIGHT, FRAMES = 64, 48, 11


def alpha(index: int) -> NDArray[np.uint8]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return np.where((columns - 10 - 4 * index) ** 2 + (rows - 24) ** 2 < 100, 255, 0).astype(np.uint8)


def write(path: Path, encoder: str) -> None:
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(encoder, rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuva420p"
        stream.gop_size, stream.codec_context.thread_count = 4, 1
        stream.options = {"auto-alt-ref": "0", "lag-in-frames": "0"}
        for index in range(FRAMES):
            pixels = np.dstack([np.full((HEIGHT, WIDTH, 3), 90, np.uint8), alpha(index)])
            frame = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format="yuva420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def by_the_library(path: Path, decoder: str) -> list[NDArray[np.uint8]]:
    """As the library that wrote it reads it."""
    found = []
    context: Any = av.CodecContext.create(decoder, "r")
    with av.open(str(path)) as container:
        for packet in container.demux(video=0):
            for frame in context.decode(packet if packet.size else None):
                plane = frame.planes[3]
                found.append(np.frombuffer(plane, np.uint8).reshape(plane.height, -1)[:, : plane.width].copy())
    return found


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
def test_transparency_beside_the_packets_is_read_whichever_way(tmp_path: Path, encoder: str) -> None:
    path = tmp_path / "cut.webm"
    write(path, encoder)
    true = by_the_library(path, encoder)
    assert len(true) == FRAMES
    with open_video(path) as clip:
        assert clip.info.has_alpha
        assert any("can be taken as a mask" in str(note) for note in clip.info.notes)
        for index in (0, 1, 7, 3, 10, 9, 2):
            found = clip.read_alpha(index)
            assert found is not None
            np.testing.assert_array_equal(found, true[index])
            assert ((found > 127) == (alpha(index) > 127)).mean() > 0.97
