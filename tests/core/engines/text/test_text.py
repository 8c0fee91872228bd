"""Finding by text: with a stand-in, and with SAM 3 of random weights in the official layout."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.engines.text import FollowedText, TextRequest, find_by_text, follow_text, split_text
from core.engines.text.models import load_text_model
from core.errors import EngineError
from core.jobs import CancelToken, watched
from core.masks.found import FoundObject
from core.types import Box, FrameResult, Image
from tests.core.engines.detectors.test_finding import SIZE, frame
from tests.core.engines.text.tiny import save_tiny_sam3


def find(**changes: object) -> list[FoundObject]:
    request = TextRequest(range(4), model="fake", **changes)  # type: ignore[arg-type]
    return watched(find_by_text(request, frame, CancelToken()), lambda _progress: None)


def test_what_a_text_states_is_the_class() -> None:
    first, second = find(texts=["red dog"])
    assert (first.label, sorted(first.masks)) == ("red dog", [0, 1, 2, 3])
    assert sorted(second.masks) == [2, 3]
    assert find(texts=["unicorn"]) == []


def test_an_example_finds_all_that_is_like_it() -> None:
    found = find(example=Box(4, 8, 16, 20), label="square")
    assert [one.label for one in found] == ["square", "square"]
    with pytest.raises(EngineError, match="empty box"):
        find(example=Box(4, 8, 4, 20))


def test_texts_are_parted_by_semicolons() -> None:
    assert split_text(" dog;red   ball ;; dog") == ("dog", "red ball")
    with pytest.raises(EngineError, match="Say what to find"):
        find(texts=[" ; "])


def test_followed_objects_keep_their_ids() -> None:
    met = FollowedText()
    results = list(follow_text(["dog"], range(4), SIZE, frame, CancelToken(), met, model="fake"))
    assert [result.frame_index for result in results] == [0, 1, 2, 3]
    assert [sorted(set(np.unique(result.labels)) - {0}) for result in results] == [[1], [1], [1, 2], [1, 2]]
    assert met.labels == {1: "dog", 2: "dog"}
    token = CancelToken()
    token.cancel()
    assert list(follow_text(["dog"], range(4), SIZE, frame, token, FollowedText(), model="fake")) == []


def test_without_weights_one_sentence_states_how_to_get_them() -> None:
    with pytest.raises(EngineError) as caught:
        load_text_model("sam3")
    message = str(caught.value)
    assert "https://huggingface.co/facebook/sam3" in message
    assert "rotoflow models download sam3" in message and "token" in message
    with pytest.raises(EngineError, match="no model 'nobody'"):
        load_text_model("nobody")


@pytest.fixture(scope="session")
def sam3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("sam3")
    save_tiny_sam3(folder)
    return folder


@pytest.fixture
def picture() -> Image:
    return np.random.default_rng(0).integers(0, 255, (48, 64, 3), dtype=np.uint8)


def test_sam3_finds_by_texts_and_by_an_example(sam3: Path, picture: Image) -> None:
    model = load_text_model("sam3", sam3, "cpu")
    found = model.find(picture, ["dog", "red ball"], 0.0)
    assert {one.label for one in found} == {"dog", "red ball"}
    assert all(one.mask is not None and one.box.clipped(64, 48) == one.box for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert model.find(picture, ["dog"], 0.99) == []
    similar = model.find_similar(picture, Box(5, 5, 20, 20), "ball", 0.0)
    assert {one.label for one in similar} == {"ball"}
    with pytest.raises(EngineError, match="too long"):
        model.find(picture, ["dog " * 40], 0.5)


def test_a_stream_of_sam3_does_not_grow(sam3: Path, picture: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.engines.text import pruning
    from core.engines.text.sam3 import Sam3

    monkeypatch.setattr(pruning, "_KEPT", 3)
    model = load_text_model("sam3", sam3, "cpu")
    assert isinstance(model, Sam3)
    tracker = model._network.config.tracker_config
    # so that a few frames show what thousands would
    tracker.num_maskmem, tracker.max_object_pointers_in_encoder = 2, 2
    stream = model.stream(["dog"], 0.0)
    # the first frame's objects are followed, and no others come
    first = stream.step(picture)
    model._network.new_det_thresh = 1.1
    model._network.det_nms_thresh = 0.0
    for _ in range(5):
        last = stream.step(picture)
    assert first
    assert {number for number, _one in last} <= {number for number, _one in first}
    session = stream._session
    assert len(session.processed_frames) <= 3
    assert all(not known.numel() for known in session.processed_frames.values())
    for stored in session.output_dict_per_obj.values():
        assert len(stored["non_cond_frame_outputs"]) <= 2
    assert len(session.obj_id_to_tracker_score_frame_wise) <= 2


def test_sam3_through_a_clip_gives_label_maps(sam3: Path, picture: Image) -> None:
    met = FollowedText()
    results: list[FrameResult] = list(
        follow_text(["dog"], range(2), (64, 48), lambda _frame: picture, CancelToken(), met, "sam3", sam3, 0.0, "cpu")
    )
    assert len(results) == 2
    assert results[0].labels.shape == (48, 64)
    assert set(met.labels.values()) <= {"dog"}


def test_damaged_and_other_folders_are_refused_in_one_sentence(sam3: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(sam3, folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"model_type": "yolos"}))
    with pytest.raises(EngineError, match="weights of 'yolos', not of SAM 3"):
        load_text_model("sam3", folder, "cpu")
    (folder / "config.json").write_text(json.dumps(config))
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    with pytest.raises(EngineError, match="cannot be read"):
        load_text_model("sam3", folder, "cpu")
