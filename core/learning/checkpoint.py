"""Checkpoints of a training, and weights to start one from."""

from __future__ import annotations

import pickle
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from core.errors import EngineError
from core.files import atomic_file
from core.vos.network.model import NetworkConfig


def save_checkpoint(path: Path, config: NetworkConfig, state: dict[str, Any]) -> None:
    """Writes `state` (tensors, numbers, and dicts of them). If it is interrupted, the previous checkpoint stays."""
    with atomic_file(path) as part:
        torch.save({"config": asdict(config), **state}, part)


def load_checkpoint(path: Path, config: NetworkConfig) -> dict[str, Any]:
    """What `save_checkpoint` wrote; tensors on the CPU. Raises EngineError if it is not there or of another network."""
    try:
        # weights_only: a checkpoint is data, whoever made it, and must not run code
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise EngineError("{path}: there is no checkpoint to resume from.", path=path) from error
    except (RuntimeError, pickle.UnpicklingError, EOFError) as error:
        raise EngineError(
            "{path}: no checkpoint that can be read; start again in another folder.", path=path
        ) from error
    # JSON and pickles both turn tuples into what they please
    saved, wanted = ({name: repr(value) for name, value in one.items()} for one in (state["config"], asdict(config)))
    if saved != wanted:
        raise EngineError(
            "{path}: is of a network of another size; resume with the --config it was started with.", path=path
        )
    return state


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
