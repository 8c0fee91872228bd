"""Decides, before a picture is rendered, what becomes of each sound track: copied, re-encoded, or not possible.

What a container may hold by its specification is not what other programs play from it, so there is a table of what is
copied. And since tables do not know every file, the beginning of each track is written and read back first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av

from core.delivery.clip import describe
from core.delivery.sound.channels import fitting_layout, frame_speakers, pin_layout
from core.delivery.sound.encoding import Encoding, SoundEncoder
from core.delivery.sound.packets import PacketCollector, codec_name, payload, sound_packets
from core.errors import DeliveryError, MediaFormatError
from core.media.containers.opening import open_container
from core.messages import Message

_QUICKTIME_PCM = {
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be"),
    *("pcm_f64le", "pcm_f64be", "pcm_alaw", "pcm_mulaw", "pcm_s8"),
}
_COPIED: dict[str, frozenset[str] | None] = {
    ".mp4": frozenset({"aac", "mp3", "ac3", "eac3", "alac", "opus", "flac"}),
    ".mov": frozenset({"aac", "mp3", "ac3", "eac3", "alac", *_QUICKTIME_PCM}),
    ".webm": frozenset({"opus", "vorbis"}),
    ".mkv": None,
}
"""Kinds of sound that are copied, by the file's ending; None is whatever can be written and read back."""
_NOT_COPIED = {".mkv": frozenset({"tta"})}
"""What is written and read back here, but not decoded by others."""
_LOSSLESS = frozenset({"flac", "alac", "wavpack", "tta", "truehd", "mlp", "ape", "shorten", "tak", "als"})
_QUICKTIME_LANGUAGES = {
    "deu": "ger",
    "nld": "dut",
    "swe": "sve",
    "ell": "gre",
    "isl": "ice",
    "zho": "chi",
    "sqi": "alb",
    "mkd": "mac",
    "fre": "fra",
    "rum": "ron",
    "cze": "ces",
    "slo": "slk",
    "gle": "iri",
}
"""QuickTime knows some languages by another of their codes."""
_AAC_LAYOUTS = ("mono", "stereo", "3.0", "4.0", "5.0", "5.1", "7.1")
_OPUS_LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
_PCM_LAYOUTS = ("mono", "stereo", "2.1", "3.0", "4.0", "quad", "5.0", "5.0(side)", "5.1", "5.1(side)", "6.1", "7.1")
_AAC_RATES = frozenset({96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350})
_OPUS_RATE = USUAL_RATE = 48000
_MOST_CHANNELS = 8
_TRIED = 40
"""Packets of each track that are written and read back beforehand."""
_FAILURES = (av.FFmpegError, OSError, ValueError, MediaFormatError)


@dataclass(frozen=True)
class TrackPlan:
    """What becomes of one track."""

    number: int
    """Among the sound tracks of the file that is written."""
    stream: int
    """The stream's index in the clip."""
    codec: str
    how: Literal["copy", "encode"]
    encoding: Encoding | None = None
    tags: dict[str, str] = field(default_factory=dict)
    """Language and title."""


def plan_sound(path: Path, suffix: str, shown: Path) -> tuple[tuple[TrackPlan, ...], list[Message]]:
    """The plan for each sound track of a clip that goes into a file of the given ending, and notes for a person.

    Raises DeliveryError, naming `shown`, if a track can neither be copied nor encoded.
    """
    plans: list[TrackPlan] = []
    notes: list[Message] = []
    with open_container(path) as container:
        tracks = [
            (stream.index, codec_name(stream), _tags(stream, suffix), stream.codec_context is not None)
            for stream in container.streams.audio
        ]
    for number, (index, codec, tags, known) in enumerate(tracks):
        if not known:
            notes.append(Message("sound track {number} is of an unknown kind and was left out", number=number))
            continue
        if not _has_packets(path, index):
            notes.append(Message("sound track {number} is empty and was left out", number=number))
            continue
        copied = TrackPlan(len(plans), index, codec, "copy", tags=tags)
        allowed = _COPIED.get(suffix)
        wanted = (allowed is None or codec in allowed) and codec not in _NOT_COPIED.get(suffix, ())
        if wanted and _can_copy(path, copied, suffix):
            plans.append(copied)
            continue
        plan = TrackPlan(len(plans), index, codec, "encode", _encoding(path, index, codec, suffix, number, shown), tags)
        reason = _try_encoding(path, plan, suffix)
        if reason:
            raise _cannot(shown, number, codec, reason)
        assert plan.encoding is not None
        plans.append(plan)
        kind = plan.encoding.encoder.removeprefix("lib")
        notes.append(Message("the sound was encoded as {kind}: {codec} cannot be in this file", kind=kind, codec=codec))
    return tuple(plans), list(dict.fromkeys(notes))


def _tags(stream: Any, suffix: str) -> dict[str, str]:
    found = {key.lower(): str(value) for key, value in stream.metadata.items()}
    title = found.get("title") or found.get("name") or _handler(found.get("handler_name", ""))
    language = found.get("language", "")
    tags = {"language": language, "title": title}
    if suffix in (".mp4", ".mov"):
        # programs show the handler's name as the track's
        tags["handler_name"] = title
    if suffix == ".mov":
        tags["language"] = _QUICKTIME_LANGUAGES.get(language, language)
    return {key: value for key, value in tags.items() if value and value != "und"}


def _handler(name: str) -> str:
    """A handler's name where a person wrote it: programs put a word of their own there."""
    usual = ("soundhandler", "sound media handler", "core media audio", "gpac", "apple", "mainconcept", "iso media")
    return "" if any(word in name.lower() for word in usual) or not name.isprintable() else name.strip()


def _has_packets(path: Path, index: int) -> bool:
    with open_container(path) as container:
        try:
            return any(packet.size for packet in container.demux(container.streams[index]))
        except av.FFmpegError:
            return False


def _can_copy(path: Path, plan: TrackPlan, suffix: str) -> bool:
    """Whether the first packets come out of such a file as they went in."""
    sent = PacketCollector()
    try:
        with tempfile.TemporaryDirectory() as folder, open_container(path) as source:
            trial = Path(folder) / f"trial{suffix}"
            stream = source.streams[plan.stream]
            with av.open(f"file:{trial}", "w") as target:
                copy = target.add_stream_from_template(stream)
                first: int | None = None
                for count, packet in enumerate(source.demux(stream)):
                    if count >= _TRIED:
                        break
                    if not packet.size or packet.pts is None or packet.time_base is None:
                        continue
                    first = packet.pts if first is None else first
                    sent.add(plan.codec, 0, packet.pts * packet.time_base, payload(packet, plan.codec))
                    packet.pts -= first
                    packet.dts = packet.pts
                    packet.stream = copy
                    target.mux(packet)
            found = sound_packets(trial)
    except _FAILURES:
        return False
    return [packet.checksum for packet in found] == [packet.checksum for packet in sent.packets]


def _encoding(path: Path, index: int, codec: str, suffix: str, number: int, shown: Path) -> Encoding:
    """The encoder for a track, from its first decoded frame."""
    with open_container(path) as container:
        stream = container.streams[index]
        assert stream.type == "audio"
        pinned = pin_layout(stream.codec_context)
        frame = _first_frame(container, stream)
        if frame is None:
            raise _cannot(shown, number, codec, Message("none of it can be decoded"))
        names, rate, samples = frame_speakers(frame, pinned), frame.sample_rate, frame.format.name
    if len(names) > _MOST_CHANNELS:
        raise _cannot(shown, number, codec, Message("{count} channels are too many", count=len(names)))
    if suffix == ".webm":
        return Encoding("libopus", "flt", fitting_layout(names, _OPUS_LAYOUTS), _OPUS_RATE)
    if suffix == ".mov" and (codec in _LOSSLESS or codec.startswith("pcm_")):
        encoder, kind = _pcm(samples)
        return Encoding(encoder, kind, fitting_layout(names, _PCM_LAYOUTS), rate)
    if suffix == ".mkv" and codec in _LOSSLESS and samples.removesuffix("p") in ("u8", "s16"):
        return Encoding("flac", "s16", fitting_layout(names, _PCM_LAYOUTS), rate)
    return Encoding("aac", "fltp", fitting_layout(names, _AAC_LAYOUTS), rate if rate in _AAC_RATES else USUAL_RATE)


def _pcm(samples: str) -> tuple[str, str]:
    """(encoder, sample format) that keep all of what a decoder gives."""
    bare = samples.removesuffix("p")
    kinds = {"s32": ("pcm_s24le", "s32"), "flt": ("pcm_f32le", "flt"), "dbl": ("pcm_f32le", "flt")}
    return kinds.get(bare, ("pcm_s16le", "s16"))


def _first_frame(container: Any, stream: Any) -> Any:
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                return frame
        except av.FFmpegError:
            continue
    return None


def _try_encoding(path: Path, plan: TrackPlan, suffix: str) -> Message | None:
    """Why the beginning of the track cannot be encoded; None if it can."""
    assert plan.encoding is not None
    try:
        with tempfile.TemporaryDirectory() as folder, open_container(path) as source:
            trial = Path(folder) / f"trial{suffix}"
            with av.open(f"file:{trial}", "w") as target:
                encoder = SoundEncoder(target, source.streams[plan.stream], plan.encoding, Fraction(0), None)
                for count, packet in enumerate(source.demux(source.streams[plan.stream])):
                    if count >= _TRIED:
                        break
                    encoder.write(packet)
                encoder.finish()
            if not sound_packets(trial):
                return Message("none of it can be encoded")
    except _FAILURES as error:
        return describe(error)
    return None


def _cannot(shown: Path, number: int, codec: str, reason: Message) -> DeliveryError:
    return DeliveryError(
        "{shown}: sound track {number} ({codec}) can neither be copied into this file nor encoded "
        "({reason}). Export to .mkv or .mov, or leave the sound out.",
        shown=shown,
        number=number,
        codec=codec or Message("unknown"),
        reason=reason,
    )


def encoded(plans: Sequence[TrackPlan]) -> bool:
    """Whether any track is re-encoded."""
    return any(plan.how == "encode" for plan in plans)
