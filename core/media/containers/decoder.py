"""Decoding one stream frame after frame in the order of presentation, with seeking; damage is passed over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from core.media.containers.opening import THREAD_LIMIT, choose_stream, open_container


class FrameDecoder:
    """Owns the container. Not thread-safe. Raises MediaFormatError if the file has no video that can be decoded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.frame_threads = True
        """Whether several frames are decoded at once, from the next `restart` on. Turned off for damaged files: an
        error in one frame then takes others with it."""
        self._frames: Iterator[Any] = iter(())
        self.count = 0
        """How many frames came since the last `restart`; only of use as long as nothing seeks."""
        self.at_start = True
        """Whether the next frame is the first of the file."""
        self._open()

    @property
    def container(self) -> Any:
        """The open `av.InputContainer`."""
        return self._container

    @property
    def stream(self) -> Any:
        """The `av.VideoStream` that is decoded."""
        return self._stream

    def restart(self) -> None:
        """Begins again at the first frame. Opens the file anew, since not every format can seek to its start."""
        self.close()
        self._open()

    def seek(self, pts: int) -> bool:
        """Goes to the keyframe at or before a timestamp, or to another one near it; False if the format cannot."""
        try:
            self._container.seek(pts, stream=self._stream, backward=True)
        except av.FFmpegError:
            return False
        self._frames = self._decode()
        self.at_start = False
        return True

    def next(self) -> Any | None:
        """The next `av.VideoFrame`, or None at the end."""
        frame = next(self._frames, None)
        self.at_start = False
        self.count += frame is not None
        return frame

    def close(self) -> None:
        """Closes the file."""
        self._frames = iter(())
        self._container.close()

    def _open(self) -> None:
        self._container = open_container(self._path)
        try:
            self._stream = choose_stream(self._container, self._path)
        except BaseException:
            self._container.close()
            raise
        self._stream.thread_type = "AUTO" if self.frame_threads else "SLICE"
        self._stream.codec_context.thread_count = min(THREAD_LIMIT, os.cpu_count() or 1)
        self._frames = self._decode()
        self.count = 0
        self.at_start = True

    def _decode(self) -> Iterator[Any]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.FFmpegError:
                # the file ends here, but the decoder still holds frames
                packet = None
            try:
                frames = self._stream.codec_context.decode(packet)
            except av.FFmpegError:
                frames = []
            yield from frames
            if packet is None:
                return
