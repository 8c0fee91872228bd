"""A roll-out: the network follows an object through a sample as the engine will, seeing its own earlier masks.

Trained on true earlier masks alone, a network never learns what to do with its own mistakes, which it then adds to
frame by frame. Here the memory's values, the local matching and the warped mask come from its own predictions (as in
STM's training on clips, Oh et al., ICCV 2019, but recurrent throughout; the gradient stays within a frame's own mask).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.learning.losses import mean_overlap, segmentation_loss
from core.learning.samples import Batch
from core.vos.network import Network, enlarge


@dataclass(frozen=True)
class RolloutSettings:
    """Probabilities: `own_mask`, the mask before is the network's own rather than the true one; `remember`, a frame
    goes into memory; `no_warp`, there is no warped mask, as after a cut; `noisy_warp`, it is dilated and eroded.
    """

    own_mask: float = 0.8
    remember: float = 0.7
    no_warp: float = 0.04
    noisy_warp: float = 0.5


@dataclass(frozen=True)
class RolloutResult:
    """`loss` to go backwards from; `overlap`, the mean overlap on the last frame, in [0, 1], without gradient."""

    loss: Tensor
    overlap: Tensor


def roll_out(
    network: Network,
    batch: Batch,
    settings: RolloutSettings,
    generator: torch.Generator,
    precision: torch.dtype = torch.float32,
) -> RolloutResult:
    """Follows each sample's object from its true first mask; `generator` is one of the CPU's.

    Convolutions run in `precision`, which may be one of the 16-bit kinds; similarities and losses always in 32 bits.
    """
    count, frames = batch.frames.shape[:2]
    device = batch.frames.device
    masks = batch.masks.float()[:, :, None]

    def chance(probability: float) -> Tensor:
        """(B, 1, 1, 1) bool, for each sample by itself."""
        return (torch.rand(count, 1, 1, 1, generator=generator) < probability).to(device)

    with torch.autocast(device.type, precision, enabled=precision != torch.float32):
        pixels = batch.frames.flatten(0, 1).float().contiguous(memory_format=torch.channels_last)
        everything = [output.unflatten(0, (count, frames)) for output in network.encoder(pixels)]
        features = [tuple(output[:, time] for output in everything) for time in range(frames)]
        previous = masks[:, 0]
        keys, values = [features[0][3].flatten(2)], [network.memorise(features[0][2], previous).flatten(2)]
        loss, logits = masks.new_zeros(()), previous
        for time in range(1, frames):
            warped = carry_masks(previous, batch.flow[:, time - 1])
            warped = torch.where(chance(settings.noisy_warp), wobble(warped, generator), warped)
            warped = torch.where(chance(settings.no_warp), 0.0, warped)
            logits = _decode(network, features[time], features[time - 1], keys, values, previous, warped)
            loss = loss + segmentation_loss(logits, masks[:, time])
            previous = torch.where(chance(settings.own_mask), logits.detach().sigmoid(), masks[:, time])
            if time < frames - 1 and torch.rand((), generator=generator).item() < settings.remember:
                keys.append(features[time][3].flatten(2))
                values.append(network.memorise(features[time][2], previous).flatten(2))
    return RolloutResult(loss / (frames - 1), mean_overlap(logits, masks[:, -1]))


def _decode(
    network: Network,
    features: tuple[Tensor, ...],
    before: tuple[Tensor, ...],
    keys: list[Tensor],
    values: list[Tensor],
    previous: Tensor,
    warped: Tensor,
) -> Tensor:
    """`Network.decode` to logits (B, 1, S, S) float32, with both kinds of matching in full precision."""
    f4, f8, f16, key, local_key = features
    with torch.autocast(f4.device.type, enabled=False):
        memory_keys, memory_values = torch.cat(keys, 2).float(), torch.cat(values, 2).float()
        read, local = network.match(
            key.float(), local_key.float(), memory_keys, memory_values, before[4].float(), previous
        )
    logits: Tensor = network.decoder(f4, f8, f16, read, local, warped)
    return enlarge(logits.float())


def carry_masks(masks: Tensor, flow: Tensor) -> Tensor:
    """Masks (B, 1, S, S) moved along `flow` (B, S, S, 2), backward and in pixels; zero comes from outside."""
    height, width = masks.shape[-2:]
    y, x = torch.meshgrid(
        torch.arange(height, device=masks.device), torch.arange(width, device=masks.device), indexing="ij"
    )
    source = (torch.stack([x, y], -1) + flow) * 2 / torch.tensor([width - 1, height - 1], device=masks.device) - 1
    # the engine fills with zeros too, see core.vos.warping
    return functional.grid_sample(masks.float(), source.float(), padding_mode="zeros", align_corners=True)


def wobble(masks: Tensor, generator: torch.Generator) -> Tensor:
    """Masks (B, 1, S, S) in [0, 1], dilated in some places and eroded in others, as flow leaves them."""
    kernel = (3, 5, 9, 15)[int(torch.randint(4, (), generator=generator))]
    grown = _dilated(masks, kernel)
    shrunk = -_dilated(-masks, kernel)
    coarse = torch.rand(masks.shape[0], 1, 7, 7, generator=generator).to(masks.device)
    patches = functional.interpolate(coarse, masks.shape[-2:], mode="bilinear", align_corners=False)
    return torch.where(patches > 0.62, grown, torch.where(patches < 0.38, shrunk, masks))


def _dilated(masks: Tensor, kernel: int) -> Tensor:
    """The greatest value within a square: of rows, then of columns, which is far less work than of all at once."""
    rows = functional.max_pool2d(masks, (1, kernel), 1, (0, kernel // 2))
    return functional.max_pool2d(rows, (kernel, 1), 1, (kernel // 2, 0))
