"""Clips of more than 8 bits, and of every subsampling: their colours come out, and a wrong one is not let out."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.errors import DeliveryError
from core.jobs import CancelToken
from core.matting import MatteSettings
from core.media import colour, open_video
from core.types import LabelMap
from tests.core.delivery.independent import decoded

SIZE = (96, 64)


def write_source(path: Path, pixels: str, encoder: str, *options: str) -> Path:
    """Three frames of smooth colours that move, by the system's `ffmpeg`."""
    made = f"gradients=s={SIZE[0]}x{SIZE[1]}:r=25:d=0.12:c0=0xd02818:c1=0x1830d0:x0=0:y0=0:x1=95:y1=63:n=2"
    shown = f"format=rgb48le,scale=flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709,format={pixels}"
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", made, "-vf", shown, "-c:v", encoder, *options, *tags]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=60)
    return path


def everything(clip: Path, out: Path, **settings: Any) -> None:
    """Exports with the whole frame as the object."""
    with open_video(clip) as video:
        whole = np.ones((video.size[1], video.size[0]), np.uint8)

        def labels(_index: int) -> LabelMap:
            return whole

        for _ in export(video, labels, ExportSettings(matte=MatteSettings(band=0), **settings), out, CancelToken()):
            pass


X265 = ("libx265", "-x265-params", "lossless=1:log-level=error")
SOURCES = {
    "HEVC 4:2:0 10 bit": ("a.mov", "yuv420p10le", *X265, "-tag:v", "hvc1"),
    "HEVC 4:2:0 12 bit": ("a.mkv", "yuv420p12le", *X265),
    "HEVC 4:2:2 10 bit": ("a.mp4", "yuv422p10le", *X265),
    "VP9 4:2:0 10 bit": ("a.webm", "yuv420p10le", "libvpx-vp9", "-lossless", "1"),
    "H.264 4:2:0 10 bit": ("a.mp4", "yuv420p10le", "libx264", "-qp", "0"),
    "FFV1 4:2:0 16 bit": ("a.mkv", "yuv420p16le", "ffv1"),
    "FFV1 4:4:0 8 bit": ("a.mkv", "yuv440p", "ffv1"),
    "FFV1 4:1:0 8 bit": ("a.mkv", "yuv410p", "ffv1"),
    "ProRes 4:2:2": ("a.mov", "yuv422p10le", "prores_ks"),
}


@pytest.mark.parametrize("kind", list(SOURCES))
def test_colours_of_deep_formats(tmp_path: Path, kind: str) -> None:
    name, pixels, encoder, *options = SOURCES[kind]
    clip = write_source(tmp_path / name, pixels, encoder, *options)
    wanted = decoded(clip, "rgb48be").astype(float) / 257
    everything(clip, tmp_path / "out.mov", format="prores4444")
    found = decoded(tmp_path / "out.mov", "rgb48be").astype(float) / 257
    assert np.abs(found - wanted).mean() < 1.5
    everything(clip, tmp_path / "png", format="rgba", bits=16)
    pictures = [decoded(path, "rgba64be")[0, ..., :3] / 257 for path in sorted((tmp_path / "png").iterdir())]
    most = 1.5 if "4:1:0" in kind else 0.5
    assert np.abs(np.stack(pictures) - wanted).mean() < most


@pytest.mark.parametrize(("format_name", "out"), [("prores4444", "out.mov"), ("rgba", "out"), ("exr", "out")])
def test_garbage_is_not_let_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str, out: str) -> None:
    """With the scaler's method that once was used, colours of 10 bits are some 50 levels off."""
    clip = write_source(tmp_path / "a.mov", "yuv420p10le", *X265)
    monkeypatch.setattr(colour, "DEEP", colour.EXACT)
    with pytest.raises(DeliveryError, match="colours of frame 0 are off by"):
        everything(clip, tmp_path / out, format=format_name, bits=16)
    assert not (tmp_path / out).exists()


@pytest.mark.parametrize(
    ("format_name", "out"), [("h264", "o.mp4"), ("hevc", "o.mp4"), ("vp9-alpha", "o.webm"), ("ffv1", "o.mkv")]
)
def test_a_wrong_matrix_is_not_let_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str, out: str
) -> None:
    clip = write_source(tmp_path / "a.mp4", "yuv420p", "libx264", "-qp", "0")
    everything(clip, tmp_path / out, format=format_name)
    with open_video(clip) as video:
        turned = video.read(0)[..., ::-1].copy()
    monkeypatch.setattr("core.media.containers.video_file.RgbConverter.convert", lambda *_: turned)
    with pytest.raises(DeliveryError, match="colours of frame 0 are off by"):
        everything(clip, tmp_path / f"again{Path(out).suffix}", format=format_name)
