"""The table of a GPU, in its smallest form on a CPU: what is missing leaves its row out with a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks import gpu
from core.vos.network.model import CONFIGS, NetworkConfig


def no_decoder(count: int) -> Iterator[Any]:
    raise ImportError("No module named 'av'")


def test_our_network_has_a_row_without_a_decoder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gpu, "sample_frames", no_decoder)
    monkeypatch.setattr(gpu, "_WARM_UP", 0)
    narrow = NetworkConfig((8, 8, 8, 8), key=8, local_key=8, value=8, mask=8, warp=8, decoder=(8, 8, 8))
    monkeypatch.setitem(CONFIGS, "compact", narrow)
    frames = gpu.clip_frames(3, 2)
    assert "made scene" in capsys.readouterr().out
    assert {1, 2} <= set(frames(64)[0][1].ravel().tolist())
    # to and fro, for ever
    assert [gpu._to_and_fro(index, 3) for index in range(7)] == [0, 1, 2, 1, 0, 1, 2]

    # a CPU has no CUDA graphs
    (row,) = gpu.table("compact", frames, [64], "cpu", ("single", "cuda_graphs"), 0.0)

    assert row["network"] == "compact" and row["size"] == "114x64" and row["mode"] == "single precision"
    assert 0 < float(row["frames a second"]) <= float(row["network alone"])


def test_a_peer_that_cannot_be_made_is_left_out_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(gpu.peer_rows(["nonsense"], gpu.clip_frames(1, 1), [64], "cpu", 0.0)) == []
    assert capsys.readouterr().out == (
        "nonsense: not measured. There is no model 'nonsense' here; choose one of: edgetam, sam2.1-tiny, sam2.1-small, "
        "sam2.1-base-plus, sam2.1-large.\n"
    )
