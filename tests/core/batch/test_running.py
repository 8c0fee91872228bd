"""Whole batches: kept, failed, retried, interrupted."""

from __future__ import annotations

import dataclasses
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.batch.clip_run import EXPORTS_FOLDER
from core.batch.events import ClipEvent, ClipEventKind, Task
from core.batch.ledger import ClipLedger
from core.batch.local import LocalRunner
from core.engines.protocol import EngineInfo, EngineOptions, Session
from core.errors import BatchError
from core.jobs import CancelToken
from core.masks import read_mask, write_mask
from core.project import Project
from tests.core.batch.conftest import NAMES, contents, outcome, write_clip
from tests.core.batch.runners import HereRunner
from tests.core.cli.conftest import FRAMES, true_labels

ROOT = Path(__file__).resolve().parents[3]


def kinds(events: list[ClipEvent], name: str) -> list[ClipEventKind]:
    return [event.kind for event in events if event.name == name]


def test_every_clip_is_exported(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result, events = outcome(clips, out, HereRunner())
    assert (result.done, result.failed, result.open) == (NAMES, (), ())
    assert kinds(events, "apple") == [ClipEventKind.STARTED, ClipEventKind.DONE]
    assert list(contents(out)) == [f"{name}/{index:05}.png" for name in NAMES for index in range(FRAMES)]
    np.testing.assert_array_equal(read_mask(out / "apple" / "00000.png"), true_labels(0))
    np.testing.assert_array_equal(read_mask(out / "apple" / "00003.png"), np.roll(true_labels(0), 3, axis=1))


def test_processes_give_the_same_results(clips: Path, tmp_path: Path) -> None:
    outcome(clips, tmp_path / "here", HereRunner(), export=["masks", "ffv1"])
    result, events = outcome(clips, tmp_path / "there", LocalRunner(2), export=["masks", "ffv1"])
    assert result.done == NAMES
    assert {event.kind for event in events} == {ClipEventKind.STARTED, ClipEventKind.DONE}
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert not list((tmp_path / "there").rglob("attempt-*"))
    assert not list((tmp_path / "there").rglob(EXPORTS_FOLDER))


@pytest.mark.parametrize("where", ["sheet", "export"])
def test_a_full_disk_is_named_as_a_person_knows_it(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(path: Path, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    name = {"sheet": "core.batch.clip_run.write_sheet", "export": "core.delivery.encoding.picture_files.write_mask"}
    monkeypatch.setattr(name[where], full)
    result, events = outcome(clips, tmp_path / "out", HereRunner())
    assert result.failed == NAMES
    told = {event.text for event in events if event.kind is ClipEventKind.FAILED}
    assert all("No space left on device" in text and str(tmp_path / "out") in text for text in told)
    assert not any("attempt-" in text or "OSError" in text or "Traceback" in text for text in told), told


def test_what_is_finished_is_kept(clips: Path, tmp_path: Path) -> None:
    out, second = tmp_path / "out", HereRunner()
    outcome(clips, out, HereRunner())
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    write_clip(clips / "date.mp4")
    result, events = outcome(clips, out, second)
    assert second.done == ["date"]
    assert [event.name for event in events if event.kind is ClipEventKind.KEPT] == list(NAMES)
    assert result.done == (*NAMES, "date")
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_other_settings_are_not_mixed_in_by_accident(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcome(clips, out, HereRunner())
    before = contents(out)
    with pytest.raises(BatchError, match="other settings"):
        outcome(clips, out, HereRunner(), options={"pixels_a_frame": 3})
    assert contents(out) == before
    outcome(clips, out, HereRunner(), options={"pixels_a_frame": 3}, overwrite=True)
    after = contents(out)
    assert list(after) == list(before)
    assert after["apple/00001.png"] != before["apple/00001.png"]


def test_somebody_elses_files_are_not_replaced(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "banana").mkdir(parents=True)
    (out / "banana" / "notes.txt").write_text("mine")
    with pytest.raises(BatchError, match="banana: is there already"):
        outcome(clips, out, HereRunner())
    assert contents(out).keys() == {"banana/notes.txt"}


def test_one_clips_failure_does_not_stop_the_others(clips: Path, tmp_path: Path) -> None:
    write_mask(clips / "banana.png", np.ones((5, 5), np.uint8))
    (clips / "cherry.mp4").write_bytes(b"no video")
    result, events = outcome(clips, tmp_path / "out", LocalRunner(2, retries=2))
    assert (result.done, result.failed) == (("apple",), ("banana", "cherry"))
    # what was given is wrong: another attempt would be in vain
    assert kinds(events, "banana") == [ClipEventKind.STARTED, ClipEventKind.FAILED]
    assert "the mask is 5 x 5" in next(event.text for event in events if event.name == "banana" and event.text)
    page = result.report.read_text(encoding="utf-8")
    assert "the mask is 5 x 5" in page
    assert "2 failed" in page
    write_mask(clips / "banana.png", true_labels(0))
    write_clip(clips / "cherry.mp4")
    mended, _ = outcome(clips, tmp_path / "out", HereRunner())
    assert (mended.done, mended.failed) == (NAMES, ())


def test_a_clip_that_is_not_there(clips: Path, tmp_path: Path) -> None:
    manifest = clips / "shots.csv"
    manifest.write_text("clip,mask\nnowhere.mp4,apple.png\napple.mp4,apple.png\n")
    result, _ = outcome(manifest, tmp_path / "out", HereRunner())
    assert (result.done, result.failed) == (("apple",), ("nowhere",))


class Killing:
    """Kills the worker process of a clip, `times` times, once it has begun."""

    def __init__(self, name: str, times: int) -> None:
        self._name, self._left = name, times

    def __call__(self, event: ClipEvent) -> None:
        import multiprocessing

        if event.name == self._name and event.kind is ClipEventKind.STARTED and self._left:
            self._left -= 1
            child = next(one for one in multiprocessing.active_children() if one.name == f"batch {self._name}")
            os.kill(child.pid or 0, signal.SIGKILL)


def test_a_worker_that_dies_is_replaced(clips: Path, tmp_path: Path) -> None:
    result, events = outcome(clips, tmp_path / "out", LocalRunner(2, retries=1), seen=Killing("banana", 1))
    assert result.done == NAMES
    started, ended = ClipEventKind.STARTED, ClipEventKind.DONE
    assert kinds(events, "banana") == [started, ClipEventKind.RETRIED, started, ended]
    assert not list((tmp_path / "out").rglob("error.txt"))
    outcome(clips, tmp_path / "calm", HereRunner())
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


def test_a_worker_that_dies_too_often_is_a_failure(clips: Path, tmp_path: Path) -> None:
    result, events = outcome(clips, tmp_path / "out", LocalRunner(1, retries=1), seen=Killing("apple", 2))
    assert (result.done, result.failed) == (NAMES[1:], ("apple",))
    assert "SIGKILL" in next(event.text for event in events if event.kind is ClipEventKind.FAILED)


def test_cancelling_leaves_what_is_finished(clips: Path, tmp_path: Path) -> None:
    out, token = tmp_path / "out", CancelToken()

    def stop(event: ClipEvent) -> None:
        if event.kind is ClipEventKind.DONE:
            token.cancel()

    result, _ = outcome(clips, out, LocalRunner(1), cancel=token, seen=stop)
    assert (result.done, result.open) == (("apple",), ("banana", "cherry"))
    assert {name.split("/")[0] for name in contents(out)} == {"apple"}
    assert not list(out.rglob("attempt-*"))
    assert "2 not done yet" in result.report.read_text(encoding="utf-8")


def test_killed_and_run_again_it_gives_what_it_would_have_given(tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "out"
    clips.mkdir()
    for name in NAMES:
        write_clip(clips / f"{name}.mp4", frames=60)
    line = [sys.executable, str(ROOT / "main.py"), "batch", str(clips), "--engine", "warping", "--jobs", "2"]
    with subprocess.Popen(
        [*line, "--out", str(out)], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as batch:
        until = time.monotonic() + 60
        # once one clip is out and the others are not
        while not (out / "apple").exists() and not (out / "banana").exists() and time.monotonic() < until:
            time.sleep(0.01)
        batch.kill()
    assert len(contents(out)) < 3 * 60
    time.sleep(0.5)
    again = subprocess.run([*line, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert again.returncode == 0, again.stderr
    assert "done before" in again.stderr
    outcome(clips, tmp_path / "calm", HereRunner(), engine="warping")
    assert contents(out) == contents(tmp_path / "calm")
    assert len(contents(out)) == 3 * 60


def test_a_project_is_followed_and_stays_as_it_is(clips: Path, tmp_path: Path) -> None:
    first, _ = outcome(clips, tmp_path / "made", HereRunner(), export="project")
    assert first.done == NAMES
    source = tmp_path / "made" / "apple.roto"
    with Project.open(source) as project:
        track = project.objects.get(1)
        project.objects.update(type(track)(1, "pome", track.colour))
        before = project.revision(0)
    data = source.read_bytes()
    manifest = tmp_path / "shots.csv"
    manifest.write_text("project,export\nmade/apple.roto,masks project\n")
    result, _ = outcome(manifest, tmp_path / "out", HereRunner(), options={"pixels_a_frame": 2})
    assert result.done == ("apple",)
    assert source.read_bytes() == data
    moved = np.roll(true_labels(0), 6, axis=1)
    np.testing.assert_array_equal(read_mask(tmp_path / "out" / "apple_masks" / "00003.png"), moved)
    with Project.open(tmp_path / "out" / "apple_project.roto") as project:
        assert project.objects.get(1).name == "pome"
        assert (project.anchor_frames(), project.revision(0)) == ([0], before)
        np.testing.assert_array_equal(project.labels(3), moved)


def test_the_report_shows_every_clip(clips: Path, tmp_path: Path) -> None:
    truth = tmp_path / "truth"
    truth.mkdir()
    for frame_index in range(FRAMES):
        write_mask(truth / f"{frame_index:05}.png", np.roll(true_labels(0), frame_index, axis=1))
    manifest = clips / "shots.csv"
    manifest.write_text(f"clip,mask,name,truth\napple.mp4,apple.png,<b>,{truth}\nbanana.mp4,banana.png,banana,\n")
    result, _ = outcome(manifest, tmp_path / "out", HereRunner())
    page = result.report.read_text(encoding="utf-8")
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "J&amp;F 1.000" in page
    assert page.count("<svg") == 3  # confidence of both, scores of one
    assert page.count("data:image/jpeg;base64,") == 2
    assert "http" not in page


def test_an_error_nobody_foresaw_is_reported_whole(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of a kind")

    monkeypatch.setattr("core.batch.clip_run.plan", broken)
    result, events = outcome(clips, tmp_path / "out", HereRunner())
    assert result.failed == NAMES
    assert "Traceback" in events[1].text
    assert events[1].text.strip().endswith("ZeroDivisionError: of a kind")


def test_a_lost_result_is_made_again(clips: Path, tmp_path: Path) -> None:
    out, second = tmp_path / "out", HereRunner()
    outcome(clips, out, HereRunner())
    (out / "cherry" / "00000.png").rename(out / "one.png")
    for path in (out / "banana").iterdir():
        path.unlink()
    (out / "banana").rmdir()
    result, _ = outcome(clips, out, second)
    assert second.done == ["banana"]
    assert result.done == NAMES


def test_half_an_attempt_of_a_crash_is_swept_away(clips: Path, tmp_path: Path) -> None:
    def leave(task: Task) -> None:
        (ClipLedger(task.out, task.job).new_attempt() / "half").write_text("")

    outcome(clips, tmp_path / "out", HereRunner(leave))
    assert not list((tmp_path / "out").rglob("attempt-*"))


def test_each_object_alone_goes_to_a_folder_of_the_clip(clips: Path, tmp_path: Path) -> None:
    labels = true_labels(0)
    labels[36:46, 10:30] = 2
    write_mask(clips / "apple.png", labels)
    result, _ = outcome(clips, tmp_path / "out", HereRunner(), each=True, export=["ffv1", "binary"])
    assert result.done == NAMES
    names = set(contents(tmp_path / "out"))
    assert {name for name in names if name.startswith("apple_ffv1")} == {
        "apple_ffv1/apple_1.mkv",
        "apple_ffv1/apple_2.mkv",
    }
    assert "apple_binary/apple_2/00007.png" in names
    assert "banana_ffv1/banana_1.mkv" in names


def test_replacing_leaves_other_files_and_removes_what_is_no_more(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcome(clips, out, HereRunner())
    (out / "apple" / "notes.txt").write_text("mine")
    (out / "banana").rename(out / "elsewhere")
    result, _ = outcome(clips, out, HereRunner(), overwrite=True, range="0:2")
    assert result.done == NAMES
    assert sorted(path.name for path in (out / "apple").iterdir()) == [
        "00000.png",
        "00001.png",
        "00002.png",
        "notes.txt",
    ]
    assert len(list((out / "banana").iterdir())) == 3
    assert len(list((out / "elsewhere").iterdir())) == FRAMES
    assert not list(out.rglob("owned.txt"))


def test_a_file_in_the_place_of_a_folder_is_never_replaced(clips: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "cherry").write_text("mine")
    with pytest.raises(BatchError, match="cherry: a file"):
        outcome(clips, out, HereRunner(), overwrite=True)
    assert (out / "cherry").read_text() == "mine"
    assert not (out / "apple").exists()


def test_what_cannot_be_moved_in_place_is_that_clips_failure(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import core.batch.ledger as ledger

    original = ledger._deliver

    def stuck(source: Path, target: Path) -> None:
        if target.name == "banana":
            raise PermissionError(13, "Permission denied", str(target))
        original(source, target)

    monkeypatch.setattr(ledger, "_deliver", stuck)
    result, events = outcome(clips, tmp_path / "out", HereRunner())
    assert (result.done, result.failed) == (("apple", "cherry"), ("banana",))
    assert "banana: cannot be moved in place (Permission denied)" in events[3].text
    monkeypatch.undo()
    second = HereRunner()
    assert outcome(clips, tmp_path / "out", second)[0].done == NAMES
    assert second.done == [], "it was finished: only the move was missing"


def test_a_clip_that_went_after_it_was_done_stays_done(clips: Path, tmp_path: Path) -> None:
    manifest = clips / "shots.csv"
    manifest.write_text("clip,mask\napple.mp4,apple.png\nbanana.mp4,banana.png\n")
    outcome(manifest, tmp_path / "out", HereRunner())
    (clips / "apple.mp4").unlink()
    result, events = outcome(manifest, tmp_path / "out", HereRunner())
    assert (result.done, result.failed) == (("apple", "banana"), ())
    assert {event.kind for event in events} == {ClipEventKind.KEPT}


@pytest.mark.parametrize("used", [True, False])
def test_a_projects_fine_tuned_weights_are_used_if_the_window_uses_them(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, used: bool
) -> None:
    import core.batch.clip_run as clip_run
    from core.engines.fake import FakeEngine

    outcome(clips, tmp_path / "made", HereRunner(), export="project")
    with Project.open(tmp_path / "made" / "apple.roto") as project:
        project.tuned_weights.keep(0.5, 0.6, b"weights")
        project.tuned_weights.use(used)
    seen: list[object] = []

    class Adaptable(FakeEngine):
        @property
        def info(self) -> EngineInfo:
            return dataclasses.replace(super().info, adaptable=True)

        def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> Session:  # type: ignore[override]
            given = dict(options or {})
            if "adaptation" in given:
                seen.append(given.pop("adaptation"))
            return super().open(size, device, given)

    monkeypatch.setattr(clip_run, "load", lambda _name: Adaptable())
    manifest = tmp_path / "shots.csv"
    manifest.write_text("project\nmade/apple.roto\n")
    assert outcome(manifest, tmp_path / "out", HereRunner())[0].done == ("apple",)
    assert seen == ([b"weights"] if used else [])


@pytest.mark.parametrize(
    ("setting", "expected"),
    [({"objects": [1, 7]}, "there is no object 7; there are: 1"), ({"range": "2:99"}, "no range of this clip")],
)
def test_what_an_export_cannot_hold_is_reported_before_a_clip_is_followed(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: dict[str, object], expected: str
) -> None:
    monkeypatch.setattr("core.batch.clip_run.propagate", None)
    result, events = outcome(clips, tmp_path / "out", HereRunner(), **setting)  # type: ignore[arg-type]
    assert result.failed == NAMES
    assert expected in events[-1].text
