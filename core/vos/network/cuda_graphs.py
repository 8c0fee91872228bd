"""CUDA graphs: functions of tensors on a GPU, captured once and replayed as a whole.

A small network on a large GPU spends its time launching kernels, some hundred a frame, rather than running them. A CUDA
graph launches all of them at once (see torch's notes, "CUDA semantics", CUDA Graphs). `torch.compile` saves the same
launches, but needs a C compiler at run time and half a minute for each size of picture.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

_LOG = logging.getLogger(__name__)

Function = Callable[..., tuple[Tensor, ...]]


@dataclass(frozen=True)
class Recorder:
    """`record` captures a function with its input tensors. It returns a call that runs it on the current content of
    these tensors, and the output tensors that this writes to. `seconds` measures the time of a call.
    """

    record: Callable[[Function, tuple[Tensor, ...]], tuple[Callable[[], None], tuple[Tensor, ...]]]
    seconds: Callable[[Callable[[], object]], float]


_KEPT = 12
"""Recordings that are kept, for as many combinations of sizes; each holds its own intermediate results."""
_PROBES = 5
"""Runs of which the fastest is the time of a call."""
_GAIN = 0.9
"""A recording is used if it takes at most this fraction of the time without it, since it costs memory."""


@dataclass(frozen=True)
class _Recording:
    inputs: tuple[Tensor, ...]
    replay: Callable[[], None]
    outputs: tuple[Tensor, ...]

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        for recorded, value in zip(self.inputs, inputs, strict=True):
            recorded.copy_(value, non_blocking=True)
        self.replay()
        # the next replay writes to the same tensors
        return tuple(output.clone() for output in self.outputs)


class GraphCache:
    """A function of tensors that is recorded for each combination of shapes and types, where that is faster.

    The function must launch the same kernels for any values, and must not synchronise with the CPU. If recording fails,
    it is called directly from then on. Use it within `torch.inference_mode`, from one thread.
    """

    def __init__(self, function: Function, recorder: Recorder) -> None:
        self._function = function
        self._recorder = recorder
        self._recordings: OrderedDict[tuple[object, ...], _Recording | None] = OrderedDict()
        self._works = True

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """The function's outputs, for tensors of any shape, as tensors of their own (see `Tensor.clone`): later calls
        do not overwrite them.
        """
        if not self._works:
            return self._function(*inputs)
        sizes = tuple((value.shape, value.dtype) for value in inputs)
        if sizes not in self._recordings:
            self._recordings[sizes] = self._recorded(inputs)
            while len(self._recordings) > _KEPT:
                self._recordings.popitem(last=False)
        self._recordings.move_to_end(sizes)
        recording = self._recordings[sizes]
        return self._function(*inputs) if recording is None else recording(*inputs)

    def _recorded(self, inputs: tuple[Tensor, ...]) -> _Recording | None:
        """The function recorded for inputs of these shapes; None if replaying is not faster, or recording fails."""
        inputs = tuple(value.clone() for value in inputs)
        try:
            recording = _Recording(inputs, *self._recorder.record(self._function, inputs))
            replayed = self._recorder.seconds(lambda: recording(*inputs))
            quicker = replayed < _GAIN * self._recorder.seconds(lambda: self._function(*inputs))
        except RuntimeError:
            # the driver or an operation does not support it: slower, with the same result
            _LOG.warning("Recording on the GPU failed; going on without", exc_info=True)
            self._works = False
            self._recordings.clear()
            return None
        return recording if quicker else None


def record_cuda_graph(function: Function, inputs: tuple[Tensor, ...]) -> tuple[Callable[[], None], tuple[Tensor, ...]]:
    """See `Recorder.record`, on a CUDA device."""
    aside = torch.cuda.Stream()  # type: ignore[no-untyped-call]
    aside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(aside):
        # warm-up: libraries choose kernels and create handles in the first calls, which must not be captured
        for _ in range(3):
            function(*inputs)
    torch.cuda.current_stream().wait_stream(aside)
    graph = torch.cuda.CUDAGraph()
    # other threads of the program may use the GPU meanwhile
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        outputs = function(*inputs)
    return graph.replay, outputs


def seconds_on_gpu(call: Callable[[], object]) -> float:
    """Seconds of a call on the GPU, synchronised before and after; the fastest of a few."""
    taken = []
    for _ in range(_PROBES):
        torch.cuda.synchronize()
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        taken.append(time.perf_counter() - start)
    return min(taken)


CUDA_GRAPHS = Recorder(record_cuda_graph, seconds_on_gpu)
