"""Weights of detectors and of other models that lie on this machine: where they are, and reading them safely."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.engines.downloads import download_folder
from core.errors import EngineError
from core.messages import verbatim

if TYPE_CHECKING:
    import torch

_CONFIG = "config.json"
_WRAPPERS = ("model", "state_dict", "model_state_dict")
"""What training programs put a state into."""


def find_weights(name: str, title: str, official: str, address: str, chosen: Path | None) -> Path:
    """The file or folder of a model's weights: the one that was chosen, or else `name` or the official name in the
    folder of models. Raises EngineError, saying how to get it, if there is none.
    """
    if chosen is not None:
        if not chosen.exists():
            raise EngineError("{path}: there are no such weights.", path=chosen)
        return chosen
    found = installed_weights(name, official)
    if found is not None:
        return found
    raise EngineError(
        "There are no weights of {title} here: get {address} and put it into {folder}, or name another place of them.",
        title=title,
        address=address,
        folder=download_folder() / official,
    )


def installed_weights(name: str, official: str) -> Path | None:
    """The file or folder of a model in the folder of models, if it is there."""
    for place in (f"{name}.safetensors", f"{name}.pth", name, official):
        path = download_folder() / place
        if path.is_file() or (path / _CONFIG).is_file():
            return path
    return None


def read_state(path: Path) -> dict[str, torch.Tensor]:
    """A network's state from a safetensors file or one that torch saved; no code in it is run.

    Raises EngineError if it cannot be read or holds no state.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        state = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise EngineError(
            "{path}: holds more than weights, or is damaged; it is not opened, since that could run code.", path=path
        ) from error
    except (
        OSError,
        RuntimeError,
        ValueError,
        EOFError,
        KeyError,
        TypeError,
        zipfile.BadZipFile,
        SafetensorError,
    ) as error:
        raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path) from error
    for wrapper in _WRAPPERS:
        if isinstance(state, Mapping) and isinstance(state.get(wrapper), Mapping):
            state = state[wrapper]
    if not isinstance(state, Mapping) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path)
    return {str(key): value for key, value in state.items()}


def put_state(network: torch.nn.Module, state: Mapping[str, torch.Tensor], path: Path, title: str) -> None:
    """Gives a network its state. Raises EngineError if it is another network's."""
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise EngineError("{path}: these are no weights of {title}.", path=path, title=title) from error


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
        raise EngineError(
            "{folder}: not a folder of {title}: {reason}", folder=folder, title=title, reason=_first_line(error)
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
            # told below, in words of our own
            ignore_mismatched_sizes=True,
            dtype="float32",
            use_safetensors=True,
        )
    except Exception as error:
        raise EngineError(
            "{folder}: the weights of {title} cannot be read: {reason}",
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
        raise EngineError(
            "{folder}: incomplete; what prepares pictures for {title} is missing: {reason}",
            folder=folder,
            title=title,
            reason=_first_line(error),
        ) from error


def import_transformers(title: str) -> Any:
    """The library, told to stay offline. Raises EngineError if it is not installed."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(variable, "1")
    try:
        import transformers
    except ImportError as error:
        raise EngineError(
            'For {title} install the library transformers: pip install "rotoflow[engines]".', title=title
        ) from error
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return verbatim(text.splitlines()[0] if text else type(error).__name__)
