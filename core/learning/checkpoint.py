"""Checkpoints of a training, and weights to start one from."""

from __future__ import annotations

import contextlib
import pickle
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from core.errors import DAMAGE_ERRORS, EngineError, RotoflowError
from core.files import atomic_file
from core.pretrained import check_saved_size
from core.vos.network.model import NetworkConfig


def save_checkpoint(path: Path, config: NetworkConfig, state: dict[str, Any]) -> None:
    """Writes `state` (tensors, numbers, and dicts of them). If it is interrupted, the previous checkpoint stays."""
    with atomic_file(path) as part:
        torch.save({"config": asdict(config), **state}, part)


def load_checkpoint(path: Path, config: NetworkConfig) -> dict[str, Any]:
    """What `save_checkpoint` wrote; tensors on the CPU. Raises EngineError if it is not there or of another network."""
    if not path.is_file():
        # a pipe would never end
        raise EngineError("{path}: there is no checkpoint to resume from.", path=path)
    with reading(path):
        check_saved_size(path)
        # weights_only: a checkpoint is data, whoever made it, and must not run code
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        # JSON and pickles both turn tuples into what they please
        sizes = [{name: repr(value) for name, value in one.items()} for one in (state["config"], asdict(config))]
    if sizes[0] != sizes[1]:
        raise EngineError(
            "{path}: is of a network of another size; resume with the --config it was started with.", path=path
        )
    return state


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what torch and the use of a checkpoint raise, if anything in it is not as it was saved, into EngineError.

    ValueError from within is one of ours and passes.
    """
    try:
        yield
    except RotoflowError:
        raise
    except (*DAMAGE_ERRORS, pickle.UnpicklingError, UnicodeError, zipfile.BadZipFile, zlib.error) as error:
        raise EngineError(
            "{path}: no checkpoint that can be read; start again in another folder.", path=path
        ) from error


def load_weights(network: nn.Module, path: Path) -> None:
    """Sets a network's weights from safetensors. Raises EngineError if they cannot be read or do not fit."""
    try:
        state = load_file(str(path))
    except (OSError, SafetensorError) as error:
        raise EngineError("{path}: no weights that can be read ({error}).", path=path, error=error) from error
    try:
        network.load_state_dict(
            {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
        )
    except RuntimeError as error:
        raise EngineError(
            "{path}: these weights are of another network; choose the --config they are of.", path=path
        ) from error
