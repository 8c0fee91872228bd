"""Frames a second of the network on a GPU at 480p and 1080p: single precision, half precision, and replayed.

    python -m benchmarks.gpu                                  `base`, the sample clip enlarged
    python -m benchmarks.gpu --config compact --objects 3

The whole loop is timed, flow and refinement on the CPU included, besides what the network alone takes of it. The
weights are random: time does not depend on them. Where there is no GPU it says so, and `--device cpu` tries the rest.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import torch

from benchmarks.common import print_table, write_results
from benchmarks.scenes import resized, sample_frames, with_objects
from core.engines.downloads import RAFTS, downloaded
from core.engines.flow import open_flow
from core.jobs import CancelToken
from core.types import TRAINING_DEVICES, Anchor, Floats, Image, LabelMap
from core.vos.network.cuda_graphs import CUDA_GRAPHS
from core.vos.network.model import CONFIGS, Network
from core.vos.network.runtime import DecoderInputs, Features
from core.vos.network.torch_runtime import TorchRuntime
from core.vos.targets.network_target import NetworkSettings, NetworkTarget
from core.vos.tracking import Tracker, TrackingSettings

_WARM_UP = 6
"""Frames in which kernels are chosen and the memory fills, so that every size has been met."""

R = TypeVar("R")
Frames = Callable[[int], Sequence[tuple[Image, LabelMap]]]


class _Watched(TorchRuntime):
    """Adds up the time that the network takes, transfers included."""

    seconds = 0.0

    def encode(self, image: Image) -> Features:
        return self._timed(partial(super().encode, image))

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        return self._timed(partial(super().memorise, features, masks))

    def decode(self, inputs: DecoderInputs) -> Floats:
        return self._timed(partial(super().decode, inputs))

    def _timed(self, call: Callable[[], R]) -> R:
        start = time.perf_counter()
        result = call()
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        self.seconds += time.perf_counter() - start
        return result


def modes(device: str) -> Iterator[tuple[str, dict[str, object]]]:
    """What is compared: a name, and how the runtime is made."""
    yield "single precision", {"half": False}
    yield "half precision", {"half": True}
    if device == "cuda":
        yield "half precision, replayed", {"recorder": CUDA_GRAPHS}


def rate(
    network: Network, device: str, options: dict[str, object], frames: Sequence[tuple[Image, LabelMap]]
) -> tuple[float, float]:
    """Frames a second of the whole loop, and of the network alone."""
    runtime = _Watched(network, device, **options)  # type: ignore[arg-type]
    first, labels = frames[0]
    ids = frozenset(int(one) for one in set(labels.ravel().tolist()) if one)
    tracking = TrackingSettings()
    tracker = Tracker(
        NetworkTarget(runtime, NetworkSettings()),
        (first.shape[1], first.shape[0]),
        tracking,
        open_flow("auto", device == "cuda", tracking.flow_side),
    )
    # to and fro: neighbours in time all along, and longer than the warm-up
    count = 3 * len(frames)
    order = [abs((index + len(frames) - 1) % (2 * len(frames) - 2) - (len(frames) - 1)) for index in range(count)]
    results = tracker.run(
        [Anchor(0, labels, ids)], range(count), dict.fromkeys(ids, 0), lambda i: frames[order[i]][0], CancelToken()
    )
    counted, start = 0, 0.0
    for index, _ in enumerate(results):
        if index == _WARM_UP:
            runtime.seconds, start = 0.0, time.perf_counter()
        counted += index > _WARM_UP
    return counted / (time.perf_counter() - start), counted / runtime.seconds


def table(config: str, frames: Frames, heights: Sequence[int], device: str = "cuda") -> list[dict[str, str | float]]:
    """A row for each size and mode; nothing where there is no such device, which is printed."""
    if device == "cuda" and not torch.cuda.is_available():
        print(f"{config} on a GPU: not measured, there is none here that torch can use.")
        return []
    name = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    torch.manual_seed(0)
    network, rows = Network(CONFIGS[config]), []
    flow = "RAFT" if device == "cuda" and any(map(downloaded, RAFTS)) else "DIS"
    for height in heights:
        shown = frames(height)
        size = f"{shown[0][0].shape[1]}x{height}"
        for mode, options in modes(device):
            whole, alone = rate(network, device, options, shown)
            rows.append(
                {"device": name, "network": config, "flow": flow, "size": size, "mode": mode}
                | {"frames a second": whole, "network alone": alone}
            )
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    return rows


def main() -> None:
    """Measures, prints one table, writes one JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default="base", choices=tuple(CONFIGS))
    parser.add_argument("--heights", nargs="+", type=int, default=[480, 1080])
    parser.add_argument("--objects", type=int, default=1)
    parser.add_argument("--frames", type=int, default=16, help="of the clip, each seen three times")
    parser.add_argument("--device", default="cuda", choices=TRAINING_DEVICES[1:])
    args = parser.parse_args()

    def frames(height: int) -> Sequence[tuple[Image, LabelMap]]:
        return [
            (image, with_objects(labels, args.objects)) for image, labels in resized(sample_frames(args.frames), height)
        ]

    rows = table(args.config, frames, args.heights, args.device)
    if rows:
        print(f"written: {write_results('gpu', vars(args), rows)}")


if __name__ == "__main__":
    main()
