"""The click decoder's inputs, and the selector around it, with a decoder that marks what it is given."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from core.errors import EngineError
from core.types import Box, Floats, Image
from core.vos.clicks import selector
from core.vos.clicks.inputs import click_maps, click_similarity
from core.vos.clicks.selector import ClickNetwork


def test_maps_state_where_was_clicked_what_was_there_and_the_box() -> None:
    points = np.array([[10, 20], [50, 40]], np.float32)
    previous = np.zeros((64, 96), np.float32)
    previous[32:, :] = 1
    maps = click_maps(points, np.array([True, False]), Box(8, 16, 40, 48), previous, (64, 96))
    assert maps.shape == (4, 16, 24) and maps.dtype == np.float32
    assert np.unravel_index(maps[0].argmax(), maps[0].shape) == (5, 2)
    assert np.unravel_index(maps[1].argmax(), maps[1].shape) == (10, 12)
    assert maps[2, :8].max() == 0 and maps[2, 8:].min() == 1
    assert maps[3, 4:12, 2:10].min() == 1 and maps[3].sum() == 64
    nothing = click_maps(np.zeros((0, 2), np.float32), np.zeros(0, bool), None, None, (64, 96))
    assert not nothing.any()


def test_cells_are_similar_to_what_was_clicked() -> None:
    key = np.zeros((2, 4, 6), np.float32)
    key[0], key[1, :, 3:], key[0, :, 3:] = 1, 1, 0
    found = click_similarity(key, np.array([[80, 10]], np.float32), np.array([True]), 16)
    assert (found[0, :, 3:] == 1).all() and (found[0, :, :3] == 0).all()
    assert (found[1] == -1).all(), "nothing was clicked beside it"


class Encoder:
    """Features of nothing, and a count of the pictures examined."""

    def __init__(self) -> None:
        self.looks: list[tuple[int, ...]] = []

    def encode(self, image: Image) -> tuple[Floats, ...]:
        self.looks.append(image.shape)
        height, width = image.shape[:2]
        sizes = ((32, 4), (64, 8), (160, 16), (96, 16), (48, 8))
        return tuple(np.zeros((1, depth, height // s, width // s), np.float32) for depth, s in sizes)


class Decoder:
    """Finds a disc about each click on the object less one about each click next to it, or what is in the box."""

    def run(self, _outputs: None, inputs: Mapping[str, Floats]) -> list[Floats]:
        maps = inputs["maps"][0]
        clicked = maps[0] > 0.3 if maps[0].any() else maps[3] > 0.5
        mask = clicked & (maps[1] < 0.3) | (maps[2] > 0.5) & (maps[1] < 0.3)
        channels = np.zeros((1, 3, 17, *mask.shape), np.float32)
        channels[0, :, 0] = np.where(mask, 9, -9)
        channels[0, 0, 0] = -9
        return [channels, np.array([[0.1, 0.9, 0.5]], np.float32)]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> tuple[ClickNetwork, Encoder]:
    monkeypatch.setattr(selector, "open_session", lambda *_: Decoder())
    encoder = Encoder()
    return ClickNetwork(encoder, b"", 1), encoder  # type: ignore[arg-type]


def test_a_click_finds_the_likeliest_mask_at_the_pictures_size(network: tuple[ClickNetwork, Encoder]) -> None:
    clicks, encoder = network
    picture = np.zeros((300, 500, 3), np.uint8)
    clicks.prepare(picture)
    masks = clicks.select(np.array([[250, 150]], np.float32), np.array([True]), None, None)
    assert len(masks) == 1, "what is the same twice, or empty, is no candidate"
    assert masks[0].shape == (300, 500) and masks[0][150, 250] and not masks[0][20, 20]
    assert len(encoder.looks) == 2, "something small is looked at from nearer by"
    again = clicks.select(np.array([[250, 150], [256, 150]], np.float32), np.array([True, False]), None, masks[0])
    assert len(encoder.looks) == 2, "the nearer look holds as long as the clicks stay in it"
    assert again and not again[0][150, 257]
    clicks.select(np.array([[20, 280]], np.float32), np.array([True]), None, None)
    assert len(encoder.looks) == 3
    (shown,) = clicks.preview(np.array([[250, 150]], np.float32), np.array([True]), None)
    assert shown[150, 250] and len(encoder.looks) == 3


def test_a_box_alone_is_enough_and_nothing_is_nothing(network: tuple[ClickNetwork, Encoder]) -> None:
    clicks, _ = network
    none = np.zeros((0, 2), np.float32), np.zeros(0, np.bool_)
    assert list(clicks.select(*none, Box(1, 1, 9, 9), None)) == [], "no picture yet"
    clicks.prepare(np.zeros((300, 500, 3), np.uint8))
    (mask,) = clicks.select(*none, Box(50, 60, 450, 250), None)
    assert mask[150, 250] and not mask[20, 20]
    assert list(clicks.select(*none, None, None)) == []


def test_a_file_that_is_no_graph_is_named() -> None:
    with pytest.raises(EngineError, match="click decoder"):
        ClickNetwork(Encoder(), b"no graph", 1)  # type: ignore[arg-type]


def test_only_pieces_that_were_clicked_are_selected(network: tuple[ClickNetwork, Encoder]) -> None:
    clicks, _ = network
    clicks.prepare(np.zeros((300, 500, 3), np.uint8))
    before = np.zeros((300, 500), np.bool_)
    before[20:80, 20:80] = before[200:280, 300:450] = True
    point, inside = np.array([[50, 50]], np.float32), np.array([True])
    (mask,) = clicks.select(point, inside, None, before)
    assert mask[50, 50] and not mask[240, 400], "it was not pointed at"
    (mask, *_) = clicks.select(point, np.array([False]), None, before)
    assert mask[240, 400] and not mask[50, 50], "a click beside the object points at none of it"


def test_a_candidate_that_the_decoder_is_unsure_of_comes_behind_a_sure_one() -> None:
    logits = np.full((3, 1, 8, 8), -6, np.float32)
    logits[0, 0, 2:4, 2:4] = 5
    logits[1, 0, :, :] = 0.2
    found = selector._likelihoods(logits, np.array([0.7, 0.8, 0.9], np.float32))
    assert list(np.argsort(-found)) == [0, 1, 2], "an empty one comes last, whatever it promises"
    assert np.isfinite(found).all()


def test_a_preview_outside_the_zoomed_in_view_asks_the_decoder_once(
    network: tuple[ClickNetwork, Encoder], monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks, _ = network
    asked: list[tuple[int, ...]] = []
    run = Decoder.run

    def counted(self: Decoder, outputs: None, inputs: Mapping[str, Floats]) -> list[Floats]:
        asked.append(inputs["maps"].shape)
        return run(self, outputs, inputs)

    monkeypatch.setattr(Decoder, "run", counted)
    clicks.prepare(np.zeros((300, 500, 3), np.uint8))
    yes = np.array([True])
    clicks.select(np.array([[250, 150]], np.float32), yes, None, None)
    whole, near = asked
    asked.clear()
    # the zoomed-in view reaches there, and what is found at its rim would be cut off
    (shown,) = clicks.preview(np.array([[212, 150]], np.float32), yes, None)
    assert asked == [whole] and shown[150, 212]
    asked.clear()
    clicks.preview(np.array([[252, 150]], np.float32), yes, None)
    assert asked == [near], "on the same object it serves"
