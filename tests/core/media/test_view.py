"""What is shown on the screen, and that it changes nothing that is read for work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from benchmarks.video_writer import VideoWriter
from core.media import ClipOptions, FrameCache, VideoFile, View, ViewedClip, open_video
from tests.core.media.clips import numbered, write_clip, write_planes
from tests.core.media.test_stills import write_oiio


def hdr_clip(path: Path, transfer: int, levels: np.ndarray) -> Path:
    """A clip of BT.2020 whose luma are the 10-bit levels given, without colour."""
    luma = np.tile(levels.astype(np.uint16), (16, 1))
    grey = np.full((8, len(levels) // 2), 512, np.uint16)
    tags = {"colorspace": 9, "color_primaries": 9, "color_trc": transfer, "color_range": 1}
    return write_planes(path, [luma, grey, grey], "yuv420p10le", **tags)


@pytest.mark.parametrize(("transfer", "name", "white"), [(16, "PQ", 0.58), (18, "HLG", 0.75)])
def test_hdr_is_mapped_on_the_screen_only(tmp_path: Path, transfer: int, name: str, white: float) -> None:
    levels = np.linspace(64, 940, 256).round()
    with open_video(hdr_clip(tmp_path / "a.mp4", transfer, levels)) as video:
        assert video.info.transfer == name
        assert any(note.startswith(f"HDR ({name})") for note in video.info.notes)
        plain, deep = video.read(0), video.read_deep(0)
        viewed = ViewedClip(video)
        shown = viewed.read(0)[8, :, 0].astype(int)
        assert (np.diff(shown) >= 0).all() and shown[0] <= 1 and shown[-1] >= 235, "all levels fit, in their order"
        assert shown[int(white * 255)] > plain[8, int(white * 255), 0], "white paper is bright, not flat"
        viewed.view = View(tone_mapped=False)
        assert np.array_equal(viewed.read(0), plain)
        viewed.view = View(exposure=2)
        assert np.array_equal(video.read(0), plain) and np.array_equal(video.read_deep(0), deep)


def test_exposure_brings_back_what_is_brighter_than_white(tmp_path: Path) -> None:
    light = np.full((16, 16, 3), 4.0, np.float32)
    light[:, 8:] = 2.0
    write_oiio(tmp_path / "a.exr", light, "half")
    viewed = ViewedClip(open_video(tmp_path / "a.exr"))
    assert (viewed.read(0) == 255).all()
    viewed.view = View(exposure=-3)
    shown = viewed.read(0)
    assert [int(shown[0, x, 0]) for x in (0, 15)] == [188, 137], "0.5 and 0.25 of light as sRGB"
    viewed.close()


def test_exposure_and_gamma_of_an_ordinary_clip(tmp_path: Path) -> None:
    PIL.Image.fromarray(numbered(7)).save(tmp_path / "a.png")
    viewed = ViewedClip(open_video(tmp_path / "a.png"))
    assert np.array_equal(viewed.read(0), numbered(7)), "nothing changes unasked"
    viewed.view = View(gamma=2.2)
    lifted = viewed.read(0).astype(int)
    assert (lifted >= numbered(7)).all() and lifted.mean() > numbered(7).mean() + 10
    viewed.view = View(exposure=1)
    with FrameCache(viewed) as cache:
        assert cache.read(0).mean() > numbered(7).mean()
    viewed.close()


def woven(path: Path) -> Path:
    """An interlaced clip: a bar that has moved by 8 pixels from one field to the next, 16 a frame."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        stream.codec_context.qmin = stream.codec_context.qmax = 2
        stream.options = {"flags": "+ilme+ildct", "field_order": "tt"}
        for number in range(6):
            picture = np.full((64, 128, 3), 40, np.uint8)
            for field in (0, 1):
                at = 8 + 16 * number + 8 * field
                picture[field::2, at : at + 16] = 220
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def unmarked(path: Path, upper_first: bool, still: int = 0) -> Path:
    """The same bar in frames that do not say that they are woven; it may stand still at first."""
    with VideoWriter(path, (128, 208), 25, "ffv1", pixel_format="yuv420p") as writer:
        for number in range(still + 8):
            picture = np.full((208, 128, 3), 40, np.uint8)
            for field in (0, 1):
                at = (
                    8
                    + 12 * max(0, number - still)
                    + (6 * (field if upper_first else 1 - field) if number >= still else 0)
                )
                picture[field::2, at : at + 16] = 220
            writer.write(picture)
    return path


def combs(image: np.ndarray) -> float:
    """How much a row differs from both its neighbours, where those agree."""
    rows = image[..., 1].astype(int)
    return float(np.minimum(np.abs(rows[1:-1] - rows[:-2]), np.abs(rows[1:-1] - rows[2:])).mean())


def test_interlaced_clips_are_noticed_and_can_be_made_whole(tmp_path: Path) -> None:
    path = woven(tmp_path / "a.mkv")
    with open_video(path) as video:
        assert video.info.interlaced
        assert any(note.startswith("interlaced") for note in video.info.notes)
        before = [combs(video.read(i)) for i in range(6)]
    with open_video(path, ClipOptions(deinterlace=True)) as video:
        assert isinstance(video, VideoFile)
        assert not any(note.startswith("interlaced") for note in video.info.notes)
        forward = [video.read(i) for i in range(6)]
        assert video.seeks == 0, "reading in order still decodes each frame once"
        assert all(combs(image) < before[i] / 4 for i, image in enumerate(forward))
        assert all(np.array_equal(video.read(i), forward[i]) for i in (5, 2, 0, 4, 1, 3))
    with open_video(write_clip(tmp_path / "b.mp4", 3)) as video:
        assert not video.info.interlaced


@pytest.mark.parametrize(("upper_first", "still"), [(True, 0), (False, 0), (True, 16)])
def test_interlaced_clips_that_do_not_say_so_are_noticed(tmp_path: Path, upper_first: bool, still: int) -> None:
    path = unmarked(tmp_path / "a.mkv", upper_first, still)
    with open_video(path) as video:
        assert [note for note in video.info.notes if str(note).startswith("looks interlaced")]
        before = [combs(video.read(i)) for i in range(still + 1, still + 7)]
    with open_video(path, ClipOptions(deinterlace=True)) as video:
        assert not any("interlaced" in str(note) for note in video.info.notes)
        images = [video.read(i) for i in range(still + 1, still + 7)]
        assert all(combs(image) < woven / 4 for image, woven in zip(images, before, strict=True))
        # the field of the right time is kept: the bar is where the first one has it
        assert [int(image[32, :, 1].argmax()) for image in images] == [20 + 12 * number for number in range(6)]


def test_whole_pictures_that_move_do_not_look_interlaced(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mkv", (128, 208), 25, "ffv1", pixel_format="yuv420p") as writer:
        for number in range(9):
            picture = np.full((208, 128, 3), 40, np.uint8)
            # lines that look like combs, and things that move both ways
            picture[1:140:2, 6 * number : 6 * number + 20] = 220
            picture[150 + number : 160 + number, 20:90] = 150
            writer.write(picture)
    with open_video(tmp_path / "a.mkv") as video:
        assert not any("interlaced" in str(note) for note in video.info.notes)


def test_transparency_is_noticed_and_given_to_who_asks(tmp_path: Path) -> None:
    from tests.core.media.clips import SIZE

    path = tmp_path / "a.mov"
    alpha = np.tile(np.linspace(0, 255, SIZE[0]).astype(np.uint8), (SIZE[1], 1))
    with VideoWriter(path, SIZE, 24, "qtrle", pixel_format="argb") as writer:
        writer.write(np.dstack([numbered(5), alpha]))
    with open_video(path) as video:
        assert video.info.has_alpha
        assert any("transparency" in note for note in video.info.notes)
        found = video.read_alpha(0)
        assert found is not None and np.array_equal(found, alpha)
    with open_video(write_clip(tmp_path / "b.mp4", 2)) as video:
        assert video.read_alpha(1) is None
