"""The engine `target:NAME`: a network trained on the clip's anchors; alone, with warping or with the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.engines.builtin import BuiltinEngine
from core.engines.checks import check_size, merged_options
from core.engines.classical import ClassicalEngine
from core.engines.devices import uses_gpu
from core.engines.protocol import EngineInfo, EngineOptions, Session
from core.engines.quality import BALANCED, PRESETS
from core.engines.target_networks.backbones import check_backbone
from core.engines.target_networks.options import BUILTIN, NONE, PROPAGATION, Chosen, info_of
from core.engines.target_networks.packed import read_packed
from core.engines.threads import use_threads
from core.engines.weights import LARGE, open_runtime, read_adaptation
from core.torch_libraries import load_torch_libraries
from core.vos.edge_network import shipped_edge_network
from core.vos.flow.warping import WarpingOnly
from core.vos.target import TargetModel
from core.vos.tracking import TrackingSettings

if TYPE_CHECKING:
    from core.engines.target_networks.session import TargetNetworkSession


class TargetNetworkEngine:
    """One of the networks of `core.engines.target_networks.options.TITLES`."""

    def __init__(self, network: str) -> None:
        self._network = network
        self._info = info_of(network)

    @property
    def info(self) -> EngineInfo:
        return self._info

    def open(
        self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None
    ) -> TargetNetworkSession:
        check_size(size, device)
        given = dict(options or {})
        # bytes rather than a setting: weights fine-tuned on the clip, of this network or of the built-in one
        adaptation = read_adaptation(given.pop("adaptation", None))
        packed = read_packed(adaptation)
        chosen = Chosen(self._network, merged_options(self._info, given))
        if packed is not None:
            chosen, adaptation = packed.applied_to(chosen), b""
            # values from a file are checked like those that a person sets
            merged_options(self._info, chosen.values)
        check_backbone(chosen)
        load_torch_libraries()
        # imported here, since these load torch, which takes seconds
        from core.engines.target_networks.learner import Learner
        from core.engines.target_networks.session import TargetNetworkSession
        from core.vos.targets.cue import Cued, average, decide_where_unsure
        from core.vos.targets.network_target import NetworkSettings, NetworkTarget
        from core.vos.targets.trained import TrainedTarget

        threads = use_threads(chosen.number("threads"))
        on_gpu = uses_gpu(device)
        learner = Learner(chosen, "cuda" if on_gpu else "cpu", size)
        if packed is not None:
            learner.restore(packed)
        combine, side = chosen.text("combine"), chosen.number("target_side")
        runtime = open_runtime(device, threads, adaptation) if combine == PROPAGATION else None
        network = NetworkSettings(short_side=PRESETS[BALANCED].network_side)

        def make_model() -> TargetModel:
            target = TrainedTarget(learner.learn, side, combine != NONE, chosen.on("pseudo_labels"))
            if combine == NONE:
                return target
            weight = chosen.share("cue_weight")
            if runtime is None:
                return Cued(WarpingOnly(), target, average, weight)
            return Cued(NetworkTarget(runtime, network), target, decide_where_unsure, weight)

        def open_teacher() -> Session:
            return _open_teacher(chosen.text("teacher"), size, device)

        tracking = TrackingSettings(
            short_side=chosen.number("short_side"), refinement=shipped_edge_network() if chosen.on("refine") else None
        )
        taught = None if chosen.text("teacher") == NONE else open_teacher
        return TargetNetworkSession(size, tracking, make_model, learner, side, taught)


def _open_teacher(name: str, size: tuple[int, int], device: str) -> Session:
    if name == "classical":
        return ClassicalEngine().open(size, device)
    options = {"quality": "best"} if name == BUILTIN else {"network": LARGE}
    return BuiltinEngine().open(size, device, options)
