"""What a person chooses for an export."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from core.errors import DeliveryError
from core.matting import MatteSettings
from core.media.pictures import PICTURE_SUFFIXES

Colour = tuple[int, int, int]
_NAMED: dict[str, Colour] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "grey": (128, 128, 128),
    "gray": (128, 128, 128),
    "green": (0, 177, 64),
    "blue": (0, 71, 187),
}
_WORST_X264, _WORST_VP9 = 51, 63
_MOST_PIXELS = 1000
"""More than this is a slip of the keyboard, and would be waited for without end."""
_BLUR = re.compile(r"blur(?::(\d+(?:\.\d+)?))?")


@dataclass(frozen=True)
class Background:
    """What stands behind the objects in a clip without alpha.

    - "colour": one RGB colour, 0..255;
    - "file": a picture, or a clip that is shown from its first frame on and then again from the start; scaled to cover
      the frame, its middle kept;
    - "blur": the clip's own picture, blurred by a Gaussian of `radius` pixels (sigma);
    - "cutout": the clip with the objects taken out, black where they were.
    """

    kind: Literal["colour", "file", "blur", "cutout"] = "colour"
    colour: Colour = (0, 0, 0)
    path: Path | None = None
    radius: float = 20.0

    @classmethod
    def parse(cls, text: str) -> Background:
        """From "#00b140", "0,177,64", a colour's name, "blur", "blur:30", "cutout", or the path of a picture or clip.

        Raises DeliveryError for anything else.
        """
        lowered = text.strip().casefold()
        if lowered in _NAMED:
            return cls(colour=_NAMED[lowered])
        if re.fullmatch(r"#[0-9a-f]{6}", lowered):
            return cls(colour=(int(lowered[1:3], 16), int(lowered[3:5], 16), int(lowered[5:7], 16)))
        if re.fullmatch(r"\d{1,3},\d{1,3},\d{1,3}", lowered):
            red, green, blue = (min(255, int(part)) for part in lowered.split(","))
            return cls(colour=(red, green, blue))
        if blur := _BLUR.fullmatch(lowered):
            return cls("blur", radius=float(blur[1] or 20))
        if lowered in ("cutout", "cut-out"):
            return cls("cutout")
        path = Path(text).expanduser()
        if path.is_file() or path.is_dir():
            return cls("file", path=path)
        raise DeliveryError(
            "{text}: no background. Give a colour such as #00b140 or green, blur, blur:30, cutout, or the "
            "path of a video or picture ({endings}).",
            text=text,
            endings=", ".join(sorted(suffix[1:] for suffix in PICTURE_SUFFIXES)),
        )


@dataclass(frozen=True)
class ExportSettings:
    """One export. The defaults are a whole clip's objects together, straight alpha, with sound."""

    format: str = "masks"
    """A name in `core.delivery.formats.FORMATS`."""
    object_ids: tuple[int, ...] = ()
    """Only these objects; empty means all."""
    combined: bool = True
    """All objects in one result, or each in its own: "_ID" goes to the end of the name, or where it says {object}."""
    first: int = 0
    """Index of the first frame."""
    last: int | None = None
    """Frame indices of the range, both included; None is the clip's last frame."""
    step: int = 1
    """Every n-th frame of the range; they keep their times."""
    scale: float = 1.0
    """Size of the result as a factor of the clip's."""
    bits: Literal[8, 16] = 8
    """Bits a channel of matte and RGBA pictures."""
    premultiplied: bool = False
    """Whether colours are multiplied by alpha."""
    invert: bool = False
    """The matte of everything but the objects."""
    matte: MatteSettings = field(default_factory=MatteSettings)
    """How the edge is treated."""
    background: Background = field(default_factory=Background)
    """What stands behind the objects."""
    audio: bool = True
    """Whether the clip's sound is exported."""
    quality: int | None = None
    """The encoder's constant quality (crf; lower is better); None is a high quality. VP9, AV1, H.264 and HEVC only."""
    speed: str = "medium"
    """Preset of H.264, HEVC and AV1: ultrafast to veryslow."""
    name: str = "{name}"
    """A picture's name without ending; fields {name} (the clip's own), {frame}, {index} (from 0), {object}, {clip}."""
    only_masked: bool = False
    """Leave out frames that have none of the objects; pictures only."""
    odd: Literal["pad", "crop", "refuse"] = "pad"
    """What becomes of an odd width or height where the encoder wants even ones: a row or column is repeated, cut off,
    or the export refused."""
    tolerance: float = 1.0
    """How far shapes that are fitted to masks may be from their outlines, in pixels of the clip."""
    keys_every: int | None = None
    """Keyframes of fitted shapes on every n-th frame; None is where they are needed."""
    overwrite: bool = False
    """Whether files that are there already may be replaced."""
    verify: bool = True
    """Whether the result is read back and compared."""
    names: tuple[tuple[int, str], ...] = ()
    """(object id, name), for formats that hold names."""
    mask_values: tuple[tuple[int, int], ...] = ()
    """(object id, value) of objects that have another value in mask pictures: those of files with ids beyond 255."""

    def check(self, frame_count: int) -> None:
        """Raises DeliveryError for a setting that makes no sense for a clip of `frame_count` frames."""
        self.check_values()
        last = frame_count - 1 if self.last is None else self.last
        if not 0 <= self.first <= last < frame_count:
            raise DeliveryError(
                "Frames {first} to {last}: no range of this clip; its frames are 0 to {end}.",
                first=self.first,
                last=last,
                end=frame_count - 1,
            )

    def check_values(self) -> None:
        """Raises DeliveryError for a setting that makes no sense for any clip."""
        if self.first < 0 or (self.last is not None and self.last < self.first):
            raise DeliveryError(
                "Frames {first} to {last}: a range goes from a frame to a later one.", first=self.first, last=self.last
            )
        if self.step < 1:
            raise DeliveryError("Every {step}th frame: the step must be 1 or more.", step=self.step)
        if not 0 < self.scale <= 4:
            raise DeliveryError(
                "Scale {scale}: must be more than 0 and at most 4; 1 keeps the clip's size.", scale=self.scale
            )
        if self.bits not in (8, 16):
            raise DeliveryError("{bits} bits: mattes and pictures have 8 or 16.", bits=self.bits)
        if any(not 1 <= object_id <= 255 for object_id in self.object_ids):
            raise DeliveryError("Objects {object_ids}: object ids go from 1 to 255.", object_ids=self.object_ids)
        worst = _WORST_VP9 if self.format in ("vp9-alpha", "vp9", "av1") else _WORST_X264
        if self.quality is not None and not 0 <= self.quality <= worst:
            raise DeliveryError(
                "Quality {quality}: must be from 0, the best, to {worst}.", quality=self.quality, worst=worst
            )
        matte = self.matte
        for name, value in (("band", matte.band or 0), ("feather", matte.feather), ("smooth", matte.smoothing)):
            if not 0 <= value <= _MOST_PIXELS:
                raise DeliveryError(
                    "{name} {value}: must be from 0 to {most_pixels}.", name=name, value=value, most_pixels=_MOST_PIXELS
                )
        if not -_MOST_PIXELS <= matte.choke <= _MOST_PIXELS:
            raise DeliveryError(
                "choke {choke}: must be from -{most_pixels} to {most_pixels}.",
                choke=matte.choke,
                most_pixels=_MOST_PIXELS,
            )
        if not 0 < self.tolerance <= _MOST_PIXELS:
            raise DeliveryError(
                "tolerance {tolerance}: must be more than 0 and at most {most_pixels}.",
                tolerance=self.tolerance,
                most_pixels=_MOST_PIXELS,
            )
        if self.keys_every is not None and self.keys_every < 1:
            raise DeliveryError("keys on every {step}th frame: must be 1 or more.", step=self.keys_every)
        if not 0 <= self.background.radius <= _MOST_PIXELS:
            raise DeliveryError(
                "blur:{radius}: must be from 0 to {most_pixels}.",
                radius=self.background.radius,
                most_pixels=_MOST_PIXELS,
            )
