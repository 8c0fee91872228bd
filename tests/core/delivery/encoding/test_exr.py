"""OpenEXR: linear light, read by FFmpeg's decoder, which shares nothing with the library that writes."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import OpenEXR
import PIL.Image
import pytest
from numpy.typing import NDArray

from core.delivery.encoding.exr import HLG, LINEAR, PQ, SRGB, linear_table, read_exr
from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError
from core.jobs import CancelToken
from core.matting import MatteSettings, soft_alpha
from core.media import open_video
from tests.core.delivery.clips import COUNT, SIZE, labels, picture, write_clip
from tests.core.delivery.test_formats import run


def by_ffmpeg(path: Path) -> NDArray[np.float32]:
    """(H, W, 4) RGBA."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    assert frame.format.name.startswith("gbrap"), frame.format.name
    kind = np.float16 if "f16" in frame.format.name else np.float32
    planes = [
        np.frombuffer(plane, kind).reshape(plane.height, -1)[:, : plane.width].astype(np.float32)
        for plane in frame.planes
    ]
    green, blue, red, alpha = planes
    return np.stack([red, green, blue, alpha], axis=2)


def test_a_clip_becomes_linear_light_multiplied_by_alpha(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    matte = MatteSettings(feather=1.5)
    run(clip, tmp_path / "out", format="exr", matte=matte)
    files = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in files] == [f"{index:05}.exr" for index in range(COUNT)]
    pixels = by_ffmpeg(files[4])
    with open_video(clip) as video:
        shown = video.read(4)
    alpha = soft_alpha(shown, labels(4) > 0, matte)
    np.testing.assert_allclose(pixels[..., 3], alpha, atol=6e-4)
    # in the middle of the disc and of the box: the camera's curve of BT.709 undone
    for x, y in ((36, 30), (80, 51)):
        code = shown[y, x] / 255
        light = np.where(code < 0.081, code / 4.5, ((code + 0.099) / 1.099) ** (1 / 0.45))
        np.testing.assert_allclose(pixels[y, x, :3], light, rtol=2e-3)
        assert pixels[y, x, 3] == 1
    assert not pixels[alpha == 0].any()
    # divided by alpha the edge has the object's colour, nothing of the ground
    soft = (alpha > 0.3) & (alpha < 0.7) & (labels(4) != 3)
    soft[:, 60:] = False
    assert soft.sum() > 20
    straight = pixels[soft][:, :3] / pixels[soft][:, 3:]
    np.testing.assert_allclose(np.median(straight, axis=0), pixels[30, 36, :3], rtol=0.15)
    np.testing.assert_array_equal(read_exr(files[4]).astype(np.float32), pixels)  # type: ignore[union-attr]


def test_pictures_are_taken_for_srgb(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for index in range(3):
        PIL.Image.fromarray(picture(index)).save(folder / f"{index}.png")
    run(folder, tmp_path / "out", format="exr", matte=MatteSettings(band=0))
    pixels = by_ffmpeg(tmp_path / "out" / "1.exr")
    code = picture(1)[51, 80] / 255
    np.testing.assert_allclose(pixels[51, 80, :3], ((code + 0.055) / 1.055) ** 2.4, rtol=2e-3)


def test_more_than_eight_bits_survive(tmp_path: Path) -> None:
    rows = np.zeros((SIZE[1], SIZE[0], 3), np.uint16)
    rows[...] = np.linspace(20000, 24000, SIZE[0]).astype(np.uint16)[None, :, None]
    clip = write_clip(
        tmp_path / "deep.mov",
        [rows] * 3,  # type: ignore[list-item]
        ticks=(0, 1001, 2002),
        codec="prores_ks",
        pixels="yuv422p10le",
        bits=16,
    )
    with open_video(clip) as video:
        whole = np.ones(SIZE[::-1], np.uint8)
        list(export(video, lambda _index: whole, ExportSettings("exr"), tmp_path / "out", CancelToken()))
    assert len(np.unique(by_ffmpeg(tmp_path / "out" / "00001.exr")[30, :, 1])) > 4000 / 257 * 2


def test_the_file_names_primaries_and_pixel_shape(tmp_path: Path) -> None:
    from fractions import Fraction

    clip = write_clip(tmp_path / "clip.mp4", aspect=Fraction(4, 3))
    run(clip, tmp_path / "out", format="exr")
    with OpenEXR.File(str(tmp_path / "out" / "00000.exr")) as file:
        header = dict(file.header())
    assert header["pixelAspectRatio"] == pytest.approx(4 / 3)
    assert header["chromaticities"][:2] == pytest.approx((0.64, 0.33))


def test_an_export_that_reads_back_otherwise_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import core.delivery.encoding.picture_files as writing

    original = writing.write_exr  # type: ignore[attr-defined]
    monkeypatch.setattr(
        writing, "write_exr", lambda path, pixels, *rest: original(path, pixels * np.float16(0.5), *rest)
    )
    clip = write_clip(tmp_path / "clip.mp4")
    with pytest.raises(DeliveryError, match="its pixels differ"):
        run(clip, tmp_path / "out", format="exr")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("transfer", "code", "light"),
    [
        (LINEAR, 0.5, 0.5),
        (SRGB, 0.5, 0.2140),
        (1, 0.5, 0.2597),
        (PQ, 0.5081, 1.0),
        (HLG, 0.75, 0.2650),
        (4, 0.5, 0.2176),
    ],
)
def test_known_points_of_the_curves(transfer: int, code: float, light: float) -> None:
    table = linear_table(transfer, 65536)
    assert table[round(code * 65535)] == pytest.approx(light, rel=0.01)
    # the standard's rounded constants leave a step of 5e-5 where BT.709's two parts meet
    assert (np.diff(table) > -1e-4).all()


def test_damaged_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "bad.exr").write_bytes(b"\x76\x2f\x31\x01" + b"nothing")
    assert read_exr(tmp_path / "bad.exr") is None
