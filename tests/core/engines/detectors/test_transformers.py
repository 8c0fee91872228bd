"""Detectors of transformers in folders of the official layout, with random weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.engines.detectors import load_detector
from core.errors import EngineError
from core.types import Image

transformers = pytest.importorskip("transformers")

NAMES = {0: "N/A", 1: "dog", 2: "cat"}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of each family, as its publisher lays it out."""
    root = tmp_path_factory.mktemp("models")
    t = transformers
    small = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "num_labels": 3, "id2label": NAMES}
    yolos = t.YolosConfig(**small, intermediate_size=16, image_size=[32, 32], patch_size=8, num_detection_tokens=5)
    backbone = {
        "model_type": "rf_detr_dinov2",
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "image_size": 64,
        "patch_size": 16,
        "num_windows": 1,
        "out_features": ["stage2"],
    }
    rf_detr = t.RfDetrConfig(
        backbone_config=backbone,
        d_model=32,
        decoder_ffn_dim=16,
        decoder_layers=2,
        decoder_self_attention_heads=2,
        decoder_cross_attention_heads=2,
        num_queries=6,
        group_detr=1,
        num_labels=3,
        id2label=NAMES,
    )
    swin = t.SwinConfig(
        embed_dim=8,
        depths=[1, 1, 1, 1],
        num_heads=[1, 1, 1, 1],
        image_size=64,
        window_size=4,
        out_features=["stage1", "stage2", "stage3", "stage4"],
    )
    mask2former = t.Mask2FormerConfig(
        backbone_config=swin,
        feature_size=32,
        mask_feature_size=32,
        hidden_dim=32,
        encoder_feedforward_dim=16,
        dim_feedforward=16,
        encoder_layers=1,
        decoder_layers=2,
        num_attention_heads=2,
        num_queries=4,
        num_labels=3,
        id2label=NAMES,
    )
    eomt = t.EomtConfig(
        **small, image_size=64, patch_size=16, num_blocks=1, num_queries=4, num_upscale_blocks=1, mlp_ratio=2
    )
    square = {"height": 64, "width": 64}
    parts = {
        "yolos": (
            t.YolosForObjectDetection(yolos),
            t.YolosImageProcessor(size={"shortest_edge": 32, "longest_edge": 64}),
        ),
        "rf-detr": (t.RfDetrForObjectDetection(rf_detr), t.RfDetrImageProcessor(size=square)),
        "mask2former": (
            t.Mask2FormerForUniversalSegmentation(mask2former),
            t.Mask2FormerImageProcessor(size=square),
        ),
        "eomt": (
            t.EomtForUniversalSegmentation(eomt),
            t.EomtImageProcessor(size={"shortest_edge": 64, "longest_edge": 64}, do_pad=True),
        ),
    }
    for name, (network, processor) in parts.items():
        network.save_pretrained(root / name)
        processor.save_pretrained(root / name)
    return {name: root / name for name in parts}


@pytest.fixture
def picture() -> Image:
    return np.random.default_rng(0).integers(0, 255, (48, 80, 3), dtype=np.uint8)


@pytest.mark.parametrize("name", ["yolos", "rf-detr"])
def test_boxes_lie_in_the_picture(folders: dict[str, Path], picture: Image, name: str) -> None:
    found = load_detector(name, folders[name], "cpu").detect(picture, 0.0)
    assert all(one.box.clipped(80, 48) == one.box and one.mask is None for one in found)
    assert {one.label for one in found} <= {"dog", "cat"}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("name", ["mask2former", "eomt"])
def test_segments_are_objects_of_the_picture_s_size(folders: dict[str, Path], picture: Image, name: str) -> None:
    found = load_detector(name, folders[name], "cpu").detect(picture, 0.0)
    for one in found:
        assert one.mask is not None
        assert one.mask.box == one.box == one.box.clipped(80, 48)


def test_another_model_s_folder_is_refused_in_one_sentence(folders: dict[str, Path]) -> None:
    with pytest.raises(EngineError, match="weights of 'yolos', not of RF-DETR"):
        load_detector("rf-detr", folders["yolos"], "cpu")


def test_a_damaged_folder_is_refused_in_one_sentence(folders: dict[str, Path], tmp_path: Path) -> None:
    source = folders["yolos"]
    for file in source.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:500])
    with pytest.raises(EngineError, match="cut short, damaged or another model's; get the folder again"):
        load_detector("yolos", tmp_path, "cpu")
    config = json.loads((source / "config.json").read_text())
    weights.write_bytes((source / "model.safetensors").read_bytes())
    (tmp_path / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 3}))
    with pytest.raises(EngineError, match="missing or of another size"):
        load_detector("yolos", tmp_path, "cpu")
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(EngineError, match="not a folder of YOLOS"):
        load_detector("yolos", tmp_path, "cpu")
    (tmp_path / "config.json").write_text(json.dumps(config))
    (tmp_path / "preprocessor_config.json").unlink()
    with pytest.raises(EngineError, match="incomplete"):
        load_detector("yolos", tmp_path, "cpu")


@pytest.mark.parametrize("part", ["AutoConfig", "AutoModelForObjectDetection", "AutoImageProcessor"])
def test_a_folder_is_not_blamed_where_memory_is_short(
    folders: dict[str, Path], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> object:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")

    monkeypatch.setattr(getattr(transformers, part), "from_pretrained", full)
    with pytest.raises(EngineError, match=r"not enough memory to load YOLOS.*: close other programs"):
        load_detector("yolos", folders["yolos"], "cpu")
