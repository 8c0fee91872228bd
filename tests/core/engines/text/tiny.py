"""SAM 3 so small that it runs in a blink, with random weights, in a folder of the official layout."""

from __future__ import annotations

import json
from pathlib import Path

SIZE = 56
"""Side of the picture that the network sees."""
_WIDTH = 128


def save_tiny_sam3(folder: Path) -> None:
    """Writes the model, and what prepares pictures and texts for it."""
    import torch
    import transformers as t

    torch.manual_seed(0)
    backbone = {
        "model_type": "sam3_vit_model",
        "hidden_size": _WIDTH,
        "intermediate_size": _WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": SIZE,
        "pretrain_image_size": SIZE,
        "patch_size": 14,
        "window_size": 2,
        "global_attn_indexes": [1],
    }
    vision = {
        "model_type": "sam3_vision_model",
        "backbone_config": backbone,
        "fpn_hidden_size": _WIDTH,
        "backbone_feature_sizes": [[16, 16], [8, 8], [4, 4]],
    }
    layers = {"hidden_size": _WIDTH, "num_layers": 1, "num_attention_heads": 2, "intermediate_size": _WIDTH}
    text = {
        "model_type": "clip_text_model",
        "hidden_size": _WIDTH,
        "intermediate_size": _WIDTH,
        "projection_dim": _WIDTH,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "vocab_size": 600,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "pad_token_id": 1,
        "max_position_embeddings": 32,
    }
    detector = t.Sam3Config(
        vision_config=vision,
        text_config=text,
        geometry_encoder_config=dict(layers),
        detr_encoder_config=dict(layers),
        detr_decoder_config=layers | {"num_queries": 2},
        mask_decoder_config={"hidden_size": _WIDTH, "num_upsampling_stages": 2, "num_attention_heads": 2},
    )
    tracker = t.Sam3TrackerVideoConfig(
        vision_config=vision,
        prompt_encoder_config={"hidden_size": _WIDTH, "image_size": SIZE, "patch_size": 14, "mask_input_channels": 4},
        mask_decoder_config={
            "hidden_size": _WIDTH,
            "mlp_dim": _WIDTH,
            "num_attention_heads": 2,
            "iou_head_hidden_dim": _WIDTH,
        },
        memory_attention_hidden_size=_WIDTH,
        memory_attention_num_layers=1,
        memory_attention_feed_forward_hidden_size=_WIDTH,
        image_size=SIZE,
        memory_encoder_hidden_size=_WIDTH,
        memory_encoder_output_channels=64,
        mask_downsampler_embed_dim=_WIDTH,
        memory_fuser_embed_dim=_WIDTH,
        memory_fuser_intermediate_dim=_WIDTH,
        memory_fuser_num_layers=1,
    )
    config = t.Sam3VideoConfig(detector_config=detector, tracker_config=tracker, low_res_mask_size=16)
    model = t.Sam3VideoModel(config)
    model.save_pretrained(folder)
    square = {"height": SIZE, "width": SIZE}
    processor = t.Sam3VideoProcessor(
        image_processor=t.Sam3ImageProcessor(size=square, mask_size={"height": 16, "width": 16}),
        video_processor=t.Sam2VideoVideoProcessor(size=square),
        tokenizer=_tokenizer(folder),
    )
    processor.save_pretrained(folder)


def _tokenizer(folder: Path) -> object:
    """CLIP's, knowing single letters only."""
    import transformers as t

    letters = [chr(code) for code in range(33, 127)]
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{letter}</w>" for letter in letters)]
    (folder / "vocab.json").write_text(json.dumps({word: index for index, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return t.CLIPTokenizer(vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"), model_max_length=32)
