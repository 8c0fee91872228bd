"""Clicks and boxes on a picture: the encoder runs once a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.engines import Prompts
from core.engines.transformers_video import TransformersEngine
from core.engines.transformers_video.model import Features, VideoModel
from core.errors import EngineError
from core.masks import ClickSelector, SelectHints, Stroke, select_by_clicks
from core.types import Box, Image
from tests.contract.scenes import Scene

SCENE = Scene()


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """The pictures that were encoded."""
    seen: list[Image] = []
    encode = VideoModel.encode

    def counting(self: VideoModel, image: Image) -> Features:
        seen.append(image)
        return encode(self, image)

    monkeypatch.setattr(VideoModel, "encode", counting)
    return seen


@pytest.fixture
def selector(sam2_folder: Path) -> Iterator[ClickSelector]:
    made = TransformersEngine("tiny", "Tiny", sam2_folder).open_selector("cpu")
    yield made
    made.close()


def test_segment_takes_clicks_and_boxes(sam2_folder: Path, encoded: list[Image]) -> None:
    session = TransformersEngine("tiny", "Tiny", sam2_folder).open(SCENE.size, "cpu")
    picture = SCENE.read(0)
    answers = [
        session.segment(picture, prompts)
        for prompts in (
            Prompts(7, ((24.0, 32.0),)),
            Prompts(7, ((24.0, 32.0), (28.0, 30.0)), ((90.0, 5.0),)),
            Prompts(7, box=Box(10, 20, 40, 45)),
            Prompts(7, ((24.0, 32.0),), box=Box(10, 20, 40, 45)),
        )
    ]
    assert len(encoded) == 1
    for labels in answers:
        assert labels.shape == picture.shape[:2] and labels.dtype == np.uint8
        assert set(np.unique(labels)) <= {0, 7}
    assert len({labels.tobytes() for labels in answers}) > 1, "what is said makes a difference"
    with pytest.raises(EngineError, match="click on the object"):
        session.segment(picture, Prompts(7, background=((1.0, 1.0),)))
    with pytest.raises(EngineError, match="expected uint8"):
        session.segment(picture[:10], Prompts(7, ((1.0, 1.0),)))
    session.close()
    with pytest.raises(EngineError, match="closed"):
        session.segment(picture, Prompts(7, ((1.0, 1.0),)))


def test_a_click_has_candidates_and_the_hover_preview_uses_the_same_features(
    selector: ClickSelector, encoded: list[Image]
) -> None:
    picture = SCENE.read(0)
    selector.prepare(picture)
    click = np.array([[24, 32]], np.float32), np.array([True])
    preview = selector.preview(*click, None)
    found = selector.select(*click, None, None)
    assert len(encoded) == 1
    assert 1 < len(found) <= 3
    np.testing.assert_array_equal(preview[0], found[0])
    corrected = selector.select(np.array([[24, 32], [60, 10]], np.float32), np.array([True, False]), None, found[0])
    assert all(mask.shape == picture.shape[:2] and mask.dtype == np.bool_ for mask in (*found, *corrected))
    selector.prepare(SCENE.read(1))
    assert len(encoded) == 2


def test_it_answers_what_the_smart_select_tool_asks(selector: ClickSelector) -> None:
    picture = SCENE.read(0)
    selector.prepare(picture)
    patch, *_ = select_by_clicks(
        selector, picture, SelectHints(None, (Stroke(((24.0, 32.0),), 1.0, True),), None, None)
    )
    assert not patch.box.empty
