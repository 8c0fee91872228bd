"""A runtime that falls back step by step when the memory of its device is full, and repeats the same frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from core.engines.devices import free_device_memory
from core.errors import EngineError, is_out_of_memory
from core.messages import Message
from core.types import Floats, Image
from core.vos.network.runtime import DecoderInputs, Features, NetworkRuntime
from core.vos.targets.grouped import MOST_OBJECTS, GroupedRuntime

Value = TypeVar("Value")


class _Seen(tuple[Any, ...]):
    """Features, with their image and the runtime that made them: another runtime has to encode the image again."""

    image: Image
    maker: NetworkRuntime


class FallbackRuntime:
    """See `core.vos.network.runtime.NetworkRuntime`.

    First the objects are run fewer at a time, down to one, then `open_cpu`, where it is given, makes the runtime that
    takes over. Each step is reported once. Raises EngineError if no fallback is left.
    """

    def __init__(
        self,
        runtime: NetworkRuntime,
        report: Callable[[Message], None],
        open_cpu: Callable[[], NetworkRuntime] | None = None,
    ) -> None:
        self._runtime, self._report, self._open_cpu = runtime, report, open_cpu
        self._most = MOST_OBJECTS

    def encode(self, image: Image) -> Features:
        return self._stepping(lambda: self._encoded(image), 1)

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        return self._stepping(lambda: self._grouped().memorise(self._own(features), masks), len(masks))

    def key(self, features: Features) -> Floats:
        return self._stepping(lambda: self._runtime.key(self._own(features)), 1)

    def decode(self, inputs: DecoderInputs) -> Floats:
        def decoded() -> Floats:
            previous = None if inputs.previous is None else self._own(inputs.previous)
            return self._grouped().decode(replace(inputs, features=self._own(inputs.features), previous=previous))

        return self._stepping(decoded, len(inputs.warped))

    def _stepping(self, work: Callable[[], Value], objects: int) -> Value:
        while True:
            try:
                return work()
            except (MemoryError, RuntimeError) as error:
                if not is_out_of_memory(error):
                    raise
            # outside the handler: the error's traceback holds what filled the memory
            self._step_down(objects)

    def _step_down(self, objects: int) -> None:
        at_once = min(self._most, objects)
        free_device_memory(str(getattr(self._runtime, "device", "cpu")))
        if at_once > 1:
            self._most = at_once // 2
            self._report(
                Message("Memory is full: objects are found {count} at a time from here on, slower.", count=self._most)
            )
        elif self._open_cpu is not None:
            device = str(getattr(self._runtime, "device", "cpu"))
            self._runtime, self._open_cpu, self._most = self._open_cpu(), None, MOST_OBJECTS
            free_device_memory(device)
            self._report(Message("The memory of the device is full: the CPU follows from here on, much slower."))
        else:
            raise EngineError(
                "There is too little memory for the built-in network: choose a smaller network_side, or close other "
                "programs."
            )

    def _grouped(self) -> GroupedRuntime:
        return GroupedRuntime(self._runtime, self._most)

    def _encoded(self, image: Image) -> _Seen:
        return _seen(self._runtime.encode(image), image, self._runtime)

    def _own(self, features: Features) -> Features:
        """Features that the runtime at work can read."""
        if isinstance(features, _Seen) and features.maker is not self._runtime:
            return self._encoded(features.image)
        return features


def _seen(features: Iterable[Any], image: Image, maker: NetworkRuntime) -> _Seen:
    made = _Seen(features)
    made.image, made.maker = image, maker
    return made
