"""Timelines as batches, written by OpenTimelineIO's adapters or by hand, and the mattes' timeline read back by it."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import numpy as np
import opentimelineio as otio
import pytest

from benchmarks.clip_kinds import CODECS, encode
from core.batch.folders import read_batch
from core.batch.timelines import TIMELINE_SUFFIXES, write_mattes
from core.errors import BatchError
from core.masks import write_mask
from tests.core.cli.conftest import RunCommand, run

__all__ = ["run"]
SIZE = (176, 144)


@pytest.fixture
def edit(tmp_path: Path) -> Path:
    """Media of 20 frames, one with a time code, and masks for two shots."""
    encode(tmp_path / "a.mp4", *CODECS["h264"], frames=20)
    encode(tmp_path / "tape.mov", *CODECS["h264"], "-timecode", "01:00:02:00", frames=20)
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[30:80, 40:90] = 1
    for name in ("opening", "tape"):
        write_mask(tmp_path / f"{name}.png", labels)
    return tmp_path


def clip(name: str, url: str, first: int, length: int) -> otio.schema.Clip:
    def times(start: int, count: int) -> otio.opentime.TimeRange:
        return otio.opentime.TimeRange(otio.opentime.RationalTime(start, 25), otio.opentime.RationalTime(count, 25))

    reference = otio.schema.ExternalReference(target_url=url, available_range=times(0, 20))
    return otio.schema.Clip(name=name, media_reference=reference, source_range=times(first, length))


def timeline(folder: Path) -> otio.schema.Timeline:
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    track.append(clip("opening", (folder / "a.mp4").as_uri(), 5, 6))
    track.append(clip("tape", "tape.mov", 0, 4))
    track.append(clip("no mask", "a.mp4", 0, 3))
    track.append(clip("lost", "nowhere.mp4", 0, 3))
    made = otio.schema.Timeline(name="cut")
    made.tracks.append(track)
    return made


@pytest.mark.parametrize("suffix", ["otio", "xml"])
def test_shots_with_masks_are_clips_of_the_batch(edit: Path, suffix: str) -> None:
    otio.adapters.write_to_file(timeline(edit), str(edit / f"cut.{suffix}"))
    batch = read_batch(edit / f"cut.{suffix}")
    assert [(job.name, job.clip, job.masks) for job in batch.jobs] == [
        ("opening", edit / "a.mp4", ((5, edit / "opening.png"),)),
        ("tape", edit / "tape.mov", ((0, edit / "tape.png"),)),
    ]
    assert [(job.exports[0].first, job.exports[0].last) for job in batch.jobs] == [(5, 10), (0, 3)]
    assert len(batch.notes) == 2
    assert "expected no_mask.png beside the timeline, of frame 0" in batch.notes[0]
    assert batch.notes[1] == "left out, for its media is not found: lost"


def test_an_edl_names_tapes_and_their_clock(edit: Path) -> None:
    (edit / "cut.edl").write_text(
        "TITLE: cut\nFCM: NON-DROP FRAME\n\n"
        "001  AX       V     C        00:00:00:05 00:00:00:11 01:00:00:00 01:00:00:06\n* FROM CLIP NAME: a.mp4\n\n"
        "002  TAPE     V     C        01:00:02:03 01:00:02:09 01:00:00:06 01:00:00:12\n* FROM CLIP NAME: tape.mov\n"
    )
    batch = read_batch(edit / "cut.edl")
    assert [(job.name, job.exports[0].first, job.exports[0].last) for job in batch.jobs] == [("tape", 3, 8)]
    assert batch.jobs[0].masks == ((3, edit / "tape.png"),)


@pytest.mark.parametrize(("first", "shown"), [(4, (4, 9)), (3602 * 25 + 4, (4, 9))])
def test_media_with_a_clock_is_also_counted_from_its_start(edit: Path, first: int, shown: tuple[int, int]) -> None:
    """Programs that know no timecode count from 0; what lies within the tape's clock is of that."""
    shot = clip("tape", "tape.mov", first, 6)
    shot.media_reference.available_range = None
    made = otio.schema.Timeline(name="cut")
    made.tracks.append(otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video))
    made.tracks[0].append(shot)
    otio.adapters.write_to_file(made, str(edit / "cut.otio"))
    (job,) = read_batch(edit / "cut.otio").jobs
    assert (job.exports[0].first, job.exports[0].last) == shown


def test_the_mattes_lie_on_a_track_above(run: RunCommand, edit: Path, tmp_path: Path) -> None:
    otio.adapters.write_to_file(timeline(edit), str(edit / "cut.otio"))
    out = tmp_path / "out"
    exports = ("--export", "masks")
    outcome = run("batch", edit / "cut.otio", "--out", out, *exports, "--engine", "fake", "--jobs", 1)
    assert outcome.code == 0, outcome.err
    assert sorted(path.name for path in (out / "opening").iterdir()) == [f"{index:05}.png" for index in range(5, 11)]
    found = otio.adapters.read_from_file(str(out / "cut_mattes.otio"))
    plain, mattes = found.video_tracks()
    assert mattes.duration() == plain.duration()
    first, second, *gaps = list(mattes)
    assert first.media_reference.target_url_base == "opening/"
    assert (first.media_reference.start_frame, first.media_reference.frame_zero_padding) == (5, 5)
    assert first.media_reference.target_url_for_image_number(0) == "opening/00005.png"
    assert first.trimmed_range_in_parent() == next(iter(plain)).trimmed_range_in_parent()
    assert second.duration().value == 4
    assert all(isinstance(gap, otio.schema.Gap) for gap in gaps)
    with (out / "cut_mattes.otio").open("a") as file:
        file.write("\n")
    edited = (out / "cut_mattes.otio").read_bytes()
    for _ in range(2):
        assert "cut_mattes2.otio" in run("batch", edit / "cut.otio", "--out", out, *exports, "--engine", "fake").out
    assert (out / "cut_mattes.otio").read_bytes() == edited, "what a person went on with stays"
    assert len(list(out.glob("*.otio"))) == 2


@pytest.mark.parametrize("suffix", sorted(TIMELINE_SUFFIXES - {".otiod"}))
def test_what_is_no_timeline_is_refused_with_a_sentence(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(b"\x00\xff no such thing <a>")
    with pytest.raises(BatchError, match=r"no timeline that can be read|no shot to work on"):
        read_batch(path)


@pytest.mark.parametrize("suffix", ["otio", "otioz", "otiod"])
def test_what_the_library_would_not_survive_is_refused(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parser is native and overflows its stack."""
    path, deep = tmp_path / f"cut.{suffix}", "[" * 300_000 + "]" * 300_000

    def write(text: str) -> None:
        if suffix == "otioz":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
                bundle.writestr("content.otio", text)
        elif suffix == "otiod":
            path.mkdir(exist_ok=True)
            (path / "content.otio").write_text(text, encoding="utf-8")
        else:
            path.write_text(text, encoding="utf-8")

    write(deep)
    with pytest.raises(BatchError, match="nested too deeply"):
        read_batch(path)
    monkeypatch.setattr("core.batch.timelines._MOST_BYTES", 1 << 20)
    write(" " * (2 << 20))
    with pytest.raises(BatchError, match="more than 1 MiB"):
        read_batch(path)


def test_a_pipe_is_no_timeline(tmp_path: Path) -> None:
    for suffix in TIMELINE_SUFFIXES - {".otiod"}:
        os.mkfifo(tmp_path / f"cut{suffix}")
        with pytest.raises(BatchError, match="is no file"):
            read_batch(tmp_path / f"cut{suffix}")


def test_names_that_no_file_can_have_are_of_no_media_and_no_mask(edit: Path) -> None:
    (edit / "opening.png").rename(edit / "a.png")
    cut, endless = edit / "cut.otio", "x" * 5000
    # the first two can be no file, the third is a shot of that name
    names = [(endless, endless), ("nul\0", "nul\0.mp4"), (endless, "a.mp4")]
    track = otio.schema.Track("V1", [clip(name, media, 0, 5) for name, media in names])
    otio.adapters.write_to_file(otio.schema.Timeline("long", tracks=[track]), str(cut))
    batch = read_batch(cut)
    assert [job.clip for job in batch.jobs] == [edit / "a.mp4"]


def test_a_timeline_without_masks_states_what_it_expects(edit: Path) -> None:
    for name in ("opening", "tape"):
        (edit / f"{name}.png").unlink()
    otio.adapters.write_to_file(timeline(edit), str(edit / "cut.otio"))
    with pytest.raises(
        BatchError, match=r"no shot to work on: left out, for it has no mask: opening \(expected opening"
    ):
        read_batch(edit / "cut.otio")


def test_nothing_is_written_for_a_batch_that_did_nothing(edit: Path) -> None:
    otio.adapters.write_to_file(timeline(edit), str(edit / "cut.otio"))
    jobs = read_batch(edit / "cut.otio").jobs
    write_mattes(edit / "cut.otio", jobs, frozenset(), edit, edit / "mattes.otio")
    _, mattes = otio.adapters.read_from_file(str(edit / "mattes.otio")).video_tracks()
    assert all(isinstance(item, otio.schema.Gap) for item in mattes)


@pytest.mark.parametrize("named", [True, False])
def test_media_of_newer_final_cut_files_is_found(edit: Path, named: bool) -> None:
    """From version 1.9 on an asset's address stands one level deeper; the adapter looks for the old one."""
    resources = (
        '<format id="r1" frameDuration="1/25s" width="176" height="144"/>'
        '<asset id="r2" name="opening" start="0s" duration="20/25s" hasVideo="1" format="r1">'
        f'<media-rep kind="original-media" src="{(edit / "a.mp4").as_uri()}"/></asset>'
    )
    spine = '<asset-clip ref="r2" offset="0s" name="opening" start="5/25s" duration="6/25s"/>'
    sequence = f'<sequence format="r1" duration="6/25s"><spine>{spine}</spine></sequence>'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n<fcpxml version="1.10">'
    library = f'<library><event name="e"><project name="cut">{sequence}</project></event></library></fcpxml>'
    # other programs give events and clips no names
    library = library if named else re.sub(r' name="\w+"', "", library)
    (edit / "cut.fcpxml").write_text(f"{head}<resources>{resources}</resources>{library}")
    batch = read_batch(edit / "cut.fcpxml")
    assert [(job.name, job.clip, job.masks) for job in batch.jobs] == [
        ("opening", edit / "a.mp4", ((5, edit / "opening.png"),))
    ]


def test_a_mask_that_two_shots_take_for_different_frames_is_named(edit: Path) -> None:
    """Beside a timeline a mask is of the shot's first frame, beside the media of the media's: here it is both."""
    cut = otio.schema.Timeline("cut")
    track = otio.schema.Track("V", kind="Video")
    cut.tracks.append(track)
    for start in (5, 0):
        shown = otio.opentime.TimeRange(otio.opentime.RationalTime(start, 25), otio.opentime.RationalTime(4, 25))
        reference = otio.schema.ExternalReference(
            "a.mp4", otio.opentime.TimeRange(otio.opentime.RationalTime(0, 25), otio.opentime.RationalTime(20, 25))
        )
        track.append(otio.schema.Clip("a", reference, shown))
    otio.adapters.write_to_file(cut, str(edit / "twice.otio"))
    (edit / "a.png").write_bytes((edit / "opening.png").read_bytes())
    found = read_batch(edit / "twice.otio")
    assert [job.masks for job in found.jobs] == [((5, edit / "a.png"),), ((0, edit / "a.png"),)]
    assert any("as of frame 5 for a, and of frame 0 for a_2" in str(note) for note in found.notes)
