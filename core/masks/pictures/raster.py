"""A mask picture as numbers and the colours they stand for, before they are interpreted."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import EpsImagePlugin, Image, ImageOps, UnidentifiedImageError

from core.errors import DAMAGE_ERRORS, MaskError
from core.masks.pictures.arrays import ARRAY_SUFFIXES, ArrayFile
from core.masks.pictures.deep import DeepFile, DeepPicture, DeepPictureError, Plane
from core.masks.pictures.transparency import SEEN, straight_colours
from core.messages import Message, message_of

# PostScript is a program; Pillow would have Ghostscript run what lies in a file, whatever the file's name
EpsImagePlugin.gs_binary = False

PIXELS_VARIABLE = "ROTOFLOW_PICTURE_MEGAPIXELS"
"""Environment variable: how many million pixels a picture may have before it is refused unread."""
_USUAL_MEGAPIXELS = 140
"""A little more than 16K, 15360 x 8640."""
MOST_PAGES = 1000
"""More pictures in one file are not counted: each takes Pillow some milliseconds."""


_WEBP_HEAD = 1 << 16
"""Bytes in which the chunk with the pixels begins, behind a colour profile."""
_SAMPLE_FORMAT = 339
"""The tag of a TIFF that says whether its numbers have a sign."""
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
"""The tag of a TIFF that says what 0 is; Pillow follows it in 8 bits alone."""
_MOST_32 = (1 << 32) - 1
_MOST_WHOLE = float(1 << 24)
"""32-bit floating point does not represent all whole numbers beyond this."""


class MaskValueError(ValueError):
    """The picture is whole, but its values are no mask's; the message is a part of a sentence."""


@dataclass(frozen=True)
class Raster:
    """The distinct values of a picture and which of them each pixel has.

    `form` says what the values are: grey levels, indices of a palette, or colours packed as 0xRRGGBB. `colours` holds
    the colour of each as (N, 3) uint8, `value_map` (H, W) the number of a pixel's value in `values`, which ascend.
    """

    form: str
    """"grey", "palette" or "colour"."""
    values: NDArray[np.int64]
    colours: NDArray[np.uint8]
    value_map: NDArray[np.int32]
    white: int
    """The highest value a grey picture of this depth can have."""
    lossy: bool
    """The file's format changes colours (JPEG)."""
    see_through: bool = False
    """Only transparency has information: there is no colour anywhere."""
    cut_out: Raster | None = None
    """The transparency, grey, of a picture in colours that is partly transparent."""
    pages: int = 1
    """Pictures in the file, of which this is the first; `MOST_PAGES` for as many or more."""
    left_out: tuple[str, ...] = ()
    """Layers and parts of the file that were not read, by name."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """(N,) pixels of each value."""
        return np.bincount(self.value_map.ravel(), minlength=len(self.values))

    @property
    def is_grey(self) -> bool:
        """No value has a colour but black, grey or white; JPEG leaves a little."""
        return self.form == "grey" or int(np.ptp(self.colours.astype(np.int16), axis=1).max(initial=0)) <= 8

    def rgb(self) -> NDArray[np.uint8]:
        """The picture, (H, W, 3) uint8."""
        return self.colours[self.value_map]


def pixel_limit() -> int:
    """The most pixels a picture may have, from the environment or the usual value."""
    try:
        chosen = float(os.environ.get(PIXELS_VARIABLE, ""))
    except ValueError:
        chosen = 0.0
    return round((chosen if chosen > 0 else _USUAL_MEGAPIXELS) * 1e6)


def read_raster(path: Path, size: tuple[int, int] | None = None) -> Raster:
    """The picture in a file.

    Its header is read first: a picture that is not of `size` (width, height), or too large for `pixel_limit`, is
    refused before it is unpacked. Raises MaskError, naming the file.
    """
    with _opened(path) as picture:
        if picture is not None:
            _check_size(path, _upright_size(picture, size), size)
            lossy = picture.format in ("JPEG", "MPO") or (picture.format == "WEBP" and _is_lossy_webp(path))
            # of these formats the others are no pages: layers, and the small picture of a camera
            pages = 1 if picture.format in ("PSD", "MPO") else _page_count(picture)
            picture.load()
            if _upright_size(picture, size) != picture.size or _orientation(picture) in (2, 3, 4):
                picture = ImageOps.exif_transpose(picture)
            return replace(_raster_of(picture, lossy), pages=pages)
        deep = ArrayFile(path) if path.suffix.lower() in ARRAY_SUFFIXES else DeepFile(path)
        _check_size(path, deep.size, size)
        read = deep.read()
        unused = read.alpha is not None and not read.alpha.any() and any(plane.any() for plane in read.colours)
        return replace(_deep_raster(read), left_out=(*(("alpha",) if unused else ()), *read.left_out))


def _page_count(picture: Image.Image) -> int:
    """How many pictures are in the file, `MOST_PAGES` at most: Pillow reads the header of each to count them."""
    if picture.format != "TIFF":
        return int(getattr(picture, "n_frames", 1))
    pages = 1
    with suppress(EOFError):
        while pages < MOST_PAGES:
            picture.seek(pages)
            pages += 1
    picture.seek(0)
    return pages


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image | None]:
    """The picture, its header read; None if Pillow does not read it in all its bits."""
    if path.exists() and not path.is_file():
        # a pipe or a device might never end
        raise MaskError("{path}: no picture that can be read; it is no file.", path=path)
    # Pillow has a limit of its own, which must not come before ours where a person has raised that
    Image.MAX_IMAGE_PIXELS = max(Image.MAX_IMAGE_PIXELS or 0, pixel_limit())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = _by_pillow(path)
        if picture is not None and picture.format == "EPS":
            raise MaskValueError(Message("it is PostScript, a program that is not run; save it as PNG"))
        if picture is None or _has_more_bits(picture):
            yield None
        else:
            with picture:
                yield picture
    except FileNotFoundError as error:
        raise MaskError("{path}: there is no such file.", path=path) from error
    except DeepPictureError as error:
        raise MaskError(
            "{path}: no picture that can be read; expected a PNG mask ({reason}).", path=path, reason=message_of(error)
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(path) from error
    except MaskValueError as error:
        raise MaskError("{path}: no mask: {reason}.", path=path, reason=message_of(error)) from error
    except (*DAMAGE_ERRORS, ValueError) as error:
        raise MaskError(
            "{path}: the picture is damaged or cannot be read ({error}).", path=path, error=error
        ) from error


def _by_pillow(path: Path) -> Image.Image | None:
    try:
        return Image.open(path)
    except UnidentifiedImageError:
        return None


def _has_more_bits(picture: Image.Image) -> bool:
    """Whether Pillow would cut colours of 16 bits to 8."""
    return picture.mode in ("RGB", "RGBA", "LA") and any("16" in str(tile[3]) for tile in getattr(picture, "tile", ()))


def _orientation(picture: Image.Image) -> int:
    # of a PNG without it Pillow would unpack the picture to look behind it
    known = picture.format != "PNG" or "exif" in picture.info
    return int(picture.getexif().get(0x0112, 1)) if known else 1


def _upright_size(picture: Image.Image, wanted: tuple[int, int] | None) -> tuple[int, int]:
    """The size as shown, or as stored if only that is the wanted one."""
    turned = picture.size[::-1] if 5 <= _orientation(picture) <= 8 else picture.size
    return picture.size if picture.size == wanted else turned


def _check_size(path: Path, found: tuple[int, int], size: tuple[int, int] | None) -> None:
    if size is not None and found != size:
        raise MaskError(
            "{path}: the mask is {found_width} x {found_height}, but the clip is {width} x {height}; make it "
            "the clip's size, without smoothing.",
            path=path,
            found_width=found[0],
            found_height=found[1],
            width=size[0],
            height=size[1],
        )
    if found[0] * found[1] > pixel_limit():
        raise _too_many_pixels(path)


def _too_many_pixels(path: Path) -> MaskError:
    return MaskError(
        "{path}: the picture has more than {most:g} million pixels; make it smaller, or raise the "
        "limit with {variable}.",
        path=path,
        most=pixel_limit() / 1000000.0,
        variable=PIXELS_VARIABLE,
    )


def _raster_of(picture: Image.Image, lossy: bool) -> Raster:
    if picture.mode == "1":
        return _grey(np.array(picture, np.uint8), 1, lossy)
    if picture.mode == "L" and "transparency" not in picture.info:
        return _grey(np.array(picture, np.uint8), 255, lossy)
    if picture.mode == "F":
        return _grey(_levels(np.array(picture, np.float32)), 65535, lossy)
    if picture.mode.startswith("I"):
        values = np.array(picture, np.int64)
        if picture.mode.startswith("I;16") and getattr(picture, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO:
            values = 65535 - values
        if picture.mode == "I" and tuple(getattr(picture, "tag_v2", {}).get(_SAMPLE_FORMAT, (1,))) == (1,):
            # Pillow has no unsigned numbers of 32 bits
            values &= _MOST_32
        return _whole(values, lossy)
    if picture.mode == "P":
        return _palette(picture, lossy)
    return _colour(np.array(picture.convert("RGBA")), lossy)


def _is_lossy_webp(path: Path) -> bool:
    """Whether a WebP file's pixels are stored as VP8; VP8L changes none."""
    with path.open("rb") as file:
        return b"VP8L" not in file.read(_WEBP_HEAD)


def _whole(values: NDArray[np.int64], lossy: bool = False) -> Raster:
    """The raster of whole numbers of up to 32 bits."""
    return _grey(_positive(values), _MOST_32 if int(values.max(initial=0)) == _MOST_32 else 65535, lossy)


def _positive(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Values that are no less than 0. Raises MaskValueError."""
    if int(values.min(initial=0)) < 0:
        raise MaskValueError(Message("it has values below 0, down to {least}", least=int(values.min())))
    return values


def _deep_raster(picture: DeepPicture) -> Raster:
    """The raster of planes of any depth. Where transparency differs it is the matte, unless colours next to it are hard
    areas.
    """
    alpha = picture.alpha if picture.alpha is not None and int(np.ptp(picture.alpha) > 0) else None
    colours = picture.colours
    if not colours or (alpha is not None and _is_plain(colours, alpha)):
        return _deep_grey(picture.alpha if picture.alpha is not None else np.zeros((1, 1), np.uint8))
    if alpha is None and all(np.array_equal(colours[0], other) for other in colours[1:]):
        return _deep_grey(colours[0])
    if len(colours) == 1:
        colours = colours * 3
    eights = [_eight(plane, max(int(one.max(initial=0)) for one in colours)) for plane in colours]
    opacity = np.full(colours[0].shape, 255, np.uint8) if alpha is None else _eight(alpha, 65535)
    return _colour(np.stack([*eights, opacity], axis=-1), lossy=False)


def _is_plain(colours: tuple[Plane, ...], alpha: Plane) -> bool:
    """White or black behind the transparency, or multiplied by it."""
    seen = alpha > 0
    return (
        all(np.array_equal(plane, alpha) for plane in colours)
        or len({float(plane[seen].min()) for plane in colours} | {float(plane[seen].max()) for plane in colours}) == 1
    )


def _deep_grey(plane: Plane) -> Raster:
    if plane.dtype == np.uint8:
        return _grey(plane, 255, False)
    if plane.dtype == np.int64:
        return _whole(plane)
    return _grey(
        plane.astype(np.int32) if plane.dtype == np.uint16 else _levels(plane.astype(np.float32)), 65535, False
    )


def _eight(plane: Plane, most: int) -> NDArray[np.uint8]:
    """A plane of colours in 8 bits; numbers that are no higher than that stay as they are."""
    if plane.dtype == np.uint16:
        return (plane if most <= 255 else (plane.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    if plane.dtype == np.uint8:
        return np.asarray(plane, np.uint8)
    shown = np.clip(np.nan_to_num(plane.astype(np.float32), nan=0.0, posinf=1.0, neginf=0.0), 0, 1)
    return np.rint(shown * 255).astype(np.uint8)


def _levels(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Floating point greys as whole ones: ids where all are whole and above 1, else 0 to 1 stretched to 0 to 65535."""
    if not np.isfinite(values).all():
        raise MaskValueError(Message("some of its values are no numbers"))
    top = float(values.max(initial=0.0))
    if 1.0 < top <= _MOST_WHOLE and np.array_equal(values, np.rint(values)):
        return _positive(values.astype(np.int64))
    stretched: NDArray[np.int64] = np.rint(np.clip(values / max(1.0, top), 0, 1) * 65535).astype(np.int64)
    return stretched


def _grey(values: NDArray[np.generic], white: int, lossy: bool) -> Raster:
    present, value_map = _distinct(values)
    # 8, 10 or 12 bits in 16
    top = next((bits for bits in (255, 1023, 4095) if white > bits >= int(present[-1])), max(white, int(present[-1])))
    shades = np.minimum(np.rint(present * (255 / top)), 255).astype(np.uint8)
    return Raster("grey", present, np.repeat(shades[:, None], 3, axis=1), value_map, white, lossy)


def _palette(picture: Image.Image, lossy: bool) -> Raster:
    present, value_map = _distinct(np.array(picture, np.uint8))
    table = np.zeros((256, 3), np.uint8)
    given = np.array(picture.getpalette("RGB") or [], np.uint8)[:768]
    table.reshape(-1)[: len(given)] = given
    clear = picture.info.get("transparency")
    if isinstance(clear, int) and 0 <= clear < 256:
        # a see-through index is background, whatever its colour
        table[clear] = 0
    elif isinstance(clear, bytes):
        opacity = np.frombuffer(clear, np.uint8)[:256]
        table[: len(opacity)][opacity < SEEN] = 0
    return Raster("palette", present, table[present], value_map, 255, lossy)


def _colour(pixels: NDArray[np.uint8], lossy: bool) -> Raster:
    """The raster of (H, W, 4) RGBA."""
    if not pixels[..., 3].any() and int(np.ptp(pixels[..., :3], axis=(0, 1)).max()) > 0:
        # transparency that a program never filled in
        opaque = np.dstack([pixels[..., :3], np.full(pixels.shape[:2], 255, np.uint8)])
        return replace(_colour(opaque, lossy), left_out=("alpha",))
    seen = pixels[..., 3] >= SEEN
    colours = np.where(seen[..., None], straight_colours(pixels), 0)
    if not colours.any():
        # a black figure on nothing; a wholly opaque black picture is an empty mask
        alpha = pixels[..., 3] if not seen.all() else np.zeros(seen.shape, np.uint8)
        found = _grey(alpha, 255, lossy)
        return Raster("grey", found.values, found.colours, found.value_map, 255, lossy, see_through=True)
    cut_out = _grey(pixels[..., 3], 255, lossy) if bool(np.ptp(pixels[..., 3]) > 0) else None
    if np.array_equal(colours[..., 0], colours[..., 1]) and np.array_equal(colours[..., 1], colours[..., 2]):
        # white with a soft alpha is a matte whose rims the alpha has
        level = colours[..., 0]
        if not seen.all() and len(np.unique(level[seen])) == 1 and level[seen][0] == 255:
            level = pixels[..., 3]
        return replace(_grey(level, 255, lossy), cut_out=cut_out)
    wide = colours.astype(np.int32)
    present, value_map = _distinct(wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2])
    table = np.stack([present >> 16, present >> 8 & 255, present & 255], axis=1).astype(np.uint8)
    return Raster("colour", present, table, value_map, 255, lossy, cut_out=cut_out)


def _distinct(values: NDArray[np.generic]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The distinct values, ascending, and the number among them of each pixel's."""
    if values.dtype == np.uint8:
        present = np.flatnonzero(np.bincount(values.ravel(), minlength=256))
        table = np.zeros(256, np.int32)
        table[present] = np.arange(len(present))
        return present.astype(np.int64), table[values]
    # masks are runs of one value: sorting the runs is much less than sorting the pixels
    flat = values.ravel()
    starts = np.flatnonzero(np.concatenate([[True], flat[1:] != flat[:-1]]))
    present, numbers = np.unique(flat[starts], return_inverse=True)
    lengths = np.diff(np.concatenate([starts, [flat.size]]))
    return present.astype(np.int64), np.repeat(numbers.astype(np.int32), lengths).reshape(values.shape)
