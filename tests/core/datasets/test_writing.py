"""A dataset is there as a whole or not at all, and says what is in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.datasets.clips import AnnotatedClip
from core.datasets.writing import DatasetSettings, write_dataset
from core.errors import CancelledError, DatasetError
from core.jobs import CancelToken
from tests.core.datasets.clips import FRAMES, clip, clips, labels, write


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_appears_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "set"
    work = write_dataset(clips(2), folder, DatasetSettings("davis"), CancelToken())
    progress = [next(work) for _ in range(2 * FRAMES)]
    assert [one.done for one in progress] == list(range(1, 2 * FRAMES + 1))
    assert progress[-1].fraction == 1
    assert not folder.exists()
    with pytest.raises(StopIteration) as stop:
        next(work)
    assert stop.value.value.frames == 2 * FRAMES
    assert left(tmp_path / "deep") == ["set"]


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    work = write_dataset(clips(2), tmp_path / "deep" / "set", DatasetSettings("davis"), token)
    next(work)
    token.cancel()
    with pytest.raises(CancelledError):
        next(work)
    assert left(tmp_path) == []


def test_leaving_off_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    work = write_dataset(clips(2), tmp_path / "set", DatasetSettings("davis"), CancelToken())
    next(work)
    work.close()
    assert left(tmp_path) == []


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, labels: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("core.datasets.layouts.davis_writer.write_mask", full)
    with pytest.raises(DatasetError, match=r"set/Annotations/.*/00000.png: cannot be written \(No space left") as seen:
        write([clip()], tmp_path / "set", "davis")
    assert "partial" not in str(seen.value)
    assert left(tmp_path) == []


def test_a_drive_that_is_taken_away_meanwhile_is_no_success(tmp_path: Path) -> None:
    work = write_dataset(clips(2), tmp_path / "set", DatasetSettings("youtube-vos"), CancelToken())
    next(work)
    next(work)
    (staged,) = tmp_path.glob(".rotoflow-*")
    shutil.move(staged, tmp_path.parent / f"{tmp_path.name}-away")
    # what is written now makes its own folders
    with pytest.raises(DatasetError, match=r"set.*: cannot be written \((taken away|No such file)"):
        list(work)
    assert not (tmp_path / "set").exists()


def test_what_is_there_is_replaced_only_if_allowed_and_made_here(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    write([clip("old")], folder, "davis")
    with pytest.raises(DatasetError, match="set: this folder is not empty"):
        write([clip("new")], folder, "youtube-vos")
    assert (folder / "Annotations/Full-Resolution/old").is_dir()
    write([clip("new")], folder, "youtube-vos", overwrite=True)
    assert not (folder / "Annotations").exists()
    assert (folder / "train/Annotations/new").is_dir()
    assert left(tmp_path) == ["set"]
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    with pytest.raises(DatasetError, match="mine: was not written as a dataset here"):
        write([clip()], mine, "davis", overwrite=True)
    assert left(mine) == ["letter.txt"]
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="file: a file where a folder should be"):
        write([clip()], tmp_path / "file", "davis", overwrite=True)


def test_clips_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    def refused(*found: AnnotatedClip) -> str:
        with pytest.raises(DatasetError) as seen:
            write(list(found), tmp_path / "set", "davis")
        assert left(tmp_path) == []
        return str(seen.value)

    assert "There is no clip" in refused()
    assert "Two clips are called 'ring'" in refused(clip(), clip())
    assert "'a/b' cannot be the name" in refused(clip("a/b"))
    assert "'ring': no frame has a mask" in refused(replace(clip(), annotated=()))
    assert "'ring': there is no object" in refused(replace(clip(), objects=()))
    odd = replace(clip(), labels=lambda index: np.where(labels(index) == 2, 77, labels(index)).astype(np.uint8))
    with pytest.raises(DatasetError, match="Clip 'ring', frame 00001: object 77 is in the mask"):
        write([odd], tmp_path / "set", "youtube-vos")
    assert left(tmp_path) == []


def test_the_card_counts(tmp_path: Path) -> None:
    write(clips(3), tmp_path / "set", "davis", ratios=(2, 1), seed=1, licence="CC BY 4.0", title="Rings | bars")
    card = (tmp_path / "set" / "README.md").read_text()
    assert r"# Rings \| bars" in card
    assert "Licence: CC BY 4.0" in card
    assert "drawn with seed 1" in card
    assert f"| train | 2 | {2 * FRAMES} | 2 | 6 | 26 | 61 x 43 |" in card
    assert f"| val | 1 | {FRAMES} | 1 | 3 | 13 | 61 x 43 |" in card
    # of a clip: ring and corner on 5 and 4 frames, bar on 4
    assert "| bar: long, thin | train | 2 | 8 | 84 |" in card
    assert "| ring | val | 2 | 9 |" in card


def test_the_clips_own_parts_are_kept_unless_ratios_are_given(tmp_path: Path) -> None:
    write([clip("a", split="test"), clip("b"), clip("c", split="val")], tmp_path / "set", "davis")
    lists = {path.stem: path.read_text().split() for path in (tmp_path / "set/ImageSets/2017").iterdir()}
    assert lists == {"test": ["a"], "train": ["b"], "val": ["c"]}
