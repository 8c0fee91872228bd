"""A checkpoint's folder in the library's own layout, as a network: loaded whole, or refused in one sentence."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.engines.transformers_video.kinds import WEIGHTS, ModelKind, kind_of, read_config
from core.errors import EngineError, is_out_of_memory

if TYPE_CHECKING:
    import torch

INSTALL = "pip install 'rotoflow[engines]'"
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "DO_NOT_TRACK": "1",
}


def stay_offline() -> None:
    """Sets the libraries never to fetch or report anything. To be called before they are imported."""
    os.environ.update(_OFFLINE)


def import_library(kind: ModelKind) -> Any:
    """The library's module with a kind's classes. Raises EngineError if it, or timm, is not installed."""
    stay_offline()
    try:
        if kind.needs_timm:
            importlib.import_module("timm")
        return importlib.import_module(f"transformers.models.{kind.module}.modeling_{kind.module}")
    except ImportError as error:
        raise EngineError(
            "{title} needs the libraries transformers (5 or newer) and timm, which are not here: install them with "
            "{install}.",
            title=kind.title,
            install=INSTALL,
        ) from error


def load_config(folder: Path, side: int = 0) -> Any:
    """The library's configuration of a folder, for an input of `side` pixels; 0 is its own. Raises EngineError."""
    kind = kind_of(folder)
    import_library(kind)
    from transformers import AutoConfig

    values = read_config(folder)
    if kind.inner:
        part = values.get(kind.inner)
        values = dict(part) if isinstance(part, dict) else {}
    values["model_type"] = kind.module
    try:
        config = AutoConfig.for_model(**values)
    except Exception as error:
        raise EngineError("{folder}: its config.json is not understood; download it again.", folder=folder) from error
    if side:
        resize(config, side)
    return config


def resize(config: Any, side: int) -> None:
    """Sets the side of the network's square input. Its weights fit every size: positions are interpolated."""
    vision, before = config.vision_config, config.image_size
    sizes = [[across * side // before, down * side // before] for across, down in vision.backbone_feature_sizes]
    config.image_size = side
    config.prompt_encoder_config.image_size = side
    vision.backbone_feature_sizes = sizes
    config.memory_attention_rope_feat_sizes = list(sizes[-1])
    backbone: Any = getattr(vision, "backbone_config", None)
    if isinstance(getattr(backbone, "image_size", None), list):
        backbone.image_size = [side, side]


def load_network(folder: Path, device: torch.device, dtype: torch.dtype, side: int = 0) -> Any:
    """The network of a folder, ready to run. Raises EngineError if anything of it is missing, damaged or another's."""
    kind = kind_of(folder)
    library = import_library(kind)
    if not (folder / WEIGHTS).is_file() and not list(folder.glob("*.safetensors.index.json")):
        raise EngineError("{path}: there are no weights there; download the model again.", path=folder / WEIGHTS)
    config = load_config(folder, side)
    with _quiet():
        try:
            network, report = getattr(library, f"{kind.stem}Model").from_pretrained(
                folder,
                config=config,
                dtype=dtype,
                local_files_only=True,
                use_safetensors=True,
                output_loading_info=True,
            )
        except Exception as error:
            if is_out_of_memory(error):
                raise
            raise EngineError(
                "{folder}: the weights cannot be read: they are cut short, damaged, or another model's; download "
                "the model again.",
                folder=folder,
            ) from error
    missing = [*report["missing_keys"], *report["mismatched_keys"]]
    if missing:
        raise EngineError(
            "{folder}: these are not the weights of the model that its config.json describes ({count} of its parts are "
            "missing or of another size); download the model again.",
            folder=folder,
            count=len(missing),
        )
    return network.to(device).eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """The library prints reports and bars to the terminal, which are not for the person at it."""
    from transformers.utils import logging as library_logging

    before = library_logging.get_verbosity()
    library_logging.set_verbosity(logging.CRITICAL)
    library_logging.disable_progress_bar()
    try:
        yield
    finally:
        library_logging.set_verbosity(before)
