"""Any frame by its index, exactly: a packet index, a decoder, and the proof that the frame is the wanted one.

A seek lands on some keyframe, not always the one meant: some containers seek by decoding time, MPEG-TS estimates, and
frames after an open group of pictures or an intra refresh do not come out at first. So every frame must carry the
wanted timestamp; if the decoder is past it, decoding starts further back, at a keyframe twice as far each time, in the
end at the start of the file.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import Any

from core.errors import CancelledError, MediaFormatError
from core.media.containers.decoder import FrameDecoder
from core.media.containers.packet_index import PacketIndex
from core.media.source import GiveUp

_NEAR = 8
"""So many frames ahead are decoded through even if there is a keyframe between: a seek costs about as much."""


class RandomAccess:
    """Frames by index. Owns the decoder. Not thread-safe."""

    def __init__(self, path: Path, decoder: FrameDecoder, index: PacketIndex) -> None:
        self._path = path
        self._decoder = decoder
        self._index = index
        self._last: Any = None
        self._last_pts: int | None = None
        self._before: int | None = None
        self._repeats: dict[int, int] = {}
        self._give_up: GiveUp | None = None
        # MPEG-TS always lands a keyframe late: once a keyframe more was needed, seeks begin with it
        self._lead = 0
        self.seeks = 0
        """How often decoding started anew; for tests and benchmarks."""
        decoder.restart()

    @property
    def repeats(self) -> dict[int, int]:
        """Frames found to be damaged so far, and the frame that is shown instead of each, as players do."""
        return dict(self._repeats)

    def frame(self, frame_index: int, give_up: GiveUp | None = None) -> Any:
        """The decoded `av.VideoFrame` at an index. Raises MediaFormatError if neither it nor a neighbour decodes.

        `give_up` is asked after every frame on the way there; CancelledError is raised once it is true. The decoder
        then stands where it has come to, and a frame ahead of that is found from there.
        """
        self._give_up = give_up
        frame_index = self._repeats.get(frame_index, frame_index)
        wanted = self._index.pts[frame_index]
        if self._last_pts == wanted:
            return self._last
        if self._is_ahead(frame_index, wanted) and self._run_to(wanted):
            return self._last
        if self._find(wanted):
            return self._last
        if self._decoder.frame_threads:
            self._decoder.frame_threads = False
            self._decoder.restart()
            if self._find(wanted):
                return self._last
        return self._neighbour(frame_index)

    def close(self) -> None:
        self._last = None
        self._decoder.close()

    def _is_ahead(self, frame_index: int, wanted: int) -> bool:
        """Whether decoding on reaches the frame sooner than a seek would."""
        if self._last_pts is None or self._last_pts > wanted:
            # at the start of the file nothing has come out yet, and the first frame is next
            return self._decoder.at_start and frame_index < _NEAR
        if self._index.counted:
            return True
        last_index = bisect_left(self._index.pts, self._last_pts)
        place = self._index.keyframe_place(wanted)
        return frame_index - last_index <= _NEAR or place < 0 or self._index.keyframes[place] <= self._last_pts

    def _find(self, wanted: int) -> bool:
        """Starts at keyframes further and further back until the frame comes; False if it is damaged."""
        back = self._lead
        while not self._start_at(wanted, back):
            if self._missed(wanted) or back < 0:
                return False
            back = (back * 2 or 1) if self._index.keyframe_place(wanted) > back else -1
        if back == 1:
            self._lead = 1
        return True

    def _start_at(self, wanted: int, back: int) -> bool:
        """Starts decoding `back` keyframes before the nearest (-1: at the start of the file) and runs to the frame."""
        self.seeks += 1
        self._last = self._last_pts = None
        place = self._index.keyframe_place(wanted) - back
        if back < 0 or self._index.counted or place < 0 or not self._decoder.seek(self._index.keyframes[place]):
            self._decoder.restart()
        return self._run_to(wanted)

    def _run_to(self, wanted: int) -> bool:
        """Decodes on until the wanted frame or past it; the last frame that came is kept."""
        self._before = self._last_pts
        while (frame := self._decoder.next()) is not None:
            pts = self._decoder.count - 1 if self._index.counted else frame.pts
            if pts is None:
                continue
            self._last, self._last_pts = frame, pts
            if pts >= wanted:
                return bool(pts == wanted)
            self._before = pts
            if self._give_up is not None and self._give_up():
                raise CancelledError("The frame is no longer wanted.")
        # at the end of the file the decoder is of no use until the next seek
        self._last = self._last_pts = None
        return False

    def _missed(self, wanted: int) -> bool:
        """Whether the decoder was in step before the wanted frame and left it out: then it is damaged for good."""
        if self._before is None:
            return False
        place = bisect_left(self._index.pts, wanted)
        return place > 0 and self._before >= self._index.pts[max(0, place - _NEAR)]

    def _neighbour(self, frame_index: int) -> Any:
        """A damaged frame's stand-in: the nearest one before that decodes, else the first after."""
        pts = self._index.pts
        if self._before is not None:
            stand_in = bisect_left(pts, self._before)
        elif self._last_pts is not None and self._last_pts > pts[frame_index]:
            stand_in = bisect_left(pts, self._last_pts)
        else:
            stand_in = frame_index
        if stand_in == frame_index or stand_in >= len(pts) or stand_in in self._repeats:
            raise MediaFormatError(
                f"{self._path}: frame {frame_index} cannot be decoded; the file is damaged there. Copy it again from "
                "where it came, or convert it."
            )
        self._repeats[frame_index] = stand_in
        return self.frame(stand_in)
