"""From decoded frames to RGB: the stream's colour matrix and range, and standing upright."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from core.errors import MediaFormatError
from core.messages import Message
from core.types import Image

Channel = TypeVar("Channel", bound=np.generic)
UNSPECIFIED_MATRIX = 2
FULL_RANGE = 2
LIMITED_RANGE = 1
_BT2020_PRIMARIES = 9
_ABORTS = frozenset({"yaf32le", "yaf32be"})
"""Pixel formats at which the scaler ends the whole process."""

# Keys are the code points of ITU-T H.273 (MatrixCoefficients), as FFmpeg's AVColorSpace and the streams have them.
MATRIX_NAMES = {
    0: "rgb",
    1: "bt709",
    4: "fcc",
    5: "bt601",
    6: "bt601",
    7: "smpte240m",
    9: "bt2020",
}
# The scaler's numbers for the same matrices, where one is to be given.
SCALER_MATRIX = {"bt709": 1, "fcc": 4, "bt601": 5, "smpte240m": 7, "bt2020": 9}
LUMA_PARTS = {  # red's and blue's part in luma, ITU-T H.273
    "bt601": (0.299, 0.114),
    "bt709": (0.2126, 0.0722),
    "bt2020": (0.2627, 0.0593),
    "fcc": (0.30, 0.11),
    "smpte240m": (0.212, 0.087),
}
_TRANSFER_NAMES = {16: "PQ", 18: "HLG"}

# Bilinear chroma, full-width chroma and exact rounding: without the last two, colours are off by up to 3/255.
EXACT = 2 | 0x2000 | 0x40000
DEEP = 4 | 0x2000 | 0x4000 | 0x40000
"""Bicubic, with every chroma sample read. For 16 bits it is the only way: bilinear, the scaler of FFmpeg 8 mixes up two
rows wherever chroma has fewer rows than the picture, and the colours are 50 levels off."""
DRAFT = 2
"""Bilinear chroma alone: a tenth of the time at 1080p, because the scaler then works with whole vectors."""

_WITHOUT_COLOURS = ("gray", "ya8", "ya16", "mono")
"""How names of pixel formats begin that have no matrix."""


@dataclass(frozen=True)
class ColourModel:
    """How the stored numbers of a stream mean colours."""

    matrix: str
    full_range: bool
    notes: tuple[Message, ...] = ()
    transfer: str = ""
    """"PQ" or "HLG" of HDR, whose numbers are not light nor fit for a screen; else empty."""

    @property
    def range_name(self) -> str:
        """ "full" or "limited"."""
        return "full" if self.full_range else "limited"


def colour_model(frame: Any, context: Any) -> ColourModel:
    """The colour model of an `av.VideoFrame` and its codec context, with a player's guess where neither says.

    Unspecified matrices are taken as BT.2020 if the primaries are, otherwise as BT.709 from 1280 x 720 up and BT.601
    below; unspecified range is limited, except in formats that are full range by definition.
    """
    name = frame.format.name
    if frame.format.is_rgb or name.startswith(("pal", "gbr", "rgb", "bgr", "mono")):
        return ColourModel("rgb", True)
    notes: list[Message] = []
    transfer = _TRANSFER_NAMES.get(context.color_trc, "")
    if transfer:
        notes.append(
            Message(
                "HDR ({transfer}): mapped to the screen's range where it is shown, and nowhere else", transfer=transfer
            )
        )
    code = frame.colorspace
    matrix = MATRIX_NAMES.get(code)
    if matrix is None or matrix == "rgb":
        matrix = guessed_matrix(frame.width, frame.height, context.color_primaries)
        if code != UNSPECIFIED_MATRIX and not frame.format.name.startswith(_WITHOUT_COLOURS):
            notes.append(
                Message(
                    "colour matrix {code} is not supported; taken as {matrix}, so colours may be off",
                    code=code,
                    matrix=matrix,
                )
            )
    full = frame.color_range == FULL_RANGE or name.startswith("yuvj")
    if frame.color_range not in (LIMITED_RANGE, FULL_RANGE) and name.startswith(("gray", "ya8", "ya16")):
        full = True
    return ColourModel(matrix, full, tuple(notes), transfer)


def conflict_notes(declared: int, model: ColourModel) -> tuple[Message, ...]:
    """That a container names another matrix than the stream in it; `declared` is its number (ITU-T H.273)."""
    named = MATRIX_NAMES.get(declared, model.matrix)
    if "rgb" in (named, model.matrix) or named == model.matrix:
        return ()
    return (
        Message(
            "the container declares colours as {declared}, the stream in it as {matrix}: the stream's is used",
            declared=named,
            matrix=model.matrix,
        ),
    )


def guessed_matrix(width: int, height: int, primaries: int = 0) -> str:
    """What players assume of a (width, height) stream that does not name its matrix."""
    if primaries == _BT2020_PRIMARIES:
        return "bt2020"
    return "bt709" if width >= 1280 or height > 576 else "bt601"


@dataclass(frozen=True)
class Orientation:
    """One of the eight ways a stored picture can lie: transposed first, then mirrored."""

    transposed: bool = False
    mirrored_x: bool = False
    mirrored_y: bool = False

    @property
    def rotation(self) -> int:
        """Degrees clockwise that the picture is turned by, apart from mirroring."""
        if self.transposed:
            return 90 if self.mirrored_x else 270
        return 180 if self.mirrored_y else 0

    @property
    def mirrors(self) -> bool:
        """True if the picture is flipped, not only turned."""
        return (self.mirrored_x != self.mirrored_y) != self.transposed

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The upright (width, height) of a stored picture."""
        return (height, width) if self.transposed else (width, height)

    def apply(self, picture: NDArray[Channel]) -> NDArray[Channel]:
        """The stored (H, W, 3) picture, upright."""
        upright = picture.transpose(1, 0, 2) if self.transposed else picture
        if self.mirrored_x:
            upright = upright[:, ::-1]
        if self.mirrored_y:
            upright = upright[::-1]
        return np.ascontiguousarray(upright)


def orientation(frame: Any) -> Orientation:
    """How a decoded frame lies, from its display matrix; upright if it has none.

    The matrix maps stored (x, y) to shown (a x + c y, b x + d y); the larger pair says whether the axes are swapped.
    """
    side_data = frame.side_data.get("DISPLAYMATRIX")
    if side_data is None:
        return Orientation()
    a, b, _, c, d = struct.unpack("=5i", bytes(side_data)[:20])
    if abs(a) >= abs(b):
        return Orientation(False, a < 0, d < 0)
    return Orientation(True, c < 0, b < 0)


def tilt(frame: Any) -> int:
    """Degrees clockwise that a frame's display matrix turns it by beyond a quarter turn; mostly 0."""
    side_data = frame.side_data.get("DISPLAYMATRIX")
    if side_data is None:
        return 0
    a, b = struct.unpack("=2i", bytes(side_data)[:8])
    turned = round(math.degrees(math.atan2(b, a)))
    return (turned + 45) % 90 - 45


def rgb_pixels(
    scaler: Any,
    frame: Any,
    model: ColourModel,
    size: tuple[int, int] | None = None,
    *,
    deep: bool = False,
    draft: bool = False,
) -> NDArray[Any]:
    """A decoded frame in full-range RGB by its own matrix and range: (H, W, 3) uint8, or uint16 if `deep`.

    `size` is the (width, height) wanted, the frame's own by default; a `draft` is up to a few levels off. `scaler` is
    an `av.video.reformatter.VideoReformatter`. Raises MediaFormatError for pixels that the scaler cannot read.
    """
    kind = frame.format
    if kind.name in _ABORTS:
        raise _unreadable(kind.name)
    # RGB of less than 8 bits has shortcuts to 8 bits in the scaler that swap its bytes and leave white grey
    narrow = kind.is_rgb and max(component.bits for component in kind.components) < 8
    wide = deep or narrow
    matrix = SCALER_MATRIX.get(model.matrix)
    try:
        shown = scaler.reformat(
            frame,
            *(size or (frame.width, frame.height)),
            format="rgb48le" if wide else "rgb24",
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=FULL_RANGE if model.full_range else LIMITED_RANGE,
            dst_color_range=FULL_RANGE,
            interpolation=DEEP if wide else DRAFT if draft else EXACT,
        )
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _unreadable(kind.name) from error
    pixels: NDArray[Any] = shown.to_ndarray()
    return np.asarray((pixels.astype(np.uint32) + 128) // 257, np.uint8) if narrow and not deep else pixels


def _unreadable(name: str) -> MediaFormatError:
    return MediaFormatError(
        "Pixels of the format {name} cannot be read here. Convert the clip, for example to ProRes.", name=name
    )


def require_readable(frame: Any, path: Path) -> None:
    """Raises MediaFormatError, naming the clip, if pixels like those of a decoded frame cannot be shown."""
    try:
        # eight columns by eight rows are no work, and hold a whole block of every subsampling
        rgb_pixels(VideoReformatter(), av.VideoFrame(8, 8, frame.format.name), ColourModel("bt709", False))
    except MediaFormatError as error:
        raise MediaFormatError("{path}: {error}", path=path, error=error) from error


class RgbConverter:
    """Turns decoded frames into upright pictures of one size. Not thread-safe."""

    def __init__(self, model: ColourModel, upright: Orientation, stored_size: tuple[int, int]) -> None:
        self._model = model
        self._upright = upright
        self._size = stored_size
        # one each: a scaler that gets another method sets itself up again
        self._scaler, self._draft_scaler = VideoReformatter(), VideoReformatter()

    def convert(self, frame: Any, draft: bool = False) -> Image:
        """The `av.VideoFrame` as a fresh (H, W, 3) uint8 RGB array; a `draft` is up to a few levels off.

        A stream may change its size on the way; such frames are scaled to the size of the first.
        """
        scaler = self._draft_scaler if draft else self._scaler
        return self._upright.apply(cast(Image, rgb_pixels(scaler, frame, self._model, self._size, draft=draft)))
