"""Frames a second on a GPU at 480p and 1080p: the built-in networks and other video models, within a minute.

    python -m benchmarks.gpu                                  `compact` and `base`, then EdgeTAM and SAM 2.1 tiny
    python -m benchmarks.gpu --config lite --objects 3 --modes single half cuda_graphs --peers
    python -m benchmarks.gpu --device cpu --config compact --peers edgetam --heights 120 --frames 3 --seconds 0

The whole loop is timed, flow and refinement on the CPU included, besides what the network alone takes of it. The
weights are random, of the official sizes where there are any: time does not depend on them. It needs torch, NumPy and
OpenCV; the peers need transformers, EdgeTAM timm, too, and without PyAV a made scene takes the place of the sample
clip. What cannot be measured is left out with a sentence, and so is what `--limit` seconds do not suffice for.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import torch

from benchmarks.common import print_table, write_results
from benchmarks.scenes import made_frames, resized, sample_frames, with_objects
from core.engines.downloads import RAFTS, downloaded
from core.engines.flow import open_flow
from core.engines.threads import use_threads
from core.errors import RotoflowError
from core.jobs import CancelToken
from core.types import TRAINING_DEVICES, Anchor, Floats, Image, LabelMap
from core.vos.network.cuda_graphs import CUDA_GRAPHS
from core.vos.network.model import CONFIGS, Network
from core.vos.network.runtime import DecoderInputs, Features
from core.vos.network.torch_runtime import TorchRuntime
from core.vos.targets.network_target import NetworkSettings, NetworkTarget
from core.vos.tracking import Tracker, TrackingSettings

PEERS = ("edgetam", "sam2.1-tiny")
"""The video models of others that are timed unless others are named."""

_WARM_UP = 6
"""Frames in which kernels are chosen and the memory fills, so that every size has been met."""

_MOST_FRAMES = 1_000_000
"""Upper limit of frames; in practice the time limit ends a row."""

R = TypeVar("R")
Row = dict[str, str | float]
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


_MODES: dict[str, tuple[str, dict[str, object]]] = {
    "single": ("single precision", {"half": False}),
    "half": ("half precision", {"half": True}),
    "cuda_graphs": ("half precision, CUDA graphs", {"recorder": CUDA_GRAPHS}),
}
"""What is compared: a title, and how the runtime is made. Only a GPU has CUDA graphs."""


def rate(
    network: Network,
    device: str,
    options: dict[str, object],
    frames: Sequence[tuple[Image, LabelMap]],
    seconds: float = 2.0,
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
    results = tracker.run(
        [Anchor(0, labels, ids)],
        range(_MOST_FRAMES),
        dict.fromkeys(ids, 0),
        lambda index: frames[_to_and_fro(index, len(frames))][0],
        CancelToken(),
    )
    counted, start = 0, 0.0
    for index, _ in enumerate(results):
        if index == _WARM_UP:
            runtime.seconds, start = 0.0, time.perf_counter()
        counted += index > _WARM_UP
        if counted and time.perf_counter() - start >= seconds:
            break
    return counted / (time.perf_counter() - start), counted / runtime.seconds


def _to_and_fro(index: int, count: int) -> int:
    """The frame of a clip that is run forwards and backwards: neighbours in time all along."""
    return abs((index + count - 1) % max(1, 2 * count - 2) - (count - 1))


def table(
    config: str,
    frames: Frames,
    heights: Sequence[int],
    device: str = "cuda",
    modes: Sequence[str] = tuple(_MODES),
    seconds: float = 2.0,
) -> Iterator[dict[str, str | float]]:
    """A row for each size and mode of a network of ours, with random weights."""
    name = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    flow = "RAFT" if device == "cuda" and any(map(downloaded, RAFTS)) else "DIS"
    for height, mode in itertools.product(heights, modes):
        if mode == "cuda_graphs" and device != "cuda":
            continue
        torch.manual_seed(0)
        title, options = _MODES[mode]
        shown = frames(height)
        whole, alone = rate(Network(CONFIGS[config]), device, options, shown, seconds)
        size = f"{shown[0][0].shape[1]}x{height}"
        yield _row(name, config, flow, size, title, whole, alone)


def peer_rows(
    names: Sequence[str], frames: Frames, heights: Sequence[int], device: str, seconds: float
) -> Iterator[dict[str, str | float]]:
    """A row for each size of others' video models of their official sizes, one object; none where a library misses."""
    for name in names:
        try:
            from benchmarks.engines import official
            from core.engines.transformers_video.loading import stay_offline

            stay_offline()
            for height in heights:
                row = official(name, device, frames(height), seconds)
                yield _row(
                    str(row["device"]), name, "", str(row["size"]), str(row["precision"]), row["frames a second"], ""
                )
        except (ImportError, RotoflowError) as error:
            print(f"{name}: not measured. {error}")


def _row(device: str, network: str, flow: str, size: str, mode: str, whole: object, alone: object) -> Row:
    row: Row = {"device": device, "network": network, "flow": flow, "size": size, "mode": mode}
    for title, value in (("frames a second", whole), ("network alone", alone)):
        row[title] = float(value) if isinstance(value, float) else ""
    return row


def print_on_gpu(config: str, frames: Frames, heights: Sequence[int]) -> None:
    """The table of one network; where there is no GPU that torch can use, a sentence."""
    if not torch.cuda.is_available():
        print(f"{config} on a GPU: not measured, there is none here that torch can use.")
        return
    rows = list(table(config, frames, heights))
    print_table(list(rows[0]), [list(row.values()) for row in rows])


def clip_frames(count: int, objects: int) -> Frames:
    """The sample clip, or the made scene in its place, at any height, with so many objects."""
    try:
        known = list(sample_frames(count))
    except ImportError as error:
        print(f"A made scene with the sample's masks takes the place of the sample clip: {error}.")
        known = list(made_frames(count))

    def frames(height: int) -> Sequence[tuple[Image, LabelMap]]:
        return [(image, with_objects(labels, objects)) for image, labels in resized(iter(known), height)]

    return frames


def main() -> None:
    """Measures, prints one table, writes one JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", nargs="*", default=["compact", "base"], choices=tuple(CONFIGS), help="ours")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), metavar="NAME", help="others' (none: no name)")
    parser.add_argument("--modes", nargs="+", default=["half", "cuda_graphs"], choices=tuple(_MODES), help="of ours")
    parser.add_argument("--heights", nargs="+", type=int, default=[480, 1080])
    parser.add_argument("--objects", type=int, default=1)
    parser.add_argument("--frames", type=int, default=16, help="of the clip, seen to and fro")
    parser.add_argument("--seconds", type=float, default=2.0, help="that each row is measured for, after its warm-up")
    parser.add_argument("--limit", type=float, default=50.0, help="seconds after which no other row is begun")
    parser.add_argument("--device", default="cuda", choices=TRAINING_DEVICES[1:])
    args = parser.parse_args()
    if args.device == "cuda" and not torch.cuda.is_available():
        print("Not measured: there is no GPU here that torch can use.")
        return
    began = time.perf_counter()
    use_threads()
    frames = clip_frames(args.frames, args.objects)
    ours = [table(config, frames, args.heights, args.device, args.modes, args.seconds) for config in args.config]
    rows: list[Row] = []
    for row in itertools.chain(*ours, peer_rows(args.peers, frames, args.heights, args.device, args.seconds)):
        rows.append(row)
        # after each row, so that an interrupted run keeps its results
        print(*(f"{one:.2f}" if isinstance(one, float) else one for one in row.values()), sep="  ", flush=True)
        if time.perf_counter() - began > args.limit:
            print(f"What has no row was not measured: {args.limit:g} seconds are over (--limit).")
            break
    if rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows])
        print(f"written: {write_results('gpu', vars(args), rows)}")


if __name__ == "__main__":
    main()
