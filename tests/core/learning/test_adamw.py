"""The small AdamW moves weights as torch's own does."""

from __future__ import annotations

import pytest
import torch
from torch.optim.adamw import adamw

from core.learning.adamw import AdamW


def test_it_moves_weights_as_torch_does() -> None:
    generator = torch.Generator().manual_seed(0)
    begin = torch.randn(5, 3, generator=generator)
    gradients = [torch.randn(5, 3, generator=generator) * 10.0**-power for power in range(4)]
    rates = [1e-2, 5e-3, 2e-2, 1e-3]
    own = begin.clone().requires_grad_(True)
    optimiser = AdamW([([own], 0.5)], decay=0.1)
    other, mean, square, steps = begin.clone(), torch.zeros(5, 3), torch.zeros(5, 3), torch.zeros(())
    for gradient, rate in zip(gradients, rates, strict=True):
        optimiser.zero_grad()
        own.grad = gradient.clone()
        optimiser.step(rate)
        adamw(
            [other],
            [gradient],
            [mean],
            [square],
            [],
            [steps],
            amsgrad=False,
            beta1=0.9,
            beta2=0.999,
            lr=0.5 * rate,
            weight_decay=0.1,
            eps=1e-8,
            maximize=False,
        )
        torch.testing.assert_close(own.detach(), other)
    assert not torch.allclose(own.detach(), begin)


def test_what_has_no_gradient_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    # torch's optimisers load its compiler, which takes seconds
    monkeypatch.setattr(torch.optim.Optimizer, "__init__", None)
    frozen, idle, moved = torch.ones(2), torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    optimiser = AdamW([([frozen, idle, moved], 1.0)], decay=0.0)
    optimiser.zero_grad()
    torch.autograd.backward((moved * 3).sum())
    optimiser.step(0.1)
    assert torch.equal(frozen, torch.ones(2)) and torch.equal(idle.detach(), torch.ones(2))
    torch.testing.assert_close(moved.detach(), torch.full((2,), 0.9))
