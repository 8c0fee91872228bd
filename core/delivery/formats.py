"""The export formats by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from core.delivery.render import Needs
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError
from core.messages import Message, join


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
    shapes: bool = False
    """Whether it holds splines rather than pixels."""

    @property
    def usual_suffix(self) -> str:
        """The ending that is proposed; "" is a folder of pictures."""
        return self.suffixes[0]

    def suffix_of(self, path: Path) -> str:
        """The ending that decides what is written to `path`. Raises DeliveryError if this format has no such file."""
        suffix = path.suffix.lower()
        if suffix in self.suffixes:
            return suffix
        if "" in self.suffixes and suffix not in _VIDEO_SUFFIXES:
            return ""
        wanted = join(Message(" or "), (ending or Message("a folder") for ending in self.suffixes))
        raise DeliveryError(
            "{path}: {name} is written to {wanted}; give the name that ending.",
            path=path,
            name=self.name,
            wanted=wanted,
        )

    def options(self, suffix: str) -> frozenset[str]:
        """The names in OPTION_FIELDS of what can be chosen for a file with that ending, "" for pictures."""
        if self.shapes:
            return frozenset({"tolerance", "keys"})
        composite = self.name in COMPOSITES
        grey = self.name == "matte"
        chosen = {
            "edge": self.alpha,
            "invert": self.name != "masks",
            "bits": self.name in CUT_OUT_PICTURES or (grey and suffix in ("", ".mkv")),
            "premultiplied": self.alpha and self.name not in ("matte", "exr", "cryptomatte", "webp") and not composite,
            "background": composite,
            "sound": suffix not in ("", ".webp"),
            "quality": self.name == "vp9-alpha"
            or (composite and self.name != "dnxhr")
            or (grey and suffix in (".mp4", ".mov")),
            "odd": composite or (grey and suffix in (".mp4", ".mov")),
            "only-masked": suffix == "",
        }
        return frozenset(name for name, wanted in chosen.items() if wanted)

    def unsupported(self, settings: ExportSettings, suffix: str) -> list[str]:
        """The names in OPTION_FIELDS that `settings` choose although this format does not use them."""
        plain = ExportSettings()
        chosen = {name for name, field in OPTION_FIELDS.items() if getattr(settings, field) != getattr(plain, field)}
        return sorted(chosen - self.options(suffix))

    def needs(self, settings: ExportSettings) -> Needs:
        """What has to be rendered for the format."""
        deep = self.deep and (self.name not in CUT_OUT_PICTURES or settings.bits == 16)
        return Needs(self.alpha, self.picture, deep, light=self.name in ("exr", "cryptomatte"))


COMPOSITES = frozenset({"h264", "hevc", "vp9", "av1", "dnxhr"})
CUT_OUT_PICTURES = frozenset({"rgba", "tiff"})
"""Pictures of 8 or 16 bits with alpha."""
OPTION_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "edge": "matte",
        "invert": "invert",
        "bits": "bits",
        "premultiplied": "premultiplied",
        "background": "background",
        "sound": "audio",
        "quality": "quality",
        "odd": "odd",
        "only-masked": "only_masked",
        "tolerance": "tolerance",
        "keys": "keys_every",
    }
)
"""The options that not every format has, and the field of the settings that each is: for the command line, batches and
the window.
"""
_VIDEO_SUFFIXES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".webp"})


def _shapes(name: str, title: str, *suffixes: str) -> Exporter:
    return Exporter(name, title, suffixes, alpha=False, picture=False, shapes=True)


_ALL = (
    Exporter("masks", "Object ids as palette pictures (PNG)", ("",), alpha=False, picture=False),
    Exporter("binary", "Black and white pictures (PNG)", ("",), alpha=False, picture=False),
    Exporter("matte", "Soft matte, grey: pictures (PNG) or a video", ("", ".mp4", ".mov", ".mkv"), picture=False),
    Exporter("rgba", "Objects cut out, pictures with alpha (PNG)", ("",), deep=True),
    Exporter("exr", "Objects cut out, linear light, half floats (OpenEXR)", ("",), deep=True),
    Exporter("tiff", "Objects cut out, pictures with alpha (TIFF)", ("",), deep=True),
    Exporter("cryptomatte", "Cryptomatte and a layer for each object (multi-part OpenEXR)", ("",), deep=True),
    Exporter("prores4444", "Objects cut out, ProRes 4444 with alpha", (".mov",), deep=True),
    Exporter("vp9-alpha", "Objects cut out, VP9 with alpha for the web", (".webm",)),
    Exporter("ffv1", "Objects cut out, FFV1 with alpha, lossless", (".mkv",), deep=True),
    Exporter("webp", "Objects cut out, animated WebP with alpha, for a preview", (".webp",)),
    Exporter("h264", "Objects on a background, H.264", (".mp4", ".mov", ".mkv"), deep=True),
    Exporter("hevc", "Objects on a background, HEVC", (".mp4", ".mov", ".mkv"), deep=True),
    Exporter("vp9", "Objects on a background, VP9 for the web", (".webm", ".mkv")),
    Exporter("av1", "Objects on a background, AV1 for the web", (".webm", ".mp4", ".mkv"), deep=True),
    Exporter("dnxhr", "Objects on a background, DNxHR for editing", (".mov",), deep=True),
    _shapes("shapes-json", "Splines with keyframes, JSON", ".json"),
    _shapes("shapes-svg", "Splines with keyframes, animated SVG", ".svg"),
    _shapes("nuke-roto", "Splines with keyframes, a Roto node of Nuke", ".nk", ".py"),
    _shapes("after-effects", "Splines with keyframes, a script that makes masks in After Effects", ".jsx"),
    _shapes("blender", "Splines with keyframes, a script that makes a mask in Blender", ".py"),
    _shapes("silhouette", "Splines with keyframes, shapes of Silhouette", ".fxs"),
    _shapes("natron", "Splines with keyframes, a script that makes a Roto node in Natron", ".py"),
)
FORMATS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}


def exporter(name: str) -> Exporter:
    """The format of that name. Raises DeliveryError, listing them."""
    if name not in FORMATS:
        raise DeliveryError("{name}: no export format; there are {formats}.", name=name, formats=", ".join(FORMATS))
    return FORMATS[name]
