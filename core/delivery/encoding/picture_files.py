"""Writing one picture a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from core.delivery.clip import ClipProperties, Picture, describe
from core.delivery.encoding.cryptomatte import ObjectLayer, write_cryptomatte
from core.delivery.encoding.exr import exr_pixels, write_exr
from core.delivery.encoding.tiff import write_tiff
from core.delivery.render import Rendered, quantised, rgba
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError, MaskError
from core.masks import mask_suffix, write_binary_mask, write_mask
from core.masks.pictures.writing import HIGHEST_IN_PNG
from core.messages import Message


def id_notes(settings: ExportSettings) -> list[Message]:
    """That ids which PNG cannot hold go into TIFF instead; empty where they do not."""
    if settings.format != "masks" or mask_suffix(dict(settings.mask_values)) == ".png":
        return []
    return [Message("objects have ids above {most}: the masks are TIFF pictures of 32 bits", most=HIGHEST_IN_PNG)]


class PictureSink:
    """Writes rendered frames as PNG, or OpenEXR, into a folder, which errors call `shown`."""

    def __init__(
        self,
        folder: Path,
        shown: Path,
        settings: ExportSettings,
        properties: ClipProperties,
        name: Callable[[Rendered], str],
    ) -> None:
        self._folder, self._shown, self._settings, self._name = folder, shown, settings, name
        self._properties = properties
        self._suffix = {"exr": ".exr", "cryptomatte": ".exr", "tiff": ".tif"}.get(settings.format, ".png")
        if settings.format == "masks":
            self._suffix = mask_suffix(dict(settings.mask_values))
        self.files: list[str] = []
        self._taken: set[str] = set()

    def write(self, frame: Rendered, layers: Sequence[ObjectLayer] = ()) -> None:
        """Writes the frame's picture; `layers` are its objects, for Cryptomatte. Raises DeliveryError if it cannot, or
        if two frames would have one name.
        """
        file = f"{self._name(frame)}{self._suffix}"
        if file in self._taken:
            raise DeliveryError(
                "{shown}: two frames would have this name; put {{frame}} into the name.", shown=self._shown / file
            )
        self._taken.add(file)
        self.files.append(file)
        path = self._folder / file
        try:
            if self._settings.format == "masks":
                write_mask(path, frame.labels, dict(self._settings.mask_values))
            elif self._settings.format == "binary":
                write_binary_mask(path, (frame.labels > 0) != self._settings.invert)
            elif self._settings.format == "exr":
                colours = self._properties.colours
                write_exr(path, exr_pixels(frame, colours.transfer), colours, float(self._properties.pixel_aspect))
            elif self._settings.format == "cryptomatte":
                colours = self._properties.colours
                together = exr_pixels(frame, colours.transfer)
                write_cryptomatte(path, together, layers, colours, float(self._properties.pixel_aspect))
            elif self._settings.format == "tiff":
                write_tiff(path, stored_pixels(frame, self._settings), self._settings.premultiplied)
            else:
                path.write_bytes(_png(stored_pixels(frame, self._settings)))
        except (MaskError, OSError) as error:
            # libraries name the file as it is called until all are complete
            reason = str(describe(error.__cause__ or error)).replace(str(self._folder), str(self._shown))
            raise DeliveryError(
                "{shown}: cannot be written ({reason}); nothing was left. Check that the disk has room and that "
                "the folder may be written to.",
                shown=self._shown / file,
                reason=reason,
            ) from error


def stored_pixels(frame: Rendered, settings: ExportSettings) -> Picture:
    """What a matte (H, W) or RGBA (H, W, 4) picture holds."""
    if settings.format == "matte":
        assert frame.alpha is not None
        return quantised(frame.alpha, settings.bits)
    pixels = rgba(frame, settings.bits, settings.premultiplied)
    # colour that is not seen is left out: it only makes files larger
    pixels[pixels[..., 3] == 0] = 0
    return pixels


def _png(pixels: Picture) -> bytes:
    if pixels.ndim == 3:
        pixels = np.ascontiguousarray(pixels[..., [2, 1, 0, 3]])
    done, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    assert done, "PNG holds 8 and 16 bits of one or four channels"
    return data.tobytes()
