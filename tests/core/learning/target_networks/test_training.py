"""Target networks: shapes, gradients, and that each learns where a disc is."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.errors import CancelledError
from core.jobs import CancelToken
from core.learning.target_networks.examples import Example
from core.learning.target_networks.loss import target_loss
from core.learning.target_networks.settings import Augmentation, Training
from core.learning.target_networks.training import train
from core.vos.targets.backbones.builtin import builtin_encoder
from core.vos.targets.backbones.library import MAKERS
from core.vos.targets.backbones.plain import plain_encoder
from core.vos.targets.nets.catalogue import NETWORKS, build
from core.vos.targets.nets.network import TargetNetwork
from core.vos.targets.nets.upsampling import UPSAMPLINGS, Double, max_unpool

SIDE = 64
STILL = Augmentation(affine=False, crop=False, colour=False)


def disc(known: bool = True) -> Example:
    """A red disc on a green ground, about in one of the four cells of FCN-32s."""
    inside = np.hypot(*(np.mgrid[:SIDE, :SIDE] - np.array([46, 46])[:, None, None])) < 20
    image = np.where(inside[..., None], (200, 60, 60), (60, 140, 60)).astype(np.uint8)
    return Example(image, inside[None].astype(np.float32), np.array([known]))


def picture(batch: int = 1) -> torch.Tensor:
    return torch.from_numpy(disc().image).permute(2, 0, 1)[None].float().expand(batch, -1, -1, -1)


def made(name: str, upsampling: str = "bilinear", classes: int = 2) -> TargetNetwork:
    torch.manual_seed(0)
    return build(name, plain_encoder(), classes, upsampling)


@pytest.mark.parametrize("name", NETWORKS)
def test_learns_where_a_disc_is_and_every_weight_takes_part(name: str) -> None:
    network = made(name)
    before = {key: value.clone() for key, value in network.named_parameters()}
    settings = Training(steps=16, batch=1, rate=1e-2, augmentation=STILL)
    train(network, [disc()], (SIDE, SIDE), settings, False, CancelToken())
    assert not [key for key, value in network.named_parameters() if torch.equal(before[key], value)]
    found = network.predict(picture())
    assert found.shape == (1, 2, SIDE, SIDE)
    torch.testing.assert_close(found.sum(1), torch.ones(1, SIDE, SIDE))
    mask, truth = found[0, 1].numpy() > 0.5, disc().masks[0] > 0.5
    assert (mask & truth).sum() / (mask | truth).sum() > 0.5


@pytest.mark.parametrize("upsampling", UPSAMPLINGS)
@pytest.mark.parametrize("name", ["fcn-32s", "unet", "deconvnet", "deeplab-v3-plus"])
def test_every_way_to_enlarge_fits_every_kind_of_network(name: str, upsampling: str) -> None:
    logits = made(name, upsampling, classes=3)(picture(2)[..., :32])
    assert logits.shape == (2, 3, SIDE, 32)
    logits.square().mean().backward()
    assert torch.isfinite(logits).all()


def test_ways_to_enlarge_do_what_they_say() -> None:
    square = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    finer = torch.arange(16.0).view(1, 1, 4, 4)
    assert Double(1, "nearest")(square, finer)[0, 0, 0].tolist() == [1, 1, 2, 2]
    assert Double(1, "bilinear-corners")(square, finer)[0, 0, 0].tolist() == pytest.approx([1, 4 / 3, 5 / 3, 2])
    assert Double(1, "bilinear")(square, finer)[0, 0, 0].tolist() == [1, 1.25, 1.75, 2]
    # the transposed one begins as bilinear interpolation, but for the frame's edge
    middle = np.s_[0, 0, 1:-1, 1:-1]
    torch.testing.assert_close(
        Double(1, "transposed")(square, finer)[middle], Double(1, "bilinear")(square, finer)[middle]
    )
    assert Double(1, "bed-of-nails")(square, finer)[0, 0, 0].tolist() == [1, 1.5, 2, 1]
    # the largest of each cell of four is at its lower right
    assert max_unpool(square, finer)[0, 0].tolist() == [[0, 0, 0, 0], [0, 1, 0, 2], [0, 0, 0, 0], [0, 3, 0, 4]]


@pytest.mark.parametrize("name", MAKERS)
def test_backbones_of_the_library_keep_their_strides_and_can_be_dilated(name: str) -> None:
    encoder = MAKERS[name](None).eval()
    sizes = [(one.shape[1], SIDE // one.shape[-1]) for one in encoder(picture())]
    assert sizes == list(zip(encoder.channels, (2, 4, 8, 16), strict=True))
    encoder.dilate()
    assert [SIDE // one.shape[-1] for one in encoder(picture())] == [2, 4, 8, 8]


def test_dilated_features_are_those_of_the_stride_in_between() -> None:
    """Weights go on fitting: every second place of the dilated features is what was there before."""
    torch.manual_seed(1)
    encoder = builtin_encoder(None).eval()
    with torch.no_grad():
        image = torch.rand(1, 3, 128, 128) * 255
        coarse = encoder(image)[-1]
        encoder.dilate()
        fine = encoder(image)[-1]
    torch.testing.assert_close(fine[..., ::2, ::2], coarse, rtol=1e-3, atol=1e-3)


def test_a_deformable_backbone_begins_as_the_usual_one() -> None:
    torch.manual_seed(0)
    usual = MAKERS["resnet"](None).eval()
    torch.manual_seed(0)
    deformable = MAKERS["deformable"](None).eval()
    with torch.no_grad():
        torch.testing.assert_close(usual(picture())[-1], deformable(picture())[-1], rtol=1e-3, atol=1e-3)


def test_the_same_again_whatever_was_drawn_before() -> None:
    found = []
    for seed in (1, 2):
        network = made("deeplab-v1")
        torch.manual_seed(seed)
        settings = Training(steps=2, augmentation=Augmentation(cutmix=True, copy_paste=True, rand_augment=True))
        train(network, [disc(), disc()], (SIDE, SIDE), settings, False, CancelToken())
        found.append(network.predict(picture()))
    torch.testing.assert_close(found[0], found[1], rtol=0, atol=0)


def test_a_frozen_backbone_stays_and_the_rest_learns() -> None:
    network = made("unet")
    network.freeze_encoder()
    before = [value.clone() for value in network.encoder.parameters()]
    train(network, [disc()], (SIDE, SIDE), Training(steps=1, batch=1), True, CancelToken())
    assert all(torch.equal(one, other) for one, other in zip(before, network.encoder.parameters(), strict=True))


def test_cancelling() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        train(made("unet"), [disc()], (SIDE, SIDE), Training(), False, token)


class TestLoss:
    def test_is_small_for_what_is_right(self) -> None:
        masks = torch.from_numpy(disc().masks)[None]
        right = torch.cat([1 - masks, masks], 1) * 20 - 10
        known = torch.ones(1, 1, dtype=torch.bool)
        assert target_loss(right, masks, known) < 0.01 < 1 < target_loss(-right, masks, known)

    def test_states_nothing_of_an_object_that_is_not_known(self) -> None:
        """Where it may be the background as well, both are right."""
        masks, known = torch.zeros(1, 2, 8, 8), torch.tensor([[True, False]])
        logits = torch.zeros(1, 3, 8, 8)
        logits[:, 1] = -20
        one, other = logits.clone(), logits.clone()
        one[:, 0], other[:, 2] = 20, 20
        assert target_loss(one, masks, known) == pytest.approx(float(target_loss(other, masks, known)), abs=1e-4)

    def test_of_an_object_without_a_pixel_is_finite(self) -> None:
        logits = torch.zeros(1, 2, 8, 8, requires_grad=True)
        loss = target_loss(logits, torch.zeros(1, 1, 8, 8), torch.ones(1, 1, dtype=torch.bool))
        loss.backward()
        assert logits.grad is not None
        assert torch.isfinite(logits.grad).all()
