"""AV1, VP9, DNxHR, 4:2:2, TIFF, animated WebP and Cryptomatte, as programs other than ours see them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
import PIL.Image
import pytest
from numpy.typing import NDArray

from core.delivery.encoding.cryptomatte import id_of, layer_names, murmur3
from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video
from tests.core.delivery.clips import COUNT, SIZE, labels, picture, times_of, write_clip
from tests.core.delivery.independent import decoded, look
from tests.core.delivery.test_deep_sources import X265, write_source
from tests.core.delivery.test_notes_of_exports import exported, made

HARD = MatteSettings(band=0)


def cut_out(clip: Path, out: Path, **settings: Any) -> tuple[str, ...]:
    """Exports the disc (1) and the box (3); returns the notes."""
    chosen = ExportSettings(**{"matte": HARD, **settings})
    with open_video(clip) as video:
        return watched(export(video, labels, chosen, out, CancelToken()), lambda _progress: None).notes


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4")


@pytest.mark.parametrize(
    ("format_name", "name", "source", "codec", "pixels"),
    [
        ("av1", "o.webm", "yuv420p10le", "av1", "yuv420p10le"),
        ("av1", "o.mp4", "yuv420p", "av1", "yuv420p"),
        ("vp9", "o.webm", "yuv420p", "vp9", "yuv420p"),
        ("vp9", "o.webm", "yuv422p", "vp9", "yuv422p"),
        ("h264", "o.mp4", "yuv422p10le", "h264", "yuv422p10le"),
        ("h264", "o.mov", "yuv422p", "h264", "yuv422p"),
        ("hevc", "o.mp4", "yuv422p10le", "hevc", "yuv422p10le"),
        ("dnxhr", "o.mov", "yuv420p", "dnxhd", "yuv422p"),
        ("dnxhr", "o.mov", "yuv422p10le", "dnxhd", "yuv422p10le"),
        ("dnxhr", "o.mov", "yuv444p10le", "dnxhd", "yuv444p10le"),
    ],
)
def test_depth_and_sampling_stay_what_they_are(
    tmp_path: Path, format_name: str, name: str, source: str, codec: str, pixels: str
) -> None:
    clip = made(tmp_path / "a.mkv", "-c:v", "ffv1", "-pix_fmt", source, size="256x144")
    quality = None if format_name == "dnxhr" else 4
    result = exported(clip, tmp_path / name, format=format_name, quality=quality, speed="ultrafast")
    assert result.notes == ()
    seen = look(tmp_path / name)
    assert (seen.video["codec_name"], seen.video["pix_fmt"]) == (codec, pixels)
    assert (seen.video["width"], seen.video["height"], len(seen.times)) == (256, 144, 9)
    assert all(abs(time - Fraction(index, 25)) <= Fraction(1, 1000) for index, time in enumerate(seen.times))
    before, after = decoded(clip, "rgb48be") / 257, decoded(tmp_path / name, "rgb48be") / 257
    assert np.abs(before - after).mean() < (3 if source != "yuv420p" else 5)


def test_what_a_format_cannot_hold_is_reported(tmp_path: Path) -> None:
    wide = made(tmp_path / "a.mkv", "-c:v", "ffv1", "-pix_fmt", "yuv422p10le", size="256x144")
    sampled = "the clip's colours are sampled 422, this format's 420: they lose sharpness"
    assert exported(wide, tmp_path / "o.webm", format="av1", speed="ultrafast").notes == (sampled,)
    assert sampled in exported(wide, tmp_path / "cut.webm", format="vp9-alpha", speed="ultrafast").notes
    deep = write_source(tmp_path / "a.mov", "yuv420p10le", *X265)
    notes = exported(deep, tmp_path / "p.webm", format="vp9").notes
    assert any("10 bits a channel, this format 8" in note for note in notes)
    with pytest.raises(DeliveryError, match=r"this format begins at 256 x 120\. Scale it up"):
        exported(write_clip(tmp_path / "small.mp4"), tmp_path / "o.mov", format="dnxhr")
    assert not (tmp_path / "o.mov").exists()


@pytest.mark.parametrize("premultiplied", [False, True])
@pytest.mark.parametrize("bits", [8, 16])
def test_tiff_by_ffmpeg(clip: Path, tmp_path: Path, bits: int, premultiplied: bool) -> None:
    cut_out(clip, tmp_path / "png", format="rgba", bits=bits, premultiplied=premultiplied)
    cut_out(clip, tmp_path / "tiff", format="tiff", bits=bits, premultiplied=premultiplied)
    pixels = "rgba" if bits == 8 else "rgba64be"
    for position in (0, 8):
        one = decoded(tmp_path / "tiff" / f"{position:05}.tif", pixels)
        other = decoded(tmp_path / "png" / f"{position:05}.png", pixels)
        np.testing.assert_array_equal(one, other)
    data = (tmp_path / "tiff" / "00000.tif").read_bytes()
    # ExtraSamples: one value, 1 for multiplied colours and 2 for straight ones
    assert b"\x52\x01\x03\x00\x01\x00\x00\x00" + bytes([1 if premultiplied else 2]) in data


def test_animated_webp_by_pillow(clip: Path, tmp_path: Path) -> None:
    cut_out(clip, tmp_path / "o.webp", format="webp")
    with PIL.Image.open(tmp_path / "o.webp") as shown:
        assert (getattr(shown, "n_frames", 1), shown.size, shown.info["loop"]) == (COUNT, SIZE, 0)
        for position in (0, 4, 8):
            shown.seek(position)
            alpha = np.asarray(shown.convert("RGBA"))[..., 3]
            np.testing.assert_array_equal(alpha, np.where(labels(position) > 0, 255, 0))


def test_a_still_clip_is_a_short_webp(tmp_path: Path) -> None:
    whole = made(tmp_path / "a.mkv", "-c:v", "ffv1", "-vf", "select=1,loop=-1:1:0,setpts=N/25/TB", frames=9)
    exported(whole, tmp_path / "o.webp", format="webp")
    with PIL.Image.open(tmp_path / "o.webp") as shown:
        assert shown.size == (96, 64)


def test_a_webp_of_a_fast_clip_keeps_its_times_and_says_what_browsers_do(tmp_path: Path) -> None:
    """As of phones that record 120 or 240 frames a second, or change their rate."""
    ticks = (0, 250, 500, 750, 2750, 3000, 5000, 5250, 7250)
    clip = write_clip(tmp_path / "fast.mp4", ticks=ticks)
    notes = cut_out(clip, tmp_path / "o.webp", format="webp")
    assert any("10 milliseconds" in str(note) for note in notes)
    with PIL.Image.open(tmp_path / "o.webp") as shown:
        lasting = []
        for position in range(getattr(shown, "n_frames", 1)):
            shown.seek(position)
            shown.load()
            lasting.append(shown.info["duration"])
            np.testing.assert_array_equal(
                np.asarray(shown.convert("RGBA"))[..., 3], np.where(labels(position) > 0, 255, 0)
            )
    starts = [sum(lasting[:position]) for position in range(COUNT)]
    np.testing.assert_allclose(starts, [tick / 30 for tick in ticks], atol=1)
    assert not any(
        "10 milliseconds" in str(note)
        for note in cut_out(write_clip(tmp_path / "a.mp4"), tmp_path / "a.webp", format="webp")
    )


@pytest.mark.parametrize("ending", ["png", "webp"])
def test_frames_of_an_animated_picture_keep_their_times(tmp_path: Path, ending: str) -> None:
    lasting = [40, 200, 40, 80, 40]
    frames = [PIL.Image.fromarray(picture(index)) for index in range(len(lasting))]
    source = tmp_path / f"moving.{ending}"
    frames[0].save(source, save_all=True, append_images=frames[1:], duration=lasting, lossless=True)
    cut_out(source, tmp_path / "o.mov", format="prores4444")
    times = times_of(tmp_path / "o.mov")
    assert [float(one) for one in times] == pytest.approx([0, 0.04, 0.24, 0.28, 0.36], abs=0.0005)


def cryptomatte(path: Path) -> tuple[dict[str, str], dict[str, NDArray[np.float32]]]:
    """The manifest, and each name's coverage, by the specification."""
    with OpenEXR.File(str(path), separate_channels=True) as file:
        part = next(part for part in file.parts if part.name() == "CryptoObject")
        metadata = {key: value for key, value in part.header.items() if key.startswith("cryptomatte/")}
        planes = {name: np.array(channel.pixels) for name, channel in part.channels.items()}
    key = next(key for key in metadata if key.endswith("/name")).split("/")[1]
    assert metadata[f"cryptomatte/{key}/name"] == "CryptoObject"
    assert metadata[f"cryptomatte/{key}/hash"] == "MurmurHash3_32"
    assert metadata[f"cryptomatte/{key}/conversion"] == "uint32_to_float32"
    manifest = json.loads(metadata[f"cryptomatte/{key}/manifest"])
    found = {}
    for name, code in manifest.items():
        wanted = np.frombuffer(bytes.fromhex(code), ">f4").astype(np.float32)[0]
        cover = np.zeros(planes["CryptoObject00.R"].shape, np.float32)
        for layer in range(3):
            for identity, coverage in (("R", "G"), ("B", "A")):
                chosen = planes[f"CryptoObject{layer:02}.{identity}"] == wanted
                cover += chosen * planes[f"CryptoObject{layer:02}.{coverage}"]
        found[name] = cover
    return manifest, found


def test_cryptomatte_by_its_specification(clip: Path, tmp_path: Path) -> None:
    names = ((1, "disc"), (3, "the box"))
    soft = MatteSettings(band=3)
    cut_out(clip, tmp_path / "o", format="cryptomatte", names=names, matte=soft)
    manifest, cover = cryptomatte(tmp_path / "o" / "00004.exr")
    assert set(manifest) == {"disc", "the box"}
    cut_out(clip, tmp_path / "matte", format="matte", object_ids=(3,), bits=16, matte=soft)
    box = decoded(tmp_path / "matte" / "00004.png", "gray16be")[0].squeeze() / 65535
    np.testing.assert_allclose(cover["the box"], box, atol=2e-5)
    with OpenEXR.File(str(tmp_path / "o" / "00004.exr"), separate_channels=True) as file:
        layers = {
            part.name(): {name: np.array(one.pixels) for name, one in part.channels.items()} for part in file.parts
        }
    assert list(layers) == ["rgba", "CryptoObject", "disc", "the box"]
    assert set(layers["disc"]) == {f"disc.{channel}" for channel in "RGBA"}
    together = layers["disc"]["disc.R"].astype(float) + layers["the box"]["the box.R"]
    np.testing.assert_allclose(together, layers["rgba"]["R"], atol=0.02)
    # ffmpeg, which reads the first part
    assert decoded(tmp_path / "o" / "00004.exr", "rgba64be").shape[1:3] == (64, 96)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", 0), (b"hello", 0x248BFA47), (b"hello, world", 0x149BBB7F), (b"test", 0xBA6BD213)]
)
def test_the_hash_is_the_public_one(data: bytes, code: int) -> None:
    assert murmur3(data) == code


def test_ids_are_numbers_that_programs_keep_and_names_are_unique() -> None:
    for number in range(4000):
        assert id_of(f"object {number}") >> 23 & 0xFF not in (0, 0xFF)
    assert layer_names([1, 2, 3, 4], {1: "dog", 2: "dog", 3: "", 4: "a.b"}) == ["dog", "dog_2", "object_3", "a_b"]
