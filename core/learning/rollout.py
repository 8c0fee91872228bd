"""A roll-out: the network follows an object through a sample as the engine will, seeing its own earlier masks.

Trained on true earlier masks alone, a network never learns what to do with its own mistakes, which it then adds to
frame by frame. Here the memory's values, the local matching and the warped mask come from its own predictions (as in
STM's training on clips, Oh et al., ICCV 2019, but recurrent throughout; the gradient stays within a frame's own mask).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.learning.losses import mean_overlap, segmentation_loss
from core.learning.samples.sampling import Batch
from core.vos.flow.motion_cues import MOTION_STRIDE, cell_positions, motion_affinity
from core.vos.flow.warping import LEAST_REACH, REACH
from core.vos.network.model import STRIDE, Network, enlarge

_PART = 0.2
"""Covered fraction from which on a cell belongs to the part that is removed from the memory."""


@dataclass(frozen=True)
class RolloutSettings:
    """Perturbations during a roll-out. Each but `both` is a probability in [0, 1] for each sample and frame."""

    own_mask: float = 0.8
    """The previous mask is the network's own rather than the true one."""
    remember: float = 0.7
    """The frame goes into the memory."""
    no_warp: float = 0.04
    """There is no warped mask, as after a cut."""
    no_warp_alone: float = 0.04
    """The same in samples without a second object. The memory alone has to tell then where the object is, which it
    cannot where another one looks alike.
    """
    noisy_warp: float = 0.5
    """The warped mask is dilated and eroded."""
    lost_part: float = 0.15
    """The previous mask lacks a part of the object, as after an occlusion."""
    false_part: float = 0.08
    """The previous mask has a part of something else."""
    boxed_flow: float = 0.8
    """Motion is known only around the previous mask, as the engine computes it."""
    forgotten: float = 0.2
    """The memory lacks a part of the object, like a side not seen before."""
    elsewhere: float = 0.04
    """The frame is of another clip, as after a cut, and does not show the object."""
    both: float = 0.3
    """Fraction of a batch's samples in which a second object is followed and competes for pixels. If fewer samples have
    one, some are followed twice, so that sizes stay constant: a GPU selects kernels for each new size.
    """


@dataclass(frozen=True)
class RolloutResult:
    """`loss`, a scalar with gradient; `overlap`, the mean IoU on the last frame, in [0, 1], without gradient."""

    loss: Tensor
    overlap: Tensor


@dataclass(frozen=True)
class Look:
    """A frame of a roll-out for N objects: the decoder's `inputs` (see `core.vos.network.model.Decoder`), the `logits`
    (N, 1, S, S) that it gave, made exclusive, and the `truth` (N, 1, S, S), of 0 and 1.
    """

    inputs: tuple[Tensor, ...]
    logits: Tensor
    truth: Tensor


def roll_out(
    network: Network,
    batch: Batch,
    settings: RolloutSettings,
    generator: torch.Generator,
    precision: torch.dtype = torch.float32,
) -> RolloutResult:
    """Tracks one or two objects of each sample from their true first masks; see `looks`. Losses are in float32."""
    found = looks(network, batch, settings, generator, precision)
    losses = [segmentation_loss(look.logits, look.truth) for look in found]
    return RolloutResult(torch.stack(losses).sum() / len(losses), mean_overlap(found[-1].logits, found[-1].truth))


def looks(
    network: Network,
    batch: Batch,
    settings: RolloutSettings,
    generator: torch.Generator,
    precision: torch.dtype = torch.float32,
    encode: Callable[[Tensor], tuple[Tensor, ...]] | None = None,
) -> list[Look]:
    """What the network sees and finds on each frame but the first of the samples (B, T, ...) of a batch. `generator` is
    on the CPU. The probabilities of two objects are made exclusive on each frame before the memory sees them, so that
    the network learns which pixels belong to the other one.

    Convolutions run in `precision`, float32 or a 16-bit type; similarities and logits always in float32. `encode`, if
    given, replaces the encoder, which then does not learn: (N, 3, S, S) in [0, 255] to its five outputs.
    """
    encode = encode or network.encoder
    samples, frames = batch.frames.shape[:2]
    device = batch.frames.device
    rows, rival = _rows(batch, settings.both, generator)
    masks = torch.cat([batch.masks, batch.others[rows[samples:]]]).float()[:, :, None]
    alone = (batch.others.flatten(1).amax(1) == 0)[rows][:, None, None, None]
    flow, consistency = batch.flow[rows].float(), batch.consistency[rows].float() / 255
    found: list[Look] = []

    def chance(probability: float | Tensor, count: int = len(rows)) -> Tensor:
        """Independent random choices (count, 1, 1, 1) bool, one for each object."""
        return torch.rand(count, 1, 1, 1, generator=generator).to(device) < probability

    no_warp = torch.where(alone, settings.no_warp_alone, settings.no_warp)
    with torch.autocast(device.type, precision, enabled=precision != torch.float32):
        pixels = batch.frames.flatten(0, 1).float().contiguous(memory_format=torch.channels_last)
        # without gradients in parts, which fit into the cache and run faster
        together = samples if network.encoder.frozen else len(pixels)
        parts = [encode(pixels[start : start + together]) for start in range(0, len(pixels), together)]
        everything = [torch.unflatten(torch.cat(output), 0, (samples, frames)) for output in zip(*parts, strict=True)]
        # split once: the gradient of an index into a frame's part is as large as all frames
        seen = list(zip(*(output.unbind(1) for output in everything), strict=True))
        previous = masks[:, 0]
        kept = torch.where(chance(settings.forgotten), patches(previous, generator), 1.0)
        before = _of_samples(seen[0], rows)
        keys = [remembered(before[3], previous, kept)]
        values = [network.memorise(before[2], previous).flatten(2)]
        for time in range(1, frames):
            # both objects of a sample are seen in the same frame, whichever that is
            away = chance(settings.elsewhere if samples > 1 else 0.0, samples)[rows]
            now = _of_samples(seen[time], torch.where(away[:, 0, 0, 0], (rows - 1) % samples, rows))
            truth = torch.where(away, 0.0, masks[:, time])
            warped = warp_along(previous, flow[:, time - 1])
            warped = torch.where(chance(settings.noisy_warp), perturb_contours(warped, generator), warped)
            cut = chance(no_warp) | away
            warped = torch.where(cut, 0.0, warped)
            known = torch.where(chance(settings.boxed_flow), reach(previous), 1.0)
            motion = motion_input(flow[:, time - 1], consistency[:, time - 1], warped, known)
            motion = torch.where(cut, 0.0, motion)
            inputs = _decoder_inputs(network, now, before, keys, values, previous, warped, motion)
            logits = aggregated(enlarge(network.decoder(*inputs).float()), rival)
            found.append(Look(inputs, logits, truth))
            previous = torch.where(chance(settings.own_mask), logits.detach().sigmoid(), truth)
            previous = torch.where(chance(settings.lost_part), previous * patches(previous, generator), previous)
            previous = torch.where(chance(settings.false_part), add_false_part(previous, generator), previous)
            if time < frames - 1 and torch.rand((), generator=generator).item() < settings.remember:
                keys.append(remembered(now[3], previous, kept))
                values.append(network.memorise(now[2], previous).flatten(2))
            before = now
    return found


def _rows(batch: Batch, both: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Which sample each object is of, (N,), the first objects of all B samples first; and which object it shares its
    pixels with, (N,), -1 for none.
    """
    samples = len(batch.frames)
    second = torch.zeros(0, dtype=torch.long)
    if both > 0:
        known = torch.nonzero(batch.others[:, 0].flatten(1).any(1).cpu())[:, 0]
        chosen = known[torch.randperm(len(known), generator=generator)]
        count = round(both * samples)
        second = chosen.repeat(-(-count // max(1, len(chosen))))[:count]
    rival = torch.full((samples + len(second),), -1)
    rival[second] = torch.arange(samples, len(rival))
    rival[samples:] = second
    device = batch.frames.device
    return torch.cat([torch.arange(samples), second]).to(device), rival.to(device)


def _of_samples(features: tuple[Tensor, ...], chosen: Tensor) -> tuple[Tensor, ...]:
    """The features (N, ...) of the samples `chosen`, (N,) int64, out of those of all, (B, ...)."""
    return tuple(one.index_select(0, chosen) for one in features)


def aggregated(logits: Tensor, rival: Tensor) -> Tensor:
    """Logits (N, 1, S, S) made exclusive with those of `rival` (N,), -1 for none.

    Of two objects with odds o and o' each gets the probability o / (1 + o + o'); its logit is then its own less
    log(1 + o'), the other's softplus. `core.vos.aggregation` decides alike, but its probabilities are sharper than
    those of one object alone, and the network is to mean the same by a logit in both cases.
    """
    taken = functional.softplus(logits[rival])
    return logits - torch.where((rival >= 0)[:, None, None, None], taken, 0.0)


def remembered(key: Tensor, masks: Tensor, kept: Tensor) -> Tensor:
    """Keys (B, C, h16, w16) as memory (B, C, M), those of a mask's cells zero where `kept` is zero: similar to nothing.

    `masks` (B, 1, S, S) in [0, 1]; `kept` (B, 1, S, S) of zeros and ones, or anything that spreads to it.
    """
    gone = functional.avg_pool2d(masks * (1 - kept), STRIDE) > _PART
    return torch.where(gone, 0.0, key).flatten(2)


def _decoder_inputs(
    network: Network,
    features: tuple[Tensor, ...],
    before: tuple[Tensor, ...],
    keys: list[Tensor],
    values: list[Tensor],
    previous: Tensor,
    warped: Tensor,
    motion: Tensor,
) -> tuple[Tensor, ...]:
    """What the decoder is given; inputs as `Network.decode`'s, with both kinds of matching in full precision."""
    f4, f8, f16, key, local_key = features
    with torch.autocast(f4.device.type, enabled=False):
        memory_keys, memory_values = torch.cat(keys, 2).float(), torch.cat(values, 2).float()
        read, local = network.match(
            key.float(), local_key.float(), memory_keys, memory_values, before[4].float(), previous
        )
    return f4, f8, f16, read, local, warped, motion


def warp_along(masks: Tensor, flow: Tensor) -> Tensor:
    """Masks (B, 1, S, S) moved along `flow` (B, S, S, 2), backward and in pixels; zero comes from outside."""
    height, width = masks.shape[-2:]
    y, x = torch.meshgrid(
        torch.arange(height, device=masks.device), torch.arange(width, device=masks.device), indexing="ij"
    )
    source = (torch.stack([x, y], -1) + flow) * 2 / torch.tensor([width - 1, height - 1], device=masks.device) - 1
    # the engine fills with zeros too, see core.vos.flow.warping
    return functional.grid_sample(masks.float(), source.float(), padding_mode="zeros", align_corners=True)


def perturb_contours(masks: Tensor, generator: torch.Generator) -> Tensor:
    """Masks (B, 1, S, S) in [0, 1], dilated in some parts and eroded in others, as flow leaves them."""
    kernel = (3, 5, 9, 15)[int(torch.randint(4, (), generator=generator))]
    grown = _dilated(masks, kernel)
    shrunk = -_dilated(-masks, kernel)
    coarse = torch.rand(masks.shape[0], 1, 7, 7, generator=generator).to(masks.device)
    where = functional.interpolate(coarse, masks.shape[-2:], mode="bilinear", align_corners=False)
    return torch.where(where > 0.62, grown, torch.where(where < 0.38, shrunk, masks))


def motion_input(flow: Tensor, consistency: Tensor, warped: Tensor, known: Tensor) -> Tensor:
    """The network's motion input (B, MOTION_CHANNELS, S / 8, S / 8), as the engine makes it.

    `flow` (B, S, S, 2), `consistency` (B, S, S), `warped` (B, 1, S, S); `known` (B, 1, S / 8, S / 8), 1 or 0.
    """
    channels = torch.cat([flow.permute(0, 3, 1, 2), consistency[:, None], warped], 1)
    flow_x, flow_y, trust, cells = functional.avg_pool2d(channels, MOTION_STRIDE).unbind(1)
    trust = trust * known[:, 0]
    x, y = (torch.from_numpy(axis).to(flow.device) for axis in cell_positions(*trust.shape[1:]))
    return torch.stack([motion_affinity(flow_x, flow_y, cells, trust, x, y) * known[:, 0], trust], 1)


def reach(masks: Tensor) -> Tensor:
    """Where the engine finds flow for masks (B, 1, S, S): 1 in a box about each, (B, 1, S / 8, S / 8); see
    `core.vos.flow.warping.reach_of`.
    """
    cells = functional.max_pool2d(masks, MOTION_STRIDE) > 0.5
    spans = []
    for axis in (-1, -2):
        length = cells.shape[axis]
        seen = cells.any(-2 if axis == -1 else -1, keepdim=True)
        along = torch.arange(length, device=masks.device).reshape((1, -1) if axis == -1 else (-1, 1))
        first = torch.where(seen, along, length).amin(axis, keepdim=True)
        last = torch.where(seen, along, -1).amax(axis, keepdim=True)
        spans.append((along, first, last))
    # one room for both directions, from the longer side
    side = torch.maximum(*(last - first + 1 for _, first, last in spans))
    room = torch.maximum(REACH * side, torch.tensor(LEAST_REACH * cells.shape[-1], device=masks.device))
    inside = [(along >= first - room) & (along <= last + room) for along, first, last in spans]
    return (inside[0] & inside[1]).float()


def patches(masks: Tensor, generator: torch.Generator) -> Tensor:
    """Zeros and ones like masks (B, 1, S, S), in a few large patches."""
    coarse = torch.rand(masks.shape[0], 1, 3, 3, generator=generator).to(masks.device)
    return (functional.interpolate(coarse, masks.shape[-2:], mode="bicubic", align_corners=False) > 0.45).float()


def add_false_part(masks: Tensor, generator: torch.Generator) -> Tensor:
    """Masks (B, 1, S, S) with a part of their own shape added next to them, over whatever is there."""
    side = masks.shape[-1]
    down, right = torch.randint(-side // 3, side // 3 + 1, (2,), generator=generator).tolist()
    return torch.maximum(masks, torch.roll(masks, (down, right), (2, 3)) * patches(masks, generator))


def _dilated(masks: Tensor, kernel: int) -> Tensor:
    """The greatest value within a square: of rows, then of columns, which is far less work than of all at once."""
    rows = functional.max_pool2d(masks, (1, kernel), 1, (0, kernel // 2))
    return functional.max_pool2d(rows, (kernel, 1), 1, (kernel // 2, 0))
