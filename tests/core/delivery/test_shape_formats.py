"""Splines for other programs, each read back by a reader of its own: positions, tangents, frames, holes, life times."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.delivery.export import ExportResult, export
from core.delivery.formats import FORMATS
from core.delivery.settings import ExportSettings
from core.delivery.shape_files.scene import ShapeSource, identifier
from core.errors import CancelledError, DeliveryError
from core.jobs import CancelToken, watched
from core.media import open_video
from core.shapes import BezierPoint, Interpolation, Points, Shape, ShapeMode, outward, points_at
from core.shapes.rasterise import drawn_patch
from core.types import LabelMap, ObjectTrack
from tests.core.delivery import shape_readers as readers
from tests.core.delivery.clips import COUNT, SIZE, labels, picture, write_clip
from tests.core.shapes.curves import circle, square

TRACK = ObjectTrack(1, 'Dog "Rex" [1] $x', (250, 120, 10))
PIECE = Shape(1, 1, {1: circle(40.25, 30.5, 20, 4), 5: circle(52, 28, 17.5, 6), 7: circle(60, 31, 18)}, "Piece 1")
HOLE = Shape(2, 1, {1: circle(40, 30, 8), 7: circle(60, 31, 7)}, "Hole <1>", ShapeMode.SUBTRACT)
ISLAND = Shape(3, 1, {3: square(2, 3, 9, 11)}, "Piece 2")
SHAPES = (PIECE, HOLE, ISLAND)
NAMES = [name for name, kind in FORMATS.items() if kind.shapes]


def drawn(frame: int) -> LabelMap:
    found = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    patch = drawn_patch(SHAPES, frame, SIZE)
    found[patch.box.slices][patch.mask] = 1
    return found


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shapes") / "clip.mp4"
    write_clip(path, [picture(index) for index in range(COUNT)])
    return path


@pytest.fixture
def plates(tmp_path: Path) -> Path:
    """A sequence that begins at 1001."""
    import cv2

    folder = tmp_path / "shot"
    folder.mkdir()
    for index in range(COUNT):
        cv2.imwrite(str(folder / f"shot.{1001 + index}.png"), picture(index))
    return folder


def written(
    clip: Path, out: Path, name: str, shapes: tuple[Shape, ...] = SHAPES, read: Any = drawn, **settings: Any
) -> ExportResult:
    with open_video(clip) as video:
        return watched(
            export(
                video, read, ExportSettings(name, **settings), out, CancelToken(), shapes=ShapeSource(shapes, (TRACK,))
            ),
            lambda _: None,
        )


def rate_of(clip: Path) -> float:
    with open_video(clip) as video:
        return float(video.info.rate or 24)


def corners(points: Points) -> np.ndarray:
    return np.array([(p.x, p.y, p.x + p.in_x, p.y + p.in_y, p.x + p.out_x, p.y + p.out_y) for p in points])


def check(
    found: readers.Read, shapes: tuple[Shape, ...] = SHAPES, start: int = 0, names: bool = True, close: float = 2e-3
) -> None:
    """That readers found the shapes; `start` is the number of the clip's first frame."""
    assert len(found) == len(shapes)
    for (name, subtract, first, last, keys), shape in zip(found, shapes, strict=True):
        if names:
            assert name == shape.name
        assert subtract == (shape.mode is ShapeMode.SUBTRACT)
        assert (first - start, last - start) == (shape.first, shape.last)
        assert {frame - start for frame in keys} >= set(shape.keys)
        for frame, rows in keys.items():
            np.testing.assert_allclose(rows, corners(points_at(shape, frame - start)), atol=close)


def test_json_keeps_everything(clip: Path, tmp_path: Path) -> None:
    import json

    written(clip, tmp_path / "a.json", "shapes-json")
    check(readers.read_json(tmp_path / "a.json"))
    content = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (content["width"], content["height"], content["clip"]) == (*SIZE, "clip")
    (one,) = content["objects"]
    assert (one["id"], one["name"], one["colour"]) == (1, TRACK.name, [250, 120, 10])
    assert one["shapes"][0]["keys"][1]["points"][0]["feather"] == 6


def test_svg_by_an_xml_reader(clip: Path, tmp_path: Path) -> None:
    result = written(clip, tmp_path / "a.svg", "shapes-svg")
    # what is seen from the first frame on has its first place there, too
    found = [
        (
            name,
            subtract,
            first,
            last,
            {frame: rows for frame, rows in keys.items() if frame >= first} or {first: keys[0]},
        )
        for name, subtract, first, last, keys in readers.read_svg(tmp_path / "a.svg", COUNT)
    ]
    check(found)
    assert any("no feather" in note for note in result.notes)


def test_silhouette_by_an_xml_reader(clip: Path, plates: Path, tmp_path: Path) -> None:
    written(clip, tmp_path / "a.fxs", "silhouette")
    check(readers.read_silhouette(tmp_path / "a.fxs", SIZE))
    written(plates, tmp_path / "b.fxs", "silhouette", first=1, last=7)
    check(readers.read_silhouette(tmp_path / "b.fxs", SIZE), start=-1)
    assert 'sessionStartFrame="1002"' in (tmp_path / "b.fxs").read_text()


@pytest.mark.parametrize("suffix", [".nk", ".py"])
def test_nuke_by_its_python_interface(
    clip: Path, plates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    written(clip, tmp_path / f"a{suffix}", "nuke-roto")
    check(readers.read_nuke(tmp_path / f"a{suffix}", SIZE[1], monkeypatch), start=1, names=False)
    written(plates, tmp_path / f"b{suffix}", "nuke-roto")
    found = readers.read_nuke(tmp_path / f"b{suffix}", SIZE[1], monkeypatch)
    check(found, start=1001, names=False)
    assert len({name for name, *_ in found}) == 3


@pytest.mark.parametrize("suffix", [".nk", ".py"])
def test_pictures_that_are_missing_do_not_shift_what_lies_between_keyframes(
    plates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """Other programs interpolate by the plates' numbers."""
    for index in range(4, COUNT):
        (plates / f"shot.{1001 + index}.png").rename(plates / f"shot.{1101 + index}.png")
    out = tmp_path / f"out{suffix}"
    written(plates, out, "nuke-roto", (PIECE,))
    ((*_, keys),) = readers.read_nuke(out, SIZE[1], monkeypatch)
    for number, frame in ((1004, 3), (1105, 4)):
        np.testing.assert_allclose(keys[number], corners(points_at(PIECE, frame)), atol=2e-3)


@pytest.mark.parametrize(("name", "noted"), [("after-effects", True), ("shapes-svg", True), ("nuke-roto", False)])
def test_that_times_are_those_of_an_even_rate_is_noted(tmp_path: Path, name: str, noted: bool) -> None:
    uneven = write_clip(
        tmp_path / "clip.mp4",
        [picture(index) for index in range(COUNT)],
        ticks=[7 * i * i + 900 * i for i in range(COUNT)],
    )
    result = written(uneven, tmp_path / f"out{FORMATS[name].suffixes[0]}", name)
    assert any("unevenly" in note for note in result.notes) == noted


def test_after_effects_by_node(clip: Path, tmp_path: Path) -> None:
    assert shutil.which("node"), "node runs the script in this test"
    written(clip, tmp_path / "a.jsx", "after-effects")
    check(readers.read_after_effects(tmp_path / "a.jsx", SIZE, rate_of(clip), COUNT))


def test_natron_by_its_python_interface(clip: Path, plates: Path, tmp_path: Path) -> None:
    written(clip, tmp_path / "a.py", "natron")
    check(readers.read_natron(tmp_path / "a.py", SIZE[1]), start=1, names=False)
    written(plates, tmp_path / "b.py", "natron")
    check(readers.read_natron(tmp_path / "b.py", SIZE[1]), start=1001, names=False)


def test_blender_by_its_python_interface(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(clip, tmp_path / "a.py", "blender")
    check(readers.read_blender(tmp_path / "a.py", SIZE, monkeypatch), start=1, names=False)
    check(readers.read_blender(tmp_path / "a.py", SIZE, monkeypatch, start=1001), start=1001, names=False)


def test_smooth_shapes_have_a_key_on_every_frame(clip: Path, tmp_path: Path) -> None:
    smooth = replace(PIECE, interpolation=Interpolation.SMOOTH)
    written(clip, tmp_path / "a.fxs", "silhouette", (smooth,))
    (found,) = readers.read_silhouette(tmp_path / "a.fxs", SIZE)
    assert sorted(found[4]) == list(range(1, 8))
    check([found], (smooth,))


def test_a_range_is_cut_out_with_keys_at_its_ends_and_a_scale_is_applied(clip: Path, tmp_path: Path) -> None:
    written(clip, tmp_path / "a.jsx", "after-effects", (PIECE,), first=2, last=6, scale=0.5)
    half = (SIZE[0] // 2, SIZE[1] // 2)
    (found,) = readers.read_after_effects(tmp_path / "a.jsx", half, rate_of(clip), COUNT)
    assert sorted(found[4]) == [2, 5, 6]
    for frame, rows in found[4].items():
        np.testing.assert_allclose(rows, corners(points_at(PIECE, frame)) / 2, atol=1e-3)


def test_masks_without_shapes_are_fitted_and_reported(clip: Path, tmp_path: Path) -> None:
    result = written(clip, tmp_path / "a.json", "shapes-json", (), labels)
    found = readers.read_json(tmp_path / "a.json")
    assert [len(keys) for *_, keys in found] == [2, 2]
    disc, box = found
    assert (disc[2], disc[3]) == (0, COUNT - 1)
    np.testing.assert_allclose(box[4][0][:, :2].min(axis=0), (70, 44), atol=0.2)
    np.testing.assert_allclose(box[4][0][:, :2].max(axis=0), (90, 58), atol=0.2)
    noted = [note for note in result.notes if "intersection over union" in note]
    assert len(noted) == 2
    assert all(float(note.split("union ")[1].split()[0]) > 0.93 for note in noted)
    written(clip, tmp_path / "b.json", "shapes-json", (), labels, keys_every=2, object_ids=(3,))
    ((*_, keys),) = readers.read_json(tmp_path / "b.json")
    assert sorted(keys) == [0, 2, 4, 6, 8]


def test_drawn_and_fitted_shapes_go_out_together(clip: Path, tmp_path: Path) -> None:
    def half(frame: int) -> LabelMap:
        return drawn(frame) if 1 <= frame <= 7 else np.minimum(labels(frame), 1)

    written(clip, tmp_path / "a.json", "shapes-json", SHAPES, half)
    found = readers.read_json(tmp_path / "a.json")
    check(found[:3])
    assert {(first, last) for _, _, first, last, _ in found[3:]} == {(0, 0), (8, 8)}


def test_each_object_in_a_file_of_its_own(clip: Path, tmp_path: Path) -> None:
    result = written(clip, tmp_path / "a.json", "shapes-json", (), labels, combined=False)
    assert [path.name for path in result.paths] == ["a_1.json", "a_3.json"]
    assert all(len(readers.read_json(path)) == 1 for path in result.paths)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_of_what_is_cancelled_refused_or_empty(clip: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"a{FORMATS[name].usual_suffix}"
    with pytest.raises(DeliveryError, match="no object in these frames"):
        written(clip, out, name, (), lambda _: np.zeros((SIZE[1], SIZE[0]), np.uint8))
    with open_video(clip) as video:
        token = CancelToken()
        steps = export(video, labels, ExportSettings(name), out, token)
        next(steps)
        token.cancel()
        with pytest.raises(CancelledError):
            watched(steps, lambda _: None)
    assert list(tmp_path.iterdir()) == []
    out.write_text("mine")
    with pytest.raises(DeliveryError, match="exists"):
        written(clip, out, name)
    assert out.read_text() == "mine"
    written(clip, out, name, overwrite=True)
    with pytest.raises(DeliveryError, match="is written to"):
        written(clip, tmp_path / "a.mov", name)


@pytest.mark.parametrize("wrong", [{"tolerance": 0}, {"tolerance": float("nan")}, {"keys_every": 0}])
def test_options_out_of_range_are_refused(wrong: Mapping[str, Any]) -> None:
    with pytest.raises(DeliveryError):
        ExportSettings("shapes-json", **wrong).check(9)


def test_names_and_ways_out() -> None:
    taken: set[str] = set()
    names = [identifier(text, taken) for text in ("Dog 1", "Dog_1", "개", "1")]
    assert names == ["Dog_1", "Dog_1_2", "shape", "shape_1"]
    there = circle(0, 0, 10)
    back = tuple(BezierPoint(p.x, p.y, p.out_x, p.out_y, p.in_x, p.in_y) for p in reversed(there))
    for points in (there, back):
        for point, (x, y) in zip(points, outward(points), strict=True):
            assert (x, y) == pytest.approx((point.x / 10, point.y / 10))


def test_a_feather_is_the_edge_of_mattes(clip: Path, tmp_path: Path) -> None:
    import cv2

    from core.shapes import drawn_alpha

    soft = replace(PIECE, keys={frame: circle(48, 30, 14, 9) for frame in (1, 4)})
    painted = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    painted[50:60, 5:15] = 1

    def read(frame: int) -> LabelMap:
        found = painted.copy()
        patch = drawn_patch([soft], frame, SIZE)
        found[patch.box.slices][patch.mask] = 1
        found[2:8, 80:90] = 2
        return found

    written(clip, tmp_path / "m", "matte", (soft,), read, first=2, last=6)
    matte = cv2.imread(str(tmp_path / "m" / "00002.png"), cv2.IMREAD_GRAYSCALE)
    assert matte is not None
    expected = drawn_alpha([soft], 2, SIZE) * 255
    np.testing.assert_allclose(matte[12:49, 25:75], expected[12:49, 25:75], atol=1)
    assert 60 < matte[30, 66] < 190, "between the curve at 62 and the feather's end at 71"
    assert (matte[50:60, 5:15] == 255).all()
    assert matte[5, 85] == 255
    # where no shape is drawn the edge is found as before
    other = cv2.imread(str(tmp_path / "m" / "00006.png"), cv2.IMREAD_GRAYSCALE)
    assert other is not None
    assert other[30, 48] == 0
