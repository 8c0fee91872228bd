"""A folder of pictures as a clip."""

from __future__ import annotations

from pathlib import Path

from core.errors import MediaError, MediaFormatError
from core.media.info import VideoInfo
from core.media.pictures import picture_files, read_head, read_image
from core.media.source import VideoSource
from core.types import Image

NOMINAL_RATE = 24
"""Pictures have no time; where one is asked for, they pass at this many a second."""


class ImageFolder(VideoSource):
    """Pictures of equal size in natural order of their names. Made by `open_video`; a single picture is a clip too.

    Raises MediaFormatError naming the picture that cannot be read or has another size. Only headers are read here;
    damage further in shows when the frame is read.
    """

    def __init__(self, path: Path) -> None:
        self._files: list[Path] = picture_files(path) if path.is_dir() else [path]
        self._closed = False
        heads = [read_head(file) for file in self._files]
        first = heads[0]
        for file, head in zip(self._files, heads, strict=True):
            if head.size != first.size:
                raise MediaFormatError(
                    f"{file}: is {head.size[0]} x {head.size[1]} pixels, but {self._files[0].name} is "
                    f"{first.size[0]} x {first.size[1]}. All pictures of a clip must have one size; move the others "
                    "to another folder."
                )
        notes = []
        if any(head.has_alpha for head in heads):
            notes.append("the pictures have transparency, which is ignored: colours are shown as stored")
        if len({head.format for head in heads}) > 1:
            notes.append("the folder mixes file formats: " + ", ".join(sorted({head.format for head in heads})))
        super().__init__(
            VideoInfo(
                path=path,
                kind="images",
                width=first.size[0],
                height=first.size[1],
                frame_count=len(heads),
                rate=None,
                seconds=None,
                variable_rate=False,
                codec=first.format,
                pixel_format=first.mode,
                bit_depth=max(head.bit_depth for head in heads),
                rotation=first.rotation,
                colour_matrix="rgb",
                colour_range="full",
                has_audio=False,
                notes=tuple(notes),
            )
        )

    def read(self, frame_index: int) -> Image:
        self._check(frame_index)
        if self._closed:
            raise MediaError(f"{self.path}: the clip was closed.")
        file = self._files[frame_index]
        picture = read_image(file)
        if picture.shape[1::-1] != self.size:
            raise MediaFormatError(
                f"{file}: the picture changed its size while the clip was open. Open the clip again."
            )
        return picture

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return self._files[frame_index].stem

    def picture_path(self, frame_index: int) -> Path:
        """The file that holds the frame. Raises MediaError if there is no such frame."""
        self._check(frame_index)
        return self._files[frame_index]

    def seconds(self, frame_index: int) -> float:
        """Pictures have no time of their own: counted at `NOMINAL_RATE` a second."""
        self._check(frame_index)
        return frame_index / NOMINAL_RATE

    def close(self) -> None:
        self._closed = True
