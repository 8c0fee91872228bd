"""What an export leaves when it is stopped, fails, or finds its place taken."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.delivery import verify
from core.delivery.export import export
from core.delivery.formats import FORMATS
from core.delivery.settings import Background, ExportSettings
from core.delivery.sound import checking, packets
from core.errors import CancelledError, DeliveryError, OutputError
from core.jobs import CancelToken
from core.media import open_video
from tests.core.delivery.clips import COUNT, labels, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", audio="aac")


def run(clip: Path, out: Path, cancel: CancelToken | None = None, stop_after: int = COUNT, **settings: Any) -> None:
    if settings.get("format") == "dnxhr":
        # it begins at 256 x 120
        settings = {"scale": 4.0, **settings}
    cancel = cancel or CancelToken()
    with open_video(clip) as video:
        for progress in export(video, labels, ExportSettings(**settings), out, cancel):
            if progress.done == stop_after:
                cancel.cancel()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize("format_name", FORMATS)
def test_cancel_leaves_nothing(clip: Path, tmp_path: Path, format_name: str) -> None:
    out = tmp_path / "deep" / f"out{FORMATS[format_name].usual_suffix}"
    with pytest.raises(CancelledError):
        run(clip, out, stop_after=3, format=format_name)
    assert names(tmp_path) == []


@pytest.mark.parametrize("format_name", ["masks", "ffv1"])
def test_cancel_while_reading_back_leaves_nothing(clip: Path, tmp_path: Path, format_name: str) -> None:
    with pytest.raises(CancelledError):
        run(clip, tmp_path / f"out{FORMATS[format_name].usual_suffix}", stop_after=COUNT - 1, format=format_name)
    assert names(tmp_path) == []


@pytest.mark.parametrize("format_name", ["rgba", "prores4444"])
def test_an_abandoned_generator_leaves_nothing(clip: Path, tmp_path: Path, format_name: str) -> None:
    out = tmp_path / f"out{FORMATS[format_name].usual_suffix}"
    with open_video(clip) as video:
        steps = export(video, labels, ExportSettings(format=format_name), out, CancelToken())
        next(steps)
        assert names(tmp_path)
        steps.close()
    assert names(tmp_path) == []


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_place_that_is_taken(clip: Path, tmp_path: Path, format_name: str) -> None:
    out = tmp_path / f"out{FORMATS[format_name].usual_suffix}"
    mine = out
    if not out.suffix:
        out.mkdir()
        ending = {"exr": "exr", "cryptomatte": "exr", "tiff": "tif"}.get(format_name, "png")
        mine = out / f"00000.{ending}"
    mine.write_bytes(b"mine")
    with pytest.raises(DeliveryError, match="out"):
        run(clip, out, format=format_name)
    assert mine.read_bytes() == b"mine"
    run(clip, out, format=format_name, overwrite=True, stop_after=-1, last=1, speed="ultrafast")
    assert mine.read_bytes() != b"mine"
    assert len(names(tmp_path)) == (3 if not out.suffix else 1)


def test_a_failed_replacement_keeps_what_was_there(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    out.write_bytes(b"mine")
    with pytest.raises(CancelledError):
        run(clip, out, format="ffv1", overwrite=True, stop_after=2)
    assert out.read_bytes() == b"mine" and names(tmp_path) == ["out.mkv"]


@pytest.mark.parametrize("format_name", ["rgba", "ffv1", "h264", "prores4444", "vp9-alpha"])
def test_full_disk(clip: Path, tmp_path: Path, format_name: str) -> None:
    """A limit on file sizes fails like a full disk, in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, hard))
    try:
        with pytest.raises(DeliveryError, match="disk"):
            run(clip, tmp_path / f"out{FORMATS[format_name].usual_suffix}", format=format_name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == []


def test_masks_that_cannot_be_had(clip: Path, tmp_path: Path) -> None:
    with open_video(clip) as video:
        small = np.zeros((4, 4), np.uint8)
        with pytest.raises(DeliveryError, match="4 x 4"):
            list(export(video, lambda _i: small, ExportSettings(), tmp_path / "out", CancelToken()))
        with pytest.raises(DeliveryError, match="no object"):
            empty = np.zeros((64, 96), np.uint8)
            list(export(video, lambda _i: empty, ExportSettings(combined=False), tmp_path / "out", CancelToken()))
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("settings", "file", "says"),
    [
        ({"format": "gif"}, "out.gif", "masks, binary"),
        ({"format": "prores4444"}, "out.mp4", ".mov"),
        ({"format": "masks"}, "out.mp4", "folder"),
        ({"first": 5, "last": 40}, "out", "0 to 8"),
        ({"step": 0}, "out", "1 or more"),
        ({"scale": 0}, "out", "Scale"),
        ({"name": "{nothing}"}, "out", "{frame}"),
        ({"name": "same"}, "out", "two frames"),
        ({"object_ids": (300,)}, "out", "255"),
    ],
)
def test_settings_that_make_no_sense(clip: Path, tmp_path: Path, settings: Any, file: str, says: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        run(clip, tmp_path / file, **settings)
    assert says in str(caught.value)
    assert names(tmp_path) == []


def test_the_clip_is_never_replaced(clip: Path) -> None:
    before = clip.read_bytes()
    with pytest.raises(OutputError, match="is read here"):
        run(clip, clip, format="h264", overwrite=True)
    assert clip.read_bytes() == before


def test_backgrounds_that_are_none() -> None:
    with pytest.raises(DeliveryError, match="nowhere"):
        Background.parse("nowhere.png")
    assert Background.parse("Green").colour == (0, 177, 64)
    assert Background.parse("1,2,3").colour == (1, 2, 3)


@pytest.mark.parametrize("format_name", ["ffv1", "prores4444", "vp9-alpha", "matte"])
def test_wrong_alpha_is_found(clip: Path, tmp_path: Path, format_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = verify.stored_alpha
    monkeypatch.setattr(verify, "stored_alpha", lambda frame, codec: 1 - honest(frame, codec))
    suffix = FORMATS[format_name].suffixes[-1]
    with pytest.raises(DeliveryError, match="alpha"):
        run(clip, tmp_path / f"out{suffix}", format=format_name)
    assert names(tmp_path) == []


def test_lost_frames_and_sound_are_found(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = packets.sound_packets
    monkeypatch.setattr(checking, "sound_packets", lambda path: honest(path)[:-1])
    with pytest.raises(DeliveryError, match="sound"):
        run(clip, tmp_path / "out.mkv", format="ffv1")
    monkeypatch.undo()
    decode = verify._decoded
    monkeypatch.setattr(verify, "_decoded", lambda *arguments: list(decode(*arguments))[:-1])
    with pytest.raises(DeliveryError, match="8 frames instead of 9"):
        run(clip, tmp_path / "out.mkv", format="ffv1")
    assert names(tmp_path) == []
