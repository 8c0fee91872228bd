"""AdamW for trainings that a person waits for.

torch's own loads its compiler when it is made, which takes a core four seconds: a fifth of a fine-tuning.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

_FIRST, _SECOND, _LEAST = 0.9, 0.999, 1e-8


class AdamW:
    """Adam with weight decay apart from the gradient (Loshchilov and Hutter, ICLR 2019), as `torch.optim.AdamW` with
    its default betas.
    """

    def __init__(self, groups: Iterable[tuple[Iterable[Tensor], float]], decay: float) -> None:
        """`groups` are parameters and a factor on their rate; `decay` is what a weight loses in a step of rate 1."""
        self._groups = [([_State(value) for value in values if value.requires_grad], share) for values, share in groups]
        self._decay = decay
        self._steps = 0

    def zero_grad(self) -> None:
        """Forgets the gradients."""
        for states, _ in self._groups:
            for state in states:
                state.parameter.grad = None

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Moves the parameters that have a gradient, at a learning rate times each group's factor."""
        self._steps += 1
        for states, share in self._groups:
            for state in states:
                state.move(rate * share, self._decay, self._steps)


class _State:
    def __init__(self, parameter: Tensor) -> None:
        self.parameter = parameter
        self._mean, self._square = torch.zeros_like(parameter), torch.zeros_like(parameter)

    def move(self, rate: float, decay: float, steps: int) -> None:
        gradient = self.parameter.grad
        if gradient is None:
            return
        self.parameter.mul_(1 - rate * decay)
        self._mean.lerp_(gradient, 1 - _FIRST)
        self._square.mul_(_SECOND).addcmul_(gradient, gradient, value=1 - _SECOND)
        spread = (self._square / (1 - _SECOND**steps)).sqrt_().add_(_LEAST)
        self.parameter.addcdiv_(self._mean, spread, value=-rate / (1 - _FIRST**steps))
