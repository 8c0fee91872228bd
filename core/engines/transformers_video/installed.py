"""The engines that models on this machine make: what was downloaded, or added from a folder."""

from __future__ import annotations

from core.engines.models.catalogue import VIDEO, catalogue
from core.engines.models.store import find_installed, installed
from core.engines.transformers_video.engine import TransformersEngine
from core.engines.transformers_video.kinds import KINDS
from core.errors import EngineError


def installed_engines() -> list[TransformersEngine]:
    """An engine for each model that follows objects."""
    return [TransformersEngine(one.name, one.title, one.path) for one in installed() if one.model_type in KINDS]


def find_engine(name: str) -> TransformersEngine | None:
    """The engine of an installed model; None if there is none of that name. Raises EngineError if it is no video
    model.
    """
    found = find_installed(name)
    return None if found is None or found.path.is_file() else TransformersEngine(found.name, found.title, found.path)


def not_installed(name: str) -> EngineError | None:
    """The description of an engine that is only in the catalogue."""
    entry = catalogue().get(name)
    if entry is None or entry.kind != VIDEO:
        return None
    return EngineError(
        "The model '{name}' is not on this machine: get it with `rotoflow models download {name}`, or in the window "
        "with Help > Models.",
        name=name,
    )
