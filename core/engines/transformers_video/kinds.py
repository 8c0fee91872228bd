"""The kinds of checkpoints that can be run, known by the `model_type` of their config.json. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import EngineError
from core.pretrained import read_json

CONFIG, WEIGHTS = "config.json", "model.safetensors"
PROCESSORS = ("processor_config.json", "preprocessor_config.json", "video_preprocessor_config.json")
"""Files that may say how pictures are normalised; the first one found is used."""


@dataclass(frozen=True)
class ModelKind:
    """One architecture of the library: `module` is its folder there, `stem` begins its classes' names.

    `mean` and `std` normalise pictures where no file says how; `patch` is the network's own stride, of which the side
    of its input must be a multiple; `inner` names the part of config.json that is its configuration, if it is a part.
    """

    model_type: str
    module: str
    stem: str
    title: str
    patch: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    inner: str = ""
    needs_timm: bool = False


_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_HALVES = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))

KINDS: Mapping[str, ModelKind] = {
    kind.model_type: kind
    for kind in (
        ModelKind("sam2_video", "sam2_video", "Sam2Video", "SAM 2", 32, *_IMAGENET),
        ModelKind("edgetam_video", "edgetam_video", "EdgeTamVideo", "EdgeTAM", 32, *_IMAGENET, needs_timm=True),
        ModelKind("sam3_tracker_video", "sam3_tracker_video", "Sam3TrackerVideo", "SAM 3 tracker", 14, *_HALVES),
        # the whole of SAM 3, as its publisher ships it: the tracker is a part
        ModelKind(
            "sam3_video", "sam3_tracker_video", "Sam3TrackerVideo", "SAM 3 tracker", 14, *_HALVES, "tracker_config"
        ),
    )
}
"""The kinds by the `model_type` of config.json."""


def read_config(folder: Path) -> dict[str, object]:
    """config.json of a checkpoint's folder. Raises EngineError if there is none that can be read."""
    path = folder / CONFIG
    try:
        found = read_json(path)
    except OSError as error:
        raise EngineError(
            "{path}: cannot be read ({reason}); a model is a folder with {config} and {weights}.",
            path=path,
            reason=error.strerror or "",
            config=CONFIG,
            weights=WEIGHTS,
        ) from error
    except ValueError as error:
        raise EngineError("{path}: is damaged; download the model again.", path=path) from error
    if not isinstance(found, dict):
        raise EngineError("{path}: is damaged; download the model again.", path=path)
    return found


def kind_of(folder: Path) -> ModelKind:
    """The kind of checkpoint in a folder. Raises EngineError if it is none that can be run here."""
    config = read_config(folder)
    kind = KINDS.get(str(config.get("model_type")))
    if kind is None:
        raise EngineError(
            "{folder}: holds a model of the type '{type}', which does not follow objects here; use one of: {known}.",
            folder=folder,
            type=config.get("model_type", "?"),
            known=", ".join(KINDS),
        )
    return kind


def normalisation(folder: Path, kind: ModelKind) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and standard deviation of the channels, as the folder's files say, or else the kind's own."""
    for name in PROCESSORS:
        try:
            config = read_json(folder / name)
        except (OSError, ValueError):
            continue
        if not isinstance(config, dict):
            continue
        for part in (config, *(config.get(key) for key in ("image_processor", "video_processor"))):
            if isinstance(part, dict) and _three(part.get("image_mean")) and _three(part.get("image_std")):
                return tuple(map(float, part["image_mean"])), tuple(map(float, part["image_std"]))
    return kind.mean, kind.std


def _three(value: object) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(isinstance(one, int | float) for one in value)
