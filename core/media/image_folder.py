"""A folder of pictures as a clip, in natural order: frame2 comes before frame10."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np

from core.errors import MediaFormatError, MediaNotFoundError
from core.media.info import VideoInfo
from core.media.source import VideoSource
from core.types import Image

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"})
_NOMINAL_RATE = 24


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key under which runs of digits compare as numbers."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def list_pictures(folder: Path) -> list[Path]:
    """The folder's pictures in natural order; hidden files are left out."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES and path.name[0] != "."]
    return sorted(found, key=lambda path: natural_key(path.name))


def read_image(path: Path | str) -> Image:
    """A picture as (H, W, 3) uint8 RGB: grey is spread, 16 bit rounded, alpha dropped, the EXIF orientation applied.

    Raises MediaNotFoundError or MediaFormatError.
    """
    path = Path(path)
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except FileNotFoundError as error:
        raise MediaNotFoundError(f"{path}: there is no such picture.") from error
    except OSError as error:
        raise MediaFormatError(f"{path}: the picture cannot be read ({error.strerror}).") from error
    # IMREAD_COLOR rounds 16 bit to 8 and drops alpha; decoding from memory keeps paths with any letters working.
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if pixels is None:
        raise MediaFormatError(
            f"{path}: this is no picture that can be read; it may be damaged. Replace it or take it out of the folder."
        )
    return np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), dtype=np.uint8)


class ImageFolder(VideoSource):
    """A folder of pictures of one size; frames have no clock of their own, so `seconds` assumes 24 a second."""

    def __init__(self, path: Path) -> None:
        self._pictures = list_pictures(path)
        if not self._pictures:
            kinds = ", ".join(sorted(suffix[1:] for suffix in PICTURE_SUFFIXES))
            raise MediaFormatError(f"{path}: the folder holds no pictures ({kinds}).")
        first = read_image(self._pictures[0])
        height, width = first.shape[:2]
        super().__init__(
            VideoInfo(
                path=path,
                kind="images",
                width=width,
                height=height,
                frame_count=len(self._pictures),
                rate=None,
                seconds=None,
                variable_rate=False,
                codec=self._pictures[0].suffix[1:].lower(),
                pixel_format="rgb24",
                bit_depth=8,
                rotation=0,
                colour_matrix="rgb",
                colour_range="full",
                has_audio=False,
            )
        )

    def read(self, frame_index: int) -> Image:
        self._check(frame_index)
        picture = self._pictures[frame_index]
        pixels = read_image(picture)
        if (pixels.shape[1], pixels.shape[0]) != self.size:
            raise MediaFormatError(
                f"{picture}: is {pixels.shape[1]}x{pixels.shape[0]}, but the folder's first picture is "
                f"{self.size[0]}x{self.size[1]}; all pictures of a clip must be of one size."
            )
        return pixels

    def frame_name(self, frame_index: int) -> str:
        self._check(frame_index)
        return self._pictures[frame_index].stem

    def seconds(self, frame_index: int) -> float:
        return frame_index / _NOMINAL_RATE

    def close(self) -> None:
        """Nothing is held open."""
