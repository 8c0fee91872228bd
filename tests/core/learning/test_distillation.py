"""Features that are to become like another encoder's."""

from __future__ import annotations

import dataclasses

import torch

from core.learning.distillation import Teacher, distillation_weight, features_alone
from core.vos.network.model import Network
from tests.core.learning.conftest import TINY

LATERAL = dataclasses.replace(TINY, pretrained=16, lateral=True)
OWN = dataclasses.replace(TINY, pretrained=16)


def test_equal_features_cost_nothing_and_others_are_learned() -> None:
    torch.manual_seed(0)
    teacher, student = Teacher(Network(OWN).encoder), Network(LATERAL).encoder.train()
    pictures = torch.rand(2, 3, 64, 64) * 255
    assert float(teacher.loss(teacher.encoder, pictures, torch.float32)) == 0
    layers = [student.lateral2, student.lateral4, student.lateral8, student.lateral16]
    optimiser = torch.optim.Adam([value for layer in layers for value in layer.parameters()], lr=3e-3)
    losses = []
    for _ in range(15):
        loss = teacher.loss(student, pictures, torch.float32)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.9 * losses[0]
    assert not any(value.requires_grad for value in teacher.parameters())
    assert not teacher.train().encoder.training, "its statistics must stay"


def test_the_teacher_counts_less_and_less() -> None:
    assert features_alone(0.0) and not features_alone(0.5)
    weights = [distillation_weight(share) for share in (0.0, 0.3, 0.6, 1.0)]
    assert weights[0] == 1 and weights == sorted(weights, reverse=True) and weights[-2:] == [0, 0]
