"""Shapes to a file for another program: those that a person has drawn, and fitted ones where there are only masks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from core.delivery.clip import ClipProperties, describe
from core.delivery.output_paths import Staging, for_object
from core.delivery.render import ReadLabels, output_size, present_in
from core.delivery.settings import ExportSettings
from core.delivery.shape_files.after_effects import write_after_effects
from core.delivery.shape_files.blender import write_blender
from core.delivery.shape_files.json_file import write_json
from core.delivery.shape_files.natron import write_natron
from core.delivery.shape_files.nuke import write_nuke
from core.delivery.shape_files.scene import Scene, SceneObject, ShapeSource, scene_shape, with_ids
from core.delivery.shape_files.silhouette import write_silhouette
from core.delivery.shape_files.svg import write_svg
from core.errors import CancelledError, DeliveryError
from core.files import readable_name
from core.jobs import CancelToken, Progress, ProgressClock, watched
from core.masks import decode_labels, encode_labels, object_colour, present_ids
from core.media import VideoSource
from core.messages import Message
from core.outputs import spare_inputs
from core.shapes import Fit, Shape, follow_masks
from core.types import ObjectTrack

_FEATHERLESS = frozenset({"shapes-svg", "silhouette"})
_INWARDLESS = frozenset({"blender"})
_TIMED = frozenset({"shapes-svg", "after-effects"})
"""Formats that say when, not on which frame."""
_WRITERS: Mapping[str, Callable[[Scene, str], str]] = {
    "shapes-json": lambda scene, _suffix: write_json(scene),
    "shapes-svg": lambda scene, _suffix: write_svg(scene),
    "nuke-roto": write_nuke,
    "after-effects": lambda scene, _suffix: write_after_effects(scene),
    "blender": lambda scene, _suffix: write_blender(scene),
    "silhouette": lambda scene, _suffix: write_silhouette(scene),
    "natron": lambda scene, _suffix: write_natron(scene),
}


def export_shapes(
    video: VideoSource,
    labels: ReadLabels,
    settings: ExportSettings,
    path: Path,
    source: ShapeSource,
    properties: ClipProperties,
    cancel: CancelToken,
    project: Path | None = None,
) -> Generator[Progress, None, tuple[tuple[Path, ...], tuple[Message, ...]]]:
    """Writes shapes to `path`, or to one file for each object, and yields after each frame read.

    The generator returns the files and what a person should know. Raises DeliveryError if no frame has any of the
    objects or a file cannot be written, OutputError if a file is read here, CancelledError; nothing is left then.
    """
    last = video.frame_count - 1 if settings.last is None else settings.last
    frames = range(settings.first, last + 1, settings.step)
    targets = [(path, settings.object_ids)]
    if not settings.combined:
        ids = settings.object_ids or present_in(labels, frames, cancel)
        targets = [(for_object(path, object_id, video.path.stem), (object_id,)) for object_id in ids]
    spare_inputs([target for target, _ in targets], [video.path, project])
    clock = ProgressClock(len(frames), cancel)
    packed: dict[int, bytes] = {}
    present: set[int] = set()
    for number, frame in enumerate(frames, start=1):
        _look(cancel)
        found = labels(frame)
        packed[frame] = encode_labels(found)
        present |= present_ids(found)
        if number < len(frames):
            yield clock.step(number)
    notes: list[Message] = []
    known = {track.object_id: track for track in source.tracks}
    made: dict[int, SceneObject] = {}
    jumps = _jumps(video, frames)
    with Staging() as staging:
        for target, wanted in targets:
            staged = staging.reserve(target, False, settings.overwrite)
            chosen = sorted(present & set(wanted) if wanted else present)
            for object_id in chosen:
                if object_id not in made:
                    track = known.get(object_id)
                    made[object_id], object_notes = _object(
                        object_id, track, source, settings, frames, packed, cancel, jumps
                    )
                    notes += object_notes
            objects = tuple(made[object_id] for object_id in chosen if made[object_id].shapes)
            if not objects:
                raise DeliveryError("There is no object in these frames; mask one, or choose other frames.")
            scene = _scene(video, settings, last, properties, objects)
            try:
                text = _WRITERS[settings.format](scene, target.suffix.lower())
                # names of files need not be text
                staged.write_text(readable_name(text), encoding="utf-8", newline="\n")
            except OSError as error:
                raise DeliveryError(
                    "{path}: cannot be written ({reason}).", path=target, reason=describe(error)
                ) from error
            notes += _losses(settings.format, objects)
            if video.info.variable_rate and settings.format in _TIMED:
                notes.append(Message("the clip's frames pass unevenly: keyframes have the times of its mean rate"))
        staging.deliver(settings.overwrite)
    yield clock.step(len(frames))
    return tuple(target for target, _ in targets), tuple(dict.fromkeys(notes))


def _scene(
    video: VideoSource,
    settings: ExportSettings,
    last: int,
    properties: ClipProperties,
    objects: tuple[SceneObject, ...],
) -> Scene:
    numbers = {frame: video.frame_number(frame) for frame in range(settings.first, last + 1)}
    return Scene(
        clip=video.path.stem if video.path.is_file() else video.path.name,
        size=output_size(video.size, settings.scale),
        first=settings.first,
        last=last,
        numbers=numbers,
        numbered=video.info.kind == "images",
        rate=properties.rate,
        pixel_aspect=properties.pixel_aspect,
        objects=objects,
    )


def _object(
    object_id: int,
    track: ObjectTrack | None,
    source: ShapeSource,
    settings: ExportSettings,
    frames: range,
    packed: Mapping[int, bytes],
    cancel: CancelToken,
    jumps: Collection[int],
) -> tuple[SceneObject, list[Message]]:
    """An object's shapes in the range, and notes: its own, and on frames that they do not draw fitted ones."""
    first, last = frames[0], frames[-1]
    own = [shape for shape in source.shapes if shape.object_id == object_id]
    drawn = {frame for shape in own for frame in range(max(first, shape.first), min(last, shape.last) + 1)}
    name = track.name if track else f"Object {object_id}"
    notes: list[Message] = []
    fitted: tuple[Shape, ...] = ()
    undrawn = [frame for frame in frames if frame not in drawn]
    masked = [frame for frame in undrawn if (decode_labels(packed[frame]) == object_id).any()]
    if masked:
        fit = _fit(object_id, masked, settings, frames.step, packed, cancel)
        fitted = with_ids(fit.shapes)
        notes.append(
            Message(
                "{name}: shapes fitted to the masks of {frames} frames, {points} points; intersection over union "
                "{mean} in the mean, {worst} on the worst frame",
                name=name,
                frames=len(masked),
                points=fit.points,
                mean=f"{fit.mean_iou:.3f}",
                worst=f"{fit.worst_iou:.3f}",
            )
        )
    listed = (*own, *fitted)
    shown = [scene_shape(shape, first, last, settings.scale, jumps) for shape in listed]
    one = SceneObject(
        object_id,
        name,
        track.colour if track else object_colour(object_id),
        tuple(shape for shape in shown if shape is not None),
        tuple(shape.scaled(settings.scale) for shape, seen in zip(listed, shown, strict=True) if seen is not None),
    )
    return one, notes


def _jumps(video: VideoSource, frames: range) -> frozenset[int]:
    """Frames on both sides of pictures that are missing in a sequence."""
    if video.info.kind != "images":
        return frozenset()
    numbers = {frame: video.frame_number(frame) for frame in range(frames[0], frames[-1] + 1)}
    after = [frame for frame in numbers if frame - 1 in numbers and numbers[frame] != numbers[frame - 1] + 1]
    return frozenset(frame - back for frame in after for back in (0, 1))


def _fit(
    object_id: int,
    frames: Sequence[int],
    settings: ExportSettings,
    step: int,
    packed: Mapping[int, bytes],
    cancel: CancelToken,
) -> Fit:
    steps = follow_masks(
        lambda frame: np.asarray(decode_labels(packed[frame]) == object_id),
        frames,
        object_id,
        cancel,
        settings.tolerance,
        settings.keys_every,
        gap=step,
    )
    try:
        return watched(steps, lambda _progress: None)
    except CancelledError:
        _look(cancel)
        raise


def _losses(name: str, objects: Iterable[SceneObject]) -> list[Message]:
    feathers = [
        point.feather
        for one in objects
        for shape in one.shapes
        for points in shape.keys.values()
        for point in points
        if point.feather
    ]
    if feathers and name in _FEATHERLESS:
        return [Message("this format has no feather of points: it is left out")]
    if any(value < 0 for value in feathers) and name in _INWARDLESS:
        return [Message("this format has no feather inwards: it is left out")]
    return []


def _look(cancel: CancelToken) -> None:
    if cancel.cancelled:
        raise CancelledError("Cancelled: nothing was written.")
