"""Every format on a clip with sound and one without, read back by other means than the exporter's own."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from core.delivery.export import ExportResult, export
from core.delivery.formats import FORMATS
from core.delivery.settings import Background, ExportSettings
from core.jobs import CancelToken, Progress
from core.matting import MatteSettings, soft_alpha
from core.media import open_video
from tests.core.delivery.clips import COUNT, SIZE, TICK, UNEVEN, labels, sound_of, times_of, write_clip

HARD = MatteSettings(band=0)


def run(clip: Path, out: Path, **settings: Any) -> tuple[ExportResult, list[Progress]]:
    """Exports; returns the result and all progress."""
    seen: list[Progress] = []
    with open_video(clip) as video:
        steps = export(video, labels, ExportSettings(**settings), out, CancelToken())
        while True:
            try:
                seen.append(next(steps))
            except StopIteration as stop:
                return stop.value, seen


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        "silent": write_clip(folder / "silent.mp4"),
        "sound": write_clip(folder / "sound.mp4", audio="aac", ticks=UNEVEN),
        "opus": write_clip(folder / "opus.mkv", audio="libopus"),
    }


def alpha_truth(clip: Path, frame_index: int) -> NDArray[np.float32]:
    with open_video(clip) as video:
        return soft_alpha(video.read(frame_index), labels(frame_index) > 0, MatteSettings())


def decoded_alpha(path: Path, decoder: str = "") -> list[NDArray[np.float64]]:
    """Alpha planes in levels of 255."""
    found = []
    with av.open(str(path)) as container:
        reader: Any = av.CodecContext.create(decoder, "r") if decoder else container.streams.video[0].codec_context
        packets = [packet for packet in container.demux(video=0) if packet.size]
        for frame in [frame for packet in [*packets, None] for frame in reader.decode(packet)]:
            if frame.format.name == "bgra":
                found.append(frame.to_ndarray()[..., 3].astype(float))
                continue
            plane, bits = frame.planes[3], frame.format.components[3].bits
            values = np.frombuffer(plane, np.uint16 if bits > 8 else np.uint8).reshape(plane.height, -1)
            found.append(values[:, : plane.width] / (2**bits - 1) * 255)
    return found


@pytest.mark.parametrize("name", ["silent", "sound"])
@pytest.mark.parametrize("format_name", [name for name, kind in FORMATS.items() if not kind.shapes])
def test_every_format(clips: dict[str, Path], tmp_path: Path, format_name: str, name: str) -> None:
    suffix = FORMATS[format_name].usual_suffix
    out = tmp_path / f"result{suffix}"
    # DNxHR begins at 256 x 120
    scale = 4.0 if format_name == "dnxhr" else 1.0
    result, progress = run(clips[name], out, format=format_name, speed="ultrafast", scale=scale)
    assert result.paths == (out,)
    assert [step.done for step in progress] == list(range(1, COUNT + 1))
    assert list(tmp_path.iterdir()) == [out], "no temporary name is left"
    if not suffix:
        ending = {"exr": "exr", "cryptomatte": "exr", "tiff": "tif"}.get(format_name, "png")
        assert sorted(path.name for path in out.iterdir()) == [f"{index:05}.{ending}" for index in range(COUNT)]
        return
    if suffix == ".webp":
        with PIL.Image.open(out) as shown:
            assert (getattr(shown, "n_frames", 1), shown.size, shown.info["loop"]) == (COUNT, SIZE, 0)
        return
    wanted = times_of(clips[name])
    rounding = Fraction(1, 1000) if suffix in (".mkv", ".webm") else 0
    # Matroska has no times before zero, where the first packet of AAC lies: all of it starts that much later
    lead = Fraction(1024, 48000) if suffix == ".mkv" and name == "sound" else 0
    assert len(times_of(out)) == COUNT
    assert all(abs(found - lead - time) <= rounding for found, time in zip(times_of(out), wanted, strict=True))
    if name == "silent":
        assert not sound_of(out)
    elif suffix != ".webm":
        before, after = sound_of(clips[name]), sound_of(out)
        assert [data for _, data in after] == [data for _, data in before]
        assert all(abs(one[0] + lead - two[0]) <= rounding for one, two in zip(before, after, strict=True))
    else:
        assert sound_of(out) and any("opus" in note for note in result.notes)


def test_vp9_passes_opus_through(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "clip.webm"
    result, _ = run(clips["opus"], out, format="vp9-alpha")
    assert [data for _, data in sound_of(out)] == [data for _, data in sound_of(clips["opus"])]
    assert result.notes == ()


def test_masks_and_binary_by_pillow(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "masks", format="masks", object_ids=(3,), first=2, last=4)
    assert sorted(path.stem for path in (tmp_path / "masks").iterdir()) == ["00002", "00003", "00004"]
    with PIL.Image.open(tmp_path / "masks" / "00002.png") as shown:
        assert shown.mode == "P"
        np.testing.assert_array_equal(np.asarray(shown), np.where(labels(2) == 3, 3, 0))
    run(clips["silent"], tmp_path / "binary", format="binary")
    with PIL.Image.open(tmp_path / "binary" / "00004.png") as shown:
        np.testing.assert_array_equal(np.asarray(shown), np.where(labels(4) > 0, 255, 0))


@pytest.mark.parametrize("bits", [8, 16])
def test_matte_pictures_by_pillow(clips: dict[str, Path], tmp_path: Path, bits: int) -> None:
    run(clips["silent"], tmp_path / "matte", format="matte", bits=bits)
    top = 2**bits - 1
    with PIL.Image.open(tmp_path / "matte" / "00003.png") as shown:
        assert shown.mode == ("L" if bits == 8 else "I;16")
        np.testing.assert_array_equal(np.asarray(shown), np.rint(alpha_truth(clips["silent"], 3) * np.float32(top)))


def test_rgba_straight_and_premultiplied_by_pillow(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "straight", format="rgba")
    run(clips["silent"], tmp_path / "multiplied", format="rgba", premultiplied=True)
    with PIL.Image.open(tmp_path / "straight" / "00003.png") as shown:
        straight = np.asarray(shown).astype(float)
        assert shown.mode == "RGBA"
    with PIL.Image.open(tmp_path / "multiplied" / "00003.png") as shown:
        multiplied = np.asarray(shown).astype(float)
    np.testing.assert_array_equal(straight[..., 3], np.rint(alpha_truth(clips["silent"], 3) * np.float32(255)))
    np.testing.assert_array_equal(straight[..., 3], multiplied[..., 3])
    assert np.abs(straight[..., :3] * straight[..., 3:] / 255 - multiplied[..., :3]).max() <= 0.5


@pytest.mark.parametrize(
    ("format_name", "suffix", "tolerance"),
    [("ffv1", ".mkv", 0.0), ("prores4444", ".mov", 2.0), ("vp9-alpha", ".webm", 24.0)],
)
def test_alpha(clips: dict[str, Path], tmp_path: Path, format_name: str, suffix: str, tolerance: float) -> None:
    out = tmp_path / f"clip{suffix}"
    run(clips["silent"], out, format=format_name)
    planes = decoded_alpha(out, "libvpx-vp9" if format_name == "vp9-alpha" else "")
    assert len(planes) == COUNT
    for index, found in enumerate(planes):
        truth = alpha_truth(clips["silent"], index) * np.float32(255)
        truth = np.rint(truth) if format_name == "ffv1" else truth
        assert np.abs(found - truth).max() <= tolerance
        assert np.abs(found - truth).mean() <= min(tolerance, 1.0)


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_matte_video(clips: dict[str, Path], tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"matte{suffix}"
    run(clips["silent"], out, format="matte", matte=HARD, bits=16)
    with av.open(str(out)) as container:
        frame = next(container.decode(video=0))
        grey = frame.to_ndarray(format="gray" if suffix != ".mkv" else "gray16le")
    white = 255 if suffix != ".mkv" else 65535
    off = np.abs(grey.astype(float) - (labels(0) > 0) * float(white)) / white
    assert off.max() == 0 if suffix == ".mkv" else off.mean() < 0.012


def test_each_object_in_its_own_file(clips: dict[str, Path], tmp_path: Path) -> None:
    result, progress = run(clips["silent"], tmp_path / "{clip}-{object}.mkv", format="ffv1", combined=False, matte=HARD)
    assert [path.name for path in result.paths] == ["silent-1.mkv", "silent-3.mkv"]
    assert progress[-1].done == progress[-1].total == 2 * COUNT
    for path, object_id in zip(result.paths, (1, 3), strict=True):
        for index, found in enumerate(decoded_alpha(path)):
            np.testing.assert_array_equal(found, (labels(index) == object_id) * 255)
    result, _ = run(clips["silent"], tmp_path / "masks", format="masks", combined=False, object_ids=(3,))
    assert [path.name for path in result.paths] == ["masks_3"]


def test_picture_names_from_a_template(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "out", name="{clip}.{frame:04d}", first=3, last=7, step=2)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"silent.{index:04}.png" for index in (3, 5, 7)
    ]


@pytest.mark.parametrize("scale", [0.5, 2.0])
@pytest.mark.parametrize("format_name", ["masks", "rgba", "ffv1", "h264"])
def test_scale(clips: dict[str, Path], tmp_path: Path, format_name: str, scale: float) -> None:
    out = tmp_path / f"out{FORMATS[format_name].usual_suffix}"
    run(clips["silent"], out, format=format_name, scale=scale)
    wanted = (round(SIZE[0] * scale), round(SIZE[1] * scale))
    if out.is_dir():
        with PIL.Image.open(out / "00000.png") as shown:
            assert shown.size == wanted
    else:
        with open_video(out) as video:
            assert video.size == wanted


def test_odd_sizes(tmp_path: Path) -> None:
    size = (95, 63)
    clip = write_clip(
        tmp_path / "odd.mkv", [np.full((size[1], size[0], 3), 90, np.uint8)] * COUNT, codec="ffv1", pixels="bgr0"
    )
    for format_name in ("h264", "prores4444", "vp9-alpha", "ffv1", "rgba"):
        out = tmp_path / f"out-{format_name}{FORMATS[format_name].usual_suffix}"
        with open_video(clip) as video:
            settings = ExportSettings(format=format_name)
            for _ in export(video, lambda index: labels(index, size), settings, out, CancelToken()):
                pass
        if out.suffix:
            with open_video(out) as video:
                assert video.size == ((96, 64) if format_name == "h264" else size)


def test_range_and_step_cut_the_sound(clips: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "part.mov"
    run(clips["sound"], out, format="prores4444", first=2, last=6, step=2)
    start, end = UNEVEN[2] * TICK, UNEVEN[7] * TICK
    assert times_of(out) == [(UNEVEN[index] - UNEVEN[2]) * TICK for index in (2, 4, 6)]
    wanted = [(time - start, data) for time, data in sound_of(clips["sound"]) if start <= time < end]
    found = sound_of(out)
    assert [data for _, data in found] == [data for _, data in wanted]
    assert all(abs(one[0] - two[0]) <= Fraction(1, 48000) for one, two in zip(found, wanted, strict=True))


def test_without_sound(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["sound"], tmp_path / "quiet.mp4", format="h264", audio=False)
    assert sound_of(clips["sound"]) and not sound_of(tmp_path / "quiet.mp4")


def read_frame(path: Path, frame_index: int) -> NDArray[np.float64]:
    with open_video(path) as video:
        return video.read(frame_index).astype(float)


def test_backgrounds(clips: dict[str, Path], tmp_path: Path) -> None:
    behind = tmp_path / "behind.png"
    PIL.Image.new("RGB", (200, 100), (10, 200, 100)).save(behind)
    inside, outside = (labels(0) == 1), np.zeros(SIZE[::-1], bool)
    outside[:8] = True
    seen: dict[Any, Any] = {}
    for text in ("#c81e1e", str(behind), str(clips["opus"]), "blur:4", "cutout"):
        out = tmp_path / f"out{len(seen)}.mp4"
        run(clips["silent"], out, format="h264", background=Background.parse(text), matte=HARD)
        seen[text] = read_frame(out, 0)
    source = read_frame(clips["silent"], 0)
    for text, frame in seen.items():
        if text != "cutout":
            assert np.abs(frame[30, 24] - source[30, 24]).max() < 5
    assert np.abs(seen["#c81e1e"][outside] - (200, 30, 30)).max() < 5
    assert np.abs(seen[str(behind)][outside] - (10, 200, 100)).max() < 5
    assert np.abs(seen[str(clips["opus"])][outside] - source[outside]).max() < 6
    assert np.abs(seen["cutout"][outside] - source[outside]).max() < 6
    assert seen["cutout"][inside].mean() < 12


def test_inverted(clips: dict[str, Path], tmp_path: Path) -> None:
    run(clips["silent"], tmp_path / "m.mkv", format="ffv1", invert=True, matte=HARD)
    np.testing.assert_array_equal(decoded_alpha(tmp_path / "m.mkv")[2], (labels(2) == 0) * 255)


def test_a_folder_of_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    for index in range(3):
        PIL.Image.new("RGB", SIZE, (90, 80, 70)).save(folder / f"shot{index}.png")
    run(folder, tmp_path / "rgba", format="rgba", name="{name}_cut")
    assert sorted(path.name for path in (tmp_path / "rgba").iterdir()) == [f"shot{index}_cut.png" for index in range(3)]
    run(folder, tmp_path / "clip.mp4", format="h264")
    assert times_of(tmp_path / "clip.mp4") == [Fraction(index, 24) for index in range(3)]


def _sure(confidence: dict[int, float], _index: int) -> dict[int, float]:
    return confidence


def test_the_band_is_wider_where_the_masks_are_not_sure(clips: dict[str, Path], tmp_path: Path) -> None:
    soft: dict[str, int] = {}
    for name, sure in (("sure", {1: 1.0, 3: 1.0}), ("unsure", {1: 0.0, 3: 1.0}), ("other", {2: 0.0})):
        with open_video(clips["silent"]) as video:
            settings = ExportSettings("matte", matte=MatteSettings(), last=0)
            list(export(video, labels, settings, tmp_path / name, CancelToken(), partial(_sure, sure)))
        with PIL.Image.open(tmp_path / name / "00000.png") as shown:
            values = np.array(shown)
        with open_video(clips["silent"]) as video:
            # the least sure of the objects that are to be seen
            least = None if name == "other" else min(sure.values())
            wanted = soft_alpha(video.read(0), labels(0) > 0, MatteSettings(), least)
        np.testing.assert_allclose(values, 255 * wanted, atol=0.51)
        soft[name] = int(np.count_nonzero((values > 0) & (values < 255)))
    assert soft["unsure"] != soft["sure"]
