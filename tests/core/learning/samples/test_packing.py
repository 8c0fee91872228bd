"""The training data in one file: the same samples, but for what compression does to pictures."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks.video_writer import VideoWriter
from core.cli import main
from core.cli.validation_data import validation_sequences
from core.errors import CancelledError, DatasetError
from core.jobs import CancelToken, watched
from core.learning.samples import packing
from core.learning.samples.clip import Difficulty
from core.learning.samples.data import find_training_data
from core.learning.samples.examples import SHORT_SIDE, TrainingData
from core.learning.samples.packing import Packed, PackedData, pack
from core.learning.samples.sampling import Request, Samples

LIMIT = 2**20


def packed(data: TrainingData, target: Path, limit: int = LIMIT) -> Packed:
    return watched(pack(data, target, limit, CancelToken()), lambda _progress: None)


@pytest.fixture(autouse=True)
def few_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quality is guessed by a few pictures: there are hardly more, and compressing them takes the time."""
    monkeypatch.setattr(packing, "_TRIED", 3)


@pytest.fixture
def with_footage(data_root: Path) -> Path:
    """The data root, with a clip without annotation."""
    (data_root / "video").mkdir()
    generator = np.random.default_rng(0)
    with VideoWriter(data_root / "video" / "noise.mp4", (96, 64), 24) as writer:
        for _ in range(20):
            writer.write(np.kron(generator.integers(0, 255, (8, 12, 3)), np.ones((8, 8, 1))).astype(np.uint8))
    return data_root


def test_a_pack_holds_the_same_pictures_and_masks(with_footage: Path, tmp_path: Path) -> None:
    folder = find_training_data(with_footage)
    made = packed(folder, tmp_path / "data.pack")
    assert made.size == (tmp_path / "data.pack").stat().st_size <= LIMIT
    assert made.pictures == 15 and made.quality == 92
    data = find_training_data(tmp_path / "data.pack")
    assert isinstance(data, PackedData)
    assert {name: len(some) for name, some in data.sequences.items()} == {"boat": 6, "goat": 6}
    assert len(data.pictures) == len(folder.pictures)
    (clip,), (packed_clip,) = folder.footage.paths, data.footage.paths
    kept, packed_frames = folder.footage.compressed(clip), data.footage.compressed(packed_clip)
    assert [frame.tobytes() for frame in packed_frames] == [frame.tobytes() for frame in kept] != []
    pairs = list(zip(folder.pictures, data.pictures, strict=True))
    found = [(folder.read(one), data.read(other)) for one, other in pairs]
    assert sum(before is None for before, _ in found) == 1, "the damaged one"
    for before, after in found:
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert after[0].shape == before[0].shape and min(after[1].shape) == SHORT_SIDE
            assert np.abs(after[0].astype(int) - before[0]).mean() < 6
            np.testing.assert_array_equal(after[1], before[1])


def test_a_training_draws_the_same_samples_of_either(with_footage: Path, tmp_path: Path) -> None:
    folder = find_training_data(with_footage)
    packed(folder, tmp_path / "data.pack")
    both = [Samples(data, 96, seed=2) for data in (folder, find_training_data(tmp_path / "data.pack"))]
    for number in range(12):
        request = Request(number, Difficulty(frames=3))
        (frames, masks, *_), (packed_frames, packed_masks, *_) = (samples[request] for samples in both)
        assert (masks != packed_masks).float().mean() < 0.002
        assert (frames.float() - packed_frames.float()).abs().mean() < 6


def test_the_quality_falls_until_it_fits(data_root: Path, tmp_path: Path) -> None:
    data = find_training_data(data_root)
    large = packed(data, tmp_path / "large.pack")
    small = packed(data, tmp_path / "small.pack", large.size * 2 // 3)
    assert small.size <= large.size * 2 // 3
    assert small.quality < large.quality
    with pytest.raises(DatasetError, match="does not fit into 0 MiB"):
        packed(data, tmp_path / "tiny.pack", 1000)
    assert sorted(path.name for path in tmp_path.glob("*.pack*")) == ["large.pack", "small.pack"]


def test_the_same_data_make_the_same_file(data_root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        packed(find_training_data(data_root), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_held_out_and_validation_sequences_are_left_out(data_root: Path, tmp_path: Path) -> None:
    path = tmp_path / "data.pack"
    packed(find_training_data(data_root), path)
    data = find_training_data(path, ["goat"])
    assert list(data.sequences) == ["boat"] and len(data.pictures) == 6 + 3
    with pytest.raises(DatasetError, match="'gaot'"):
        find_training_data(path, ["gaot"])
    # one that somebody made otherwise
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["sequences"]["rhino"] = manifest["sequences"].pop("goat")
    with zipfile.ZipFile(tmp_path / "other.pack", "w") as file:
        for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            file.writestr(name, content)
    assert list(find_training_data(tmp_path / "other.pack").sequences) == ["boat"]


def test_what_is_held_out_can_be_scored_out_of_a_pack(data_root: Path, tmp_path: Path) -> None:
    packed(find_training_data(data_root), tmp_path / "data.pack")
    (sequence,) = validation_sequences(None, tmp_path / "data.pack", ["goat"])
    assert (sequence.name, sequence.frame_count) == ("goat", 6)
    assert sequence.picture(5).shape[:2] == sequence.labels(5).shape == (SHORT_SIDE, SHORT_SIDE * 5 // 4)
    assert set(np.unique(sequence.labels(0))) == {0, 1}


def test_what_unpacks_to_far_more_than_it_is_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "data.pack"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", bytes(2**25))
    with pytest.raises(DatasetError, match="no pack of training data"):
        find_training_data(path)


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_what_is_no_pack_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "data.pack"
    if content is None:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("manifest.json", json.dumps({"format": "another"}))
    else:
        path.write_bytes(content)
    with pytest.raises(DatasetError, match=r"no pack of training data|another version"):
        find_training_data(path)


def test_a_cancelled_packing_leaves_nothing(data_root: Path, tmp_path: Path) -> None:
    token = CancelToken()
    with pytest.raises(CancelledError):
        for _ in pack(find_training_data(data_root), tmp_path / "data.pack", LIMIT, token):
            token.cancel()
    assert not list(tmp_path.glob("*.pack*"))


def test_the_command_packs_and_the_training_takes_it(
    data_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.pack"
    assert main(["pack", "--data", str(data_root), "--out", str(path), "--limit", "1"]) == 0
    assert "15 pictures at quality 92, 0." in capsys.readouterr().out
    short = ["--steps", "1", "--batch", "1", "--side", "96", "--workers", "1", "--device", "cpu"]
    assert main(["train", "--data", str(path), "--out", str(tmp_path / "run"), *short]) == 0
    assert (tmp_path / "run" / "checkpoint.pt").exists()
