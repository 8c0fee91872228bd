"""Frames one by one, with what is not attended to thrown away: the same masks as the library's own, in flat memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.engines.transformers_video import TransformersEngine
from core.engines.transformers_video.following import Following
from core.engines.transformers_video.memory import ObjectMemory
from core.engines.transformers_video.model import VideoModel
from core.jobs import CancelToken
from core.types import Anchor
from tests.contract.scenes import Scene

SCENE = Scene(frame_count=24, speed=1)


@pytest.fixture(scope="module")
def model(sam2_folder: Path) -> VideoModel:
    return VideoModel(sam2_folder, "cpu", half=False)


def _tensors(session: Any) -> int:
    stored = session.output_dict_per_obj[0]
    outputs = [one for part in stored.values() for one in part.values()]
    return sum(value.nbytes for one in outputs for value in one.values() if isinstance(value, torch.Tensor))


@pytest.mark.parametrize("reverse", [False, True])
def test_masks_are_those_of_the_library_which_keeps_everything(model: VideoModel, reverse: bool) -> None:
    theirs = model.session_class(inference_device="cpu", dtype=torch.float32)
    memory = ObjectMemory(model)
    frames = list(range(24))[:: -1 if reverse else 1]
    mask = model.mask(SCENE.labels(frames[0]) > 0)
    theirs.obj_id_to_idx(1)
    theirs.add_mask_inputs(0, frames[0], mask)
    theirs.obj_with_new_inputs = [1]
    sizes = []
    for frame in frames:
        features = model.encode(SCENE.read(frame))
        theirs.cache.cache_vision_features(
            frame, {"vision_feats": features.maps, "vision_pos_embeds": features.positions}
        )
        wanted = model.network(theirs, frame_idx=frame, frame=torch.empty(0), reverse=reverse).pred_masks[0, 0]
        if frame == frames[0]:
            memory.show(frame, features, mask)
        else:
            found, _ = memory.follow(frame, features, reverse)
            torch.testing.assert_close(found, wanted, atol=1e-5, rtol=1e-5)
            sizes.append(_tensors(memory._session))
    assert sizes[-1] == sizes[16], "nothing is kept that is older than what the model attends to"
    assert _tensors(theirs) > 3 * sizes[-1]
    assert memory._session.processed_frames is None


def test_many_anchors_are_not_all_held(sam2_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    frame = Following.frame

    def counting(self: Following, *args: Any) -> Any:
        result = frame(self, *args)
        held.append(max(len(memory.anchors) for memory in self._memories.values()))
        return result

    monkeypatch.setattr(Following, "frame", counting)
    session = TransformersEngine("tiny", "Tiny", sam2_folder).open(SCENE.size, "cpu")
    anchors = [SCENE.anchor(index) for index in range(0, 24, 2)]
    results = list(session.track(anchors, range(24), SCENE.read, CancelToken()))
    assert len(results) == 24
    assert max(held) == 6
    session.close()


def test_an_object_smaller_than_a_pixel_of_the_input_is_shown(model: VideoModel) -> None:
    plane = np.zeros((800, 1200), np.bool_)
    plane[400:402, 600:602] = True
    assert model.mask(plane).sum() >= 1
    assert model.mask(np.zeros((8, 9), np.bool_)).sum() == 0


def test_results_bring_the_probabilities_they_were_decided_by(sam2_folder: Path) -> None:
    session = TransformersEngine("tiny", "Tiny", sam2_folder).open(SCENE.size, "cpu")
    first, second = session.track([SCENE.anchor(0)], range(2), SCENE.read, CancelToken())
    assert first.probabilities == {}
    patch = second.probabilities[3]
    inside = second.labels[patch.box.slices] == 3
    assert inside.any() and patch.values[inside].min() >= 127
    # known to be absent everywhere: nothing is run for it
    empty = Anchor(0, np.zeros(SCENE.size[::-1], np.uint8), frozenset({3}))
    assert not any(result.labels.any() for result in session.track([empty], range(3), SCENE.read, CancelToken()))
    session.close()
