"""What a person may choose about how a clip is read; kept with a project, since it changes which frames there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Literal, Protocol, get_args

from core.errors import MediaError

CLIP_OPTIONS = "clip_options"
"""The name under which a project keeps them."""

Gaps = Literal["skip", "hold", "black"]
"""Missing numbers of a series of pictures are left out, show the picture before, or are black."""


@dataclass(frozen=True)
class ClipOptions:
    """How to read a clip. The defaults read it as it is."""

    rate: Fraction | None = None
    """Frames a second of a folder of pictures; None for 24. Video files have a rate of their own."""
    gaps: Gaps = "skip"
    """What stands for numbers that a series of pictures lacks."""
    deinterlace: bool = False
    """Frames of two fields are made whole pictures (bwdif), one a frame."""

    def as_json(self) -> dict[str, Any]:
        """What differs from the defaults, for `from_json`."""
        chosen: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                chosen[field.name] = str(value) if isinstance(value, Fraction) else value
        return chosen

    @classmethod
    def from_json(cls, chosen: object) -> ClipOptions:
        """The options that `as_json` wrote; what is not known or no mapping is left out."""
        if not isinstance(chosen, Mapping):
            return cls()
        gaps = chosen.get("gaps", "skip")
        rate = chosen.get("rate")
        return cls(
            parse_rate(str(rate)) if rate is not None else None,
            gaps if gaps in get_args(Gaps) else "skip",
            chosen.get("deinterlace") is True,
        )


class Settings(Protocol):
    """What a project keeps by key."""

    def get(self, key: str, default: object = None) -> object: ...


def stored_options(settings: Settings) -> ClipOptions:
    """How a project's clip is read."""
    return ClipOptions.from_json(settings.get(CLIP_OPTIONS))


def parse_rate(text: str) -> Fraction:
    """Frames a second from "24", "23.976", "30000/1001". Raises MediaError.

    The decimals that stand for thousandths of an NTSC rate are taken for it: 23.976 is 24000/1001.
    """
    try:
        rate = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 0 < rate <= 1000:
        raise MediaError("{text}: no rate. Give frames a second, such as 24, 23.976 or 30000/1001.", text=text)
    for whole in (24, 30, 48, 60, 120):
        if rate.denominator != 1 and abs(rate - Fraction(whole * 1000, 1001)) < Fraction(1, 200):
            return Fraction(whole * 1000, 1001)
    return rate
