"""Interactive segmentation of one image by clicks: the click network that ships, or an engine that a person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from core.engines.protocol import EngineOptions
from core.engines.registry import load
from core.engines.weights import read_click_graphs
from core.masks.clicks import ClickSelector

if TYPE_CHECKING:
    from core.vos.clicks.selector import ClickNetwork


class EngineSelector(ClickSelector, Protocol):
    """A selector that holds an engine's network until it is closed."""

    def close(self) -> None: ...


def load_click_network(threads: int = 0) -> ClickNetwork:
    """The click network that ships, on the CPU; `threads` 0 is as many as there are cores. Raises EngineError where a
    file is missing or damaged.
    """
    encoder, decoder = read_click_graphs()
    # a runtime takes a while to load: not for those who only ask what there is
    from core.vos.clicks.selector import ClickNetwork
    from core.vos.network.onnx_runtime import OnnxRuntime

    return ClickNetwork(OnnxRuntime({"encoder": encoder}, threads), decoder, threads)


def open_click_selector(name: str, device: str = "auto", options: EngineOptions | None = None) -> EngineSelector | None:
    """An engine's own selector: it encodes a picture once and answers every click and box on it from that.

    None where the engine has none; its sessions may segment all the same. Raises EngineError as `Engine.open` does.
    """
    opener = getattr(load(name), "open_selector", None)
    return None if opener is None else cast(EngineSelector, opener(device, options))
