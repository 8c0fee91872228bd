"""Packs training data into one small file, to copy it to a machine with a GPU.

An uncompressed zip of pictures at the size that training uses, as WebP (as good as JPEG here, at two thirds of the
size); their masks as lossless PNG; the frames of footage, so that no video has to be decoded there; and `manifest.json`
with the order of everything, so that a training draws the same samples from the pack as from the folder.
"""

from __future__ import annotations

import bisect
import json
import zipfile
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from core.errors import CancelledError, DatasetError
from core.files import atomic_file
from core.jobs import CancelToken, Progress, ProgressClock
from core.learning.samples.examples import SHORT_SIDE, Content, Example, TrainingData
from core.learning.samples.footage import Footage
from core.types import Image, LabelMap

_FORMAT, _VERSION = "rotoflow-pack", 2
_MANIFEST = "manifest.json"
_QUALITIES = (92, 86, 80, 74, 68, 62, 56, 50, 44, 38, 32, 26)
_TRIED = 40
"""Number of examples that the quality is chosen on."""
_MEMBER = 120
"""Bytes of a zip member besides its content."""
_ROOM = 0.97
"""Fraction of the limit to aim for, since other pictures may be larger than the examples."""


@dataclass(frozen=True)
class Packed:
    """What was made: the pictures' quality out of 100, how many there are, and the bytes of the file."""

    quality: int
    pictures: int
    size: int


def pack(data: TrainingData, target: Path, limit: int, cancel: CancelToken) -> Generator[Progress, None, Packed]:
    """Writes everything of `data` into one file of at most `limit` bytes, at the best quality that fits.

    Raises DatasetError if nothing does, CancelledError once cancelled; there is no file then.
    """
    examples = list(dict.fromkeys([*(one for some in data.sequences.values() for one in some), *data.pictures]))
    numbers = {example: number for number, example in enumerate(examples)}
    own = sum(map(len, data.sequences.values()))
    manifest = {
        "format": _FORMAT,
        "version": _VERSION,
        "short_side": SHORT_SIDE,
        "sequences": {name: [numbers[one] for one in some] for name, some in data.sequences.items()},
        "pictures": [numbers[one] for one in data.pictures[own:]],
        "footage": {path.name: len(data.footage.compressed(path)) for path in data.footage.paths},
    }
    clips = {
        _footage_name(path.name, number): frame.tobytes()
        for path in data.footage.paths
        for number, frame in enumerate(data.footage.compressed(path))
    }
    fixed = sum(len(content) + _MEMBER for content in clips.values()) + len(json.dumps(manifest))
    clock = ProgressClock(len(examples), cancel)
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(target) as part:
        for quality in _fitting(data, examples, limit - fixed):
            with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as file:
                _add(file, _MANIFEST, json.dumps({**manifest, "quality": quality}).encode())
                for name, content in clips.items():
                    _add(file, name, content)
                for number, example in enumerate(examples):
                    if cancel.cancelled:
                        raise CancelledError("Cancelled: {target} was not written.", target=target)
                    found = data.read(example)
                    # a damaged one keeps its number and stays damaged
                    if found is not None:
                        _add(file, f"{number:05}.webp", _webp(found[0], quality))
                        _add(file, f"{number:05}.png", _png(found[1]))
                    yield clock.step(number + 1)
            if part.stat().st_size <= limit:
                return Packed(quality, len(examples), part.stat().st_size)
        raise DatasetError(
            "{target}: the data does not fit into {limit:.0f} MiB at any quality worth learning from; raise "
            "the limit, or leave some of it out.",
            target=target,
            limit=limit / 2**20,
        )


def _fitting(data: TrainingData, examples: list[Example], room: int) -> Sequence[int]:
    """The qualities to try, the best first that should fit by a few examples."""
    picked = [examples[index] for index in np.unique(np.linspace(0, len(examples) - 1, _TRIED).astype(int))]
    read = [found for found in map(data.read, picked) if found is not None]
    masks = sum(len(_png(labels)) for _, labels in read)

    def fits(quality: int) -> bool:
        size = masks + sum(len(_webp(picture, quality)) + 2 * _MEMBER for picture, _ in read)
        return not read or len(examples) * size / len(read) <= _ROOM * room

    return _QUALITIES[bisect.bisect_left(_QUALITIES, True, key=fits) :]


def _webp(picture: Image, quality: int) -> bytes:
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    content: bytes = cv2.imencode(".webp", bgr, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()
    return content


def _png(labels: LabelMap) -> bytes:
    content: bytes = cv2.imencode(".png", labels, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes()
    return content


def _add(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    # a fixed date, so that the same data give the same file
    file.writestr(zipfile.ZipInfo(name), content)


@dataclass
class PackedData(TrainingData):
    """Training data out of a pack's members by name."""

    members: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def _load(self, example: Example) -> Content:
        lossy, exact = self.members.get(example.picture.name), self.members.get(example.mask.name)
        if lossy is None or exact is None:
            return None
        picture = cv2.imdecode(np.frombuffer(lossy, np.uint8), cv2.IMREAD_COLOR)
        labels = cv2.imdecode(np.frombuffer(exact, np.uint8), cv2.IMREAD_GRAYSCALE)
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8), np.asarray(labels, np.uint8)


class PackedFootage(Footage):
    """Footage out of a pack: the frames of each clip by its name, as JPEG files (bytes,) uint8."""

    def __init__(self, clips: Mapping[str, list[Image]], short_side: int) -> None:
        super().__init__([Path(name) for name in clips], short_side)
        self._kept = {Path(name): frames for name, frames in clips.items()}


def _footage_name(clip: str, number: int) -> str:
    return f"video/{clip}/{number:05}.jpg"


_ROOM = 2**24
"""Additional bytes that a manifest may unpack to."""


def open_pack(path: Path, left_out: Collection[str]) -> tuple[PackedData, set[str]]:
    """The data in a pack but the sequences named in `left_out`, and the names of all sequences.

    Raises DatasetError if it is no pack, or was made by a newer program.
    """
    try:
        with zipfile.ZipFile(path) as file:
            # pictures and clips are compressed by themselves: what unpacks to far more is no pack
            if sum(info.file_size for info in file.infolist()) > 2 * path.stat().st_size + _ROOM:
                raise ValueError
            members = {name: file.read(name) for name in file.namelist()}
        manifest = json.loads(members.pop(_MANIFEST))
        if manifest["format"] != _FORMAT or manifest["version"] != _VERSION or manifest["short_side"] != SHORT_SIDE:
            raise DatasetError("{path}: was packed by another version of this program; pack the data again.", path=path)
        sequences = {
            name: [_example(number) for number in numbers]
            for name, numbers in manifest["sequences"].items()
            if name not in left_out
        }
        pictures = [example for examples in sequences.values() for example in examples]
        pictures += [_example(number) for number in manifest["pictures"]]
        clips = {
            name: [np.frombuffer(members.pop(_footage_name(name, number)), np.uint8) for number in range(count)]
            for name, count in manifest["footage"].items()
        }
    except (zipfile.BadZipFile, AttributeError, KeyError, ValueError, TypeError) as error:
        raise DatasetError("{path}: is no pack of training data; make one with `rotoflow pack`.", path=path) from error
    data = PackedData(sequences, pictures, PackedFootage(clips, SHORT_SIDE), members=members)
    return data, set(manifest["sequences"])


def _example(number: int) -> Example:
    return Example(Path(f"{number:05}.webp"), Path(f"{number:05}.png"))
