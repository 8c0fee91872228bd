"""Exports of recordings put one after another: every picture in its time, and what is left out is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.media import open_video
from tests.core.delivery.independent import look
from tests.core.delivery.test_notes_of_exports import exported, made

SOUND = ("-f", "lavfi", "-i", "sine=r=48000", "-c:v", "libx264", "-bf", "0", "-c:a", "aac", "-shortest")


@pytest.mark.parametrize("suffix", ["ts", "mp4", "mkv"])
def test_pictures_go_on_and_sound_is_left_out_with_a_note(tmp_path: Path, suffix: str) -> None:
    one = made(tmp_path / f"one.{suffix}", *SOUND, frames=30).read_bytes()
    clip = tmp_path / f"two.{suffix}"
    clip.write_bytes(one + one)
    result = exported(clip, tmp_path / "out.mov", format="prores4444")
    assert "the clip is several recordings put one after another: their sound was left out" in result.notes
    with open_video(clip) as source:
        frames = source.frame_count
    assert frames == 60
    found = look(tmp_path / "out.mov")
    assert [round((seconds - found.times[0]) * 25) for seconds in found.times] == list(range(60))
    assert found.sound == []
