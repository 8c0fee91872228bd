"""Decodes objects in groups, so that the network's peak memory does not grow with their number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.types import Floats
from core.vos.network.runtime import DecoderInputs, Features, NetworkRuntime, RuntimeAround

MOST_OBJECTS = 16
"""Objects in a group: each takes some 15 MB while it is decoded; the shared work is a twentieth of that of a group."""


class GroupedRuntime(RuntimeAround):
    """See `core.vos.network.runtime.NetworkRuntime`. Up to `most` objects it is the runtime inside."""

    def __init__(self, runtime: NetworkRuntime, most: int = MOST_OBJECTS) -> None:
        super().__init__(runtime)
        self._most = most

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        if len(masks) <= self._most:
            return self._runtime.memorise(features, masks)
        parts = [self._runtime.memorise(features, masks[part]) for part in self._parts(len(masks))]
        return parts[0][0], np.concatenate([values for _, values in parts])

    def decode(self, inputs: DecoderInputs) -> Floats:
        count = len(inputs.warped)
        if count <= self._most:
            return self._runtime.decode(inputs)
        return np.concatenate(
            [
                self._runtime.decode(
                    replace(
                        inputs,
                        memory_values=inputs.memory_values[part],
                        previous_masks=inputs.previous_masks[part],
                        warped=inputs.warped[part],
                        motion=inputs.motion[part],
                    )
                )
                for part in self._parts(count)
            ]
        )

    def _parts(self, count: int) -> list[slice]:
        return [slice(first, first + self._most) for first in range(0, count, self._most)]
