"""Which packet holds which frame, and where decoding has to begin for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.media.containers.frame_times import FrameTimes
from core.media.containers.packets import NONE, PacketTable


@dataclass(frozen=True)
class FrameIndex:
    """Frames in the order they are shown. A frame is the packet that holds it, not the time it claims."""

    numbers: NDArray[np.int64]
    """Number of each frame's packet."""
    table: PacketTable
    times: FrameTimes
    counted: bool = False
    """Frames cannot be distinguished by packets; they are counted from the start of the file."""

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def frame_of_packet(self) -> NDArray[np.int64]:
        """The frame that each packet holds, (packets,) int64; -1 for none."""
        frame_of_packet = np.full(len(self.table), -1, np.int64)
        frame_of_packet[self.numbers] = np.arange(len(self.numbers))
        return frame_of_packet

    @cached_property
    def starts(self) -> NDArray[Any]:
        """Pairs (packet number, first frame that is sure to come out right when decoding begins there), both rising."""
        pairs: list[tuple[int, int]] = [(0, 0)]
        stamped = self.table.pts[self.numbers]
        ordered = bool((np.diff(stamped) > 0).all()) if len(stamped) else False
        earlier = np.maximum.accumulate(self.frame_of_packet) if len(self.frame_of_packet) else self.frame_of_packet
        for key in self.table.keys.tolist():
            position = int(self.frame_of_packet[key])
            if position < 0 and self.table.shown[key]:
                # no frame came of it: an empty packet that the container takes for a keyframe
                continue
            if position < 0 and ordered and self.table.pts[key] != NONE:
                # hidden by an edit list: those shown after it would be
                position = int(np.searchsorted(stamped, self.table.pts[key]))
            elif position < 0:
                position = int(earlier[key]) + 1
            if key > pairs[-1][0] and position >= pairs[-1][1]:
                pairs.append((key, position))
        return np.array(pairs, np.int64)

    def start_position(self, frame_index: int) -> int:
        """Index into `starts` of the last one from which the frame comes out right."""
        number = int(self.numbers[frame_index])
        by_packet = int(np.searchsorted(self.starts[:, 0], number, "right")) - 1
        by_frame = int(np.searchsorted(self.starts[:, 1], frame_index, "right")) - 1
        return max(0, min(by_packet, by_frame))
