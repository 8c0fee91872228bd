"""Any frame by its index, exactly: an index of packets, a decoder, and the proof that the frame is the wanted one.

Every frame that comes out carries the number of its packet, so there is no doubt about which one it is. Frames after an
open group of pictures or an intra refresh do not come out at first; then decoding begins further back, at a keyframe
twice as far each time, in the end at the start of the file.

As long as all decodes, a frame is the same however it was reached. In a damaged file it depends on where decoding
began: what is concealed is made up from what came before. So from the first damage on, a frame is what comes out when
decoding begins at the last keyframe before it, whichever way it is requested.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import CancelledError, MediaFormatError
from core.media.containers.decoder import FrameDecoder
from core.media.containers.frame_index import FrameIndex
from core.media.containers.packets import OutOfStepError
from core.media.source import GiveUp

_NEAR = 8
"""So many frames ahead are decoded through even if there is a keyframe between: a seek costs about as much."""
_DISORDER = 16
"""Frames may come out later than those shown after them, by so many, where stamps contradict the stream."""
_INTRA = (0, 1)
"""Picture types of FFmpeg's that stand alone: unknown, I."""


class _DamageFoundError(Exception):
    pass


class RandomAccess:
    """Frames by index. Owns the decoder. Not thread-safe."""

    def __init__(self, path: Path, decoder: FrameDecoder, index: FrameIndex) -> None:
        self._path = path
        self._decoder = decoder
        self._index = index
        self._last: Any = None
        self._last_index: int | None = None
        self._before: int | None = None
        self._after: int | None = None
        self._repeats: dict[int, int] = {}
        self._useless_starts: set[int] = set()
        self._give_up: GiveUp | None = None
        self.damage: int | None = None
        """The first frame at which damage was met while reading; None if all was well."""
        self.seeks = 0
        """How often decoding started again; for tests and benchmarks."""
        decoder.restart()

    @property
    def repeats(self) -> dict[int, int]:
        """Frames found to be damaged so far, and the frame that is shown instead of each, as players do."""
        return dict(self._repeats)

    @property
    def context(self) -> Any:
        """The `av.VideoCodecContext` that decodes."""
        return self._decoder.stream.codec_context

    def frame(self, frame_index: int, give_up: GiveUp | None = None) -> Any:
        """The decoded `av.VideoFrame` at an index. Raises MediaFormatError if neither it nor a neighbour decodes.

        `give_up` is asked after every frame on the way there; CancelledError is raised once it is true. The decoder
        then stands where it has come to, and a frame ahead of that is found from there.
        """
        self._give_up = give_up
        try:
            return self._frame(frame_index)
        except _DamageFoundError:
            self._decoder.tolerant = True
        except OutOfStepError:
            pass
        self._decoder.restart()
        self._last = self._last_index = None
        return self.frame(frame_index, give_up)

    def close(self) -> None:
        self._last = None
        self._decoder.close()

    def _frame(self, frame_index: int) -> Any:
        frame_index = self._repeats.get(frame_index, frame_index)
        if self._last_index == frame_index:
            return self._last
        if self._is_ahead(frame_index) and self._run_to(frame_index):
            return self._last
        if self._find(frame_index):
            return self._last
        return self._neighbour(frame_index)

    def _is_ahead(self, frame_index: int) -> bool:
        """Whether decoding on reaches the frame, as it is to be, and sooner than a seek would."""
        index, position = self._index, self._last_index
        if position is None:
            # at the start of the file nothing has come out yet, and the first frame is next
            if self._decoder.begun_at or self._decoder.count:
                return False
            return index.counted or (
                index.start_position(frame_index) == 0 if self._decoder.tolerant else frame_index < _NEAR
            )
        if position > frame_index:
            return False
        if index.counted:
            return True
        start = index.start_position(frame_index)
        if self._decoder.tolerant:
            return self._decoder.begun_at == int(index.starts[start, 0])
        return frame_index - position <= _NEAR or int(index.starts[start, 1]) <= position

    def _find(self, frame_index: int) -> bool:
        """Starts at keyframes further and further back until the frame comes; False if it is damaged."""
        position = 0 if self._index.counted else self._index.start_position(frame_index)
        back = 0
        while True:
            start = int(self._index.starts[max(0, position - back), 0]) if not self._index.counted else 0
            if start not in self._useless_starts or back >= position:
                self.seeks += 1
                self._last = self._last_index = None
                self._decoder.start_at(start, self._index.table)
                if self._run_to(frame_index):
                    return True
                if self._missed(frame_index):
                    return False
            if back >= position:
                return False
            back = back * 2 or 1

    def _run_to(self, frame_index: int) -> bool:
        """Decodes on until the wanted frame or past it; the last frame that came is kept."""
        self._before, self._after = self._last_index, None
        decoder = self._decoder
        while (decoded := decoder.next()) is not None:
            position = self._frame_of(decoded.number)
            if decoder.damaged and not decoder.tolerant:
                self.damage = frame_index if position < 0 else position
                raise _DamageFoundError
            first = decoder.count == 1 and decoded.number == decoder.begun_at > 0
            if first and not _stands_alone(decoded.frame):
                # the container calls it a keyframe, and it is none
                self._useless_starts.add(decoder.begun_at)
                return False
            if position < 0:
                continue
            self._last, self._last_index = decoded.frame, position
            if position == frame_index:
                return True
            if position > frame_index and self._after is None:
                self._after = position
            if position > frame_index + _DISORDER or (position > frame_index and self._index.counted):
                return False
            if position < frame_index:
                self._before = position
            if self._give_up is not None and self._give_up():
                raise CancelledError("The frame is no longer wanted.")
        if decoder.damaged and not decoder.tolerant:
            self.damage = frame_index
            raise _DamageFoundError
        # at the end of the file the decoder is of no use until the next seek
        self._last = self._last_index = None
        return False

    def _frame_of(self, number: int | None) -> int:
        if self._index.counted:
            return self._decoder.count - 1
        return (
            -1
            if number is None or number >= len(self._index.frame_of_packet)
            else int(self._index.frame_of_packet[number])
        )

    def _missed(self, frame_index: int) -> bool:
        """Whether the decoder was in step before the wanted frame and left it out: then it is damaged for good."""
        return self._before is not None and frame_index > self._before >= frame_index - _NEAR

    def _neighbour(self, frame_index: int) -> Any:
        """A damaged frame's stand-in: the nearest one before that decodes, else the first after."""
        stand_in = self._after if self._before is None else self._before
        if stand_in is not None:
            stand_in = self._repeats.get(stand_in, stand_in)
        if stand_in is None or stand_in == frame_index:
            raise MediaFormatError(
                "{path}: frame {frame_index} cannot be decoded; the file is damaged there. Copy it again from "
                "where it came, or convert it.",
                path=self._path,
                frame_index=frame_index,
            )
        self._repeats[frame_index] = stand_in
        return self._frame(stand_in)


def _stands_alone(frame: Any) -> bool:
    return bool(frame.key_frame) or int(frame.pict_type) in _INTRA
