"""Pretrained models: what their files say, and Hugging Face transformers, kept offline."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.errors import DAMAGE_ERRORS, EngineError, is_out_of_memory
from core.messages import verbatim
from core.torch_libraries import load_torch_libraries

_MOST_JSON = 32 << 20
"""Bytes: word lists are the largest, of some megabytes."""


def check_saved_size(path: Path) -> None:
    """Raises EngineError if a file that torch saved, which packs nothing, unpacks to more than it is."""
    try:
        if not zipfile.is_zipfile(path):
            return
        with zipfile.ZipFile(path) as file:
            if sum(one.file_size for one in file.infolist()) <= path.stat().st_size:
                return
    except (*DAMAGE_ERRORS, ValueError, zipfile.BadZipFile) as error:
        raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path) from error
    raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path)


def read_json(path: Path) -> Any:
    """What a small JSON file says. Raises ValueError if it is damaged or too large, OSError if it is not there."""
    if path.exists() and not path.is_file():
        # a pipe or a device might never end
        raise ValueError(path)
    with path.open("rb") as file:
        data = file.read(_MOST_JSON + 1)
    if len(data) > _MOST_JSON:
        raise ValueError(path)
    try:
        return json.loads(data)
    except (RecursionError, MemoryError) as error:
        raise ValueError(path) from error


def load_folder(model_class: str | Mapping[str, str], folder: Path, title: str, kinds: tuple[str, ...]) -> Any:
    """A model from a folder of Hugging Face transformers, by the name of its class, in single precision.

    The class may depend on the model type. `kinds` are the model types that fit. Nothing is fetched. Raises EngineError
    if transformers is not installed, or the folder is damaged, incomplete or another model's.
    """
    transformers = import_transformers(title)
    folder = folder.parent if folder.is_file() else folder
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
        kind = str(config.model_type)
    except Exception as error:
        raise _short(error, title) or EngineError(
            "{folder}: not a folder of {title}, whose config.json can be read: get the folder again, as its publisher "
            "has it ({reason}).",
            folder=folder,
            title=title,
            reason=_first_line(error),
        ) from error
    if kind not in kinds:
        raise EngineError(
            "{folder}: weights of '{kind}', not of {title}; expected {kinds}.",
            folder=folder,
            kind=kind,
            title=title,
            kinds=" or ".join(kinds),
        )
    name = model_class if isinstance(model_class, str) else model_class[kind]
    try:
        model, report = getattr(transformers, name).from_pretrained(
            folder,
            local_files_only=True,
            output_loading_info=True,
            # reported below, in words of our own
            ignore_mismatched_sizes=True,
            dtype="float32",
            use_safetensors=True,
        )
    except Exception as error:
        raise _short(error, title) or EngineError(
            "{folder}: the weights of {title} cannot be read: they are cut short, damaged or another model's; get the "
            "folder again ({reason}).",
            folder=folder,
            title=title,
            reason=_first_line(error),
        ) from error
    lacking = sorted(report["missing_keys"]) + sorted(str(key[0]) for key in report.get("mismatched_keys", ()))
    if lacking:
        raise EngineError(
            "{folder}: {count} weights of {title} are missing or of another size, first '{key}'; get the folder again.",
            folder=folder,
            count=len(lacking),
            title=title,
            key=lacking[0],
        )
    return model.eval()


def load_processor(processor_class: str, folder: Path, title: str) -> Any:
    """What prepares pictures, and texts, for a model, from the same folder. Raises EngineError if it is incomplete."""
    transformers = import_transformers(title)
    folder = folder.parent if folder.is_file() else folder
    try:
        return getattr(transformers, processor_class).from_pretrained(folder, local_files_only=True)
    except Exception as error:
        raise _short(error, title) or EngineError(
            "{folder}: incomplete; what prepares pictures for {title} is missing: get the folder again ({reason}).",
            folder=folder,
            title=title,
            reason=_first_line(error),
        ) from error


def import_transformers(title: str) -> Any:
    """The library, kept offline. Raises EngineError if it is not installed."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(variable, "1")
    load_torch_libraries()
    try:
        import transformers
    except ImportError as error:
        raise EngineError(
            'For {title} install the library transformers: pip install "rotoflow[engines]".', title=title
        ) from error
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def _short(error: Exception, title: str) -> EngineError | None:
    """What to raise for an error that is no fault of the folder: there is not enough memory. None for others."""
    if not is_out_of_memory(error):
        return None
    return EngineError(
        "There is not enough memory to load {title}: close other programs or clips, or choose a smaller model.",
        title=title,
    )


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return verbatim(text.splitlines()[0] if text else type(error).__name__)
