"""A folder of pictures as a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import MediaError, MediaFormatError
from core.media.info import VideoInfo
from core.media.options import ClipOptions
from core.media.pictures import picture_files, read_alpha, read_head, read_stored
from core.media.source import VideoSource
from core.media.stills.head import PictureHead
from core.media.stills.series import Series, in_words, series_of, several_series
from core.media.stills.values import to_eight, to_sixteen
from core.media.suffixes import unreadable_pictures
from core.messages import Message
from core.types import Image

NOMINAL_RATE = 24
"""Pictures have no time; where one is requested, they pass at this many a second unless a person chose a rate."""
_SAMPLES = 5
"""So many pictures are examined to find out whether 12 bits are stored in 16."""


@dataclass(frozen=True)
class _Frame:
    """One frame: a page of a file, or a number that is missing."""

    file: Path
    """Where it is; of a missing one, the file that is shown instead."""
    name: str
    number: int
    page: int = 0
    missing: bool = False


_MOST_LIGHT = 65504.0
"""The largest half float: light without end is taken for it."""


class ImageFolder(VideoSource):
    """Pictures of equal size in natural order of their names. Made by `open_video`; a single picture is a clip too,
    and so is a TIFF of several pages.

    Raises MediaFormatError naming the picture that cannot be read or has another size. Only headers are read here;
    damage further in shows when the frame is read.
    """

    def __init__(self, path: Path, options: ClipOptions = ClipOptions()) -> None:  # noqa: B008  (frozen)
        files: list[Path] = picture_files(path) if path.is_dir() else [path]
        self._closed = False
        self._options = options
        heads = [read_head(file) for file in files]
        self._head = first = heads[0]
        for file, head in zip(files, heads, strict=True):
            _require_same_format(file, head, files[0], first)
        series = series_of([file.stem for file in files])
        self.missing = series.missing if series is not None else ()
        """Numbers of the series that there is no picture of."""
        self._frames = _frames(files, series, options) if len(files) > 1 else _pages(files[0], first)
        self._shift = self._unused_bits(heads)
        rate = options.rate
        super().__init__(
            VideoInfo(
                path=path,
                kind="images",
                width=first.size[0],
                height=first.size[1],
                frame_count=len(self._frames),
                rate=rate,
                seconds=None if rate is None else float(len(self._frames) / rate),
                variable_rate=False,
                codec=first.format,
                pixel_format=first.mode,
                bit_depth=max(head.bit_depth for head in heads),
                rotation=first.rotation,
                colour_matrix="rgb",
                colour_range="full",
                has_audio=False,
                notes=tuple(self._notes(path, files, heads, series)),
                linear_light=first.linear,
                has_alpha=any(head.has_alpha for head in heads),
            )
        )

    @property
    def options(self) -> ClipOptions:
        return self._options

    def reopen(self) -> ImageFolder:
        return ImageFolder(self.path, self._options)

    def read(self, frame_index: int) -> Image:
        return to_eight(self.read_stored(frame_index), self._head.linear)

    def read_deep(self, frame_index: int) -> NDArray[np.uint16]:
        return to_sixteen(self.read_stored(frame_index), self._head.linear)

    def read_stored(self, frame_index: int) -> NDArray[Any]:
        """The frame as it is stored, upright: (H, W, 3) uint8, uint16 or float32. Raises what `read` does."""
        self._check(frame_index)
        if self._closed:
            raise MediaError("{path}: the clip was closed.", path=self.path)
        frame = self._frames[frame_index]
        if frame.missing and self._options.gaps == "black":
            return np.zeros((self.size[1], self.size[0], 3), np.uint8)
        picture = read_stored(frame.file, frame.page)
        if picture.shape[1::-1] != self.size:
            raise MediaFormatError(
                "{file}: the picture changed its size while the clip was open. Open the clip again.", file=frame.file
            )
        return picture << self._shift if self._shift and picture.dtype == np.uint16 else picture

    def read_light(self, frame_index: int) -> NDArray[np.float32] | None:
        if not self._head.linear:
            return None
        stored = self.read_stored(frame_index)
        # a missing picture is black
        light = np.zeros(stored.shape, np.float32) if stored.dtype == np.uint8 else stored.astype(np.float32)
        return np.nan_to_num(light, nan=0.0, posinf=_MOST_LIGHT, neginf=0.0)

    def read_alpha(self, frame_index: int) -> NDArray[np.uint8] | None:
        self._check(frame_index)
        frame = self._frames[frame_index]
        return None if frame.missing else read_alpha(frame.file, frame.page)

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return self._frames[frame_index].name

    def frame_number(self, frame_index: int) -> int:
        self._check(frame_index)
        return self._frames[frame_index].number

    def picture_path(self, frame_index: int) -> Path | None:
        """The file that shows the frame as `read` gives it; None if there is none, as for a missing or one of several
        in a file. Raises MediaError if there is no such frame.
        """
        self._check(frame_index)
        frame = self._frames[frame_index]
        black = frame.missing and self._options.gaps == "black"
        return None if black or self._head.pages > 1 else frame.file

    def seconds(self, frame_index: int) -> float:
        """Pictures have no time of their own: counted at the rate that was chosen, or `NOMINAL_RATE`."""
        self._check(frame_index)
        return float(frame_index / (self._options.rate or NOMINAL_RATE))

    def close(self) -> None:
        self._closed = True

    def _notes(
        self, path: Path, files: Sequence[Path], heads: Sequence[PictureHead], series: Series | None
    ) -> list[Message]:
        notes = list(dict.fromkeys(note for head in heads for note in head.notes))
        if any(head.has_alpha for head in heads):
            notes.append(Message("the pictures have transparency, which is ignored: it can be taken as a mask"))
        if path.is_dir() and (unreadable := unreadable_pictures(path.iterdir())):
            notes.append(
                Message(
                    "pictures that cannot be read are left out ({kinds}): {count}; save them as JPEG, PNG or TIFF",
                    kinds=", ".join(sorted(set(unreadable.values()))),
                    count=len(unreadable),
                )
            )
        if len({head.format for head in heads}) > 1:
            notes.append(
                Message(
                    "the folder mixes file formats: {formats}",
                    formats=", ".join(sorted({head.format for head in heads})),
                )
            )
        if several := several_series([file.stem for file in files]):
            notes.append(
                Message("the folder holds {count} series of pictures: they follow one another", count=len(several))
            )
        if series is not None and series.missing:
            missing, many = in_words(series.missing), len(series.missing)
            if self._options.gaps == "hold":
                notes.append(
                    Message(
                        "{many} pictures are missing ({missing}): each shows the picture before it",
                        many=many,
                        missing=missing,
                    )
                )
            elif self._options.gaps == "black":
                notes.append(
                    Message("{many} pictures are missing ({missing}): they are black", many=many, missing=missing)
                )
            else:
                notes.append(
                    Message(
                        "{many} pictures are missing ({missing}): the frames before and after follow each other",
                        many=many,
                        missing=missing,
                    )
                )
        if self._shift:
            notes.append(
                Message(
                    "the pictures use {bits} of their 16 bits: the largest value of those is taken as white",
                    bits=16 - self._shift,
                )
            )
        if len(files) == 1 and heads[0].pages > 1:
            notes.append(Message("the file holds {pages} pictures, which are the frames", pages=heads[0].pages))
        return notes

    def _unused_bits(self, heads: Sequence[PictureHead]) -> int:
        """How many bits to shift values up: cameras store 10 or 12 bits in 16 and do not say so."""
        if any(head.bit_depth != 16 or head.is_float for head in heads):
            return 0
        step = max(1, len(self._frames) // _SAMPLES)
        largest = 0
        for frame in self._frames[::step]:
            try:
                picture = read_stored(frame.file, frame.page)
            except MediaError:
                continue
            largest = max(largest, int(picture.max()) if picture.dtype == np.uint16 else 65535)
        return next((16 - bits for bits in (10, 12) if 255 < largest < 1 << bits), 0)


def _require_same_format(file: Path, head: PictureHead, first_file: Path, first: PictureHead) -> None:
    if head.size != first.size:
        raise MediaFormatError(
            "{file}: is {width} x {height} pixels, but {name} is {width2} x {height2}. All pictures of a "
            "clip must have one size; move the others to another folder.",
            file=file,
            width=head.size[0],
            height=head.size[1],
            name=first_file.name,
            width2=first.size[0],
            height2=first.size[1],
        )
    if head.linear != first.linear:
        raise MediaFormatError(
            "{file}: one of this picture and {name} holds linear light, the other encoded colours. Move one "
            "kind to another folder.",
            file=file,
            name=first_file.name,
        )


def _frames(files: Sequence[Path], series: Series | None, options: ClipOptions) -> list[_Frame]:
    if series is None:
        return [_Frame(file, file.stem, index) for index, file in enumerate(files)]
    frames = [_Frame(file, file.stem, number) for file, number in zip(files, series.numbers, strict=True)]
    if options.gaps == "skip" or not series.missing:
        return frames
    filled: list[_Frame] = []
    for frame in frames:
        while filled and filled[-1].number + series.step < frame.number:
            before = filled[-1]
            number = before.number + series.step
            filled.append(_Frame(before.file, _renumbered(before, number), number, missing=True))
        filled.append(frame)
    return filled


def _renumbered(frame: _Frame, number: int) -> str:
    """The name that the picture of another number would have."""
    head, _, tail = frame.name.rpartition(_written(frame))
    return f"{head}{number:0{len(_written(frame))}d}{tail}"


def _written(frame: _Frame) -> str:
    """The number as the name has it, with its zeros."""
    digits = str(frame.number)
    for width in range(len(frame.name), len(digits) - 1, -1):
        if f"{frame.number:0{width}d}" in frame.name:
            return f"{frame.number:0{width}d}"
    return digits


def _pages(file: Path, head: PictureHead) -> list[_Frame]:
    if head.pages == 1:
        series = series_of([file.stem])
        return [_Frame(file, file.stem, series.numbers[0] if series else 0)]
    return [_Frame(file, f"{file.stem}.{page:04d}", page, page) for page in range(head.pages)]
