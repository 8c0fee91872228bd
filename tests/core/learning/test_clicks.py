"""Simulated clicks, crops with features, and the training of the decoder that answers clicks."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file

from core.cli import main
from core.learning.clicks import trainer as learning
from core.learning.clicks.cutting import random_crop, split
from core.learning.clicks.export import save_click_decoder
from core.learning.clicks.features import Crop, crops
from core.learning.clicks.pasting import paste_object
from core.learning.clicks.simulation import Click, click_anywhere, loose_box, next_click
from core.learning.clicks.trainer import ClickTrainer
from core.learning.samples.data import find_training_data
from core.types import Box, Floats, Image
from core.vos.clicks.inputs import CANDIDATES
from core.vos.network.clicks import ClickDecoder
from tests.core.learning.conftest import TINY

SIDE = 96


class Encoder:
    def encode(self, image: Image) -> tuple[Floats, ...]:
        grey = image.mean(2).astype(np.float32) / 255
        c, key, local = 16, TINY.key, TINY.local_key
        sizes = ((c, 4), (c, 8), (c, 16), (key, 16), (local, 8))
        return tuple(
            np.broadcast_to(grey[::step, ::step], (1, depth, SIDE // step, SIDE // step)) for depth, step in sizes
        )


def test_clicks_go_to_the_middle_of_the_largest_mistake() -> None:
    truth = np.zeros((60, 80), bool)
    truth[10:31, 10:31] = True
    assert next_click(truth, np.zeros_like(truth)) == (20, 20, True)
    found = truth.copy()
    found[40:55, 40:71] = True
    x, y, inside = next_click(truth, found) or (0, 0, True)
    assert not inside and 44 <= x <= 66 and y == 47
    assert next_click(truth, truth) is None
    x, y, inside = next_click(truth, np.zeros_like(truth), np.random.default_rng(0)) or (0, 0, False)
    assert inside and truth[int(y), int(x)]


def test_a_first_click_may_lie_anywhere_but_on_the_edge() -> None:
    truth = np.zeros((60, 80), bool)
    truth[10:31, 10:71] = True
    rng = np.random.default_rng(0)
    clicks = [click_anywhere(truth, rng) for _ in range(200)]
    columns, rows, inside = (np.array(one) for one in zip(*clicks, strict=True))
    assert inside.all() and truth[rows.astype(int), columns.astype(int)].all()
    assert columns.min() in range(12, 16) and columns.max() in range(65, 69)
    assert rows.min() >= 12 and rows.max() <= 28
    thin = np.zeros_like(truth)
    thin[5, 5:9] = True
    assert click_anywhere(thin, rng)[1] == 5, "what is all edge is clicked on all the same"


def test_the_decoder_is_never_shown_its_own_answers(data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In use it is not either: it would repeat them."""
    shown: list[Floats] = []

    def noted(crop: Crop, clicks: list[Click], box: Box | None, previous: Floats) -> tuple[Floats, Floats, Floats]:
        shown.append(previous.copy())
        return inputs(crop, clicks, box, previous)

    inputs = learning._inputs
    monkeypatch.setattr(learning, "_inputs", noted)
    monkeypatch.setattr(learning, "_STARTED", 0.0)
    data = find_training_data(data_root)
    found = [one for one in crops(data, split(data)[0], Encoder(), SIDE, 0) if one]  # type: ignore[arg-type]
    rounds = set()
    for report in ClickTrainer(TINY, minutes=5, batch=2).train(found):
        rounds.add(len(report.overlaps))
        if len(rounds) > 2:
            break
    assert len(shown) > 4 and not np.any(shown)


def test_a_dragged_box_is_about_the_object() -> None:
    truth = np.zeros((60, 80), bool)
    truth[10:30, 20:60] = True
    for seed in range(5):
        box = loose_box(truth, np.random.default_rng(seed))
        assert abs(box.x0 - 20) <= 4 and abs(box.x1 - 60) <= 4 and abs(box.y0 - 10) <= 2 and abs(box.y1 - 30) <= 2


def test_crops_show_an_object_and_held_back_pictures_are_not_learned_from(data_root: Path) -> None:
    data = find_training_data(data_root)
    learned, held_back = split(data)
    assert held_back and not set(learned) & set(held_back)
    cut = random_crop(np.random.default_rng(0), data, learned[-1], SIDE)
    assert cut is not None
    picture, mask = cut
    assert picture.shape == (SIDE, SIDE, 3) and mask.shape == (SIDE, SIDE) and 0 < mask.mean() < 0.85
    found = [one for one in crops(data, learned, Encoder(), SIDE, 0) if one]  # type: ignore[arg-type]
    twice = list(crops(data, learned, Encoder(), SIDE, 0, views=2, pasted_share=1.0))  # type: ignore[arg-type]
    assert len(twice) == 2 * len(learned)
    assert found and all(len(one.features) == 5 and one.features[0].dtype == np.float16 for one in found)


def test_what_is_set_in_lies_over_the_other_and_one_of_them_is_meant() -> None:
    dark, bright = np.full((64, 64, 3), 40, np.uint8), np.full((64, 64, 3), 200, np.uint8)
    covered, over = np.zeros((64, 64), np.uint8), np.zeros((64, 64), np.uint8)
    covered[8:56, 8:56] = 1
    over[24:40, 24:40] = 1
    kinds = set()
    for seed in range(20):
        made = paste_object(np.random.default_rng(seed), (dark, covered), (bright, over))
        assert made is not None
        picture, meant = made
        shown = picture.mean(2) > 41
        # what is set in, all but its rim, is brighter than the rest: either it is meant, or all but it
        kinds.add(bool(meant[shown].mean() > 0.5))
        inner = picture.mean(2) >= picture.max() - 1
        assert meant[inner].all() or not meant[inner].any()
    assert kinds == {True, False}
    everything = np.ones((64, 64), np.uint8)
    assert paste_object(np.random.default_rng(0), (dark, over), (bright, everything)) is None, "nothing of one is seen"


def test_training_lowers_the_loss_and_its_graph_states_the_same(tmp_path: Path, data_root: Path) -> None:
    data = find_training_data(data_root)
    found = [one for one in crops(data, split(data)[0], Encoder(), SIDE, 0) if one]  # type: ignore[arg-type]
    trainer = ClickTrainer(TINY, minutes=5, rate=5e-3, batch=2)
    losses = []
    for report in trainer.train(found):
        losses.append(report.loss)
        assert math.isfinite(report.loss) and 1 <= len(report.overlaps) <= 4 and 0 <= report.progress < 1
        if report.step == 12:
            break
    assert sum(losses[-4:]) < sum(losses[:4])
    save_click_decoder(trainer.average, TINY, tmp_path, "tiny")
    session = onnxruntime.InferenceSession(str(tmp_path / "tiny-clicks.onnx"), providers=["CPUExecutionProvider"])
    decoder = ClickDecoder(TINY).eval()
    decoder.load_state_dict(load_file(str(tmp_path / "tiny-clicks.safetensors")))
    generator = torch.Generator().manual_seed(0)
    shapes = {"f4": (16, 4), "f8": (16, 8), "f16": (16, 16), "maps": (4, 4), "alike8": (2, 8), "alike16": (2, 16)}
    inputs = {
        name: torch.rand(1, depth, 96 // step, 128 // step, generator=generator)
        for name, (depth, step) in shapes.items()
    }
    with torch.inference_mode():
        expected, overlap = decoder.channels(*inputs.values())
        large, _ = decoder(*inputs.values())
    planes, guess = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    assert planes.shape == (1, CANDIDATES, 17, 24, 32) and large.shape == (1, CANDIDATES, 96, 128)
    assert np.allclose(planes, expected.numpy(), atol=1e-3) and np.allclose(guess, overlap.numpy(), atol=1e-4)


def test_the_command_refuses_what_makes_no_sense(
    tmp_path: Path, data_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train-clicks", "--data", str(data_root), "--out", str(tmp_path / "out"), "--side", "100"]) == 2
    assert "multiple of 16" in capsys.readouterr().err
    assert main(["train-clicks", "--data", str(data_root), "--out", str(data_root)]) == 1
    assert str(data_root) in capsys.readouterr().err
