"""Which engines there are, by name.

An engine is a module with a class; naming it here is all that it takes to appear in the window and on the command
line. Video models that were downloaded or added (`transformers_video.installed`) are engines, too. Making one is cheap
and imports nothing heavy: that waits for `Engine.open`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.engines.builtin import BuiltinEngine
from core.engines.classical import ClassicalEngine
from core.engines.fake import FakeEngine
from core.engines.protocol import Engine, EngineInfo
from core.engines.target_networks.engine import TargetNetworkEngine
from core.engines.target_networks.options import PREFIX, TITLES
from core.engines.transformers_video.installed import find_engine, installed_engines, not_installed
from core.engines.warping import WarpingEngine
from core.errors import EngineError

DEFAULT_ENGINE = "builtin"

_MAKERS: dict[str, Callable[[], Engine]] = {
    "builtin": BuiltinEngine,
    "classical": ClassicalEngine,
    "warping": WarpingEngine,
    **{f"{PREFIX}{network}": partial(TargetNetworkEngine, network) for network in TITLES},
    "fake": FakeEngine,
}


def available(include_hidden: bool = False) -> list[EngineInfo]:
    """The engines that can be loaded, the default first; hidden ones (for tests) only on request."""
    infos = [make().info for make in _MAKERS.values()] + [engine.info for engine in installed_engines()]
    return [info for info in infos if include_hidden or not info.hidden]


def load(name: str) -> Engine:
    """The engine of that name, hidden ones included. Raises EngineError, listing the names, if there is none."""
    maker = _MAKERS.get(name)
    if maker is not None:
        return maker()
    found = find_engine(name)
    if found is not None:
        return found
    refusal = not_installed(name)
    if refusal is not None:
        raise refusal
    names = ", ".join(info.name for info in available())
    raise EngineError("There is no engine '{name}'; choose one of: {names}.", name=name, names=names)
