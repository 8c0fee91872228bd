"""Fallbacks for a device whose memory runs out: the order of the settings, and their messages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.messages import Message

_GRANULE = 64
_LEAST_SIDE = 256


@dataclass(frozen=True)
class Setting:
    """How a network is run: where, in which precision, on an input of which side (0 is its own), and whether the
    objects' memories lie in the computer's own memory.
    """

    device: str
    half: bool = False
    side: int = 0
    offload: bool = False


def next_setting(now: Setting, side: int, patch: int) -> tuple[Setting, Message] | None:
    """The next thing to try after `now`, whose input has `side` pixels, and the note for a person; None at the end.

    First the objects' memories leave the device one by one, then the input is halved once, then the CPU does the work.
    """
    if now.device != "cpu" and not now.offload:
        return replace(now, offload=True), Message(
            "The memory of the device is full: the objects are kept in the computer's own memory, one at a time on the "
            "device. Following continues, more slowly."
        )
    if now.side == 0 and side > _LEAST_SIDE:
        smaller = smaller_side(side, patch)
        return replace(now, side=smaller), Message(
            "Memory is full: frames are processed at {side} x {side} pixels from here on, instead of {before}. Thin "
            "parts are followed less exactly.",
            side=smaller,
            before=side,
        )
    if now.device != "cpu":
        return replace(now, device="cpu", half=False, offload=False), Message(
            "The memory of the device is full: the CPU follows from here on, much slower."
        )
    return None


def smaller_side(side: int, patch: int) -> int:
    """Half of a side, such that the network's strides divide it."""
    granule = patch if _GRANULE % patch else _GRANULE
    return max(granule, side // 2 // granule * granule)
