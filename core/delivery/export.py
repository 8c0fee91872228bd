"""One export from beginning to end: render, write under a temporary name, read back, move in place."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.delivery.backdrops import backdrop
from core.delivery.clip import UNSPECIFIED, ClipProperties, Picture, clip_properties, sampling
from core.delivery.colour_check import ColourBlocks, colour_blocks
from core.delivery.encoding.codecs import Codec, codec_for
from core.delivery.encoding.cryptomatte import ObjectLayer, layer_names, ranked, read_cryptomatte
from core.delivery.encoding.exr import SRGB, exr_pixels, read_exr
from core.delivery.encoding.fields import as_woven
from core.delivery.encoding.picture_files import PictureSink, id_notes, stored_pixels
from core.delivery.encoding.tiff import read_tiff
from core.delivery.encoding.video_files import VideoSink, timing
from core.delivery.feather import Feathers
from core.delivery.formats import COMPOSITES, CUT_OUT_PICTURES, Exporter, exporter
from core.delivery.output_paths import Staging, filled, for_object
from core.delivery.render import (
    Confidence,
    ReadLabels,
    Rendered,
    at_depth,
    masked_frames,
    output_size,
    over,
    present_in,
    render,
)
from core.delivery.settings import ExportSettings
from core.delivery.shape_export import export_shapes
from core.delivery.shape_files.scene import ShapeSource
from core.delivery.sound.planning import TrackPlan, plan_sound
from core.delivery.verify import Expected, check_colours, sampled, verify_pictures, verify_video
from core.errors import CancelledError, DeliveryError
from core.jobs import CancelToken, Progress, ProgressClock
from core.masks import MaskKind, MaskReader, read_mask
from core.matting import EdgeReader
from core.media import VideoSource
from core.media.stills.values import encode_srgb
from core.messages import Message
from core.outputs import spare_inputs
from core.types import Image


@dataclass(frozen=True)
class ExportResult:
    """What an export left: files or folders, and what a person should know."""

    paths: tuple[Path, ...]
    notes: tuple[Message, ...] = ()
    frames: int = 0
    """Frames in each of them."""


@dataclass(frozen=True)
class _Job:
    video: VideoSource
    labels: ReadLabels
    settings: ExportSettings
    kind: Exporter
    frames: Sequence[int]
    info: ClipProperties
    cancel: CancelToken
    size: tuple[int, int]
    confidence: Confidence | None
    codec: Codec | None = None
    sound: tuple[TrackPlan, ...] = ()
    feathers: Feathers | None = None
    edges: EdgeReader | None = None


def export(
    video: VideoSource,
    labels: ReadLabels,
    settings: ExportSettings,
    path: Path,
    cancel: CancelToken,
    confidence: Confidence | None = None,
    project: Path | None = None,
    shapes: ShapeSource | None = None,
) -> Generator[Progress, None, ExportResult]:
    """Writes the masks of an open clip to `path` in `settings.format` and yields after each frame.

    `labels(i)` gives frame i's label map, (H, W) uint8 at the clip's size. `path` is a file or, for pictures, a folder;
    with `settings.combined` off there is one for each object. `confidence(i)`, if given, is how sure those masks
    are: an automatic soft band is wider where they are not. `project` is the file that the masks come from, if they do.
    Splines are those of `shapes`, else fitted, and feathers are theirs. The generator returns an ExportResult.

    Nothing appears under the final names until all of it was written and read back; cancelling, an error, or closing
    the generator leaves nothing. Raises DeliveryError, CancelledError, MediaError if the clip cannot be read, and
    OutputError if the result would touch the clip, the background or the project, or cannot have its name.
    """
    kind = exporter(settings.format)
    path = Path(path)
    settings.check(video.frame_count)
    suffix = kind.suffix_of(path)
    last = video.frame_count - 1 if settings.last is None else settings.last
    frames: Sequence[int] = range(settings.first, last + 1, settings.step)
    info = clip_properties(video)
    size = output_size(video.size, settings.scale)
    notes: list[Message] = id_notes(settings)
    codec = sound = None
    source = shapes or ShapeSource()
    if kind.shapes:
        paths, shape_notes = yield from export_shapes(video, labels, settings, path, source, info, cancel, project)
        return ExportResult(paths, shape_notes, len(frames))
    if suffix:
        deep = kind.deep and video.info.bit_depth > 8
        chroma = sampling(video)
        codec = codec_for(settings, suffix, len(frames), deep, chroma)
        if kind.picture and chroma > codec.chroma:
            notes.append(
                Message(
                    "the clip's colours are sampled {chroma}, this format's {stored}: they lose sharpness",
                    chroma=chroma,
                    stored=codec.chroma,
                )
            )
        if info.pixel_aspect != 1 and codec.square:
            width = max(1, round(size[0] * info.pixel_aspect))
            size, info = (width, size[1]), replace(info, pixel_aspect=Fraction(1))
            notes.append(
                Message("the pixels were made square: the clip is {width} x {height}", width=size[0], height=size[1])
            )
        info = _checked_for(codec, settings, path, size, info, notes)
        if suffix == ".webp":
            notes.extend(info.preview_notes(frames))
        elif settings.audio and info.audio_path is not None:
            sound, sound_notes = plan_sound(info.audio_path, suffix, path)
            notes.extend(sound_notes)
        elif settings.audio and info.sound_apart:
            notes.append(Message("the clip is several recordings put one after another: their sound was left out"))
    elif settings.only_masked:
        frames = masked_frames(labels, settings.object_ids, frames, cancel)
    info = as_woven(info, codec, output_size(video.size, settings.scale) != video.size, notes)
    if info.timecode and (settings.step != 1 or suffix in ("", ".webp")):
        notes.append(Message("the clip's time code ({timecode}) does not go along", timecode=info.timecode))
    bits = codec.bits if codec else settings.bits if settings.format in CUT_OUT_PICTURES else 16
    if kind.picture and video.info.bit_depth > bits:
        notes.append(
            Message(
                "the clip has {bit_depth} bits a channel, this format {bits}: the finest steps are lost",
                bit_depth=video.info.bit_depth,
                bits=bits,
            )
        )
    feathers = Feathers(source.shapes, video.size) or None
    edges = EdgeReader(source.edges, labels, video.size) if source.edges else None
    job = _Job(
        video, labels, settings, kind, frames, info, cancel, size, confidence, codec, sound or (), feathers, edges
    )
    groups = [settings.object_ids] if settings.combined else _each(job)
    targets = [for_object(path, group[0], video.path.stem) if not settings.combined else path for group in groups]
    spare_inputs(targets, [video.path, settings.background.path, project])
    clock = ProgressClock(len(job.frames) * len(groups), cancel)
    done = 0
    with Staging() as staging:
        staged = [staging.reserve(target, not suffix, settings.overwrite) for target in targets]
        for group, path, target in zip(groups, staged, targets, strict=True):
            write = _write_video if suffix else _write_pictures
            with closing(write(job, group, path, target)) as steps:
                for _ in steps:
                    if cancel.cancelled:
                        raise CancelledError("Cancelled: nothing was written.")
                    done += 1
                    # the last step comes after the check and the move: whoever sees 100 % can open the file
                    if done < len(job.frames) * len(groups):
                        yield clock.step(done)
        staging.deliver(settings.overwrite)
    held = len(set(getattr(video, "repeats", {})) & set(frames))
    if held:
        notes.append(Message("{held} damaged frames of the clip show the one before", held=held))
    yield clock.step(done)
    return ExportResult(tuple(targets), tuple(dict.fromkeys(notes)), len(frames))


def _checked_for(
    codec: Codec,
    settings: ExportSettings,
    path: Path,
    size: tuple[int, int],
    info: ClipProperties,
    notes: list[Message],
) -> ClipProperties:
    """The properties as they go into the file; notes say what differs from the clip. Raises DeliveryError if odd
    sizes may not be changed.
    """
    if size[0] < codec.smallest[0] or size[1] < codec.smallest[1]:
        raise DeliveryError(
            "{path}: {width} x {height} pixels; this format begins at {least_width} x {least_height}. Scale it up, or "
            "take another format.",
            path=path,
            width=size[0],
            height=size[1],
            least_width=codec.smallest[0],
            least_height=codec.smallest[1],
        )
    stored = codec.size(size)
    if stored != size:
        if settings.odd == "refuse" or 0 in stored:
            raise DeliveryError(
                "{path}: {width} x {height} pixels; this format has even sizes only. Let a row or column be "
                "repeated (pad) or cut off (crop), scale, or take ProRes, FFV1 or pictures.",
                path=path,
                width=size[0],
                height=size[1],
            )
        if codec.crop:
            notes.append(
                Message(
                    "cropped to an even size: {stored_width} x {stored_height} instead of {width} x {height}",
                    stored_width=stored[0],
                    stored_height=stored[1],
                    width=size[0],
                    height=size[1],
                )
            )
        else:
            notes.append(
                Message(
                    "padded to an even size: {stored_width} x {stored_height} instead of {width} x {height}",
                    stored_width=stored[0],
                    stored_height=stored[1],
                    width=size[0],
                    height=size[1],
                )
            )
    if info.hdr and codec.bits == 8 and codec.content != "matte":
        notes.append(Message("HDR ({hdr}) in 8 bits: the file does not say that it is, so it looks flat", hdr=info.hdr))
        return replace(info, colours=replace(info.colours, transfer=UNSPECIFIED))
    return info


def _each(job: _Job) -> list[tuple[int, ...]]:
    """The objects that are requested, or are in the frames, one by one."""
    ids = job.settings.object_ids or present_in(job.labels, job.frames, job.cancel)
    return [(object_id,) for object_id in sorted(set(ids))]


def _rendered(job: _Job, group: Sequence[int]) -> Generator[Rendered, None, None]:
    needs = job.kind.needs(job.settings)
    return render(
        job.video, job.labels, job.settings, job.frames, group, needs, job.size, job.confidence, job.feathers, job.edges
    )


def _write_pictures(job: _Job, group: tuple[int, ...], folder: Path, shown: Path) -> Generator[None, None, None]:
    settings, stem = job.settings, job.video.path.stem

    def name(frame: Rendered) -> str:
        return filled(
            settings.name,
            name=job.video.frame_name(frame.frame_index),
            frame=frame.frame_index,
            index=frame.position,
            object=group[0] if len(group) == 1 else "all",
            clip=stem,
        )

    info = _light(job)
    sink = PictureSink(folder, shown, settings, info, name)
    samples = sampled(len(job.frames))
    wanted: dict[int, NDArray[np.generic]] = {}
    with closing(_rendered(job, group)) as frames, closing(_layers_by_object(job, group)) as by_object:
        for frame in frames:
            layers = next(by_object, ())
            sink.write(frame, layers)
            if frame.position in samples:
                wanted[frame.position] = ranked(layers) if layers else _as_read(frame, settings, info)
                if settings.verify and frame.foreground is not None and (blocks := _blocks(job, frame)) is not None:
                    # the files are compared with what was rendered, exactly; so what was rendered is what to look at
                    check_colours(shown, frame.frame_index, _as_encoded(frame.foreground), blocks)
            yield
    if settings.verify:
        read = _READERS.get(settings.format)
        if settings.format == "masks":
            read = MaskReader(MaskKind.LABELS, values=dict(settings.mask_values)).labels
        verify_pictures(folder, shown, sink.files, job.size, wanted, job.cancel, read)


def _as_encoded(picture: Picture) -> NDArray[np.float32]:
    """Encoded colours in [0, 1]; light is cut there, as the clip's second route cuts it."""
    if picture.dtype == np.float32:
        return encode_srgb(np.clip(picture, 0, 1).astype(np.float32))
    return picture.astype(np.float32) / np.float32(255 if picture.dtype == np.uint8 else 65535)


def _layers_by_object(job: _Job, group: tuple[int, ...]) -> Generator[list[ObjectLayer], None, None]:
    """Each frame's objects one by one, for Cryptomatte; nothing for other formats."""
    if job.settings.format != "cryptomatte":
        return
    ids = sorted(group or {one for (one,) in _each(job)})
    transfer = _light(job).colours.transfer
    names = layer_names(ids, dict(job.settings.names))
    with ExitStack() as stack:
        renders = [stack.enter_context(closing(_rendered(job, (object_id,)))) for object_id in ids]
        for frames in zip(*renders, strict=True):
            yield [
                ObjectLayer(name, exr_pixels(frame, transfer), frame.alpha)
                for name, frame in zip(names, frames, strict=True)
                if frame.alpha is not None
            ]


def _blocks(job: _Job, frame: Rendered) -> ColourBlocks | None:
    """The clip's colours, decoded by another route, where the frame shows them unmixed."""
    assert frame.alpha is not None
    cut_out = job.settings.format in COMPOSITES and job.settings.background.kind == "cutout"
    seen = frame.alpha < 0.001 if cut_out else frame.alpha > 0.999
    return colour_blocks(job.video.reference(frame.frame_index), seen)


def _light(job: _Job) -> ClipProperties:
    """The properties with the transfer characteristic that pictures have: they are not a camera's, but a screen's."""
    if job.video.info.kind == "video":
        return job.info
    return replace(job.info, colours=replace(job.info.colours, transfer=SRGB))


_READERS: dict[str, Callable[[Path], NDArray[np.generic] | None]] = {
    "binary": read_mask,
    "exr": read_exr,
    "tiff": read_tiff,
    "cryptomatte": read_cryptomatte,
}
"""How a format is read back; the others are PNG."""


def _as_read(frame: Rendered, settings: ExportSettings, info: ClipProperties) -> NDArray[np.generic]:
    if settings.format == "masks":
        return frame.labels
    if settings.format == "binary":
        return np.asarray((frame.labels > 0) != settings.invert, np.uint8)
    if settings.format == "exr":
        return exr_pixels(frame, info.colours.transfer)
    pixels = stored_pixels(frame, settings)
    if settings.format == "tiff":
        return pixels
    return np.asarray(pixels) if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA))


def _write_video(job: _Job, group: tuple[int, ...], path: Path, shown: Path) -> Generator[None, None, None]:
    settings, info = job.settings, job.info
    codec = job.codec
    assert codec is not None
    assert isinstance(job.frames, range)
    times = timing(info, job.frames)
    # the sound ends where the frame after the range begins, however many frames were stepped over
    expected = Expected(job.size, [tick * info.time_base for tick in times.ticks])
    samples = sampled(len(job.frames))
    sink = VideoSink(path, shown, codec, job.size, info, times, settings, settings.step, job.sound)
    try:
        with backdrop(settings.background, job.size) as behind, closing(_rendered(job, group)) as frames:
            for frame in frames:
                composite: Picture | None = None
                if codec.content == "composite":
                    composite = _composite(frame, settings, behind(frame.position, _shown(frame)))
                sink.write(frame, composite)
                if frame.position in samples and frame.alpha is not None and codec.content != "composite":
                    expected.alphas[frame.position] = frame.alpha
                if frame.position in samples and settings.verify and codec.content != "matte":
                    blocks = _blocks(job, frame)
                    if blocks is not None:
                        expected.colours[frame.position] = blocks
                yield
        sink.finish()
    finally:
        sink.discard()
    if settings.verify:
        expected.sound = sink.sound
        verify_video(path, shown, codec, expected, job.cancel)


def _composite(frame: Rendered, settings: ExportSettings, behind: Picture) -> Picture:
    if settings.background.kind != "cutout":
        return over(frame, behind)
    assert frame.alpha is not None
    assert frame.picture is not None
    # the clip without the objects: what is left is darkened by as much as they covered
    left = np.rint(frame.picture * (1 - frame.alpha[..., None]))
    return np.asarray(left, frame.picture.dtype)


def _shown(frame: Rendered) -> Image:
    """The clip's picture in 8 bits: backgrounds are made of it."""
    assert frame.picture is not None
    return np.asarray(at_depth(frame.picture, 8), np.uint8)
