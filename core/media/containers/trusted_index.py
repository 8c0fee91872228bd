"""From packets to an index of frames that can be trusted: what the packets promise is compared with what decodes.

Where stamps are as they should be, frames are in their order, and the first frames are decoded to see whether that is
so. Where they are missing, repeated, out of order or begin again, only the decoder knows the order: then the whole file
is decoded once. Short clips are always decoded once, since that is quick.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from core.errors import MediaFormatError
from core.media.containers.decoder import Decoded, FrameDecoder
from core.media.containers.frame_index import FrameIndex
from core.media.containers.frame_times import FrameTimes, counted, frame_times
from core.media.containers.index_notes import check_sum_notes, stamp_notes, truncation_notes
from core.media.containers.integrity import broken_stretches
from core.media.containers.packets import NONE, OutOfStepError, PacketTable
from core.messages import Message

_COLUMNS = 160
"""Columns of a glimpse, spread over the width."""
_PLANES = re.compile(r"(yuva?j?4\d\dp|gray)(\d*)(le)?|nv12|nv16|nv24")
_CHECKED = 12
"""Frames at the start that are compared: more than any codec reorders."""
_SHORT = 40_000_000
"""Pixels of all frames together that are decoded in a fraction of a second."""
_MOST_REORDERED = 16
"""No codec lets a frame wait for more that are stored after it."""
_FALLBACK_RATE = Fraction(25)

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class TrustedIndex:
    """The index, the first frame that decodes, and what a person should know about the two."""

    index: FrameIndex
    first_frame: Any
    notes: tuple[Message, ...]
    damaged: tuple[int, ...] = ()
    """Frames that are known not to decode whole."""
    glimpses: tuple[NDArray[np.int16], ...] = ()
    """Of the first few frames, in their order: (H, columns) int16 each."""
    whole: bool = False
    """All frames were decoded, in order, and none is damaged."""


@dataclass(frozen=True)
class _Survey:
    """What came out when all was decoded."""

    numbers: list[int | None]
    damaged: list[int]
    """Packets."""
    sizes: list[tuple[int, tuple[int, int]]]
    """(frame, size) wherever the size changes."""

    @property
    def distinguishes_frames(self) -> bool:
        return None not in self.numbers and len(set(self.numbers)) == len(self.numbers)


def trusted_index(decoder: FrameDecoder, path: Path) -> TrustedIndex:
    """Reads a stream's packets and its first frames, or all. Raises MediaFormatError if there is no frame.

    Sets the decoder tolerant if damage is found.
    """
    # reading a file of hundreds of megabytes through takes no longer beside the decoding of its first frames
    with ThreadPoolExecutor(1, "check sums") as pool:
        return _trusted(decoder, path, pool.submit(broken_stretches, path, decoder.part))


def _trusted(decoder: FrameDecoder, path: Path, broken: Future[list[tuple[int, int]]]) -> TrustedIndex:
    table = decoder.scan()
    streams = len(decoder.container.streams.video)
    first, glimpses = _first_frames(decoder, _CHECKED)
    if not first:
        raise _no_frame(path)
    notes: list[Message] = []
    order = _promised(table, decoder)
    if order is None:
        decoder.breaks = _begun_again(table)
    lost = 0 if order is None else _agrees(order, first, bool(decoder.damaged))
    frame = first[0].frame
    short = len(table) * frame.width * frame.height <= _SHORT
    damaged: list[int] = []
    whole = False
    if order is None or lost < 0 or short:
        decoder.left_out = decoder.unwritten(table)
        if len(decoder.left_out) == len(table):
            raise _no_frame(path)
        survey = _survey(decoder, table)
        order, damaged = _decided(order, lost, survey)
        whole = not damaged and not decoder.tolerant
        notes += _size_notes(survey.sizes)
    else:
        order = order[lost:]
        notes += _change_notes(decoder, table, order, first[0])
    if order is not None and lost > 0:
        notes.append(
            Message("the first {lost} frames are left out: they refer to frames that were cut away", lost=lost)
        )
    if order is None:
        index = FrameIndex(
            np.arange(len(survey.numbers)), table, counted(len(survey.numbers), _declared_rate(decoder)), counted=True
        )
        notes.append(
            Message("the file does not tell its frames apart: they are counted from its start, so going back is slow")
        )
    else:
        index = _timed(order, table, decoder)
    missing = _missing(decoder, index)
    if (table.broken_off or missing > 0) and not index.counted:
        index = _without_broken_end(decoder, index)
        missing = _missing(decoder, index)
    notes += stamp_notes(index.times, len(index))
    if table.broken_off or missing > 0:
        notes += truncation_notes(len(index), missing)
    if streams < len(decoder.container.streams.video):
        notes.append(Message("the file changes to another video stream on its way, which is left out"))
    # where a recording begins the marks count on from another one, so they mean nothing
    damaged += [packet for packet in table.corrupt if not {packet, packet - 1} & decoder.breaks]
    at = [int(index.frame_of_packet[packet]) for packet in damaged] if not index.counted else []
    if not table.broken_off and (gone := sum(position < 0 for position in at)):
        notes.append(Message("damaged: frames that cannot be decoded and are left out: {count}", count=gone))
    notes += check_sum_notes(_unsure(broken.result(), index, set(damaged)))
    known = tuple(sorted({position for position in at if position >= 0}))
    whole = whole and not damaged and not table.broken_off
    return TrustedIndex(index, frame, tuple(notes), known, tuple(glimpses), whole)


def _no_frame(path: Path) -> MediaFormatError:
    return MediaFormatError(
        "{path}: the video stream has no frame that can be decoded. The file is empty or damaged; copy it again.",
        path=path,
    )


def _unsure(stretches: Sequence[tuple[int, int]], index: FrameIndex, damaged: set[int]) -> list[int]:
    """Frames that lie in stretches of the file that are not whole, where no frame is known to be damaged."""
    unsure: set[int] = set()
    for start, end in stretches:
        inside = np.flatnonzero((index.table.position >= start) & (index.table.position < end)).tolist()
        if not damaged.intersection(inside):
            unsure.update(int(index.frame_of_packet[packet]) for packet in inside)
    return sorted(unsure - {-1})


def _promised(table: PacketTable, decoder: FrameDecoder) -> Numbers | None:
    """The order of frames by what the packets say; None if they contradict themselves."""
    shown = np.flatnonzero(table.shown)
    if not decoder.stream.codec_context.codec.reorder:
        return shown
    stamps = table.pts[shown]
    if (stamps == NONE).any() or len(np.unique(stamps)) < len(stamps):
        return None
    order = np.argsort(stamps, kind="stable")
    # a frame is never stored long before or after those it is shown between
    if len(order) and np.abs(order - np.arange(len(order))).max() > _MOST_REORDERED:
        return None
    return shown[order]


def _begun_again(table: PacketTable) -> frozenset[int]:
    """The keyframes at which times of storage fall back: another recording begins there.

    Where they have fallen already since the keyframe before, it is the stamps that are wrong, and nothing begins.
    """
    times = np.where(table.dts == NONE, table.pts, table.dts)
    known = times[table.keys]
    falls = np.flatnonzero((known[1:] < known[:-1]) & (known[1:] != NONE)) + 1
    found = set()
    for fall in falls.tolist():
        before, key = int(table.keys[fall - 1]), int(table.keys[fall])
        between = times[before + 1 : key]
        if not len(between) or between.max() >= times[before]:
            found.add(key)
    return frozenset(found)


def _first_frames(decoder: FrameDecoder, count: int) -> tuple[list[Decoded], list[NDArray[np.int16]]]:
    """The first frames, of which all but the first are without their picture, and a glimpse of each.

    A dozen pictures of 8K are 600 MB, which the decoder keeps for those to come.
    """
    decoder.restart()
    frames: list[Decoded] = []
    glimpses: list[NDArray[np.int16]] = []
    while len(frames) < count and (decoded := decoder.next()) is not None:
        glimpses.append(glimpse(decoded.frame))
        frames.append(decoded._replace(frame=None) if frames else decoded)
    if not frames and not decoder.tolerant:
        decoder.tolerant = True
        return _first_frames(decoder, count)
    return frames, glimpses


def glimpse(frame: Any) -> NDArray[np.int16]:
    """Some columns of a frame's brightness: (H, columns) int16, in levels of 255."""
    step = max(1, frame.width // _COLUMNS)
    if not _PLANES.fullmatch(frame.format.name):
        return np.asarray(VideoReformatter().reformat(frame, format="gray").to_ndarray()[:, ::step], np.int16)
    bits = int(frame.format.components[0].bits)
    plane = frame.planes[0]
    rows: NDArray[Any] = np.frombuffer(plane, np.uint8 if bits == 8 else np.uint16).reshape(plane.height, -1)
    return np.asarray(rows[:, : plane.width : step] >> (bits - 8), np.int16)


def _agrees(order: Numbers, first: Sequence[Decoded], damaged: bool) -> int:
    """How many frames at the start do not come out; -1 if others come out, or in another order.

    Where some are `damaged`, not all have to come.
    """
    rank = {number: position for position, number in enumerate(order.tolist())}
    came = [rank.get(decoded.number, -1) if decoded.number is not None else -1 for decoded in first]
    rising = all(before < after for before, after in itertools.pairwise(came))
    if came[0] < 0 or not rising:
        return -1
    return came[0] if damaged or came[-1] - came[0] == len(came) - 1 else -1


def _survey(decoder: FrameDecoder, table: PacketTable) -> _Survey:
    """Decodes everything; again, and tolerantly, if there is damage."""
    strict = None if decoder.tolerant else _decode_all(decoder)
    if strict is not None and len(strict.sizes) > 1:
        # some decoders lose what they hold when the size changes
        changes = [strict.numbers[position] for position, _ in strict.sizes[1:]]
        keys = table.keys
        decoder.breaks |= {int(keys[np.searchsorted(keys, at, "right") - 1]) for at in changes if at is not None}
        strict = _decode_all(decoder)
    if strict is not None and not strict.damaged:
        return strict
    decoder.tolerant = True
    tolerant = _decode_all(decoder)
    if strict is None:
        return tolerant
    damaged = strict.damaged
    if strict.distinguishes_frames and not decoder.stream.codec_context.codec.reorder:
        # several frames are decoded at a time, and an error is reported late: what does not come is what is damaged
        damaged = sorted(set(np.flatnonzero(table.shown).tolist()) - set(strict.numbers))
    return _Survey(tolerant.numbers, damaged, tolerant.sizes)


def _decode_all(decoder: FrameDecoder) -> _Survey:
    decoder.restart()
    numbers: list[int | None] = []
    sizes: list[tuple[int, tuple[int, int]]] = []
    while (decoded := decoder.next()) is not None:
        size = decoded.frame.width, decoded.frame.height
        if not sizes or sizes[-1][1] != size:
            sizes.append((len(numbers), size))
        numbers.append(decoded.number)
    return _Survey(numbers, list(decoder.damaged), sizes)


def _decided(promised: Numbers | None, lost: int, survey: _Survey) -> tuple[Numbers | None, list[int]]:
    """The order of frames, None if they cannot be distinguished, and the packets that are damaged."""
    if not survey.distinguishes_frames:
        return None, survey.damaged
    came = np.array(survey.numbers, np.int64)
    if promised is None or lost < 0 or not survey.damaged:
        return came, survey.damaged
    # damaged frames keep their indices, and show the one before
    order = promised[lost:]
    rank = np.full(int(promised.max()) + 1, -1)
    rank[order] = np.arange(len(order))
    ranks = rank[came[came < len(rank)]]
    ranks = ranks[ranks >= 0]
    return (order if (np.diff(ranks) > 0).all() else came), survey.damaged


def _change_notes(decoder: FrameDecoder, table: PacketTable, order: Numbers, first: Decoded) -> list[Message]:
    """Lets the decoder begin afresh where the stream changes, without decoding all of it."""
    decoder.breaks |= frozenset(table.changes)
    sizes = [(0, (first.frame.width, first.frame.height))]
    for number in table.changes:
        decoder.start_at(number, table)
        found = decoder.next()
        if found is not None and (size := (found.frame.width, found.frame.height)) != sizes[-1][1]:
            sizes.append((int(np.flatnonzero(order == found.number)[:1].sum()), size))
            break
    return _size_notes(sizes)


def _size_notes(sizes: Sequence[tuple[int, tuple[int, int]]]) -> list[Message]:
    notes: list[Message] = []
    if len(sizes) > 1:
        (_, before), (at, after) = sizes[:2]
        notes.append(
            Message(
                "the picture changes its size at frame {at} ({width} x {height} to {width2} x "
                "{height2}): all are shown at the first size",
                at=at,
                width=before[0],
                height=before[1],
                width2=after[0],
                height2=after[1],
            )
        )
    return notes


def _timed(order: Numbers, table: PacketTable, decoder: FrameDecoder) -> FrameIndex:
    stamps = [None if stamp == NONE else stamp for stamp in table.pts[order].tolist()]
    if not any(stamp is not None for stamp in stamps):
        return FrameIndex(order, table, counted(len(order), _declared_rate(decoder)))
    times = frame_times(stamps, table.time_base, _declared_rate(decoder), table.last_ticks)
    return FrameIndex(order, table, times)


def _declared_rate(decoder: FrameDecoder) -> Fraction:
    return Fraction(decoder.stream.guessed_rate or decoder.stream.average_rate or _FALLBACK_RATE)


def _without_broken_end(decoder: FrameDecoder, index: FrameIndex) -> FrameIndex:
    """Leaves out the frames at the end that do not decode, going back a keyframe at a time until some do."""
    decoder.tolerant = True
    for start, position in reversed(index.starts.tolist()):
        try:
            came = _decoded_from(start, decoder, index)
        except OutOfStepError:
            came = _decoded_from(start, decoder, index)
        if any(frame >= position for frame in came):
            kept = [frame for frame in range(len(index)) if frame < position or frame in came]
            ticks = tuple(index.times.ticks[frame] for frame in kept)
            last = index.times.last_ticks if kept and kept[-1] == len(index) - 1 else None
            times = FrameTimes(ticks, index.times.time_base, last, index.times.mended, index.times.restarts)
            return FrameIndex(index.numbers[kept], index.table, times)
    return index


def _decoded_from(start: int, decoder: FrameDecoder, index: FrameIndex) -> set[int]:
    decoder.start_at(start, index.table)
    came: set[int] = set()
    while (decoded := decoder.next()) is not None:
        if decoded.number is not None and decoded.number < len(index.frame_of_packet):
            came.add(int(index.frame_of_packet[decoded.number]))
    return came


def _missing(decoder: FrameDecoder, index: FrameIndex) -> int:
    """About how many frames the file says it has beyond those in the index; 0 if it says nothing useful."""
    stream, step = decoder.stream, index.times.step
    if step is None or index.counted or index.times.mended or index.times.restarts:
        return 0
    if "mp4" in decoder.container.format.name.split(",") and stream.frames:
        return max(0, int(stream.frames) - index.table.discarded - len(index))
    declared = _declared_seconds(decoder)
    if declared is None:
        return 0
    # the duration given may include a start delay or the sound's last bit
    missing = declared - step * len(index) - max(0, index.times.ticks[0]) * index.times.time_base
    return round(missing / step) if missing > max(declared / 20, 3 * step) else 0


def _declared_seconds(decoder: FrameDecoder) -> Fraction | None:
    """The stream's length according to the container; with sound, the file's length says nothing of the pictures'."""
    stream = decoder.stream
    if stream.duration:
        return Fraction(stream.duration * stream.time_base)
    tag = re.fullmatch(r"(\d+):(\d+):(\d+(?:\.\d+)?)", stream.metadata.get("DURATION", ""))
    if tag:
        hours, minutes, seconds = tag.groups()
        return int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
    if decoder.container.duration and not decoder.container.streams.audio:
        return Fraction(decoder.container.duration, 1_000_000)
    return None
