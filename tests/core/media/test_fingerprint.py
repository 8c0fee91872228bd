"""A clip is recognised where it went, and no other one is taken for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from core.errors import MediaFormatError
from core.media import Fingerprint, fingerprint
from tests.core.media.clips import write_clip
from tests.core.media.test_images import save


def test_a_file_is_its_size_and_its_head(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    data = bytes(range(256)) * 8192
    path.write_bytes(data)
    assert fingerprint(path) == Fingerprint(len(data), hashlib.sha256(data[: 1 << 20]).hexdigest())


def test_moving_and_renaming_change_nothing(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", 3)
    before = fingerprint(path)
    (tmp_path / "elsewhere").mkdir()
    assert fingerprint(path.rename(tmp_path / "elsewhere" / "b.mp4")) == before


def test_another_clip_is_another(tmp_path: Path) -> None:
    assert fingerprint(write_clip(tmp_path / "a.mp4", 3)) != fingerprint(write_clip(tmp_path / "b.mp4", 4))


def test_a_folder_is_its_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        save(folder / f"{number}.png", number)
    before = fingerprint(folder)
    assert before.size_bytes == sum(path.stat().st_size for path in folder.iterdir())
    (folder / "notes.txt").write_text("does not count")
    folder = folder.rename(tmp_path / "moved")
    assert fingerprint(folder) == before
    (folder / "2.png").rename(folder / "3.png")
    assert fingerprint(folder) != before
    (folder / "3.png").rename(folder / "2.png")
    save(folder / "0.png", 200)
    assert fingerprint(folder) != before


def test_a_folder_without_pictures_has_none(tmp_path: Path) -> None:
    with pytest.raises(MediaFormatError, match="no pictures"):
        fingerprint(tmp_path)
