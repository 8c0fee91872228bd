"""One clip from its masks to its exports, in a folder that nobody else looks into before it is finished."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from core.batch.clip_summary import ClipSummary, ObjectSummary, known
from core.batch.job import PROJECT_FORMAT, ClipJob
from core.batch.sources import open_job, read_annotation, request_of
from core.delivery.contact_sheet import contact_sheet, evenly_spaced, write_sheet
from core.delivery.export import export
from core.delivery.formats import FORMATS
from core.delivery.shape_files.scene import ShapeSource
from core.engines import load
from core.engines.notices import take_notices
from core.engines.protocol import EngineOptions
from core.engines.text import FollowedText, follow_text
from core.errors import CancelledError, DeliveryError, ProjectError
from core.jobs import CancelToken
from core.masks import MaskReader
from core.masks.found import names_of
from core.media import TwoWayReader, VideoSource
from core.messages import Message
from core.metrics import SequenceScore, score_sequence
from core.project import Project, copy_project
from core.propagation import PropagationRequest, plan, propagate
from core.types import LabelMap

SHEET_FILE = "sheet.jpg"
EXPORTS_FOLDER = "exports"
"""Under this name a project keeps weights that were fine-tuned on it, and whether they are used."""
_SHEET_FRAMES = 12
_TILE_WIDTH = 220


@dataclass(frozen=True)
class Step:
    """How far a clip is: `stage` is "follow", "score" or the format being written."""

    stage: str
    done: int
    total: int


def run_clip(
    job: ClipJob, key: str, folder: Path, home: Path, cancel: CancelToken, threads: int = 1
) -> Generator[Step, None, ClipSummary]:
    """Segments, scores and exports one clip into `folder`, which exists; yields at least once a frame.

    Leaves the exports in the subfolder `exports` under their final names, to be moved to `home`, the contact sheet, and
    the summary, which comes last. `threads` is for engines that take a number of threads, unless the job gives it.

    Raises CancelledError once `cancel` is set, RotoflowError if something cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="rotoflow-batch-") as scratch:
        # a project of its own, on this machine's disk: SQLite is not safe on every network share
        work = Path(scratch) / f"{job.name}.roto"
        began = time.monotonic()
        with open_job(job, work) as (video, project, reader, mask_notes):
            _check_exports(job, project)
            if job.texts:
                engine_notes = yield from _find(job, video, project, cancel)
            else:
                engine_notes = yield from _follow(job, video, project, cancel, _options(job, project, threads))
            followed = time.monotonic() - began
            scores = yield from _score(job, video, project, reader, cancel)
            began = time.monotonic()
            notes = yield from _export(job, video, project, folder / EXPORTS_FOLDER, cancel)
            exported = time.monotonic() - began
            frames = evenly_spaced(range(project.frame_count), _SHEET_FRAMES)
            write_sheet(folder / SHEET_FILE, contact_sheet(video.read, project.labels, frames, 6, _TILE_WIDTH))
            summary = ClipSummary(
                key,
                job.name,
                job.engine,
                project.frame_count,
                project.size,
                tuple(project.anchor_frames()),
                tuple(path.name for path in job.outputs(folder)),
                tuple(_objects(project, scores)),
                round(followed, 3),
                round(exported, 3),
                f"{socket.gethostname()}, process {os.getpid()}",
                tuple(dict.fromkeys((*mask_notes, *engine_notes, *notes))),
            )
        for settings, target in zip(job.exports, job.outputs(folder / EXPORTS_FOLDER), strict=True):
            if settings.format == PROJECT_FORMAT:
                copy_project(work, target, home)
    exports = folder / EXPORTS_FOLDER
    files = sorted(path.relative_to(exports).as_posix() for path in exports.rglob("*") if path.is_file())
    summary = replace(summary, files=tuple(files))
    summary.write(folder)
    return summary


def _check_exports(job: ClipJob, project: Project) -> None:
    """What would fail, or give empty masks, after minutes of following is reported before."""
    known = {track.object_id for track in project.objects.all}
    for settings in job.exports:
        try:
            settings.check(project.frame_count)
        except DeliveryError as error:
            # another attempt would end the same
            raise ProjectError("{name}: {error}", name=job.name, error=error) from error
        unknown = sorted(set(settings.object_ids) - known)
        if unknown and not job.texts:
            listed = ", ".join(map(str, sorted(known))) or Message("none")
            raise ProjectError(
                "{name}: there is no object {unknown}; there are: {listed}.",
                name=job.name,
                unknown=unknown[0],
                listed=listed,
            )


def _follow(
    job: ClipJob, video: VideoSource, project: Project, cancel: CancelToken, options: EngineOptions
) -> Generator[Step, None, list[Message]]:
    """Returns the engine's notices."""
    request = _asked(job, request_of(project))
    engine_notes: list[Message] = []
    planned, done = plan(request), 0
    run = project.runs.begin("Propagate (batch)")

    def count(steps: int) -> None:
        nonlocal done
        done = steps

    with closing(load(job.engine).open(video.size, job.device, options)) as session, TwoWayReader(video) as reader:
        for result in propagate(session, request, reader.read, cancel, count):
            project.runs.put(run, result)
            engine_notes += take_notices(session)
            yield Step("follow", done, planned.steps)
    project.runs.end(run)
    if cancel.cancelled:
        raise CancelledError("{name}: cancelled.", name=job.name)
    return engine_notes


def _find(
    job: ClipJob, video: VideoSource, project: Project, cancel: CancelToken
) -> Generator[Step, None, list[Message]]:
    """Finds and follows what the texts say, in one pass; each object gets its text as its class. Returns what is to
    be reported.
    """
    met = FollowedText()
    run = project.runs.begin("Find by text (batch)")
    frames = range(video.frame_count)
    names: dict[int, str] = {}
    for result in follow_text(job.texts, frames, video.size, video.read, cancel, met, device=job.device):
        for object_id, label in met.labels.items():
            if object_id not in names:
                names[object_id] = names_of([label], names.values())[0]
                track = project.objects.add(names[object_id], object_id=object_id)
                project.objects.update(replace(track, class_label=label))
        project.runs.put(run, result)
        yield Step("follow", result.frame_index + 1, len(frames))
    project.runs.end(run)
    if cancel.cancelled:
        raise CancelledError("{name}: cancelled.", name=job.name)
    if not names:
        raise ProjectError("{name}: nothing of what the text says was found.", name=job.name)
    if met.left_out:
        return [Message("{count} more objects were found than there are ids.", count=met.left_out)]
    return []


def _asked(job: ClipJob, request: PropagationRequest) -> PropagationRequest:
    """Only the frames that are exported, and those on the way to them from the masks, where nothing else is wanted."""
    ends = [settings.last for settings in job.exports if settings.format != PROJECT_FORMAT]
    if job.truth is not None or len(ends) < len(job.exports) or any(last is None for last in ends):
        return request
    anchors = [anchor.frame_index for anchor in request.anchors]
    first = min([*anchors, *(settings.first for settings in job.exports)])
    last = max([*anchors, *(last for last in ends if last is not None)])
    return replace(request, first=first, last=min(last, request.last))


def _options(job: ClipJob, project: Project, threads: int) -> EngineOptions:
    """The engine's settings; a project's own fine-tuned weights are used as the window uses them."""
    info = load(job.engine).info
    options: dict[str, object] = {"threads": threads} if "threads" in info.options else {}
    if info.adaptable and (weights := project.tuned_weights.weights):
        options["adaptation"] = weights
    return {**options, **dict(job.options)}


def _score(
    job: ClipJob, video: VideoSource, project: Project, reader: MaskReader, cancel: CancelToken
) -> Generator[Step, None, tuple[SequenceScore, list[int]] | None]:
    """Scores the frames that have a true mask; None if fewer than three have."""
    truth = job.truth
    if truth is None:
        return None
    files = {index: truth / f"{video.frame_name(index)}.png" for index in range(video.frame_count)}
    frames = [index for index, file in files.items() if file.is_file()]
    if len(frames) < 3:
        return None
    yield Step("score", 0, len(frames))

    def found() -> Iterator[LabelMap]:
        for frame_index in frames:
            cancel.raise_if_cancelled()
            yield project.labels(frame_index)

    true = (read_annotation(files[frame_index], job.annotation, video.size, reader) for frame_index in frames)
    score = score_sequence(found(), true)
    yield Step("score", len(frames), len(frames))
    return score, frames


def _export(
    job: ClipJob, video: VideoSource, project: Project, folder: Path, cancel: CancelToken
) -> Generator[Step, None, tuple[Message, ...]]:
    folder.mkdir()
    notes: list[Message] = []
    for settings, target in zip(job.exports, job.outputs(folder), strict=True):
        if settings.format == PROJECT_FORMAT:
            continue
        path = target if settings.combined else target / f"{job.name}{FORMATS[settings.format].usual_suffix}"
        # the folder is empty, and what is outside is nobody's business here
        steps = export(
            video,
            project.labels,
            replace(
                settings,
                overwrite=False,
                mask_values=tuple(project.settings.mask_values.items()),
                names=tuple((track.object_id, track.name) for track in project.objects.all),
            ),
            path,
            cancel,
            project.confidence,
            shapes=ShapeSource(project.shapes.all, project.objects.all, project.edges.painted()),
        )
        while True:
            try:
                progress = next(steps)
            except StopIteration as stop:
                notes += stop.value.notes
                break
            yield Step(settings.format, progress.done, progress.total)
    return tuple(dict.fromkeys(notes))


def _objects(project: Project, scores: tuple[SequenceScore, list[int]] | None) -> Iterator[ObjectSummary]:
    for track in project.objects.all:
        j: dict[int, float] = {}
        f: dict[int, float] = {}
        if scores is not None and track.object_id in scores[0].objects:
            score, frames = scores
            one = score.objects[track.object_id]
            j = {frames[index]: round(value, 4) for index, value in one.j_frames.items()}
            f = {frames[index]: round(value, 4) for index, value in one.f_frames.items()}
        confidence = tuple(known(value) for value in project.confidence_lane(track.object_id))
        yield ObjectSummary(track.object_id, track.name, track.colour, confidence, j, f)
