"""Every command that writes, with every way to name something that it reads: it refuses, and nothing changes.

The table is held to the parser's own list of paths: an argument that nobody has put here fails a test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.video_writer import VideoWriter
from core.batch.job import ClipJob
from core.batch.ledger import ClipLedger
from core.cli import COMMANDS, _module, main
from core.delivery.export import ExportResult, export
from core.delivery.isolated import OpenClip
from core.jobs import Progress
from core.masks import write_mask
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, picture, true_labels

READ = {
    "info": ("clip",),
    "propagate": ("clip",),
    "detect": ("clip", "weights"),
    "find": ("clip", "weights"),
    "export": ("project", "video"),
    "batch": ("source",),
    "evaluate": ("results", "against"),
    "dataset write": ("projects",),
    "dataset read": ("folder",),
    "dataset convert": ("folder",),
    "check": ("masks", "against"),
    "metrics": ("masks", "truth"),
    "explain": ("project", "weights"),
    "repair": ("project",),
    "restore": ("project",),
    "models add": ("path",),
    "train": ("data", "init", "validate", "calibrate"),
    "train-clicks": ("data", "init"),
    "pack": ("data",),
    "curves": ("runs",),
}
"""The paths that are only read, by command."""


@dataclass(frozen=True)
class Writer:
    """A command line without the value of its last option, and what it reads, as names in the scene."""

    line: tuple[str, ...]
    reads: tuple[str, ...]
    ending: str = ""
    """Of the file it writes; "" for a folder."""
    adds: bool = False
    """Whether it adds files of their own names to a folder, which may hold what is read."""
    mine: tuple[str, ...] = ()
    """Files that it would write in its folder, which are somebody's own and are not to be replaced unasked."""


def _reader(
    *line: str, reads: tuple[str, ...], ending: str = "", adds: bool = False, mine: tuple[str, ...] = ()
) -> Writer:
    return Writer(line, reads, ending, adds, mine)


_EXPORTED = ("compact.safetensors", "compact-encoder.onnx")
WRITERS = {
    "propagate out": [
        _reader("propagate", "pictures", "--mask", "m/first.png", "--out", reads=("pictures", "m/first.png")),
        _reader("propagate", "v/clip.mp4", "--mask", "m/first.png", "--out", reads=("v/clip.mp4",), ending=".roto"),
        _reader("propagate", "v/clip.mp4", "--mask", "p/other.roto", "--out", reads=("p/other.roto",)),
    ],
    "propagate sheet": [
        _reader(
            *("propagate", "pictures", "--mask", "m/first.png", "--out", "new", "--sheet"),
            reads=("pictures", "m/first.png"),
            ending=".png",
        )
    ],
    "detect out": [
        _reader(
            *("detect", "pictures", "--model", "fake", "--weights", "weights", "--out"), reads=("pictures", "weights")
        ),
    ],
    "find out": [
        _reader("find", "pictures", "--text", "dog", "--weights", "weights", "--out", reads=("pictures", "weights"))
    ],
    "export out": [
        _reader("export", "p/shot.roto", "--format", "masks", "--out", reads=("p/shot.roto", "pictures")),
        _reader("export", "p/shot.roto", "--format", "h264", "--out", reads=("p/shot.roto", "pictures"), ending=".mp4"),
        _reader(
            "export", "p/clip.roto", "--format", "h264", "--out", reads=("p/clip.roto", "v/clip.mp4"), ending=".mp4"
        ),
        _reader("export", "p/shot.roto", "--format", "shapes-svg", "--out", reads=("p/shot.roto",), ending=".svg"),
        _reader(
            *("export", "p/shot.roto", "--format", "h264", "--background", "m/first.png", "--out"),
            reads=("m/first.png",),
            ending=".mp4",
        ),
    ],
    "batch out": [
        _reader(
            *("batch", "clips", "--engine", "fake", "--jobs", "1", "--export", "h264", "--out"),
            reads=("clips/clip.mp4", "clips/clip.png"),
            adds=True,
            mine=("report.html",),
        ),
        _reader(
            "batch",
            "m/list.json",
            "--engine",
            "fake",
            "--out",
            reads=("pictures", "m/first.png"),
            adds=True,
            mine=("report.html",),
        ),
    ],
    "dataset write out": [
        _reader("dataset", "write", "p/shot.roto", "--format", "davis", "--out", reads=("p/shot.roto", "pictures"))
    ],
    "dataset read out": [
        _reader(
            "dataset", "read", "DAVIS", "--format", "davis", "--out", reads=("DAVIS",), adds=True, mine=("one.roto",)
        ),
        _reader("dataset", "read", "DAVIS", "--clip", "one", "--out", reads=("DAVIS",), ending=".roto"),
    ],
    "dataset convert out": [
        _reader("dataset", "convert", "DAVIS", "--from", "davis", "--to", "coco", "--out", reads=("DAVIS",))
    ],
    "check html": [
        _reader(
            *("check", "p/other.roto", "--against", "p/shot.roto", "--html"),
            reads=("p/other.roto", "p/shot.roto", "pictures"),
            ending=".html",
        ),
        _reader("check", "p/other.roto", "--against", "DAVIS", "--html", reads=("DAVIS",), ending=".html"),
    ],
    "metrics out": [
        _reader("metrics", "p/other.roto", "--truth", "p/shot.roto", "--out", reads=("p/other.roto", "pictures"))
    ],
    "explain out": [
        _reader("explain", "p/shot.roto", "embedding", "--out", reads=("p/shot.roto", "pictures"), ending=".png"),
        _reader("explain", "p/shot.roto", "objects", "--out", reads=("p/shot.roto", "pictures"), ending=".svg"),
        _reader(
            *("explain", "p/shot.roto", "--seed", "point", "--pixel", "3,3", "--out"),
            reads=("p/shot.roto", "pictures"),
            ending=".png",
        ),
    ],
    "repair out": [_reader("repair", "p/damaged.roto", "--out", reads=("p/damaged.roto",), ending=".roto")],
    "sample out": [_reader("sample", "--engine", "fake", "--out", reads=("sample",))],
    "train out": [
        _reader(
            *("train", "--data", "DAVIS", "--steps", "1", "--init", "weights/w.safetensors", "--out"),
            reads=("DAVIS", "weights/w.safetensors"),
        ),
        _reader("train", "--data", "data", "--steps", "1", "--out", reads=("data",), mine=("log.jsonl", "curves.svg")),
    ],
    "train export": [
        _reader(
            *("train", "--out", "runs", "--calibrate", "DAVIS", "--validate", "pictures", "--export"),
            reads=("DAVIS", "pictures"),
            mine=_EXPORTED,
        )
    ],
    "train-clicks out": [
        _reader(
            *("train-clicks", "--data", "DAVIS", "--init", "weights/compact-clicks.safetensors", "--out"),
            reads=("DAVIS",),
            mine=("compact-clicks.safetensors", "compact-clicks.onnx", "compact-clicks-encoder.onnx"),
        )
    ],
    "pack out": [_reader("pack", "--data", "DAVIS", "--out", reads=("DAVIS",), ending=".pack")],
    "curves out": [_reader("curves", "runs", "--out", reads=("runs/log.jsonl",), ending=".svg")],
}
"""By the command and the option that says where to."""
HAVE_NO_OVERWRITE = ("repair",)


def paths_of_commands() -> Iterator[tuple[str, str]]:
    """The command and name of every argument that is a path."""
    for name in COMMANDS:
        parser = argparse.ArgumentParser()
        subparsers = parser.add_subparsers()
        _module(name).register(subparsers)
        yield from _paths(name, subparsers.choices[name])


def _paths(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for part, inner in action.choices.items():
                yield from _paths(f"{name} {part}", inner)
        elif action.type is Path:
            yield name, action.dest


def test_every_path_of_the_command_line_is_known() -> None:
    known = {(name, one) for name, these in READ.items() for one in these}
    known |= {(key.rpartition(" ")[0], key.rpartition(" ")[2]) for key in WRITERS}
    assert set(paths_of_commands()) == known, "say in READ or WRITERS what the argument is for"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the commands read."""
    scene = tmp_path_factory.mktemp("scene")
    for name in ("pictures", "v", "m", "p", "clips", "weights", "data", "runs", "sample"):
        (scene / name).mkdir()
    with VideoWriter(scene / "v/clip.mp4", SIZE, Fraction(24)) as writer:
        for index in range(FRAMES):
            writer.write(picture(index))
            write_mask(scene / f"pictures/{index:05}.png", true_labels(index))
    write_mask(scene / "m/first.png", true_labels(0))
    for name in ("clip.mp4", "clip.png"):
        shutil.copy(scene / ("v/clip.mp4" if name == "clip.mp4" else "m/first.png"), scene / "clips" / name)
    (scene / "m/list.json").write_text(
        '{"clip": [{"name": "a", "clip": "../pictures", "mask": "first.png"}, {"clip": "../clips/clip.mp4", "mask": '
        '"../clips/clip.png"}]}'
    )
    for source, name in (("pictures", "shot"), ("pictures", "other"), ("v/clip.mp4", "clip")):
        line = ("propagate", scene / source, "--mask", scene / "m/first.png", "--engine", "fake", "--out")
        assert main([*map(str, line), str(scene / f"p/{name}.roto")]) == 0
    (scene / "p/damaged.roto").write_bytes((scene / "p/shot.roto").read_bytes()[:-5000])
    for index in range(2):
        folders = [scene / "DAVIS" / kind / "480p" / "one" for kind in ("Annotations", "JPEGImages")]
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            write_mask(folder / f"{index:05}.png", true_labels(index))
    for name in ("weights/model.safetensors", "weights/w.safetensors", "weights/compact-clicks.safetensors", "data/x"):
        (scene / name).write_text("mine")
    for name in ("clip.mp4", "first_mask.png"):
        (scene / "sample" / name).write_text("mine")
    (scene / "runs/log.jsonl").write_text('{"step": 1}\n')
    return scene


@pytest.fixture
def scene(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scene, which is the current folder; the sample that ships lies in it."""
    monkeypatch.chdir(built)
    monkeypatch.setattr("core.cli.commands.sample.files", lambda _package: built)
    # looked for on the disk, for every text of every parser
    monkeypatch.setattr("argparse._", str)
    # a process of its own takes a second
    monkeypatch.setattr("core.cli.commands.export.export_isolated", export_here)
    return built


def export_here(open_clip: OpenClip, *given: Any, **named: Any) -> Generator[Progress, None, ExportResult]:
    with closing(open_clip()) as video:
        return (yield from export(video, *given, **named))


def contents(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What is there, with what changes when it is written to or replaced."""
    found = {str(path.relative_to(folder)): path.lstat() for path in sorted(folder.rglob("*"))}
    return {
        name: (one.st_ino, 0, 0) if stat.S_ISDIR(one.st_mode) else (one.st_ino, one.st_size, one.st_mtime_ns)
        for name, one in found.items()
    }


def _linked(make: Callable[[Path, Path], None], scene: Path, source: Path, ending: str) -> Path:
    link = scene / f"link{ending}"
    make(source, link)
    return link


def names_for(scene: Path, source: Path, writer: Writer) -> Iterator[tuple[str, Path]]:
    """Every way to name something read as the place to write to."""
    yield "itself", source
    yield "through ..", scene / "m" / ".." / source.relative_to(scene)
    yield "through .. of a folder that is not there", scene / "missing" / ".." / source.relative_to(scene)
    yield "a link", _linked(lambda to, link: link.symlink_to(to), scene, source, writer.ending)
    yield (
        "a link's link",
        _linked(lambda to, link: link.symlink_to(os.path.relpath(to, link.parent)), scene, source, "2"),
    )
    (scene / "link2").unlink()
    if source.is_file():
        yield "a hard link", _linked(lambda to, link: os.link(to, link), scene, source, f"3{writer.ending}")
        (scene / f"link3{writer.ending}").unlink()
    else:
        yield "inside", source / f"new{writer.ending}"
        yield "deep inside", source / "new" / f"deep{writer.ending}"
        yield "inside, by a link", scene / f"link{writer.ending}" / f"new{writer.ending}"
    (scene / f"link{writer.ending}").unlink()
    if not writer.ending and not writer.adds:
        yield "what holds it", source.parent
        yield "what holds all", scene
    if source.suffix == ".roto":
        for ending in ("-wal", "-shm", "-journal"):
            yield f"the project's {ending}", source.with_name(source.name + ending)


@pytest.mark.parametrize("key", WRITERS)
def test_what_is_read_is_never_written_to(run: RunCommand, scene: Path, key: str) -> None:
    before = contents(scene)
    for writer in WRITERS[key]:
        replace = () if writer.line[0] in HAVE_NO_OVERWRITE else ("--overwrite",)
        for read in writer.reads:
            for case, path in names_for(scene, scene / read, writer):
                outcome = run(*writer.line, path, *replace)
                shown = f"{' '.join(writer.line)} {path} ({case}): {outcome.out}{outcome.err}"
                assert outcome.code == 1, shown
                assert outcome.err.startswith("rotoflow: "), shown
                assert "Traceback" not in outcome.err, shown
                left = {name: one for name, one in contents(scene).items() if not name.startswith("link")}
                assert left == before, shown


@pytest.mark.parametrize("key", WRITERS)
def test_the_clip_of_a_project_beside_is_never_written_to(run: RunCommand, scene: Path, key: str) -> None:
    """The pictures of another project, which is not read at all: their folder looks like any other."""
    theirs = scene / "theirs" / "shot"
    if not theirs.is_dir():
        shutil.copytree(scene / "pictures", theirs)
        line = ("propagate", theirs, "--mask", scene / "m/first.png", "--engine", "fake", "--out")
        assert main([*map(str, line), str(theirs.parent / "any.roto")]) == 0
    before = contents(scene)
    for writer in WRITERS[key]:
        replace = () if writer.line[0] in HAVE_NO_OVERWRITE else ("--overwrite",)
        targets = [theirs / f"00001{writer.ending}"] if writer.ending else [theirs, theirs / "new"]
        for target in targets:
            outcome = run(*writer.line, target, *replace)
            shown = f"{' '.join(writer.line)} {target}: {outcome.out}{outcome.err}"
            assert outcome.code == 1, shown
            assert "Traceback" not in outcome.err, shown
            assert contents(scene) == before, shown


def test_an_export_with_the_clips_name_beside_the_project_is_no_clip(
    run: RunCommand, scene: Path, tmp_path: Path
) -> None:
    project = Path(shutil.copy(scene / "p/clip.roto", tmp_path))
    for _ in range(2):
        outcome = run("export", project, "--format", "h264", "--out", tmp_path / "clip.mp4", "--overwrite")
        assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("key", WRITERS)
def test_nothing_is_replaced_unasked(run: RunCommand, scene: Path, tmp_path: Path, key: str) -> None:
    for number, writer in enumerate(WRITERS[key]):
        mine = tmp_path / f"mine{number}{writer.ending}"
        if writer.ending:
            mine.write_text("mine")
        else:
            mine.mkdir()
            for name in writer.mine or ("00000.png",):
                (mine / name).write_text("mine")
        before = contents(tmp_path)
        outcome = run(*writer.line, mine)
        assert outcome.code == 1, f"{writer.line}: {outcome.out}{outcome.err}"
        # a batch may add clips to a folder that has others, and a training to one with other files
        assert contents(tmp_path) == before, writer.line


@pytest.mark.parametrize(
    "line",
    [
        ("export", "p/shot.roto", "--format", "masks", "--overwrite", "--out"),
        ("propagate", "v/clip.mp4", "--mask", "m/first.png", "--engine", "fake", "--overwrite", "--out"),
    ],
)
@pytest.mark.parametrize("make", [os.link, os.symlink])
def test_links_in_the_folder_are_replaced_and_not_followed(
    run: RunCommand, scene: Path, tmp_path: Path, line: tuple[str, ...], make: Callable[[Path, Path], None]
) -> None:
    """Files of a folder that is written to may be somebody's own under a second name."""
    before, out = contents(scene), tmp_path / "out"
    out.mkdir()
    for index in range(FRAMES):
        make(scene / f"pictures/{index:05}.png", out / f"{index:05}.png")
    outcome = run(*line, out)
    assert outcome.code == 0, outcome.err
    assert contents(scene) == before


def test_a_list_of_own_files_reaches_nothing_outside(tmp_path: Path) -> None:
    """A batch removes what an earlier result has left; the list of that is a file in its folder."""
    (tmp_path / "precious").write_text("mine")
    out = tmp_path / "out"
    ledger = ClipLedger(out, ClipJob(name="a", clip=tmp_path / "clip.mp4"))
    ledger.folder.mkdir(parents=True)
    listed = f"../precious\n{tmp_path / 'precious'}\na/1.png\na\0\n"
    (ledger.folder / "owned.txt").write_bytes(listed.encode() + b"\xe4.png")
    assert ledger._owned_before() == {"a/1.png", "\udce4.png"}
