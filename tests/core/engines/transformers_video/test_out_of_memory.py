"""Memory runs out in the middle of a clip: following continues with a smaller setting, and no frame is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.engines.transformers_video import TransformersEngine
from core.engines.transformers_video.fallback import Setting, next_setting, smaller_side
from core.engines.transformers_video.model import Features, VideoModel
from core.engines.transformers_video.session import TransformersSession
from core.errors import EngineError, is_out_of_memory
from core.jobs import CancelToken
from core.types import Image
from tests.contract.scenes import Scene

SCENE = Scene(object_ids=(3, 200), size=(120, 90))
FULL = "CUDA out of memory. Tried to allocate 2.00 GiB"


class _Refusing:
    """Raises like a device that is full, once for each of some calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, calls: set[int]) -> None:
        self.count = 0
        encode = VideoModel.encode

        def refusing(model: VideoModel, image: Image) -> Features:
            self.count += 1
            if self.count in calls:
                raise torch.OutOfMemoryError(FULL)
            return encode(model, image)

        monkeypatch.setattr(VideoModel, "encode", refusing)


def _session(folder: Path, setting: Setting) -> TransformersSession:
    """On the CPU, whatever the setting is called: there need be no GPU."""
    return TransformersSession(SCENE.size, setting, lambda now: VideoModel(folder, "cpu", False, now.side))


def test_each_step_down_is_reported_and_no_frame_is_lost(sam2_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.engines.transformers_video.fallback._LEAST_SIDE", 32)
    monkeypatch.setattr("core.engines.transformers_video.fallback._GRANULE", 32)
    refusing = _Refusing(monkeypatch, {4, 6, 9})
    session = _session(sam2_folder, Setting("cuda"))
    results = list(session.track([SCENE.anchor(0)], range(8), SCENE.read, CancelToken()))
    assert [result.frame_index for result in results] == list(range(8))
    assert all(set(result.confidence) == {3, 200} for result in results)
    assert session.setting == Setting("cpu", side=32)
    assert [str(notice).partition(":")[0] for notice in session.notices] == [
        "The memory of the device is full",
        "Memory is full",
        "The memory of the device is full",
    ]
    assert "32 x 32" in session.notices[1] and "CPU" in session.notices[2]
    assert refusing.count > 9
    session.close()


def test_with_nothing_left_to_give_it_is_reported_and_what_was_found_stays(
    sam2_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _Refusing(monkeypatch, {3, 4, 5, 6, 7, 8})
    session = _session(sam2_folder, Setting("cpu"))
    found: list[int] = []
    with pytest.raises(EngineError, match=r"too little memory.*Tried to allocate 2.00 GiB.*smaller model"):
        found.extend(one.frame_index for one in session.track([SCENE.anchor(0)], range(8), SCENE.read, CancelToken()))
    assert found == [0, 1]
    session.close()


def test_clicks_survive_it_too(sam2_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _Refusing(monkeypatch, {1})
    session = _session(sam2_folder, Setting("cuda"))
    assert session.masks(SCENE.read(0), [(30.0, 30.0)], [True], None, None)
    assert len(session.notices) == 1
    session.close()


def test_another_error_is_not_taken_for_it(sam2_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_model: VideoModel, _image: Image) -> Features:
        raise RuntimeError("shapes do not fit")

    monkeypatch.setattr(VideoModel, "encode", broken)
    session = _session(sam2_folder, Setting("cpu"))
    with pytest.raises(RuntimeError, match="shapes"):
        list(session.track([SCENE.anchor(0)], range(2), SCENE.read, CancelToken()))
    session.close()


def test_memories_in_the_computers_own_memory_give_the_same(sam2_folder: Path) -> None:
    runs = []
    for offload in (False, True):
        session = _session(sam2_folder, Setting("cpu", offload=offload))
        runs.append(
            [one.labels.tobytes() for one in session.track([SCENE.anchor(0)], range(4), SCENE.read, CancelToken())]
        )
        session.close()
    assert runs[0] == runs[1]


def test_what_counts_as_full() -> None:
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(torch.OutOfMemoryError(FULL))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"))
    assert is_out_of_memory(RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not is_out_of_memory(RuntimeError("shapes do not fit"))
    assert not is_out_of_memory(ValueError("out of memory"))


def test_settings_go_down_to_the_cpu_and_end() -> None:
    now, seen = Setting("xpu", half=True), []
    while (found := next_setting(now, 1008, 14)) is not None:
        now = found[0]
        seen.append((now.device, now.half, now.side, now.offload))
    assert seen == [("xpu", True, 0, True), ("xpu", True, 504, True), ("cpu", False, 504, False)]
    assert (smaller_side(1024, 32), smaller_side(1008, 14)) == (512, 504)


def test_the_engine_halves_what_it_runs_only_where_asked(sam2_folder: Path) -> None:
    session = TransformersEngine("tiny", "Tiny", sam2_folder).open(SCENE.size, "cpu", {"precision": "half"})
    assert session.model.dtype == torch.bfloat16
    assert len(list(session.track([SCENE.anchor(0)], range(3), SCENE.read, CancelToken()))) == 3
    session.close()
