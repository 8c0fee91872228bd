"""What other programs see of an export is judged, and what is wrong is reported."""

from __future__ import annotations

from dataclasses import replace

from benchmarks import interop, interop_clips, interop_exports
from benchmarks.interop_exports import FRAMES, SIZE, Seen


def test_a_right_export_is_right() -> None:
    seen = list(interop_exports.tried("tiff"))
    assert [one.source for one in seen] == list(interop_exports.SOURCES)
    assert {(one.frames, one.size, one.wrong) for one in seen} == {(FRAMES, f"{SIZE[0]}x{SIZE[1]}", "")}
    assert [one.pixels for one in seen] == ["rgba", "rgba64le", "rgba64le"]


def test_what_is_wrong_is_reported() -> None:
    size = f"{SIZE[0]}x{SIZE[1]}"
    seen = Seen("x", "y", FRAMES, size, ours=f"{FRAMES}, {size}, rgba")
    assert interop_exports._judged(seen, 0.0).wrong == ""
    assert interop_exports._judged(replace(seen, frames=8), 9.0).wrong == "8 frames, alpha off by 9.0"
    fewer = replace(seen, ours=f"{FRAMES - 1}, {size}, rgba")
    assert interop_exports._judged(fewer, 0.0).wrong == f"read here as {FRAMES - 1}, {size}, rgba"


def test_a_family_of_clips_is_counted() -> None:
    found = interop_clips.tally("cut", "mpeg2 in ts, begins at 20%")
    assert (found.tried, found.wrong) == (1, 0)
    assert set(interop.KINDS) == {"clips", "datasets", "sound", "exports"}
