"""Re-encoding a sound track, sample by sample where it belongs in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np

from core.delivery.sound.channels import frame_speakers, mixing, pin_layout, speakers
from core.delivery.sound.samples import Samples, frame_of, samples_of

JITTER = Fraction(5, 1000)
"""Time stamps in milliseconds, and those of broadcasts, are off by less; what is more is a gap or an overlap."""
_BITS_A_CHANNEL = 96_000
_CHUNK = 1024
_PROBE_SECONDS = 2.0
_SILENT = 1e-3


@dataclass(frozen=True)
class Encoding:
    """How a track is encoded: FFmpeg's encoder, its sample format, layout and samples a second."""

    encoder: str
    samples: str
    layout: str
    rate: int


@dataclass
class SoundProbe:
    """A piece of what was encoded, all channels mixed: what has to play at `seconds` of the file."""

    rate: int
    seconds: Fraction | None = None
    wave: Samples | None = None


class SoundEncoder:
    """Decodes packets of one track and encodes them into a stream of `output`.

    Sound from `start` to `end`, seconds of the clip, goes to zero seconds of the output and on. Gaps become silence, so
    every sample keeps its time, however much the packets' time stamps jitter.
    """

    def __init__(
        self,
        output: Any,
        source: Any,
        encoding: Encoding,
        start: Fraction,
        end: Fraction | None,
        tags: dict[str, str] | None = None,
    ) -> None:
        self._output, self._encoding, self._start, self._end = output, encoding, start, end
        self._pinned = pin_layout(source.codec_context)
        self._target = speakers(encoding.layout)
        self._stream = output.add_stream(encoding.encoder, rate=encoding.rate, layout=encoding.layout)
        context = self._stream.codec_context
        context.format = encoding.samples
        context.time_base = Fraction(1, encoding.rate)
        if not encoding.encoder.startswith("pcm_"):
            ceiling = 5 * encoding.rate if encoding.encoder == "aac" else 256_000
            context.bit_rate = min(_BITS_A_CHANNEL, ceiling) * len(self._target)
        self._stream.metadata.update(tags or {})
        self.probe = SoundProbe(encoding.rate)
        self._rate = 0
        self._cursor = 0
        self._resampler: Any = None
        self._resampled = 0
        self._waiting: list[Samples] = []
        self._waiting_count = 0
        self._written = 0

    @property
    def stream(self) -> Any:
        """The stream of the output."""
        return self._stream

    def write(self, packet: Any) -> None:
        """Takes one packet of the track. What is damaged in it is left out, as players do."""
        try:
            frames = packet.decode()
        except av.FFmpegError:
            return
        for frame in frames:
            self._take(frame)

    def finish(self) -> None:
        """Encodes what is held back."""
        if self._resampler is not None:
            self._queue([samples_of(frame) for frame in self._resampler.resample(None)])
        self._encode_waiting(everything=True)
        if self._written:
            self._output.mux(self._stream.encode(None))

    def _take(self, frame: Any) -> None:
        names = frame_speakers(frame, self._pinned)
        wave = samples_of(frame)
        mixed = wave if names == self._target else mixing(names, self._target) @ wave
        if self._rate and frame.sample_rate != self._rate:
            self._restart(frame.sample_rate)
        self._rate = frame.sample_rate
        self._put(np.ascontiguousarray(mixed, np.float32), frame)

    def _restart(self, rate: int) -> None:
        """The track changes its rate on the way."""
        if self._resampler is not None:
            self._queue([samples_of(left) for left in self._resampler.resample(None)])
            self._resampler, self._resampled = None, 0
        self._cursor = round(self._cursor * Fraction(rate, self._rate))

    def _put(self, wave: Samples, frame: Any) -> None:
        """Puts samples at their time: silence before them, or less of them, where the time stamps say so."""
        if frame.pts is not None:
            at = round((frame.pts * Fraction(frame.time_base) - self._start) * self._rate)
            gap = at - self._cursor
            if gap < 0 and (self._cursor == 0 or -gap > JITTER * self._rate):
                wave = wave[:, -gap:]
            elif gap > 0 and (self._cursor == 0 or gap > JITTER * self._rate):
                self._send(np.zeros((len(self._target), gap), np.float32))
        if self._end is not None:
            most = round((self._end - self._start) * self._rate) - self._cursor
            wave = wave[:, : max(0, most)]
        self._send(wave)

    def _send(self, wave: Samples) -> None:
        count = wave.shape[1]
        if not count:
            return
        self._cursor += count
        if self._rate == self._encoding.rate:
            self._queue([wave])
            return
        if self._resampler is None:
            self._resampler = av.AudioResampler("flt", self._encoding.layout, self._encoding.rate)
        for begin in range(0, count, _CHUNK * 64):
            part = wave[:, begin : begin + _CHUNK * 64]
            frame = frame_of(part, "flt", self._encoding.layout, self._rate, self._resampled)
            self._resampled += part.shape[1]
            self._queue([samples_of(made) for made in self._resampler.resample(frame)])

    def _queue(self, waves: Sequence[Samples]) -> None:
        for wave in waves:
            self._listen(wave)
            self._waiting.append(wave)
            self._waiting_count += wave.shape[1]
        self._encode_waiting(everything=False)

    def _listen(self, wave: Samples) -> None:
        """Keeps the first piece that is not silent."""
        probe = self.probe
        mixed = wave.mean(axis=0)
        if probe.wave is None:
            if not mixed.size or float(np.abs(mixed).max()) < _SILENT:
                return
            probe.seconds, probe.wave = Fraction(self._written + self._waiting_count, probe.rate), mixed
        elif probe.wave.size < _PROBE_SECONDS * probe.rate:
            probe.wave = np.concatenate([probe.wave, mixed])

    def _encode_waiting(self, everything: bool) -> None:
        if not self._waiting:
            return
        context = self._stream.codec_context
        if not context.is_open:
            context.open()
        size = context.frame_size or _CHUNK
        if self._waiting_count < size and not everything:
            return
        wave = np.concatenate(self._waiting, axis=1)
        used = wave.shape[1] if everything else wave.shape[1] // size * size
        for begin in range(0, used, size):
            self._encode(wave[:, begin : min(begin + size, used)])
        rest = np.ascontiguousarray(wave[:, used:])
        self._waiting, self._waiting_count = ([rest], rest.shape[1]) if rest.size else ([], 0)

    def _encode(self, wave: Samples) -> None:
        encoding = self._encoding
        frame = frame_of(wave, encoding.samples, encoding.layout, encoding.rate, self._written)
        self._written += wave.shape[1]
        self._output.mux(self._stream.encode(frame))
