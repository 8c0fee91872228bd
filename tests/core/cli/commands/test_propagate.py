"""`propagate` on tiny clips with the fake engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.engines.fake import FakeSession
from core.masks import read_mask, write_binary_mask, write_mask
from core.messages import Message
from core.project import Project
from core.types import Origin
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, true_labels


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_video_gives_one_palette_picture_a_frame(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    outcome = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out)
    assert (outcome.code, outcome.out) == (0, f"{FRAMES} frames in {out}\n")
    assert "100 %" in outcome.err
    assert names(out) == [f"{index:05}.png" for index in range(FRAMES)]
    with PIL.Image.open(out / "00003.png") as picture:
        assert (picture.mode, picture.size) == ("P", SIZE)
    np.testing.assert_array_equal(read_mask(out / "00000.png"), true_labels(0))
    assert read_mask(out / "00007.png").any()


def test_a_folder_gives_the_names_of_its_pictures(run: RunCommand, pictures: Path, mask: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "masks"
    assert run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", out).code == 0
    assert names(out) == [f"shot_{index + 1:03}.png" for index in range(FRAMES)]


def test_a_project(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.roto"
    assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", out).code == 0
    with Project.open(out) as project:
        assert [track.object_id for track in project.objects.all] == [1]
        assert project.anchor_frames() == [0]
        assert project.origin_lane(1).tolist() == [Origin.EDITED] + [Origin.PROPAGATED] * (FRAMES - 1)
        np.testing.assert_array_equal(project.labels(0), true_labels(0))
        assert project.labels(FRAMES - 1).any()


def test_a_mask_in_the_middle_reaches_both_ends(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    middle, out = tmp_path / "middle.png", tmp_path / "masks"
    write_mask(middle, true_labels(4))
    assert run("propagate", clip, "--mask", middle, "--frame", 4, "--engine", "fake", "--out", out).code == 0
    assert len(names(out)) == FRAMES
    np.testing.assert_array_equal(read_mask(out / "00004.png"), true_labels(4))


@pytest.mark.parametrize(
    ("direction", "expected"), [("forward", range(4, FRAMES)), ("backward", range(5)), ("both", range(FRAMES))]
)
def test_direction(run: RunCommand, clip: Path, tmp_path: Path, direction: str, expected: range) -> None:
    middle, out = tmp_path / "middle.png", tmp_path / "masks"
    write_mask(middle, true_labels(4))
    arguments = ("propagate", clip, "--mask", f"4={middle}", "--direction", direction, "--engine", "fake")
    assert run(*arguments, "--out", out).code == 0
    assert names(out) == [f"{index:05}.png" for index in expected]


def test_range_has_both_ends(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    arguments = ("propagate", clip, "--mask", mask, "--range", "0:3", "--engine", "fake", "--out", out)
    assert run(*arguments).code == 0
    assert names(out) == [f"{index:05}.png" for index in range(4)]


def test_several_masks_all_hold(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    later, out = tmp_path / "later.png", tmp_path / "masks"
    labels = true_labels(6)
    labels[:8, :8] = 2
    write_mask(later, labels)
    arguments = ("propagate", clip, "--mask", mask, "--mask", f"6={later}", "--engine", "fake", "--out", out)
    assert run(*arguments).code == 0
    np.testing.assert_array_equal(read_mask(out / "00000.png") == 1, true_labels(0) == 1)
    np.testing.assert_array_equal(read_mask(out / "00006.png"), labels)
    assert set(np.unique(read_mask(out / "00007.png"))) == {0, 1, 2}


def test_contact_sheet(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "pictures" / "sheet.png"
    arguments = ("propagate", clip, "--mask", mask, "--engine", "fake", "--sheet", sheet)
    assert run(*arguments, "--out", tmp_path / "clip.roto").code == 0
    with PIL.Image.open(sheet) as picture:
        assert picture.width == 4 * 320 + 3 * 4


def test_nothing_is_overwritten_unless_asked(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    out, project = tmp_path / "masks", tmp_path / "clip.roto"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    project.write_text("something")
    base = ("propagate", clip, "--mask", mask, "--engine", "fake")
    refused = run(*base, "--out", out)
    assert (refused.code, "not empty" in refused.error_line, "--overwrite" in refused.error_line) == (1, True, True)
    assert "this project exists" in run(*base, "--out", project).error_line
    assert (names(out), project.read_text()) == (["notes.txt"], "something")
    assert run(*base, "--out", out, "--overwrite").code == 0
    assert len(names(out)) == FRAMES + 1
    assert (out / "notes.txt").read_text() == "mine"
    assert run(*base, "--out", project, "--overwrite").code == 0
    with Project.open(project) as opened:
        assert opened.frame_count == FRAMES


def test_an_existing_project_survives_a_failure(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.roto"
    out.write_text("work of a week")
    outcome = run("propagate", clip, "--mask", mask, "--engine", "none such", "--out", out, "--overwrite")
    assert outcome.code == 1
    assert out.read_text() == "work of a week"


Refuse = Callable[..., str]


class TestBadInput:
    """Each is refused with exit code 1, one line, and nothing written."""

    @pytest.fixture
    def refuse(self, run: RunCommand, tmp_path: Path) -> Refuse:
        out = tmp_path / "masks"

        def refused(*arguments: object) -> str:
            outcome = run("propagate", *arguments, "--out", out)
            assert (outcome.code, outcome.out) == (1, "")
            assert not out.exists()
            return outcome.error_line

        return refused

    def test_no_such_clip(self, refuse: Refuse, mask: Path, tmp_path: Path) -> None:
        assert "nowhere.mp4" in refuse(tmp_path / "nowhere.mp4", "--mask", mask)

    def test_not_a_video(self, refuse: Refuse, mask: Path, tmp_path: Path) -> None:
        text = tmp_path / "notes.mp4"
        text.write_text("no video at all")
        assert "notes.mp4" in refuse(text, "--mask", mask)

    def test_no_such_mask(self, refuse: Refuse, clip: Path, tmp_path: Path) -> None:
        assert "nowhere.png" in refuse(clip, "--mask", tmp_path / "nowhere.png")

    def test_mask_of_another_size(self, refuse: Refuse, clip: Path, tmp_path: Path) -> None:
        small = tmp_path / "small.png"
        write_mask(small, np.ones((24, 32), np.uint8))
        line = refuse(clip, "--mask", small, "--engine", "fake")
        assert all(word in line for word in ("small.png", "32", "24", "64", "48"))

    def test_empty_mask(self, refuse: Refuse, clip: Path, tmp_path: Path) -> None:
        blank = tmp_path / "blank.png"
        write_mask(blank, np.zeros(SIZE[::-1], np.uint8))
        assert "the mask is empty" in refuse(clip, "--mask", blank, "--engine", "fake")

    def test_frame_outside(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        assert "8 frames (0 to 7)" in refuse(clip, "--mask", mask, "--frame", 8, "--engine", "fake")

    def test_range_outside(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        assert "frame 12 is outside the clip" in refuse(clip, "--mask", mask, "--range", "2:12", "--engine", "fake")

    def test_one_mask_twice_for_one_frame(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        message = refuse(clip, "--mask", mask, "--mask", mask, "--engine", "fake")
        assert "is given twice for frame 0" in message

    def test_unknown_engine(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        line = refuse(clip, "--mask", mask, "--engine", "steam")
        assert "steam" in line
        assert "builtin" in line

    def test_unknown_option(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        assert "colour" in refuse(clip, "--mask", mask, "--engine", "fake", "--option", "colour=red")

    def test_nothing_to_do(self, refuse: Refuse, clip: Path, mask: Path) -> None:
        line = refuse(clip, "--mask", mask, "--direction", "backward", "--range", "3:7", "--engine", "fake")
        assert "nothing to do" in line

    def test_onto_the_clip_itself(self, run: RunCommand, pictures: Path, mask: Path) -> None:
        outcome = run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", pictures, "--overwrite")
        assert outcome.code == 1
        assert "is read here, so nothing is written to it" in outcome.error_line
        assert len(names(pictures)) == FRAMES

    def test_a_file_where_a_folder_should_be(self, run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
        taken = tmp_path / "taken"
        taken.write_text("")
        outcome = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", taken, "--overwrite")
        assert "a file where a folder should be" in outcome.error_line


def test_masks_of_one_frame_add_up(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    first, second, out = tmp_path / "left.png", tmp_path / "right.png", tmp_path / "masks"
    write_binary_mask(first, true_labels(0) > 0)
    write_binary_mask(second, true_labels(5) > 0)
    outcome = run(
        *("propagate", clip, "--mask", f"0={first}", "--mask", f"0={second}", "--mask", f"5:2={second}"),
        *("--engine", "fake", "--out", out),
    )
    assert outcome.code == 0
    assert "note: right.png: read as object 2 on frame 0" in outcome.err
    assert "lies over object 1" in outcome.err
    labels = read_mask(out / "00000.png")
    np.testing.assert_array_equal(labels == 2, true_labels(5) > 0)
    assert set(np.unique(labels)) == {0, 1, 2}
    np.testing.assert_array_equal(read_mask(out / "00005.png") == 2, true_labels(5) > 0)


def test_ids_beyond_255_come_out_as_they_came_in(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    mask, out, project = tmp_path / "deep.png", tmp_path / "masks", tmp_path / "clip.roto"
    PIL.Image.fromarray(true_labels(0).astype(np.uint16) * np.uint16(1007)).save(mask)
    for path in (out, project):
        assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", path).code == 0
    exported = tmp_path / "exported"
    assert run("export", project, "--out", exported).code == 0
    for folder in (out, exported):
        assert len(names(folder)) == FRAMES
        with PIL.Image.open(folder / "00000.png") as picture:
            np.testing.assert_array_equal(np.array(picture), true_labels(0).astype(np.int64) * 1007)


def test_a_person_states_what_a_mask_is(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    mask = tmp_path / "grey.png"
    levels = true_labels(0) * np.uint8(200)
    levels[20:24, 10:14] = 255
    PIL.Image.fromarray(levels).save(mask)
    for kind, ids in (("labels", {0, 200, 255}), ("matte", {0, 1})):
        out = tmp_path / kind
        options = ("--mask-kind", kind, "--engine", "fake", "--out", out)
        assert run("propagate", clip, "--mask", mask, *options).code == 0
        assert set(np.unique(read_mask(out / "00000.png"))) == ids


def test_what_the_engine_reports_is_a_note(
    run: RunCommand, clip: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeSession, "notices", [Message("It goes on another way.")], raising=False)
    outcome = run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", tmp_path / "masks")
    assert outcome.code == 0
    assert outcome.err.endswith("note: It goes on another way.\n")
