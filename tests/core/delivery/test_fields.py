"""The field order of woven clips, as `ffprobe` sees it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video
from core.media.options import ClipOptions
from tests.core.delivery.test_notes_of_exports import exported, made

ORDERS = {"tff": ("tt", "1", "tb"), "bff": ("bb", "0", "bt")}


def woven(folder: Path, order: str, size: str = "256x128") -> Path:
    flags = ("-vf", f"interlace=scan={order}", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-q:v", "2")
    return made(folder / f"{order}.mpg", *flags, size=size, frames=4, rate="50")


def seen(path: Path) -> dict[str, Any]:
    """What `ffprobe` says of the stream and of its first frame."""
    shown = "stream=field_order:frame=interlaced_frame,top_field_first"
    command = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", shown, "-of", "json", str(path)]
    output = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    return {**output["frames"][0], **output["streams"][0]}


@pytest.mark.parametrize("order", ["tff", "bff"])
@pytest.mark.parametrize(
    ("format_name", "name"),
    [
        ("h264", "o.mp4"),
        ("h264", "o.mkv"),
        ("prores4444", "o.mov"),
        ("ffv1", "o.mkv"),
        ("matte", "o.mkv"),
        ("matte", "o.mp4"),
    ],
)
def test_the_field_order_goes_along(tmp_path: Path, format_name: str, name: str, order: str) -> None:
    result = exported(woven(tmp_path, order), tmp_path / name, format=format_name)
    assert not [note for note in result.notes if "interlaced" in note]
    found = seen(tmp_path / name)
    assert found["field_order"] in ORDERS[order]
    assert (str(found["interlaced_frame"]), str(found["top_field_first"])) == ("1", ORDERS[order][1])


@pytest.mark.parametrize(("format_name", "name"), [("hevc", "o.mp4"), ("dnxhr", "o.mov"), ("rgba", "o")])
def test_where_it_cannot_that_is_reported(tmp_path: Path, format_name: str, name: str) -> None:
    result = exported(woven(tmp_path, "tff"), tmp_path / name, format=format_name)
    assert any("the field order is not written" in note for note in result.notes)


def test_what_is_scaled_or_deinterlaced_is_not_woven(tmp_path: Path) -> None:
    clip = woven(tmp_path, "tff")
    result = exported(clip, tmp_path / "small.mov", format="prores4444", scale=0.5)
    assert any("scaling mixes its fields" in note for note in result.notes)
    assert seen(tmp_path / "small.mov")["interlaced_frame"] in (0, "0")
    with open_video(clip, ClipOptions(deinterlace=True)) as video:
        whole = np.ones((video.size[1], video.size[0]), np.uint8)
        settings = ExportSettings("prores4444", matte=MatteSettings(band=0))
        steps = export(video, lambda _index: whole, settings, tmp_path / "whole.mov", CancelToken())
        assert not [note for note in watched(steps, lambda _step: None).notes if "interlaced" in note]
    assert seen(tmp_path / "whole.mov")["interlaced_frame"] in (0, "0")
