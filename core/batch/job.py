"""One clip of a batch: its inputs, settings and outputs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from core.delivery.formats import FORMATS
from core.delivery.settings import ExportSettings
from core.engines import DEFAULT_ENGINE
from core.errors import BatchError
from core.media import fingerprint
from core.project import recorded_clips
from core.types import PROJECT_SUFFIX

PROJECT_FORMAT = "project"
"""Besides the export formats: the project itself, to correct in the window."""
EXPORT_NAMES = (*FORMATS, PROJECT_FORMAT)
Annotation = Literal["plain", "davis", "one-object"]


@dataclass(frozen=True)
class ClipJob:
    """A clip with its masks, or a project, and its outputs. Paths are absolute.

    `annotation` says how mask and truth files are read: as they are; as DAVIS 2017 does, where 255 belongs to nothing;
    or all values as one object, as in DAVIS 2016.
    """

    name: str
    """Names the results; unique in a batch, and a plain file name."""
    clip: Path | None = None
    """None: the project's own clip."""
    masks: tuple[tuple[int, Path], ...] = ()
    """(frame index, mask file), at least one unless there is a project or a text; files of one frame add up."""
    project: Path | None = None
    """The project whose masked frames are followed. It is only read."""
    engine: str = DEFAULT_ENGINE
    device: str = "auto"
    options: tuple[tuple[str, object], ...] = ()
    exports: tuple[ExportSettings, ...] = (ExportSettings(),)
    """Each format at most once; `format` may also be "project"."""
    truth: Path | None = None
    """Folder of true masks, named like the clip's frames, to score the results with."""
    annotation: Annotation = "plain"
    mask_kind: str = "auto"
    """What the mask pictures are: a value of `core.masks.MaskKind`."""
    texts: tuple[str, ...] = ()
    """What is to be found and followed in place of masks, as `rotoflow find` does."""

    def outputs(self, folder: Path) -> tuple[Path, ...]:
        """Where in a folder each of the exports goes: NAME, or NAME_FORMAT if there are several.

        It is a folder where each object has a result of its own.
        """
        several = len(self.exports) > 1
        return tuple(
            folder / f"{self.name}{f'_{settings.format}' if several else ''}{ending_of(settings)}"
            for settings in self.exports
        )

    def inputs(self) -> tuple[Path, ...]:
        """What is read for it: nothing is ever written there."""
        named = [self.clip, self.project, self.truth, *(path for _, path in self.masks)]
        behind = [settings.background.path for settings in self.exports]
        own = recorded_clips(self.project) if self.project is not None else ()
        return tuple(path for path in (*named, *behind, *own) if path is not None)

    def key(self) -> str:
        """A checksum of everything that decides the result: settings, masks, project and clip, not their paths.

        Raises BatchError if a file cannot be read, MediaError if the clip cannot.
        """
        values = asdict(replace(self, name="", clip=None, masks=(), project=None, truth=None))
        values["exports"] = [asdict(replace(settings, overwrite=False)) for settings in self.exports]
        values["masks"] = [(frame_index, _hash(path)) for frame_index, path in self.masks]
        if not self.texts:
            # jobs without texts keep the key that they had before texts existed
            del values["texts"]
        values["project"] = None if self.project is None else _hash(self.project)
        values["clip"] = None if self.clip is None else asdict(fingerprint(self.clip))
        text = json.dumps(values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def ending_of(settings: ExportSettings) -> str:
    """The ending of what is written; "" is a folder."""
    if settings.format == PROJECT_FORMAT:
        return PROJECT_SUFFIX
    return FORMATS[settings.format].usual_suffix if settings.combined else ""


def check_jobs(jobs: Iterable[ClipJob], source: Path) -> tuple[ClipJob, ...]:
    """The jobs, if their names and their results' names differ. Raises BatchError, also if there are none."""
    jobs = tuple(jobs)
    if not jobs:
        raise BatchError("{source}: no clip to work on in it.", source=source)
    for job in jobs:
        if not job.name or Path(job.name).name != job.name or job.name.startswith("."):
            raise BatchError(
                "{source}: '{name}' cannot name a clip's results; give it a plain name.", source=source, name=job.name
            )
    # results of names that differ only in case would be one file on some disks
    names = Counter(job.name.casefold() for job in jobs)
    outputs = Counter(path.name.casefold() for job in jobs for path in job.outputs(Path()))
    for name, count in (names | outputs).items():
        if count > 1:
            raise BatchError(
                "{source}: {count} results would be called '{name}'; give each clip a 'name' of its own.",
                source=source,
                count=count,
                name=name,
            )
    return jobs


def _hash(path: Path) -> str:
    if path.exists() and not path.is_file():
        # a pipe or a device might never end
        raise BatchError("{path}: cannot be read (it is no file).", path=path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BatchError("{path}: cannot be read ({reason}).", path=path, reason=error.strerror or error) from error
