"""Video models of the library with random weights, a few hundred kilobytes each, saved in the layout of official ones.

They are untrained: tests and timings with them are about the program around them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_SIDE = 64
_WIDTH = 128
_MEMORY_WIDTH = 64
"""The library has 64 channels of memory built in, and twice as many in the rest at least."""
_MEMORY: Mapping[str, Any] = {
    "memory_attention_hidden_size": _WIDTH,
    "memory_attention_num_layers": 1,
    "memory_encoder_hidden_size": _WIDTH,
    "memory_encoder_output_channels": _MEMORY_WIDTH,
    "mask_downsampler_embed_dim": _WIDTH,
    "memory_fuser_embed_dim": _WIDTH,
    "memory_fuser_intermediate_dim": _WIDTH,
}
_DECODER = {"hidden_size": _WIDTH, "mlp_dim": _WIDTH, "num_attention_heads": 2, "iou_head_hidden_dim": _WIDTH}


def sam2() -> Any:
    """SAM 2.1's configuration, tiny."""
    from transformers import Sam2VideoConfig

    return Sam2VideoConfig(
        vision_config=_hiera(),
        prompt_encoder_config={"hidden_size": _WIDTH, "image_size": _SIDE},
        mask_decoder_config=dict(_DECODER),
        image_size=_SIDE,
        memory_attention_feed_forward_hidden_size=_WIDTH,
        memory_attention_rope_feat_sizes=[_SIDE // 16] * 2,
        **_MEMORY,
    )


def edgetam() -> Any:
    """EdgeTAM's configuration, tiny: its RepViT, thinner. A bare configuration would be SAM 2's backbone."""
    from transformers import EdgeTamVideoConfig, EdgeTamVisionConfig
    from transformers.models.timm_wrapper.configuration_timm_wrapper import TimmWrapperConfig

    widths = [8, 16, 24, 32]
    parts = {"features_only": True, "in_chans": 3, "out_indices": [0, 1, 2, 3], "embed_dim": widths, "depth": [1] * 4}
    vision = EdgeTamVisionConfig(
        backbone_config=TimmWrapperConfig(architecture="repvit_m1", model_args=parts),
        backbone_channel_list=widths[::-1],
        backbone_feature_sizes=_sizes(16),
        fpn_hidden_size=_WIDTH,
    )
    return EdgeTamVideoConfig(
        vision_config=vision,
        prompt_encoder_config={"hidden_size": _WIDTH, "image_size": _SIDE},
        mask_decoder_config=dict(_DECODER),
        image_size=_SIDE,
        memory_attention_mlp_hidden_size=_WIDTH,
        memory_attention_rope_feat_sizes=[_SIDE // 16] * 2,
        memory_attention_rope_k_sizes=[2, 2],
        perceiver_resampler_num_latents=4,
        perceiver_resampler_num_latents_2d=4,
        perceiver_resampler_hidden_size=_MEMORY_WIDTH,
        perceiver_resampler_mlp_intermediate_size=_WIDTH,
        perceiver_resampler_attention_head_dim=_MEMORY_WIDTH,
        **_MEMORY,
    )


def sam3_tracker() -> Any:
    """The configuration of SAM 3's tracker, tiny."""
    from transformers import Sam3TrackerVideoConfig

    side = 70
    return Sam3TrackerVideoConfig(
        vision_config=_vit(side),
        prompt_encoder_config={"hidden_size": _WIDTH, "image_size": side},
        mask_decoder_config=dict(_DECODER),
        image_size=side,
        memory_attention_feed_forward_hidden_size=_WIDTH,
        **_MEMORY,
    )


def _hiera() -> Any:
    from transformers import Sam2VisionConfig
    from transformers.models.sam2.configuration_sam2 import Sam2HieraDetConfig

    widths = [8, 16, 32, 64]
    backbone = Sam2HieraDetConfig(
        hidden_size=8,
        image_size=[_SIDE, _SIDE],
        embed_dim_per_stage=widths,
        blocks_per_stage=[1, 1, 2, 1],
        global_attention_blocks=[3],
        num_attention_heads_per_stage=[1, 2, 2, 4],
        window_positional_embedding_background_size=[2, 2],
    )
    return Sam2VisionConfig(
        backbone_config=backbone,
        backbone_channel_list=widths[::-1],
        backbone_feature_sizes=_sizes(16),
        fpn_hidden_size=_WIDTH,
    )


def _vit(side: int) -> dict[str, Any]:
    return {
        "model_type": "sam3_vision_model",
        "fpn_hidden_size": _WIDTH,
        "backbone_feature_sizes": [[side // 14 * factor] * 2 for factor in (4, 2, 1)],
        "backbone_config": {
            "model_type": "sam3_vit_model",
            "hidden_size": _WIDTH,
            "intermediate_size": _WIDTH,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "image_size": side,
            "pretrain_image_size": side,
            "patch_size": 14,
            "window_size": 3,
            "global_attn_indexes": [1],
        },
    }


def _sizes(least: int) -> list[list[int]]:
    return [[_SIDE * factor // least] * 2 for factor in (4, 2, 1)]


CONFIGS: Mapping[str, Callable[[], Any]] = {
    "sam2_video": sam2,
    "edgetam_video": edgetam,
    "sam3_tracker_video": sam3_tracker,
}
"""The configurations by `model_type`."""


def save_tiny(model_type: str, folder: Path, seed: int = 0) -> Path:
    """Saves such a model into a new folder and returns it."""
    import torch
    from transformers import AutoModel

    from core.engines.transformers_video.loading import stay_offline

    stay_offline()
    torch.manual_seed(seed)
    network = AutoModel.from_config(CONFIGS[model_type]())
    for parameter in network.parameters():
        # weights that the library initialises with zeros would hide errors
        if parameter.dim() and not parameter.any():
            torch.nn.init.normal_(parameter, std=0.02)
    network.save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(
        json.dumps({"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "size": {"height": _SIDE, "width": _SIDE}}),
        "utf-8",
    )
    return folder
