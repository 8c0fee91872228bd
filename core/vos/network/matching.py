"""The two kinds of matching with earlier frames: the memory read-out, and local matching with the previous frame."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from core.vos.network.runtime import MEMORY_BLOCK

_FAR = -1e4
"""Similarity of cells outside the window."""


def read_memory(key: Tensor, memory_keys: Tensor, memory_values: Tensor, sharpness: Tensor, top_k: int) -> Tensor:
    """Attention over the memory that keeps the `top_k` most similar entries of each cell (Cheng et al., MiVOS, 2021).

    `key` (B, C, h, w) and `memory_keys` (B, C, M) have unit length; `memory_values` (K, V, M), where B is 1 (all
    objects share the keys) or K; M is at least `top_k`. Returns (K, V + 1, h, w): what was read, and how similar the
    best entry is, in [-1, 1]. Attention weights alone cannot distinguish known background from what was never seen.
    """
    batch, channels, height, width = key.shape
    objects, depth, _ = memory_values.shape
    similarity = torch.matmul(key.reshape(batch, channels, height * width).transpose(1, 2), memory_keys) * sharpness
    best, indices = largest(similarity, top_k) if batch == 1 else similarity.topk(top_k, dim=-1, sorted=False)
    weights = best.softmax(-1)
    known = (best.amax(-1) / sharpness).reshape(batch, 1, height, width).expand(objects, -1, -1, -1)
    if batch == 1:
        # (K * M, V): one gather of whole rows for all objects, without a dense matrix of weights
        table = memory_values.transpose(1, 2).reshape(-1, depth)
        first = torch.arange(objects, device=key.device)[:, None] * memory_values.shape[2]
        rows = table[(first + indices.reshape(1, -1)).reshape(-1)]
        rows = rows.reshape(objects, height * width, top_k, depth)
        read = torch.matmul(weights.reshape(1, height * width, 1, top_k), rows)[:, :, 0]
        return torch.cat([read.transpose(1, 2).reshape(objects, depth, height, width), known], 1)
    # under autocast the softmax is in float32, its input is not
    dense = torch.zeros_like(similarity).scatter(-1, indices, weights.to(similarity.dtype))
    read = torch.matmul(memory_values, dense.transpose(1, 2)).reshape(objects, depth, height, width)
    return torch.cat([read, known.to(read.dtype)], 1)


def largest(values: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The `count` largest of the last axis of (B, N, M), and their indices, in no order: as `torch.topk`.

    In two stages, which take two thirds of the time on a CPU: the largest are in the blocks with the largest maxima. A
    block is every (M / `MEMORY_BLOCK`)-th value, so that maxima are of whole rows. M has to be a multiple of
    `MEMORY_BLOCK`, and at least `count` times that, else it is `torch.topk` alone.
    """
    size = values.shape[-1]
    blocks = size // MEMORY_BLOCK
    if values.is_cuda or size % MEMORY_BLOCK or blocks < count:
        return values.topk(count, dim=-1, sorted=False)
    maxima = values.reshape(*values.shape[:-1], MEMORY_BLOCK, blocks).amax(-2)
    chosen = maxima.topk(count, dim=-1, sorted=False).indices
    each = torch.arange(MEMORY_BLOCK, device=values.device) * blocks
    candidates = (chosen[..., None] + each).flatten(-2)
    best, chosen = values.gather(-1, candidates).topk(count, dim=-1, sorted=False)
    return best, candidates.gather(-1, chosen)


def local_similarity(key: Tensor, previous_key: Tensor, previous_masks: Tensor, radius: int) -> Tensor:
    """Best similarity to object and to background within a window of the previous frame (FEELVOS, 2019).

    `key` and `previous_key` (B, C, h, w) of unit length, `previous_masks` (K, 1, h, w) in [0, 1], B 1 or K; the window
    is (2 radius + 1)² cells. Returns (K, 2, h, w): object, background; what lies outside the frame counts as background
    of similarity 0. A row of cells is compared with whole rows of the window at once, and what is too far off to the
    side is masked: plain matrix products, where unfolding the windows would move 81 times the data.
    """
    _, _, height, width = key.shape
    rows = key.permute(0, 2, 3, 1)
    around = functional.pad(previous_key, (radius, radius, radius, radius)).permute(0, 2, 1, 3)
    masks = functional.pad(previous_masks, (radius, radius, radius, radius))[:, 0]
    ahead = torch.arange(width + 2 * radius, device=key.device)[None] - torch.arange(width, device=key.device)[:, None]
    off = ((ahead < 0) | (ahead > 2 * radius)).to(key.dtype) * _FAR
    objects = masks.shape[0]
    best_object = key.new_full((objects, height, width), _FAR)
    best_background = best_object
    for shift in range(2 * radius + 1):
        similarity = torch.matmul(rows, around[:, shift : shift + height]) + off
        mask = masks[:, shift : shift + height, None, :]
        best_object = torch.maximum(best_object, (similarity - 2 * (1 - mask)).amax(-1))
        best_background = torch.maximum(best_background, (similarity - 2 * mask).amax(-1))
    return torch.stack([best_object, best_background], 1)
