"""Weights of detectors on this machine: finding the files, and reading them safely."""

from __future__ import annotations

import pickle
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import DAMAGE_ERRORS, EngineError
from core.own_folders import models_folder
from core.pretrained import check_saved_size
from core.torch_libraries import load_torch_libraries

if TYPE_CHECKING:
    import torch

_CONFIG = "config.json"
_WRAPPERS = ("model", "state_dict", "model_state_dict")
"""Keys under which training programs store a state dict."""


def find_weights(name: str, title: str, official: str, address: str, chosen: Path | None) -> Path:
    """The file or folder of a model's weights: `chosen`, or else `name` or the `official` name in the folder of models.
    `title` and `address` are for the message. Raises EngineError, saying how to get them, if there are none.
    """
    if chosen is not None:
        if not chosen.exists():
            raise EngineError("{path}: there are no such weights.", path=chosen)
        return chosen
    found = installed_weights(name, official)
    if found is not None:
        return found
    raise EngineError(
        "There are no weights of {title} here: get them with `rotoflow models download {name}`, in the window with "
        "Help > Models, or put what is at {address} into {folder}.",
        name=name,
        title=title,
        address=address,
        folder=models_folder() / official,
    )


def installed_weights(name: str, official: str) -> Path | None:
    """The file or folder of a model in the folder of models; None if it is not installed."""
    for file_name in (f"{name}.safetensors", f"{name}.pth", name, official):
        path = models_folder() / file_name
        if path.is_file() or (path / _CONFIG).is_file():
            return path
    return None


def read_state(path: Path) -> dict[str, torch.Tensor]:
    """A network's state, tensors by name (see `torch.nn.Module.state_dict`), from a safetensors file or one that torch
    saved; no code in it is run.

    Raises EngineError if it cannot be read or holds no state.
    """
    check_saved_size(path)
    load_torch_libraries()
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
    except (*DAMAGE_ERRORS, ValueError, zipfile.BadZipFile, zlib.error, SafetensorError) as error:
        raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path) from error
    for wrapper in _WRAPPERS:
        if isinstance(state, Mapping) and isinstance(state.get(wrapper), Mapping):
            state = state[wrapper]
    if not isinstance(state, Mapping) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise EngineError("{path}: damaged, or not weights of a network; get the file again.", path=path)
    return {str(key): value for key, value in state.items()}


def put_state(network: torch.nn.Module, state: Mapping[str, torch.Tensor], path: Path, title: str) -> None:
    """Loads a state, as `read_state` returns it, into a network; `path` and `title` are for the message. Raises
    EngineError if it is of another network.
    """
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise EngineError("{path}: these are no weights of {title}.", path=path, title=title) from error
