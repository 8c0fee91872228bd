"""Export settings under names: a few that come with the program, and a person's own, remembered between runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.delivery.formats import FORMATS
from core.delivery.settings import Background, ExportSettings
from core.errors import DeliveryError
from core.matting import MatteSettings
from desktop.actions.spec import T
from desktop.settings.store import settings as stored

_KEY, _LAST = "export/presets", "export/last"
_FIELDS = ("format", "combined", "step", "scale", "bits", "premultiplied", "invert", "audio", "quality")
"""Frames, objects and the path belong to a clip, not to a preset."""


@dataclass(frozen=True)
class Preset:
    """An export that can be chosen by name."""

    settings: ExportSettings
    """How it is written; frames, objects and the path belong to a clip, not to a preset."""
    suffix: str
    """The file's ending; "" is a folder of pictures."""


_GREEN = Background(colour=(0, 177, 64))
_BUILT_IN = MappingProxyType(
    {
        T("Export", "Masks for training"): Preset(ExportSettings("masks"), ""),
        T("Export", "Cut-out for editing (ProRes 4444)"): Preset(ExportSettings("prores4444"), ".mov"),
        T("Export", "Cut-out for the web (WebM)"): Preset(ExportSettings("vp9-alpha"), ".webm"),
        T("Export", "Green screen (H.264)"): Preset(ExportSettings("h264", background=_GREEN), ".mp4"),
        T("Export", "Blurred background (H.264)"): Preset(
            ExportSettings("h264", background=Background("blur")), ".mp4"
        ),
        T("Export", "Track matte for compositing (PNG, 16 bits)"): Preset(ExportSettings("matte", bits=16), ""),
    }
)


class Presets:
    """Reads and writes the person's settings; each change is kept at once."""

    def built_in(self) -> dict[str, Preset]:
        """Those of the program, by their names in the person's language."""
        return {QCoreApplication.translate("Export", name): preset for name, preset in _BUILT_IN.items()}

    def own(self) -> dict[str, Preset]:
        """The person's, by name; what cannot be read any more is left out."""
        try:
            data = json.loads(str(stored().value(_KEY, "{}")))
        except (ValueError, RecursionError):
            return {}
        found = {name: _unpacked(packed) for name, packed in data.items()} if isinstance(data, dict) else {}
        return {name: preset for name, preset in sorted(found.items()) if preset is not None}

    def save(self, name: str, preset: Preset) -> None:
        """Keeps a preset under a name, replacing the person's own of that name."""
        self._write({**self.own(), name: preset})

    def delete(self, name: str) -> None:
        """Drops a preset of the person's."""
        self._write({other: preset for other, preset in self.own().items() if other != name})

    @property
    def last(self) -> Preset:
        """What was exported with last, or what a first export begins with."""
        try:
            preset = _unpacked(json.loads(str(stored().value(_LAST, "null"))))
        except (ValueError, RecursionError):
            preset = None
        return preset or next(iter(_BUILT_IN.values()))

    def remember(self, preset: Preset) -> None:
        """The next export begins with this one."""
        stored().setValue(_LAST, json.dumps(_packed(preset)))

    def _write(self, presets: dict[str, Preset]) -> None:
        stored().setValue(_KEY, json.dumps({name: _packed(preset) for name, preset in presets.items()}))


def general(settings: ExportSettings) -> ExportSettings:
    """The settings without what belongs to one clip."""
    return replace(settings, object_ids=(), first=0, last=None, overwrite=False)


def _packed(preset: Preset) -> dict[str, Any]:
    settings = preset.settings
    background = asdict(settings.background)
    background["path"] = str(settings.background.path) if settings.background.path else None
    return {
        **{field: getattr(settings, field) for field in _FIELDS},
        "only_masked": settings.only_masked,
        "odd": settings.odd,
        "tolerance": settings.tolerance,
        "suffix": preset.suffix,
        "matte": asdict(settings.matte),
        "background": background,
    }


def _unpacked(data: Any) -> Preset | None:
    """None for what another version, or somebody with an editor, wrote."""
    try:
        background = dict(data["background"])
        path = background.pop("path", None)
        settings = ExportSettings(
            **{field: data[field] for field in _FIELDS},
            # presets of earlier versions do not have it
            only_masked=bool(data.get("only_masked", False)),
            tolerance=float(data.get("tolerance", 1.0)),
            odd=next((odd for odd in ("crop", "refuse") if data.get("odd") == odd), "pad"),
            matte=MatteSettings(**data["matte"]),
            background=Background(
                background["kind"], tuple(background["colour"]), Path(path) if path else None, background["radius"]
            ),
        )
        suffix = data["suffix"]
        settings.check(2)
    except (KeyError, TypeError, ValueError, DeliveryError):
        return None
    return Preset(settings, suffix) if suffix in FORMATS.get(settings.format, FORMATS["masks"]).suffixes else None
