"""Writing one video file with the clip's clock, colour tags, pixel shape and sound."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av

from core.delivery.clip import FFMPEG_ERRORS, ClipProperties, Picture, describe
from core.delivery.encoding.codecs import Codec, FrameMaker
from core.delivery.encoding.fields import FieldMarker, weave
from core.delivery.render import Rendered
from core.delivery.settings import ExportSettings
from core.delivery.sound.checking import SentSound
from core.delivery.sound.planning import TrackPlan
from core.delivery.sound.tracks import SoundSpan, SoundTracks
from core.errors import DeliveryError
from core.media.colour import FULL_RANGE

_THREADS = 6
_MOST_TICKS = 10_000_000
"""A second: with more, players that count in 32 bits fail on long clips."""


@dataclass(frozen=True)
class Timing:
    """When frames are shown and which sound belongs to them; `ticks` in units of the clip's time base."""

    ticks: tuple[int, ...]
    sound: SoundSpan
    first: int = 0
    """The clip's frame that is the first."""


def timing(properties: ClipProperties, frames: range) -> Timing:
    """The clip's own time stamps; a range that begins later begins at zero, pictures and sound moved together."""
    stamps = properties.timestamps
    # few containers have times before zero, and what is moved there is moved by itself
    cut = frames[0] > 0 or stamps[0] < 0
    offset = stamps[frames[0]] if cut else 0
    after = frames.stop
    return Timing(
        tuple(stamps[frame_index] - offset for frame_index in frames),
        SoundSpan(
            stamps[frames[0]] * properties.time_base if cut else None,
            stamps[after] * properties.time_base if after < len(stamps) else None,
            offset * properties.time_base,
        ),
        frames[0],
    )


def _container_options(path: Path, properties: ClipProperties) -> dict[str, str]:
    """MP4 and MOV delay tracks by ticks of the movie's own clock, usually milliseconds: one is chosen that fits."""
    # no random numbers: the same export gives the same bytes
    options = {"fflags": "+bitexact"}
    if path.suffix.lower() in (".mp4", ".mov"):
        ticks = math.lcm(properties.time_base.denominator, *properties.sound_rates)
        if ticks < _MOST_TICKS:
            options["movie_timescale"] = str(ticks)
    if path.suffix.lower() == ".webp":
        options["loop"] = "0"
    if path.suffix.lower() == ".mp4":
        # the table of contents first: players on the web begin before they have all of it
        options["movflags"] = "+faststart"
    return options


class VideoSink:
    """Encodes rendered frames into a file that is complete once `finish` returns. `discard` drops it."""

    def __init__(
        self,
        path: Path,
        shown: Path,
        codec: Codec,
        size: tuple[int, int],
        properties: ClipProperties,
        times: Timing,
        settings: ExportSettings,
        step: int,
        sound: Sequence[TrackPlan] = (),
    ) -> None:
        """Opens `path`; `sound` is what was planned for the clip's tracks. Errors name `shown`, what was requested.

        Raises DeliveryError, MediaError.
        """
        self._shown, self._codec, self._properties, self._times = shown, codec, properties, times
        self._audio: SoundTracks | None = None
        self._container: Any = None
        colours = replace(properties.colours, full_range=False) if codec.limited else properties.colours
        if codec.bt709:
            colours = replace(colours, matrix_name="bt709", matrix=1)
        self._maker = FrameMaker(codec, colours, settings)
        try:
            self._container = av.open(f"file:{path}", "w", options=_container_options(path, properties))
            options = dict(codec.options)
            stream = self._container.add_stream(codec.encoder, rate=properties.rate / step, options=options)
            stream.width, stream.height = codec.size(size)
            stream.pix_fmt = codec.pixel_format
            context = stream.codec_context
            context.time_base = properties.time_base
            # what is encoded depends on how many threads share it, so it is not left to the machine's number of cores
            context.thread_count = _THREADS
            if codec.encoder == "libx264":
                # PyAV asks for threads by slices, which cost bits and are as many as there are cores
                context.thread_type = "FRAME"
            context.sample_aspect_ratio = properties.pixel_aspect
            if codec.tag and shown.suffix.lower() in (".mp4", ".mov"):
                context.codec_tag = codec.tag
            self._fields = FieldMarker(properties.top_field_first) if codec.woven else FieldMarker(None)
            if codec.woven and properties.top_field_first is not None:
                weave(context, properties.top_field_first)
            if codec.has_matrix:
                context.color_range, context.colorspace = colours.range_tag, colours.matrix
            else:
                context.color_range = FULL_RANGE
            if codec.content != "matte" or codec.has_matrix:
                # RGB too: what red is, and how bright, is not known by the numbers alone
                context.color_primaries, context.color_trc = colours.primaries, colours.transfer
            if step == 1:
                stream.metadata.update(properties.tags_from(times.first))
            self._stream = stream
            if sound and properties.audio_path is not None:
                self._audio = SoundTracks(properties.audio_path, self._container, sound, times.sound)
        except FFMPEG_ERRORS as error:
            self.discard()
            raise self._failed(error) from error
        except BaseException:
            self.discard()
            raise

    @property
    def sound(self) -> SentSound:
        """The sound written to the file so far."""
        return SentSound(self._audio.sent, self._audio.probes) if self._audio else SentSound()

    def write(self, frame: Rendered, composite: Picture | None = None) -> None:
        """Appends a frame, and the sound up to it. Raises DeliveryError."""
        ticks = self._times.ticks[frame.position]
        try:
            made = self._maker.make(frame, composite)
            made.pts, made.time_base = ticks, self._properties.time_base
            self._container.mux(self._stream.encode(self._fields.mark(made)))
            if self._audio:
                self._audio.advance(ticks * self._properties.time_base)
        except FFMPEG_ERRORS as error:
            raise self._failed(error) from error

    def finish(self) -> None:
        """Writes what is held back and closes the file. Raises DeliveryError."""
        try:
            self._container.mux(self._stream.encode(None))
            if self._audio:
                self._audio.advance(None)
            container, self._container = self._container, None
            container.close()
        except FFMPEG_ERRORS as error:
            raise self._failed(error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Closes everything; calling it twice is harmless."""
        container, self._container = self._container, None
        if self._audio:
            self._audio.close()
        if container is not None:
            # the first error is the one worth reporting
            with contextlib.suppress(*FFMPEG_ERRORS):
                container.close()

    def _failed(self, error: BaseException) -> DeliveryError:
        return DeliveryError(
            "{shown}: the export failed ({reason}), and nothing was written. Check that the disk has room "
            "and that the file's ending suits {encoder}.",
            shown=self._shown,
            reason=describe(error),
            encoder=self._codec.encoder,
        )
