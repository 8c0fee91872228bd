"""A model's picture encoder on ONNX Runtime, which on a CPU is up to twice as fast as torch for some of them.

Made when a person asks for it, kept in the model's folder, and used from then on wherever the model runs on the CPU.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.engines.transformers_video.kinds import kind_of
from core.engines.transformers_video.loading import INSTALL, load_network
from core.errors import EngineError
from core.files import atomic_file

_OPSET = 18
_WEIGHTS_OF = "rotoflow.weights"
_NEAR = 1e-3
"""Largest difference of both encoders' outputs, relative to the largest absolute value."""


def encoder_file(folder: Path, side: int) -> Path:
    """Where the encoder for a square input of `side` pixels lies."""
    return folder / f"encoder-{side}.onnx"


def prepare_encoder(folder: Path, side: int = 0) -> Path:
    """Makes the encoder of a checkpoint's folder for an input of `side` pixels, 0 being its own, and proves that it
    answers as the network itself does.

    Raises EngineError if it cannot be made, or does not; nothing is left then.
    """
    kind = kind_of(folder)
    network = load_network(folder, torch.device("cpu"), torch.float32, side)
    side = int(network.config.image_size)
    target = encoder_file(folder, side)
    pixels = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(0))
    encoder = _Encoder(network).eval()
    try:
        with atomic_file(target) as part:
            _export(encoder, pixels, part, _stamp(folder))
            with torch.inference_mode():
                wanted = encoder(pixels)
            found = _open(part).run(None, {"pixels": pixels.numpy()})
            if any(not _nearly_equal(one, other.numpy()) for one, other in zip(found, wanted, strict=True)):
                raise ValueError("its answers differ")
    except ImportError as error:
        raise EngineError(
            "To prepare {title} the libraries onnx and onnxscript are needed: install them with {install}.",
            title=kind.title,
            install=INSTALL,
        ) from error
    except Exception as error:
        # whatever the exporter stumbles over: the model continues as it was
        raise EngineError(
            "The picture encoder of {title} cannot be prepared for the CPU ({reason}); it runs as it did before.",
            title=kind.title,
            reason=(str(error).strip().splitlines() or [type(error).__name__])[0][:120],
        ) from error
    return target


class FastEncoder:
    """Used from one thread."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __call__(self, pixels: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """Maps and their positions of (1, 3, side, side) float32, as the network's own encoder gives them."""
        found = [torch.from_numpy(np.array(one)) for one in self._session.run(None, {"pixels": pixels.numpy()})]
        half = len(found) // 2
        return found[:half], found[half:]


def open_fast_encoder(folder: Path, side: int) -> FastEncoder | None:
    """The encoder that was prepared for the weights that lie there now; None if there is none, or it is damaged."""
    file = encoder_file(folder, side)
    if not file.exists():
        return None
    with contextlib.suppress(Exception):
        session = _open(file)
        if session.get_modelmeta().custom_metadata_map.get(_WEIGHTS_OF) == _stamp(folder):
            return FastEncoder(session)
    return None


class _Encoder(torch.nn.Module):
    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        found = self.network.get_image_features(pixels, return_dict=True)
        return (*found.fpn_hidden_states, *found.fpn_position_encoding)


def _export(encoder: torch.nn.Module, pixels: Tensor, path: Path, stamp: str) -> None:
    import onnx

    quiet = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir")]
    levels = [one.level for one in quiet]
    for one in quiet:
        one.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                encoder, (pixels,), dynamo=True, opset_version=_OPSET, input_names=["pixels"], verbose=False
            )
    finally:
        for one, level in zip(quiet, levels, strict=True):
            one.setLevel(level)
    assert program is not None
    model = program.model_proto
    entry = model.metadata_props.add()
    entry.key, entry.value = _WEIGHTS_OF, stamp
    onnx.save(model, str(path))


def _open(path: Path) -> Any:
    import onnxruntime

    from core.vos.network.onnx_runtime import session_options

    options = session_options(torch.get_num_threads())
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _stamp(folder: Path) -> str:
    files = [one.stat() for one in sorted(folder.glob("*.safetensors"))]
    return " ".join(f"{about.st_size}-{about.st_mtime_ns}" for about in files)


def _nearly_equal(one: Any, other: Any) -> bool:
    return one.shape == other.shape and float(np.abs(one - other).max()) <= _NEAR * float(np.abs(other).max() + 1e-6)
