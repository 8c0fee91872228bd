"""The export formats by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.delivery.render import Needs
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError


@dataclass(frozen=True)
class Exporter:
    """One format: what it writes and where."""

    name: str
    title: str
    """One line for a person."""
    suffixes: tuple[str, ...] = ()
    """File endings, the usual one first; "" is a folder of pictures."""
    alpha: bool = True
    """Whether it holds soft alpha or colours made with it, rather than labels."""
    picture: bool = True
    """Whether it holds the clip's colours."""
    deep: bool = False
    """Whether more than 8 bits a channel of the clip survive."""

    @property
    def usual_suffix(self) -> str:
        return self.suffixes[0]

    def suffix_of(self, path: Path) -> str:
        """The ending that decides what is written to `path`. Raises DeliveryError if this format has no such file."""
        suffix = path.suffix.lower()
        if suffix in self.suffixes:
            return suffix
        if "" in self.suffixes and suffix not in _VIDEO_SUFFIXES:
            return ""
        wanted = " or ".join(ending or "a folder" for ending in self.suffixes)
        raise DeliveryError(f"{path}: {self.name} is written to {wanted}; give the name that ending.")

    def needs(self, settings: ExportSettings) -> Needs:
        """What must be rendered for it."""
        return Needs(self.alpha, self.picture, self.deep and (self.name != "rgba" or settings.bits == 16))


_VIDEO_SUFFIXES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v"})
_ALL = (
    Exporter("masks", "Object ids as palette pictures (PNG)", ("",), alpha=False, picture=False),
    Exporter("binary", "Black and white pictures (PNG)", ("",), alpha=False, picture=False),
    Exporter("matte", "Soft matte, grey: pictures (PNG) or a video", ("", ".mp4", ".mov", ".mkv"), picture=False),
    Exporter("rgba", "Objects cut out, pictures with alpha (PNG)", ("",), deep=True),
    Exporter("exr", "Objects cut out, linear light, half floats (OpenEXR)", ("",), deep=True),
    Exporter("prores4444", "Objects cut out, ProRes 4444 with alpha", (".mov",), deep=True),
    Exporter("vp9-alpha", "Objects cut out, VP9 with alpha for the web", (".webm",)),
    Exporter("ffv1", "Objects cut out, FFV1 with alpha, lossless", (".mkv",)),
    Exporter("h264", "Objects on a background, H.264", (".mp4", ".mov", ".mkv")),
    Exporter("hevc", "Objects on a background, HEVC", (".mp4", ".mov", ".mkv")),
)
FORMATS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}


def exporter(name: str) -> Exporter:
    """The format of that name. Raises DeliveryError, listing them."""
    if name not in FORMATS:
        raise DeliveryError(f"{name}: no export format; there are {', '.join(FORMATS)}.")
    return FORMATS[name]
