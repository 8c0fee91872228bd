"""Checks the sound of a finished file: copied tracks packet by packet, encoded ones by their samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from core.delivery.sound.channels import pin_layout
from core.delivery.sound.encoding import JITTER, SoundProbe
from core.delivery.sound.packets import SoundPacket, sound_packets
from core.delivery.sound.samples import Samples, samples_of
from core.media.containers.opening import open_container
from core.messages import Message

_MOST_OFF = Fraction(1, 1000)
_SEARCHED = 0.1
"""Seconds to either side in which the encoded sound is looked for."""
_MIN_CORRELATION = 0.3
"""The least correlation at which encoded sound says anything about its offset."""
_AS_GOOD = 0.9


@dataclass
class SentSound:
    """The sound that was written to a file."""

    packets: Sequence[SoundPacket] = ()
    probes: Mapping[int, SoundProbe] = field(default_factory=dict)

    @property
    def lead(self) -> Fraction:
        """How much later a container without times before zero starts everything: the time of the first packet."""
        return max(Fraction(0), Fraction(0), *(-packet.seconds for packet in self.packets))


def sound_fault(path: Path, sent: SentSound, lead: Fraction) -> Message | None:
    """What is wrong with the sound of a file that begins everything `lead` seconds later; None if nothing is."""
    if sent.packets:
        found = sound_packets(path)
        for track in sorted({packet.track for packet in sent.packets}):
            before = [packet for packet in sent.packets if packet.track == track]
            after = [packet for packet in found if packet.track == track]
            if [packet.checksum for packet in before] != [packet.checksum for packet in after]:
                return Message("sound track {track} differs from the clip's", track=track)
            late = max(abs(one.seconds + lead - other.seconds) for one, other in zip(before, after, strict=True))
            if late > _MOST_OFF:
                return Message("sound track {track} is off by {seconds:.3f} s", track=track, seconds=float(late))
    for track, probe in sent.probes.items():
        if probe.wave is None or probe.seconds is None:
            continue
        off = lag(path, track, probe, probe.seconds + lead)
        if off is not None and abs(off) > _MOST_OFF:
            return Message("sound track {track} is off by {seconds:.3f} s", track=track, seconds=float(off))
    return None


def lag(path: Path, track: int, probe: SoundProbe, seconds: Fraction) -> Fraction | None:
    """How much later than at `seconds` a piece of sound plays; None if it is not known."""
    assert probe.wave is not None
    wave, margin = probe.wave.astype(np.float64), round(_SEARCHED * probe.rate)
    begin = round(seconds * probe.rate) - margin
    there = _piece(path, track, probe.rate, begin, wave.size + 2 * margin).astype(np.float64)
    size = 1 << (there.size + wave.size).bit_length()
    spectrum = np.fft.rfft(there, size) * np.conj(np.fft.rfft(wave, size))
    score: NDArray[np.float64] = np.fft.irfft(spectrum, size)[: 2 * margin + 1]
    strength = np.sqrt((wave**2).sum() * (there**2).sum())
    if not strength or score.max() < _MIN_CORRELATION * strength:
        return None
    # of equally good offsets, as a steady tone has them, the right one counts
    best = score.max()
    good = np.flatnonzero(score >= best * (1 - 1e-9)) - margin
    near = round(_MOST_OFF * probe.rate)
    if score[margin - near : margin + near + 1].max() >= best * _AS_GOOD:
        return Fraction(0)
    return Fraction(int(good[np.abs(good).argmin()]), probe.rate)


def _piece(path: Path, track: int, rate: int, begin: int, count: int) -> Samples:
    """Samples `begin` to `begin + count` of a track, all channels mixed; silence where there is nothing."""
    found = np.zeros(count, np.float32)
    after: int | None = None
    with open_container(path) as container:
        stream = container.streams.audio[track]
        pin_layout(stream.codec_context)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.FFmpegError:
                continue
            for frame in frames:
                if frame.pts is None:
                    continue
                at = round(frame.pts * Fraction(frame.time_base) * rate) - begin
                if after is not None and abs(at - after) < JITTER * rate:
                    at = after
                if frame.sample_rate != rate:
                    # decoders may give another rate than was encoded; only its position in time is compared
                    wave = _stretched(samples_of(frame), rate / frame.sample_rate)
                else:
                    wave = samples_of(frame)
                mixed = wave.mean(axis=0)
                after = at + mixed.size
                low, high = max(0, at), min(count, at + mixed.size)
                if low < high:
                    found[low:high] = mixed[low - at : high - at]
                if at > count:
                    return found
    return found


def _stretched(wave: Samples, factor: float) -> Samples:
    count = round(wave.shape[1] * factor)
    at = np.arange(count) / factor
    rows = [np.interp(at, np.arange(wave.shape[1]), row) for row in wave]
    return np.asarray(rows, np.float32)
