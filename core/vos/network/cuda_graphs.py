"""Functions of tensors on a GPU, recorded once and replayed as a whole.

A small network on a large GPU spends its time launching kernels, some hundred a frame, rather than running them. A CUDA
graph launches all of them at once (see torch's notes, "CUDA semantics", CUDA Graphs). `torch.compile` would save the
same launches, but needs a C compiler where the program runs and half a minute for each size of picture.
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
    """`record` makes of a function and its inputs a call that runs it on whatever these inputs then hold, and returns
    the tensors of its outputs; `seconds` says how long a call takes.
    """

    record: Callable[[Function, tuple[Tensor, ...]], tuple[Callable[[], None], tuple[Tensor, ...]]]
    seconds: Callable[[Callable[[], object]], float]


_KEPT = 12
"""Recordings of as many combinations of sizes; each holds its own intermediate results."""
_PROBES = 5
_GAIN = 0.9
"""A recording is used if it takes at most this share of the time: it costs memory."""


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
    """A function of tensors that is recorded for each combination of sizes and types, where that is faster.

    The function must do the same with any values, and wait for nothing. If recording fails, it is called as it is from
    then on. Use it within `torch.inference_mode`, from one thread.
    """

    def __init__(self, function: Function, recorder: Recorder) -> None:
        self._function = function
        self._recorder = recorder
        self._recordings: OrderedDict[tuple[object, ...], _Recording | None] = OrderedDict()
        self._works = True

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """What the function gives for tensors of any shape, as tensors of their own (see `Tensor.clone`)."""
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
        """The function recorded for such inputs; None if that brings nothing."""
        inputs = tuple(value.clone() for value in inputs)
        try:
            recording = _Recording(inputs, *self._recorder.record(self._function, inputs))
            replayed = self._recorder.seconds(lambda: recording(*inputs))
            quicker = replayed < _GAIN * self._recorder.seconds(lambda: self._function(*inputs))
        except RuntimeError:
            # a driver, or an operation, that cannot be recorded: slower, but no worse
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
        # libraries choose their kernels and make their handles at the first calls, which must not be recorded
        for _ in range(3):
            function(*inputs)
    torch.cuda.current_stream().wait_stream(aside)
    graph = torch.cuda.CUDAGraph()
    # other threads of the program may use the GPU meanwhile
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        outputs = function(*inputs)
    return graph.replay, outputs


def seconds_on_gpu(call: Callable[[], object]) -> float:
    """How long a call takes on the GPU, the best of a few, with what it waits for."""
    taken = []
    for _ in range(_PROBES):
        torch.cuda.synchronize()
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        taken.append(time.perf_counter() - start)
    return min(taken)


CUDA_GRAPHS = Recorder(record_cuda_graph, seconds_on_gpu)
