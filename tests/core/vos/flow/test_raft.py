"""RAFT as a flow source: which way its flow points, in which pixels, and for pictures of any size."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.errors import EngineError
from core.vos.flow.raft import RaftFlow, load_raft, make_raft
from core.vos.flow.warping import warp_masks


class Translations(nn.Module):
    """Stands in for RAFT, with its convention: finds the one shift that takes the first picture to the second."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, ...]] = []

    def forward(self, first: Tensor, second: Tensor, num_flow_updates: int = 12) -> list[Tensor]:
        assert first.dtype == torch.float32
        assert first.min() >= -1 and first.max() <= 1 and first.min() < -0.3 and first.max() > 0.3
        self.seen.append(tuple(first.shape))
        flows = []
        for one, other in zip(first.mean(1).numpy(), second.mean(1).numpy(), strict=True):
            window = cv2.createHanningWindow(one.shape[::-1], cv2.CV_32F)
            shift, _ = cv2.phaseCorrelate(one, other, window)
            flows.append(torch.tensor(shift).float()[:, None, None].expand(2, *one.shape))
        wrong = torch.full((len(flows), 2, *first.shape[-2:]), 1e6)
        return [wrong] * (num_flow_updates - 1) + [torch.stack(flows)]


def texture(shape: tuple[int, int]) -> np.ndarray:
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    return cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 2), None, 0, 255, cv2.NORM_MINMAX)


def test_the_flow_states_where_pixels_were_and_carries_the_mask_there() -> None:
    image = texture((150, 203))
    moved = np.roll(image, (3, 5), axis=(0, 1))
    model = Translations()
    flow = RaftFlow(model, "cpu").between(image, moved)
    assert model.seen == [(1, 3, 152, 208)], "one way until the other is wanted, padded to multiples of 8"
    assert flow.backward.shape == (150, 203, 2) and flow.backward.dtype == np.float32
    np.testing.assert_allclose(flow.backward[75, 100], (-5, -3), atol=0.2)
    assert flow.consistency[20:-20, 20:-20].mean() > 0.9
    assert flow.consistency[:, 0].max() == 0, "what came into the frame was never seen"
    mask = np.zeros((1, 150, 203), np.float32)
    mask[0, 40:70, 50:90] = 1
    wanted = np.roll(mask, (3, 5), axis=(1, 2))
    carried = warp_masks(mask, flow)
    assert np.minimum(carried, wanted).sum() / np.maximum(carried, wanted).sum() > 0.95


def test_a_flow_found_in_smaller_frames_is_in_pixels_of_the_large_ones() -> None:
    image = cv2.GaussianBlur(texture((320, 480)), (0, 0), 2)
    model = Translations()
    flow = RaftFlow(model, "cpu", short_side=160).between(image, np.roll(image, (6, -10), axis=(0, 1)))
    assert flow.backward.shape == (320, 480, 2) and flow.consistency.shape == (320, 480)
    assert model.seen == [(1, 3, 160, 240)] * 2
    np.testing.assert_allclose(flow.backward[160, 240], (10, -6), atol=0.5)


@pytest.mark.parametrize("shape", [(3, 5), (37, 203), (130, 90)])
def test_the_real_model_takes_pictures_of_any_size(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    flow = RaftFlow(make_raft("raft-small"), "cpu", updates=2).between(texture(shape), texture(shape))
    assert flow.backward.shape == (*shape, 2) and flow.consistency.shape == shape
    assert np.isfinite(flow.backward).all()
    assert ((flow.consistency >= 0) & (flow.consistency <= 1)).all()


def test_weights_come_from_a_file_and_wrong_ones_are_refused(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = make_raft("raft-small")
    torch.save(model.state_dict(), tmp_path / "raft.pth")
    loaded = load_raft("raft-small", tmp_path / "raft.pth")
    for name, value in model.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], value), name
    with pytest.raises(EngineError, match=r"no weights of raft-large"):
        load_raft("raft-large", tmp_path / "raft.pth")
    (tmp_path / "broken.pth").write_bytes(b"nothing")
    with pytest.raises(EngineError, match="download it again"):
        load_raft("raft-small", tmp_path / "broken.pth")


def test_weights_that_unpack_to_more_than_they_are_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "raft-small.pth"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/data/0", bytes(2**22))
    with pytest.raises(EngineError, match="not weights of a network"):
        load_raft("raft-small", path)
