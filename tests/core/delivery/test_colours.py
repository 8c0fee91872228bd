"""Colours, tags, pixel shape, rotation and depth through an export."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from core.delivery.colour_check import colour_blocks
from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.jobs import CancelToken
from core.matting import MatteSettings
from core.media import open_video
from core.types import LabelMap
from tests.core.delivery.clips import COUNT, SIZE, chart, frames_of, write_clip


def everything(clip: Path, out: Path, **settings: Any) -> None:
    """Exports with the whole frame as the object."""
    with open_video(clip) as video:
        width, height = video.size

        def labels(_index: int) -> LabelMap:
            return np.ones((height, width), np.uint8)

        chosen = ExportSettings(matte=MatteSettings(band=0), **settings)
        for _ in export(video, labels, chosen, out, CancelToken()):
            pass


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", ["bt601", "bt709"])
@pytest.mark.parametrize("format_name", ["h264", "hevc", "prores4444", "vp9-alpha"])
def test_colour_chart(tmp_path: Path, format_name: str, matrix: str, full: bool) -> None:
    clip = write_clip(tmp_path / "chart.mp4", [chart()] * 3, ticks=(0, 1001, 2002), matrix=matrix, full=full)
    out = tmp_path / {"prores4444": "out.mov", "vp9-alpha": "out.webm"}.get(format_name, "out.mp4")
    everything(clip, out, format=format_name, quality=1, speed="fast")
    with open_video(out) as video, open_video(clip) as source:
        found, given = video.read(1).astype(int), source.read(1).astype(int)
        assert video.info.colour_matrix == matrix
        assert video.info.colour_range == ("limited" if format_name == "prores4444" or not full else "full")
    middle = np.zeros(SIZE[::-1], bool)
    for top in range(0, SIZE[1], 16):
        for left in range(0, SIZE[0], 16):
            middle[top + 5 : top + 11, left + 5 : left + 11] = True
    assert np.abs(found - given)[middle].max() <= 3
    assert np.abs(found - chart().astype(int))[middle].max() <= 4, "two generations from the chart"


def test_colours_that_meet_everywhere_are_no_reason_to_throw_an_export_away(tmp_path: Path) -> None:
    """As on test cards: each interpolation of chroma gives other colours there."""
    card = np.zeros((*SIZE[::-1], 3), np.uint8)
    for column in range(SIZE[0]):
        card[:, column] = ((255, 0, 0), (0, 255, 255), (0, 0, 255), (255, 255, 0))[column // 3 % 4]
    clip = write_clip(tmp_path / "card.mp4", [card] * 2, ticks=(0, 1001))
    everything(clip, tmp_path / "out.mov", format="prores4444")
    with open_video(tmp_path / "out.mov") as video:
        assert video.frame_count == 2


def test_colours_are_judged_where_they_are_calm() -> None:
    picture = np.full((64, 64, 3), 0.5, np.float32)
    picture[:, :32:2] = (1, 0, 0)
    wanted = colour_blocks(picture, np.ones((64, 64), np.bool_))
    assert wanted is not None
    wrong = picture.copy()
    wrong[:, 40:] = (0.5, 0.55, 0.5)
    assert wanted.calm
    assert wanted.is_off(wanted.error(wrong), 3), "the meeting colours beside it do not water the error down"


@pytest.mark.parametrize(
    ("format_name", "suffix"),
    [("h264", ".mp4"), ("hevc", ".mkv"), ("prores4444", ".mov"), ("vp9-alpha", ".webm"), ("ffv1", ".mkv")],
)
def test_tags_and_pixel_shape(tmp_path: Path, format_name: str, suffix: str) -> None:
    clip = write_clip(tmp_path / "clip.mp4", aspect=Fraction(4, 3), matrix="bt601")
    out = tmp_path / f"out{suffix}"
    everything(clip, out, format=format_name)
    with av.open(str(clip)) as before, av.open(str(out)) as after:
        one, two = before.streams.video[0], after.streams.video[0]
        assert one.sample_aspect_ratio == Fraction(4, 3)
        if format_name in ("vp9-alpha", "ffv1"):
            assert (two.width, two.height) == (128, 64), "its pixels are made square"
        else:
            assert two.sample_aspect_ratio == Fraction(4, 3)
        frame = next(after.decode(video=0))
        if format_name != "ffv1":
            assert frame.colorspace in (5, 6)
            assert frame.color_range == 1
        if format_name not in ("vp9-alpha", "ffv1"):
            assert (frame.color_primaries, frame.color_trc) == (6, 6)


@pytest.mark.parametrize("rotation", [90, 180])
def test_rotation_is_baked_in(tmp_path: Path, rotation: int) -> None:
    clip = write_clip(tmp_path / "phone.mp4", rotation=rotation, aspect=Fraction(4, 3))
    out = tmp_path / "out.mov"
    everything(clip, out, format="prores4444")
    frame = frames_of(out)[0]
    assert not frame.rotation
    with open_video(clip) as source, open_video(out) as video:
        assert video.size == source.size == (SIZE if rotation == 180 else SIZE[::-1])
        assert np.abs(video.read(4).astype(int) - source.read(4)).mean() < 2
    with av.open(str(out)) as container:
        upright = Fraction(3, 4) if rotation == 90 else Fraction(4, 3)
        assert container.streams.video[0].sample_aspect_ratio == upright


def test_ten_bits_survive(tmp_path: Path) -> None:
    ramp = np.linspace(20000, 24000, SIZE[0]).astype(np.uint16)
    deep = np.repeat(np.tile(ramp, (SIZE[1], 1))[..., None], 3, axis=2)
    clip = write_clip(
        tmp_path / "deep.mkv",
        [deep] * COUNT,  # type: ignore[list-item]
        codec="ffv1",
        pixels="yuv444p10le",
        bits=16,
    )
    out = tmp_path / "out.mov"
    everything(clip, out, format="prores4444", first=3, last=5)
    plane = frames_of(out)[0].planes[0]
    luma = np.frombuffer(plane, np.uint16).reshape(plane.height, -1)[:, : plane.width]
    source = frames_of(clip)[3].planes[0]
    given = np.frombuffer(source, np.uint16).reshape(source.height, -1)[:, : source.width]
    assert len(np.unique(given[0])) > 40, "more steps than 8 bits have there"
    assert np.abs(luma / 4.0 - given).max() <= 1.5
    everything(clip, tmp_path / "rgba", format="rgba", bits=16)
    import PIL.Image  # Pillow reads RGBA of 16 bits as 8: it only vouches for the file being whole

    with PIL.Image.open(tmp_path / "rgba" / "00000.png") as shown:
        assert shown.size == SIZE
