"""torchvision's detectors with states whose answers are known, and with files that are none."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torchvision.models import detection, segmentation

from core.engines.detectors import DetectorOutput, available_detectors, load_detector
from core.engines.detectors.torchvision_instances import TorchvisionDetector
from core.engines.downloads import MODELS_VARIABLE
from core.engines.models.catalogue import find
from core.errors import EngineError
from core.masks.hints import whole
from core.types import Image

DOG = 18
"""Its number among COCO's classes."""


@pytest.fixture(scope="session")
def picture() -> Image:
    return np.random.default_rng(0).integers(0, 255, (48, 80, 3), dtype=np.uint8)


@pytest.fixture(scope="session")
def dogs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mask R-CNN that takes everything for a dog that fills its box."""
    network = detection.maskrcnn_resnet50_fpn_v2(weights=None, weights_backbone=None)
    heads = network.roi_heads
    with torch.no_grad():
        for layer in (heads.box_predictor.cls_score, heads.box_predictor.bbox_pred):
            layer.weight.zero_()
            layer.bias.zero_()
        heads.box_predictor.cls_score.bias[DOG] = 8.0
        heads.mask_predictor.mask_fcn_logits.weight.zero_()
        heads.mask_predictor.mask_fcn_logits.bias.fill_(10.0)
    path = tmp_path_factory.mktemp("weights") / "mine.safetensors"
    save_file(network.state_dict(), path)
    return path


def test_mask_rcnn_finds_dogs_that_fill_their_boxes(dogs: Path, picture: Image) -> None:
    detector = load_detector("maskrcnn", dogs, "cpu", short_side=64)
    assert isinstance(detector, TorchvisionDetector)
    # a thousand proposals of a network that knows nothing take half a minute
    detector._network.rpn._pre_nms_top_n = {"testing": 2}  # type: ignore[union-attr]
    found = detector.detect(picture, 0.5)
    assert found
    assert {one.label for one in found} == {"dog"}
    for one in found:
        assert one.score > 0.9
        assert one.mask is not None
        # at the picture's rim a pixel may be next to the box
        assert one.mask.mask.sum() >= 0.7 * one.box.width * one.box.height
        assert one.box.clipped(80, 48) == one.box


def test_weights_of_another_network_are_refused_in_one_sentence(tmp_path: Path) -> None:
    save_file({"head.weight": torch.zeros(3)}, tmp_path / "other.safetensors")
    with pytest.raises(EngineError, match="no weights of DeepLabV3"):
        load_detector("deeplabv3-mobile", tmp_path / "other.safetensors", "cpu")


def test_a_single_stage_detector_of_random_weights_runs(tmp_path: Path, picture: Image) -> None:
    network = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None)
    with torch.no_grad():
        for block in network.head.classification_head.module_list:
            block[1].weight.zero_()
            block[1].bias.fill_(-20.0)
            block[1].bias[0::91] = 20.0
        # the coarsest map alone sees something
        block[1].bias[DOG::91] = 40.0
    torch.save({"model": network.state_dict()}, tmp_path / "ssdlite.pth")
    found = load_detector("ssdlite", tmp_path / "ssdlite.pth", "cpu").detect(picture, 0.3)
    assert {one.label for one in found} == {"dog"}
    assert all(one.mask is None for one in found)


def test_a_network_of_classes_gives_each_piece(tmp_path: Path, picture: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    network = segmentation.deeplabv3_mobilenet_v3_large(
        weights=None, weights_backbone=None, num_classes=21, aux_loss=True
    )
    with torch.no_grad():
        network.classifier[4].weight.zero_()
        network.classifier[4].bias.zero_()
        network.classifier[4].bias[8] = 9.0
    folder = tmp_path / "models"
    folder.mkdir()
    # under its official name, in the folder of models
    torch.save(network.state_dict(), folder / "deeplabv3_mobilenet_v3_large-fc3c493d.pth")
    monkeypatch.setenv(MODELS_VARIABLE, str(folder))
    found = load_detector("deeplabv3-mobile", device="cpu", short_side=48).detect(picture, 0.5)
    assert [one.label for one in found] == ["cat"]
    assert found[0].mask is not None
    assert whole(found[0].mask, (48, 80)).all()


class _Answers(torch.nn.Module):
    """A network that always says the same."""

    def __init__(self, answer: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.answer = answer

    def forward(self, _pictures: list[torch.Tensor]) -> list[dict[str, torch.Tensor]]:
        return [self.answer]


def test_sure_joints_come_in_the_pixels_of_a_large_picture() -> None:
    answer = {
        "scores": torch.tensor([0.9, 0.2, float("nan")]),
        "labels": torch.tensor([1, 1, 1]),
        "boxes": torch.tensor([[10.0, 20.0, 30.0, 40.0]] * 3),
        "keypoints": torch.tensor([[[10.0, 20.0, 1.0], [30.0, 40.0, 1.0], [0.0, 0.0, 0.0]]] * 3),
        "keypoints_scores": torch.tensor([[9.0, 5.0, -3.0]] * 3),
    }
    detector = TorchvisionDetector(_Answers(answer), ["no person", "person"], "cpu")
    (one,) = detector.detect(np.zeros((1333, 2666, 3), np.uint8), 0.5)
    assert one.label == "person"
    assert np.array(one.joints) == pytest.approx(np.array([(20.0, 40.0), (60.0, 80.0)]), rel=1e-2)
    assert (one.box.x0, one.box.y1) == pytest.approx((20, 80), abs=1)


def _truncated(path: Path) -> None:
    torch.save({"a": torch.zeros(1000)}, path)
    path.write_bytes(path.read_bytes()[:900])


def _code(path: Path) -> None:
    path.write_bytes(pickle.dumps({"a": print}, protocol=2))


def _text(path: Path) -> None:
    path.write_text("Not found")


def _no_state(path: Path) -> None:
    torch.save([1, 2], path)


@pytest.mark.parametrize("spoil", [_truncated, _code, _text, _no_state, lambda path: path.touch()])
@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_files_that_hold_no_weights_are_refused_in_one_sentence(
    tmp_path: Path, spoil: Callable[[Path], None], suffix: str
) -> None:
    path = tmp_path / f"weights{suffix}"
    spoil(path)
    with pytest.raises(EngineError) as caught:
        load_detector("ssdlite", path, "cpu")
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("info", available_detectors(), ids=lambda info: info.name)
def test_without_weights_one_sentence_states_how_to_get_them(
    info: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    name, file, address = (getattr(info, field) for field in ("name", "file", "address"))
    with pytest.raises(EngineError) as caught:
        load_detector(name, device="cpu")
    assert address in str(caught.value)
    assert str(tmp_path / file) in str(caught.value)


def test_official_weights_have_the_names_and_classes_that_torchvision_gives_them() -> None:
    from core.engines.detectors.torchvision_classes import _MODELS as classes
    from core.engines.detectors.torchvision_instances import _MODELS as instances

    official = {name: getattr(detection, weights).DEFAULT for name, (_builder, weights) in instances.items()}
    official |= {name: getattr(segmentation, weights).DEFAULT for name, (_builder, weights) in classes.items()}
    known = {info.name: info for info in available_detectors()}
    assert set(official) == {name for name, info in known.items() if "pytorch.org" in info.address}
    for name, weights in official.items():
        assert weights.url == known[name].address
        # torchvision counts in MiB
        assert find(name).size / 2**20 == pytest.approx(weights.meta["_file_size"], abs=1)
        assert (known[name].gives is DetectorOutput.CLASSES) == (name in classes)
