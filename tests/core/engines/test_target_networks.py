"""Target networks as engines: what they are combined with, what they learn from, and what they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.engines import available, load
from core.engines.downloads import MODELS_VARIABLE
from core.engines.models.catalogue import catalogue
from core.engines.notices import watch_training
from core.engines.target_networks.engine import TargetNetworkEngine
from core.engines.target_networks.fitting import train_target
from core.engines.target_networks.options import TITLES
from core.engines.target_networks.packed import read_packed
from core.errors import EngineError
from core.jobs import CancelToken
from core.types import Anchor, FrameResult
from core.vos.targets.backbones.library import MAKERS
from core.vos.targets.nets.catalogue import NETWORKS
from tests.contract.scenes import Scene, iou

SCENE = Scene(frame_count=4)
BRIEF: Mapping[str, object] = {"steps": 1, "batch": 1, "target_side": 64, "short_side": 60}


def follow(options: Mapping[str, object], name: str = "target:unet", scene: Scene = SCENE) -> list[FrameResult]:
    with closing(load(name).open(scene.size, "cpu", {**BRIEF, **options})) as session:
        return list(session.track([scene.anchor(0)], range(scene.frame_count), scene.read, CancelToken()))


def test_every_network_is_an_engine() -> None:
    assert tuple(TITLES) == NETWORKS
    assert {f"target:{name}" for name in NETWORKS} <= {info.name for info in available()}


@pytest.mark.parametrize("combine", ["propagation", "none"])
def test_follows_a_disc(combine: str) -> None:
    steps = 1 if combine == "propagation" else 25
    results = follow({"combine": combine, "steps": steps, "backbone": "own"}, "target:fcn-8s")
    least = 0.7 if combine == "propagation" else 0.2
    assert min(iou(result.labels, SCENE.labels(result.frame_index), 3) for result in results) > least


@pytest.mark.parametrize(
    "options", [{"teacher": "classical"}, {"pseudo_labels": True}, {"layers": "trained", "upsampling": "nearest"}]
)
def test_aids(options: Mapping[str, object]) -> None:
    scene = Scene(frame_count=8)
    first, second = (follow({"combine": "warping", **options}, scene=scene) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.labels, other.labels)


def test_reports_how_far_its_training_is() -> None:
    reported: list[tuple[int, int]] = []
    options = {**BRIEF, "combine": "none", "backbone": "own", "steps": 3}
    with closing(load("target:fcn-32s").open(SCENE.size, "cpu", options)) as session:
        watch_training(session, lambda done, total: reported.append((done, total)))
        list(session.track([SCENE.anchor(0)], range(2), SCENE.read, CancelToken()))
    assert reported == [(1, 3), (2, 3), (3, 3)]
    with closing(load("fake").open(SCENE.size)) as session:
        watch_training(session, lambda done, total: reported.append((done, total)))
    assert len(reported) == 3, "an engine that trains nothing tells nothing"


def test_weights_trained_before_are_used_and_not_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    options = {**BRIEF, "combine": "none"}
    weights = train_target("target:unet", [SCENE.anchor(0)], SCENE.read, SCENE.size, options, "cpu")
    trained = follow({"combine": "none"})
    monkeypatch.setattr("core.engines.target_networks.learner.train", pytest.fail)
    restored = follow({"combine": "none", "adaptation": weights})
    for one, other in zip(trained, restored, strict=True):
        # kept in half precision
        assert np.mean(one.labels != other.labels) < 0.02
    with pytest.raises(EngineError, match=r"target network U-Net: choose that engine"):
        follow({"adaptation": weights}, "target:fcn-8s")
    # what "auto" was then goes with them
    packed = read_packed(weights)
    assert packed is not None and packed.settings["upsampling"] == "bilinear"
    older = read_packed(weights.replace(b'upsampling\\": \\"bilinear\\"', b'upsampling\\": \\"auto\\"    '))
    assert older is not None and older.settings["upsampling"] == "transposed"
    load("builtin").open(SCENE.size, "cpu", {"adaptation": weights}).close()
    damaged = weights[: len(weights) // 2]
    with pytest.raises(EngineError, match="do not fit U-Net"):
        follow({"adaptation": damaged})


def test_weights_of_the_library_come_from_the_folder_of_downloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    with pytest.raises(EngineError, match=r"'mobilenet' has no weights here.*models download mobilenet-v2"):
        follow({"backbone": "mobilenet"})
    file = tmp_path / catalogue()["mobilenet-v2"].files[0].path
    file.write_bytes(b"no weights")
    with pytest.raises(EngineError, match="damaged"):
        follow({"backbone": "mobilenet", "combine": "none"})
    torch.save({"weight": torch.zeros(3)}, file)
    with pytest.raises(EngineError, match="are no weights of the backbone 'mobilenet'"):
        follow({"backbone": "mobilenet", "combine": "none"})
    from torchvision.models import mobilenet_v2

    torch.save(mobilenet_v2(weights=None).state_dict(), file)
    assert len(follow({"backbone": "mobilenet", "combine": "none"})) == 4
    assert set(MAKERS) == {"googlenet", "resnet", "densenet", "mobilenet", "deformable"}


class TestRefusing:
    def test_numbers_that_make_no_sense(self) -> None:
        for name, value in (("steps", 0), ("batch", 1000), ("target_side", 8), ("cue_weight", 2.0)):
            with pytest.raises(EngineError, match=f"'{name}'.*is not between"):
                load("target:unet").open((64, 48), "cpu", {name: value})

    def test_no_anchor_and_no_object_to_learn_from(self) -> None:
        with pytest.raises(EngineError, match="mask an object on at least one frame"):
            train_target("target:unet", [], SCENE.read, SCENE.size, BRIEF, "cpu")
        empty = Anchor(0, np.zeros(SCENE.size[::-1], np.uint8), frozenset({3}))
        with pytest.raises(EngineError, match="mask an object on at least one frame"):
            train_target("target:unet", [empty], SCENE.read, SCENE.size, BRIEF, "cpu")

    def test_one_pixel_is_learned_from(self) -> None:
        labels = np.zeros(SCENE.size[::-1], np.uint8)
        labels[20, 30] = 3
        engine = TargetNetworkEngine("unet").open(SCENE.size, "cpu", {**BRIEF, "combine": "none"})
        with closing(engine) as session:
            anchor = Anchor(0, labels, frozenset({3}))
            results = list(session.track([anchor], range(2), SCENE.read, CancelToken()))
        np.testing.assert_array_equal(results[0].labels, labels)

    def test_short_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*args: object) -> None:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99999999999 bytes.")

        monkeypatch.setattr("core.engines.target_networks.learner.train", fails)
        with pytest.raises(EngineError, match="not enough memory to run U-Net at 64 pixels: set target_side or batch"):
            follow({"combine": "none"})


def test_cancelling_while_it_trains_shows_nothing_half_trained() -> None:
    token = CancelToken()
    with closing(TargetNetworkEngine("unet").open(SCENE.size, "cpu", {**BRIEF, "steps": 50, "combine": "none"})) as one:
        one.learner.on_step = lambda step: token.cancel() if step == 2 else None
        results = list(one.track([SCENE.anchor(0)], range(4), SCENE.read, token))
    assert [result.frame_index for result in results] == [0]
