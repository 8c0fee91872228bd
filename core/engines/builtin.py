"""The built-in engine: the tracking loop with the trained network as its target model."""

from __future__ import annotations

from functools import partial

from core.engines.checks import check_size, merged_options
from core.engines.devices import uses_gpu
from core.engines.fallback import FallbackRuntime
from core.engines.flow import FLOWS, open_flow
from core.engines.protocol import EngineInfo, EngineOptions
from core.engines.quality import BALANCED, PRESETS
from core.engines.target_networks.packed import read_packed
from core.engines.threads import shared_threads
from core.engines.tracked import TrackedSession
from core.engines.weights import NETWORKS, OTHER_GPUS, open_runtime, read_adaptation, runs_on
from core.messages import Message
from core.types import QUALITIES
from core.vos.edge_network import shipped_edge_network
from core.vos.target import TargetModel
from core.vos.targets.network_target import NetworkSettings, NetworkTarget
from core.vos.targets.reference_weights import REFERENCE_WEIGHTS, read_reference_weights
from core.vos.targets.regions import GroupedRegions
from core.vos.targets.second_opinion import SecondOpinion
from core.vos.tracking import TrackingSettings

_INFO = EngineInfo(
    name="builtin",
    title="Built-in",
    description="The program's own trained network: runs everywhere, downloads nothing.",
    options={
        "quality": BALANCED,
        "short_side": 480,
        "network": "auto",
        "network_side": 0,
        "flow": "auto",
        "flow_side": 480,
        "refine": True,
        "threads": 0,
    },
    choices={"quality": QUALITIES, "network": NETWORKS, "flow": FLOWS},
    adaptable=True,
)


class BuiltinEngine:
    """The default engine; see `core.engines.protocol.Engine`."""

    @property
    def info(self) -> EngineInfo:
        return _INFO

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> TrackedSession:
        check_size(size, device)
        given = dict(options or {})
        # no setting that a person types: the clip's own weights, see core.finetuning
        adaptation = read_adaptation(given.pop("adaptation", None))
        if read_packed(adaptation) is not None:
            # a target network was trained on the clip, which this engine does not use
            adaptation = b""
        # nor is this: which references count less, as a project keeps them
        references = read_reference_weights(given.pop(REFERENCE_WEIGHTS, None))
        chosen = merged_options(_INFO, given)
        threads, beside = shared_threads(int(str(chosen["threads"])))
        chosen_network = str(chosen["network"])
        of_encoder = beside or threads
        runtime = open_runtime(device, threads, adaptation, chosen_network, of_encoder)
        quality = PRESETS[str(chosen["quality"])]
        on_cpu = runs_on(runtime) == "cpu"
        # 0 is what the preset says
        network = NetworkSettings(
            short_side=int(str(chosen["network_side"])) or quality.network_side,
            reference_weights=references,
            encode_ahead=on_cpu,
        )
        tracking = TrackingSettings(
            short_side=int(str(chosen["short_side"])),
            flow_side=int(str(chosen["flow_side"])),
            refinement=shipped_edge_network() if chosen["refine"] else None,
        )
        flow = open_flow(str(chosen["flow"]), uses_gpu(device), tracking.flow_side)

        notices: list[Message] = []
        stepping = FallbackRuntime(
            runtime,
            notices.append,
            None if on_cpu else partial(open_runtime, "cpu", threads, adaptation, chosen_network, of_encoder),
        )

        def make_model() -> TargetModel:
            return GroupedRegions(lambda: NetworkTarget(stepping, network), quality.groups)

        def make_either() -> TargetModel:
            return SecondOpinion(make_model) if quality.second_opinion else make_model()

        session = TrackedSession(size, tracking, make_either, flow=flow, beside=beside > 0)
        session.notices = notices
        if device in OTHER_GPUS and runs_on(runtime) != device:
            session.notices.append(
                Message(
                    "This {device} device does not run the built-in network as it should: the CPU does.", device=device
                )
            )
        return session
