"""Light brighter than white goes into formats that hold it as it came, and along soft edges, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import OpenEXR
import pytest

from core.delivery.export import export
from core.delivery.settings import ExportSettings
from core.jobs import CancelToken, watched
from core.matting import MatteSettings
from core.media import open_video

SIZE = (96, 64)


@pytest.fixture
def bright(tmp_path: Path) -> Path:
    """Pictures with a lamp of 6 times white on grey."""
    folder = tmp_path / "plates"
    folder.mkdir()
    for number in range(1001, 1004):
        light = np.full((*SIZE[::-1], 3), 0.18, np.float32)
        light[20:44, 30:60] = (6.0, 4.0, 0.5)
        with OpenEXR.File({"type": OpenEXR.scanlineimage}, {"RGB": light}) as file:
            file.write(str(folder / f"plate.{number}.exr"))
    return folder


@pytest.mark.parametrize("format_name", ["exr", "cryptomatte"])
@pytest.mark.parametrize("band", [0, 3])
def test_it_is_not_cut(tmp_path: Path, bright: Path, format_name: str, band: int) -> None:
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[20:44, 30:60] = 1
    settings = ExportSettings(format_name, matte=MatteSettings(band, feather=band / 3))
    with open_video(bright) as video:
        watched(export(video, lambda _index: labels, settings, tmp_path / "out", CancelToken()), lambda _step: None)
    with OpenEXR.File(str(tmp_path / "out" / "plate.1002.exr")) as file:
        pixels = np.array(file.parts[0].channels["RGBA"].pixels, np.float32)
    np.testing.assert_allclose(pixels[32, 45], (6.0, 4.0, 0.5, 1.0), rtol=2e-3)
    edge = pixels[(pixels[..., 3] > 0.3) & (pixels[..., 3] < 1)]
    assert (len(edge) > 0) == (band > 0), len(edge)
    # straight colours of the edge are the lamp's, not white's
    assert (edge[:, 0] / edge[:, 3] > 4).all()


def test_formats_of_encoded_colours_are_as_before(tmp_path: Path, bright: Path) -> None:
    with open_video(bright) as video:
        assert video.read_light(0) is not None
        settings = ExportSettings("rgba", bits=16, matte=MatteSettings(band=0))
        whole = np.ones(SIZE[::-1], np.uint8)
        watched(export(video, lambda _index: whole, settings, tmp_path / "out", CancelToken()), lambda _step: None)
        deep = video.read_deep(0)
    import cv2

    stored = cv2.imread(str(tmp_path / "out" / "plate.1001.png"), cv2.IMREAD_UNCHANGED)
    np.testing.assert_array_equal(np.asarray(stored)[..., 2::-1], deep)
