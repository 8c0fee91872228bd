"""Configurations of the official checkpoints, as far as they differ from the library's defaults."""

from __future__ import annotations

import copy
from typing import Any

from core.errors import EngineError


def _hiera(heads: list[int], dims: list[int], blocks: list[int], seen: list[int], **more: Any) -> dict[str, Any]:
    backbone = {
        "model_type": "sam2_hiera_det_model",
        "hidden_size": dims[0],
        "embed_dim_per_stage": dims,
        "num_attention_heads_per_stage": heads,
        "blocks_per_stage": blocks,
        "global_attention_blocks": seen,
        **more,
    }
    vision = {"model_type": "sam2_vision_model", "backbone_config": backbone, "backbone_channel_list": dims[::-1]}
    return {"model_type": "sam2_video", "vision_config": vision, "image_size": 1024}


def _edgetam() -> dict[str, Any]:
    """EdgeTAM's configuration with its own backbone, which a bare one of the library does not have."""
    from transformers import EdgeTamVideoConfig, EdgeTamVisionConfig
    from transformers.models.timm_wrapper.configuration_timm_wrapper import TimmWrapperConfig

    parts = {"features_only": True, "in_chans": 3, "out_indices": [0, 1, 2, 3]}
    backbone = TimmWrapperConfig(architecture="repvit_m1", model_args=parts)
    _give_default(backbone)
    return dict(EdgeTamVideoConfig(vision_config=EdgeTamVisionConfig(backbone_config=backbone)).to_dict())


def _give_default(backbone: Any) -> None:
    """Until 5.23 the library asks the hub for its default backbone even where one is given: from here on it has it."""
    from transformers import AutoConfig
    from transformers.models.edgetam import configuration_edgetam as picture
    from transformers.models.edgetam_video import configuration_edgetam_video as video

    known = type(
        "Known", (AutoConfig,), {"from_pretrained": classmethod(lambda cls, *names, **options: copy.deepcopy(backbone))}
    )
    for library in (picture, video):
        if hasattr(library, "AutoConfig"):
            library.AutoConfig = known


_SMALL = [1, 2, 4, 8], [96, 192, 384, 768]
_WIDE = [2, 4, 8, 16]

NAMES = ("edgetam", "sam2.1-tiny", "sam2.1-small", "sam2.1-base-plus", "sam2.1-large")


def official_config(name: str) -> dict[str, Any]:
    """What config.json of one of `NAMES` says. Raises EngineError on another name."""
    if name not in NAMES:
        raise EngineError("There is no model '{name}' here; choose one of: {names}.", name=name, names=", ".join(NAMES))
    if name == "edgetam":
        return _edgetam()
    if name == "sam2.1-tiny":
        return _hiera(*_SMALL, [1, 2, 7, 2], [5, 7, 9])
    if name == "sam2.1-small":
        return _hiera(*_SMALL, [1, 2, 11, 2], [7, 10, 13])
    if name == "sam2.1-base-plus":
        background = {"window_positional_embedding_background_size": [14, 14]}
        return _hiera(_WIDE, [112, 224, 448, 896], [2, 3, 16, 3], [12, 16, 20], **background)
    windows = {"window_size_per_stage": [8, 4, 16, 8]}
    return _hiera(_WIDE, [144, 288, 576, 1152], [2, 6, 36, 4], [23, 33, 43], **windows)
