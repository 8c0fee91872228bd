"""Manifests and folders as lists of jobs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.batch.entries import job_of_entry
from core.batch.folders import read_batch
from core.batch.job import ClipJob
from core.batch.manifest import read_manifest
from core.batch.sources import open_job
from core.errors import BatchError
from core.masks import write_mask
from tests.core.batch.conftest import NAMES

TOML = """
[defaults]
engine = "fake"
export = ["masks", "prores4444"]
feather = 1.5

[[clip]]
clip = "apple.mp4"
mask = "apple.png"
frame = 3
background = "green"
range = "2:5"
options = { pixels_a_frame = 2 }

[[clip]]
name = "fruit"
project = "sub/banana.roto"
export = "project"
objects = [1, 3]
"""
CSV = """\
clip, mask, frame, export, background, range, option.pixels_a_frame, feather, name, project, objects, engine
apple.mp4, apple.png, 3, masks prores4444, green, 2:5, 2, 1.5,,,, fake
,,, project,,,, 1.5, fruit, sub/banana.roto, 1 3, fake
"""


def as_json(text: str) -> str:
    import tomllib

    return json.dumps(tomllib.loads(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [("shots.toml", TOML), ("shots.json", as_json(TOML)), ("shots.csv", CSV)],
    ids=lambda text: text[-4:],
)
def test_the_same_jobs_in_three_formats(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    first, second = read_batch(path, {"engine": "warping", "device": "cpu"}).jobs
    assert (first.name, first.clip, first.masks) == ("apple", tmp_path / "apple.mp4", ((3, tmp_path / "apple.png"),))
    assert (first.engine, first.device, first.options) == ("fake", "cpu", (("pixels_a_frame", 2),))
    assert [settings.format for settings in first.exports] == ["masks", "prores4444"]
    assert [(one.first, one.last, one.matte.feather) for one in first.exports] == [(2, 5, 0.0), (2, 5, 1.5)]
    assert [path.name for path in first.outputs(Path())] == ["apple_masks", "apple_prores4444.mov"]
    assert (second.name, second.clip, second.project) == ("fruit", None, tmp_path / "sub" / "banana.roto")
    assert second.exports[0].object_ids == (1, 3)
    assert [path.name for path in second.outputs(Path())] == ["fruit.roto"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.toml", "[[clip]\n", "no valid TOML"),
        ("a.json", "{", "no valid JSON"),
        ("a.json", '{"clips": []}', "found 'clips'"),
        ("a.json", "[]", "no clip to work on"),
        ("a.txt", "", "no manifest"),
        ("a.roto", "\udcff", "no manifest"),
        ("a.csv", "clip,mask\na.mp4,b.png,c\n", "line 2: has more values"),
        ("a.csv", "clip,mask,speed\na.mp4,b.png,9\n", "line 2: there is no setting 'speed'"),
        ("a.csv", "clip,mask,frame\na.mp4,b.png,one\n", "line 2: frame = 'one' is not a whole number"),
        ("a.csv", "clip\na.mp4\n", "needs 'clip' and 'mask' or 'text', or 'project'"),
        ("a.csv", "project,mask\na.roto,b.png\n", "drop one"),
        ("a.csv", "clip,mask,engine\na.mp4,b.png,steam\n", "no engine 'steam'"),
        ("a.csv", "clip,mask,option.colour\na.mp4,b.png,red\n", "no option 'colour'"),
        ("a.csv", "clip,mask,export\na.mp4,b.png,cinema\n", "no export format 'cinema'"),
        ("a.csv", "clip,mask,preset\na.mp4,b.png,perfect\n", "preset = 'perfect' is not one of fast, balanced, best"),
        ("a.csv", "clip,mask,device\na.mp4,b.png,abacus\n", "device 'abacus'"),
        ("a.csv", "clip,mask,background\na.mp4,b.png,nowhere.png\n", "no background"),
        ("a.csv", "clip,mask\na.mp4,b.png\nsub/A.mov,b.png\n", "2 results would be called 'a'"),
        ("a.json", '[{"clip": "a.mp4", "mask": "b.png", "name": "\\udfff"}]', "is not a text"),
        ("a.csv", "clip,mask,name\na.mp4,b.png,../up\n", "cannot name a clip's results"),
    ],
)
def test_what_cannot_be_understood_is_named(tmp_path: Path, name: str, text: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text(text, errors="surrogateescape")
    with pytest.raises(BatchError, match="(?s)" + expected.replace("(", r"\(")) as caught:
        read_batch(path)
    assert str(path) in str(caught.value)


def test_a_clips_preset_goes_before_the_command_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("clip,mask,preset,name\na.mp4,b.png,best,one\na.mp4,b.png,,two\n")
    one, two = read_batch(tmp_path / "a.csv", {"options": {"quality": "fast", "refine": False}}).jobs
    assert dict(one.options) == {"quality": "best", "refine": False}
    assert dict(two.options) == {"quality": "fast", "refine": False}


def test_clips_with_masks_beside_them(clips: Path) -> None:
    (clips / "apple.png").unlink()
    (clips / "shots").mkdir()
    write_mask(clips / "shots.png", np.ones((4, 4), np.uint8))
    batch = read_batch(clips, {"engine": "fake"})
    assert [job.name for job in batch.jobs] == ["banana", "cherry", "shots"]
    assert batch.jobs[0].masks == ((0, clips / "banana.png"),)
    assert len(batch.notes) == 1
    assert "apple.mp4" in batch.notes[0]


def test_a_folder_without_any_mask(clips: Path) -> None:
    for name in NAMES:
        (clips / f"{name}.png").unlink()
    with pytest.raises(BatchError, match=r"expected apple\.png for apple\.mp4"):
        read_batch(clips)


def davis(root: Path, year: int, value: int) -> Path:
    for frame_index in range(3, 7):
        folder = root / "JPEGImages" / "480p" / "dog"
        folder.mkdir(parents=True, exist_ok=True)
        PIL.Image.new("RGB", (8, 6)).save(folder / f"{frame_index:05}.jpg")
    masks = root / "Annotations" / "480p" / "dog"
    masks.mkdir(parents=True)
    for frame_index in range(4, 7):
        write_mask(masks / f"{frame_index:05}.png", np.full((6, 8), value, np.uint8))
    (root / "ImageSets" / str(year)).mkdir(parents=True)
    return root


@pytest.mark.parametrize(("year", "value", "annotation"), [(2016, 255, "one-object"), (2017, 2, "davis")])
def test_a_dataset_in_the_layout_of_davis(tmp_path: Path, year: int, value: int, annotation: str) -> None:
    root = davis(tmp_path / "DAVIS", year, value)
    (job,) = read_batch(root, {"engine": "fake"}).jobs
    masks = root / "Annotations" / "480p" / "dog"
    # the first annotation is of the second picture
    assert (job.name, job.masks, job.truth) == ("dog", ((1, masks / "00004.png"),), masks)
    assert job.annotation == annotation


def test_the_key_distinguishes_jobs_that_give_other_results(clips: Path, tmp_path: Path) -> None:
    def job(**settings: object) -> ClipJob:
        return next(iter(read_batch(clips, {"engine": "fake", **settings}).jobs))

    same = job().key()
    assert job().key() == same
    assert job(device="cpu").key() != same
    assert job(export="binary").key() != same
    assert job(feather=2).key() == same, "masks have no soft edge"
    assert job(export="rgba", feather=2).key() != job(export="rgba").key()
    write_mask(clips / "apple.png", np.ones((48, 64), np.uint8))
    assert job().key() != same


@pytest.mark.parametrize(
    "setting",
    [
        {"step": 0},
        {"scale": float("nan")},
        {"scale": float("inf")},
        {"choke": float("-inf")},
        {"feather": -1.0},
        {"feather": float("nan")},
        {"band": 10**9},
        {"smooth": 10**5},
        {"bits": 7},
        {"quality": 999},
        {"objects": [0, 1]},
        {"objects": [256]},
        {"range": "5:2"},
        {"background": "blur:1000000"},
        {"frame": 2**40},
        {"mask": f"{'9' * 5000}=apple.png"},
        {"clip": "a\0b.mp4"},
    ],
    ids=str,
)
def test_a_setting_that_makes_no_sense_is_reported_before_any_work(tmp_path: Path, setting: dict[str, object]) -> None:
    path = tmp_path / "shots.json"
    path.write_text(json.dumps([{"clip": "apple.mp4", "mask": "apple.png", "engine": "fake", **setting}]))
    with pytest.raises(BatchError, match="clip 1"):
        read_batch(path)


@pytest.mark.parametrize("name", ["deep.json", "deep.toml", "number.json", "float.json", "pipe.json", "large.json"])
def test_manifests_that_are_traps(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    deep = "[" * 100_000 + "]" * 100_000
    clip = '[{"clip": "a.mp4", "mask": "a.png", "engine": "fake", "scale": %s}]'
    text = {"deep.json": deep, "deep.toml": f"a = {deep}", "number.json": clip % ("9" * 5000)}
    text["float.json"] = clip % ("9" * 400)
    if name == "pipe.json":
        os.mkfifo(path)
    elif name == "large.json":
        with path.open("wb") as file:
            file.truncate(1 << 30)
    else:
        path.write_text(text[name])
    with pytest.raises(BatchError, match=name):
        read_batch(path)


def test_options_go_to_the_formats_that_have_them(tmp_path: Path) -> None:
    entry = {"clip": "a.mp4", "mask": "a.png", "export": "masks prores4444", "band": 3, "only-masked": True}
    masks, clip = job_of_entry(entry, "row 1", tmp_path).exports
    assert (masks.format, masks.matte.band, masks.only_masked) == ("masks", None, True)
    assert (clip.format, clip.matte.band, clip.only_masked) == ("prores4444", 3, False)
    assert {one.bits for one in job_of_entry({**entry, "bits": 16}, "row 1", tmp_path).exports} == {8}


@pytest.mark.parametrize("resolution", ["480p", ""])
def test_objects_of_a_dataset_are_given_where_they_come_in(tmp_path: Path, resolution: str) -> None:
    """DAVIS 2017 and YouTube-VOS: a mask for each object's first frame; all else is to be found."""
    masks, pictures = (tmp_path / kind / resolution / "ride" for kind in ("Annotations", "JPEGImages"))
    masks.mkdir(parents=True)
    pictures.mkdir(parents=True)
    for index in range(6):
        PIL.Image.new("RGB", (32, 24), (index, 0, 0)).save(pictures / f"{index:05}.jpg")
        labels = np.zeros((24, 32), np.uint8)
        labels[2:8, 2:8] = 1
        labels[12:18, 12:18] = 2 * (index >= 3)
        write_mask(masks / f"{index:05}.png", labels)
    (job,) = read_batch(tmp_path, {"engine": "fake"}).jobs
    assert [(frame, path.name) for frame, path in job.masks] == [(0, "00000.png"), (3, "00003.png")]
    assert job.truth == masks
    with open_job(job, tmp_path / "ride.roto") as (_, project, *_):
        assert [(one.frame_index, one.object_ids) for one in project.anchors()] == [(0, {1}), (3, {2})]
        assert sorted(np.unique(project.labels(3))) == [0, 2], "what is to be found is not given"
    for index in (1, 2, 4, 5):
        (masks / f"{index:05}.png").unlink()
    (job,) = read_batch(tmp_path, {"engine": "fake"}).jobs
    assert (len(job.masks), job.truth) == (2, None), "nothing is left to score"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["", "sep="])
def test_tables_of_every_spreadsheet(tmp_path: Path, separator: str, end: str, encoding: str, declared: str) -> None:
    path = tmp_path / ("shots.tsv" if separator == "\t" and not declared else "shots.csv")
    number = "1.5" if separator == "," else "1,5"
    lines = [
        ["clip", "mask", "frame", "feather"],
        ["사과.mp4", '"a, b; c.png"', "3", number],
        ["", "", "", ""],
        ["b.mp4", "b.png", "", ""],
    ]
    text = end.join([*([f"sep={separator}"] if declared else []), *(separator.join(line) for line in lines), ""])
    path.write_bytes(text.encode(encoding))
    first, second = read_batch(path, {"engine": "fake", "export": "prores4444"}).jobs
    assert (first.clip, first.masks) == (tmp_path / "사과.mp4", ((3, tmp_path / "a, b; c.png"),))
    assert first.exports[0].matte.feather == 1.5
    assert second.masks == ((0, tmp_path / "b.png"),)


def test_several_masks_of_one_frame(tmp_path: Path) -> None:
    path = tmp_path / "shots.toml"
    path.write_text('[[clip]]\nclip = "a.mp4"\nmask = ["4=x.png", "0=dog.png", "0=cat.png"]\nmask_kind = "matte"\n')
    (job,) = read_batch(path).jobs
    assert [(frame, file.name) for frame, file in job.masks] == [(0, "dog.png"), (0, "cat.png"), (4, "x.png")]
    assert job.mask_kind == "matte"
    path.write_text('[[clip]]\nclip = "a.mp4"\nmask = "x.png"\nmask_kind = "soft"\n')
    with pytest.raises(BatchError, match=r"mask_kind = 'soft' is not one of auto, labels, matte, colours"):
        read_batch(path)


def test_tables_as_people_write_them_are_read(tmp_path: Path) -> None:
    """A remark and an empty line above the names, names in capitals, paths of Windows."""
    (tmp_path / "clips").mkdir()
    (tmp_path / "table.csv").write_text(
        "# shots of Monday\n\n Clip , Mask\n# the dog\n# a cat, small\nclips\\a.mp4, masks\\a.png\n,\n"
    )
    (job,) = read_manifest(tmp_path / "table.csv")
    assert job.clip == tmp_path / "clips" / "a.mp4"
    assert job.masks == ((0, tmp_path / "masks" / "a.png"),)
    (tmp_path / "table.csv").write_text("\nclip,mask\na.mp4,b.png,c.png\n")
    with pytest.raises(BatchError, match="line 3"):
        read_manifest(tmp_path / "table.csv")
