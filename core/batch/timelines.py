"""Timelines of editing programs as batches: OpenTimelineIO, EDL (CMX 3600), Final Cut Pro XML, old and new.

Each shot of the video tracks is a clip of the batch, followed and exported over the frames that the timeline shows. Its
mask is SHOT.png, of the shot's first frame, or SHOT.roto, a project, next to the timeline; or either of them next to
the media, named after it. Afterwards a timeline is written with the mattes on a track above.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree

from core.batch.entries import job_of_entry
from core.batch.job import ClipJob, check_jobs
from core.batch.ledger import STATE_FOLDER
from core.datasets.reading.inner_paths import exists
from core.delivery.clip import clip_properties
from core.delivery.timecode import timecode_frames
from core.errors import BatchError, RotoflowError
from core.files import atomic_file
from core.media import ImageFolder, open_video
from core.messages import Message
from core.types import PROJECT_SUFFIX

_NAMED = frozenset({"event", "project", "asset", "asset-clip", "clip", "video", "ref-clip", "sync-clip"})
TIMELINE_SUFFIXES = frozenset({".otio", ".otioz", ".otiod", ".edl", ".fcpxml", ".xml"})
_CONTENT = "content.otio"
"""The timeline in a bundle with its media, a folder (.otiod) or an archive (.otioz)."""
_MOST_BYTES = 1 << 28
_MASK_SUFFIX = ".png"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Shot:
    """A piece of media on a timeline; `first` and `last` are frame indices of the media."""

    name: str
    media: Path
    first: int
    last: int


@dataclass(frozen=True)
class TimelineBatch:
    """The shots that are worked on, and what a person should know."""

    jobs: tuple[ClipJob, ...]
    notes: tuple[Message, ...]


def read_timeline(path: Path, defaults: Mapping[str, object]) -> TimelineBatch:
    """The jobs of a timeline's shots that have a mask or a project.

    Shots without, or whose media is not found, are left out with a note. Raises BatchError if nothing is left or it is
    no timeline.
    """
    notes: list[Message] = []
    lost: list[Message] = []
    jobs: list[ClipJob] = []
    used: dict[str, tuple[str, str]] = {}
    for shot, _ in _shots(path, _timeline(path), lost):
        if shot is None:
            continue
        entry = _entry(shot, path.parent)
        if entry is None:
            notes.append(
                Message(
                    "left out, for it has no mask: {name} (expected {mask} beside the timeline, of frame {frame})",
                    name=shot.name,
                    mask=f"{shot.name}{_MASK_SUFFIX}",
                    frame=shot.first,
                )
            )
            continue
        jobs.append(job_of_entry({**defaults, **entry}, shot.name, path.parent))
        frame, _, mask = str(entry.get("mask", "")).partition("=")
        before, name = used.setdefault(mask, (frame, shot.name))
        if before != frame:
            notes.append(
                Message(
                    "{mask} is taken as of frame {before} for {name}, and of frame {frame} for {other}: give each shot "
                    "a mask of its own, {other}{suffix}",
                    mask=Path(mask).name,
                    before=before,
                    name=name,
                    frame=frame,
                    other=shot.name,
                    suffix=_MASK_SUFFIX,
                )
            )
    notes += lost
    if not jobs:
        reason = notes[0] if notes else Message("it shows no media")
        raise BatchError("{path}: no shot to work on: {reason}.", path=path, reason=reason)
    return TimelineBatch(check_jobs(jobs, path), tuple(notes))


def write_mattes_timeline(source: Path, jobs: tuple[ClipJob, ...], done: Sequence[str], out: Path) -> Path | None:
    """Writes OUT/NAME_mattes.otio of a timeline whose shots are done; None for a batch that is no timeline.

    A file of this name that a person has made or edited stays, and the new one gets a number. Raises BatchError if
    it cannot be written.
    """
    if source.suffix.lower() not in TIMELINE_SUFFIXES or not done:
        return None
    out = out.absolute()
    names = (f"{source.stem}_mattes{number or ''}.otio" for number in itertools.chain([0], itertools.count(2)))
    target = next(path for path in map(out.joinpath, names) if not path.exists() or _is_own(path))
    write_mattes(source, jobs, frozenset(done), out, target)
    mark = _mark(target)
    try:
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(_digest(target), encoding="utf-8")
    except OSError as error:
        raise BatchError("{path}: cannot be written ({error}).", path=mark, error=error) from error
    return target


def _is_own(target: Path) -> bool:
    """Whether a timeline is as a batch wrote it."""
    try:
        return _mark(target).read_text(encoding="utf-8") == _digest(target)
    except (OSError, ValueError):
        return False


def _mark(target: Path) -> Path:
    return target.parent / STATE_FOLDER / f"{target.name}.sha256"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_mattes(path: Path, jobs: tuple[ClipJob, ...], done: frozenset[str], out: Path, target: Path) -> None:
    """Writes the timeline of `path` once more, with a track of the mattes that are in `out` above its own.

    Raises BatchError if it cannot be written.
    """
    otio = _library()
    timeline = _timeline(path)
    by_name = {job.name: job for job in jobs if job.name in done}
    shots = _shots(path, timeline, [])
    tracks = []
    for track in timeline.video_tracks():
        mattes = otio.schema.Track(name=f"{track.name or 'V'} mattes", kind=otio.schema.TrackKind.Video)
        for item in track:
            if isinstance(item, otio.schema.Transition):
                continue
            shot = next((shot for shot, clip in shots if clip is item), None)
            job = by_name.get(shot.name) if shot else None
            length = item.trimmed_range().duration
            if shot is None or job is None:
                start = otio.opentime.RationalTime(0, length.rate)
                mattes.append(otio.schema.Gap(source_range=otio.opentime.TimeRange(start, length)))
            else:
                mattes.append(_matte(otio, shot, job.outputs(out)[0], target.parent, length))
        tracks.append(mattes)
    timeline.tracks.extend(tracks)
    timeline.name = f"{timeline.name or path.stem} with mattes"
    try:
        with atomic_file(target, target.suffix) as staged:
            otio.adapters.write_to_file(timeline, str(staged), adapter_name="otio_json")
    except OSError as error:
        raise BatchError("{path}: cannot be written ({error}).", path=target, error=error) from error


def _matte(otio: Any, shot: Shot, output: Path, folder: Path, length: Any) -> Any:
    """A clip that shows a shot's result, as long as the shot."""
    start = otio.opentime.RationalTime(0, length.rate)
    shown = otio.opentime.TimeRange(start, length)
    url = output.relative_to(folder).as_posix() if output.is_relative_to(folder) else output.as_uri()
    if output.is_dir():
        files = sorted(file for file in output.iterdir() if file.is_file())
        numbered = re.fullmatch(r"(.*?)(\d+)", files[0].stem) if files else None
        first = int(numbered[2]) if numbered else 0
        reference = otio.schema.ImageSequenceReference(
            target_url_base=f"{url}/",
            name_prefix=numbered[1] if numbered else "",
            name_suffix=files[0].suffix if files else "",
            start_frame=first,
            frame_step=1,
            rate=length.rate,
            frame_zero_padding=len(numbered[2]) if numbered else 0,
            available_range=shown,
        )
    else:
        reference = otio.schema.ExternalReference(target_url=url, available_range=shown)
    return otio.schema.Clip(name=f"{shot.name} matte", media_reference=reference, source_range=shown)


def _entry(shot: Shot, folder: Path) -> dict[str, object] | None:
    """What a manifest would say of a shot; None if it has no mask."""
    found: dict[str, object] = {"name": shot.name, "clip": str(shot.media), "range": f"{shot.first}:{shot.last}"}
    stem = shot.media.name if shot.media.is_dir() else shot.media.stem
    for base in (folder / shot.name, shot.media.parent / stem):
        mask, project = base.with_name(base.name + _MASK_SUFFIX), base.with_name(base.name + PROJECT_SUFFIX)
        if exists(project) and project.is_file():
            return {**found, "project": str(project)}
        if mask != shot.media and exists(mask) and mask.is_file():
            # next to the timeline it is of the shot, next to the media of the media
            frame = shot.first if base.parent == folder and base.name == shot.name else 0
            return {**found, "mask": f"{frame}={mask}"}
    return None


def _shots(path: Path, timeline: Any, notes: list[Message]) -> list[tuple[Shot | None, Any]]:
    """Each clip of the video tracks with its shot; None for one that cannot be worked on, which a note names."""
    otio = _library()
    taken: dict[str, int] = {}
    found: list[tuple[Shot | None, Any]] = []
    for track in timeline.video_tracks():
        for clip in track.find_clips():
            name = _NOT_IN_NAMES.sub("_", Path(clip.name or "").stem).strip("._") or "shot"
            taken[name] = taken.get(name, 0) + 1
            if taken[name] > 1:
                name = f"{name}_{taken[name]}"
            media = _media(clip, path.parent)
            if media is None:
                notes.append(Message("left out, for its media is not found: {name}", name=clip.name or name))
                found.append((None, clip))
                continue
            if any(isinstance(effect, otio.schema.TimeEffect) for effect in clip.effects):
                notes.append(Message("{name} has a change of speed: its matte is of the media's own frames", name=name))
            try:
                found.append((Shot(name, media, *_frames(clip, media)), clip))
            except RotoflowError as error:
                notes.append(Message("left out: {name} ({reason})", name=name, reason=error.message))
                found.append((None, clip))
    return found


def _frames(clip: Any, media: Path) -> tuple[int, int]:
    """The first and last frame index of the media that the clip shows. Raises MediaError, BatchError."""
    shown, available = clip.trimmed_range(), clip.media_reference.available_range
    with closing(open_video(media)) as video:
        rate = video.info.rate or Fraction(shown.start_time.rate).limit_denominator(1001)
        start = shown.start_time
        if available is not None:
            start = start - available.start_time
        first, length = (round(value.rescaled_to(float(rate)).value) for value in (start, shown.duration))
        if available is None:
            # a tape's clock: the media gives where on it it begins; plates by their number
            written = clip_properties(video).timecode
            begin = timecode_frames(written, Fraction(rate)) if written else None
            if begin is None and isinstance(video, ImageFolder) and first >= video.frame_count:
                begin = video.frame_number(0)
            # programs that know no timecode count from the media's start, which is never within its timecode then
            if begin is not None and (first >= begin or first + length > video.frame_count):
                first -= begin
        count = video.frame_count
    if not 0 <= first < count:
        raise BatchError("it begins at frame {first} of media that has {count}", first=first, count=count)
    return first, min(count, first + max(1, length)) - 1


def _media(clip: Any, folder: Path) -> Path | None:
    """The file or folder that a clip shows."""
    reference = clip.media_reference
    url = getattr(reference, "target_url", "") or getattr(reference, "target_url_base", "")
    reel = next((part.get("reel", "") for part in clip.metadata.values() if hasattr(part, "get")), "")
    names: list[str] = []
    if url:
        parsed = urlparse(url)
        names.append(unquote(parsed.path) if parsed.scheme in ("file", "") else url)
    names += [str(name) for name in (clip.name, reel) if name]
    for name in names:
        for path in (folder / name, folder / Path(name).name):
            if path.name and path != folder and exists(path):
                return path.absolute()
    stems = {Path(name).stem for name in names} - {""}
    beside = sorted(file for file in folder.iterdir() if file.stem in stems)
    media = [file for file in beside if file.is_dir() or file.suffix.lower() not in {_MASK_SUFFIX, PROJECT_SUFFIX}]
    media = [file for file in media if file.suffix.lower() not in TIMELINE_SUFFIXES]
    return media[0].absolute() if media else None


def _timeline(path: Path) -> Any:
    otio = _library()
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in otio.adapters.suffixes_with_defined_adapters(read=True):
        raise BatchError(
            "{path}: reading this kind of timeline needs a package: pip install 'rotoflow[timeline]'.", path=path
        )
    try:
        _check_file(path, suffix)
        if suffix == "fcpxml":
            adapter = otio.adapters.from_filepath(str(path)).name
            found = otio.adapters.read_from_string(_with_sources(path.read_text(encoding="utf-8-sig")), adapter)
        else:
            found = otio.adapters.read_from_file(str(path))
    except BatchError:
        raise
    except Exception as error:  # the adapters raise whatever their parsers do
        raise BatchError("{path}: no timeline that can be read ({error}).", path=path, error=error) from error
    if isinstance(found, otio.schema.SerializableCollection):
        found = next(iter(found.find_children(descended_from_type=otio.schema.Timeline)), None)
    if not isinstance(found, otio.schema.Timeline):
        raise BatchError("{path}: holds no timeline; export the sequence itself.", path=path)
    return found


def _check_file(path: Path, suffix: str) -> None:
    """Raises BatchError for a file that a parser would not get to the end of: a pipe, one that unpacks to more than
    memory holds, and lists in lists, in which the library, which is native, overflows its stack. Raises what reading
    raises.
    """
    file = path / _CONTENT if suffix == "otiod" else path
    if not file.is_file():
        raise BatchError("{path}: the timeline is no file.", path=file)
    with zipfile.ZipFile(file) if suffix == "otioz" else nullcontext() as bundle:
        size = file.stat().st_size if bundle is None else bundle.getinfo(_CONTENT).file_size
        if size > _MOST_BYTES:
            raise BatchError(
                "{path}: a timeline of more than {most} MiB is not read.", path=path, most=_MOST_BYTES >> 20
            )
        if suffix.startswith("otio"):
            try:
                json.loads(file.read_bytes() if bundle is None else bundle.read(_CONTENT))
            except RecursionError as error:
                raise BatchError("{path}: is nested too deeply for a timeline.", path=path) from error


def _with_sources(text: str) -> str:
    """The XML of Final Cut Pro X with the media's addresses where the adapter looks for them: from version 1.9 on they
    stand one level deeper. Events, projects and clips that have no name get one, without which it fails.
    """
    if "<!ENTITY" in text:
        raise ValueError(Message("it declares entities, which such files do not have"))
    tree = ElementTree.fromstring(text)
    for asset in tree.iter("asset"):
        media = asset.find("media-rep")
        if not asset.get("src") and media is not None:
            asset.set("src", media.get("src") or "")
    names = {asset.get("id"): asset.get("name") or Path(asset.get("src") or "").stem for asset in tree.iter("asset")}
    for element in tree.iter():
        if element.tag in _NAMED and not element.get("name"):
            element.set("name", names.get(element.get("ref")) or element.tag)
    return ElementTree.tostring(tree, encoding="unicode")


def _library() -> Any:
    """OpenTimelineIO, imported on first use: few batches need it."""
    try:
        import opentimelineio
    except ImportError as error:
        raise BatchError("Timelines need the package OpenTimelineIO: pip install 'rotoflow[timeline]'.") from error
    return opentimelineio
