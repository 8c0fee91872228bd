"""`dataset`: annotated datasets out of projects, projects out of datasets, one layout out of another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.batch.dataset_projects import read_clips, read_into_projects
from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import LARGEST_SEED, MOST_FRAMES, Number, Whole, counted
from core.cli.progress import ProgressPrinter
from core.cli.projects import open_project
from core.datasets.clips import AnnotatedClip
from core.datasets.formats import DATASET_FORMATS
from core.datasets.reading.notes import ReadNotes
from core.datasets.writing import DatasetSettings, check_target, write_dataset
from core.jobs import CancelToken, watched
from core.messages import Message
from core.project import spare_sources, with_clips
from core.project.annotated import ProjectClips

_EXAMPLES = """\
  rotoflow dataset write a.roto b.roto c.roto --format coco --out set/ --split 0.8,0.1,0.1 --licence "CC BY 4.0"
  rotoflow dataset write *.roto --format yolo --every 5 --tolerance 1 --out set/
  rotoflow dataset read set/ --format coco --clip dog --out dog.roto      a project, to correct in the window
  rotoflow dataset read DAVIS/ --format davis --out projects/             a project for each clip
  rotoflow dataset convert DAVIS/ --from davis --to youtube-vos --out set/

`write --help`, `read --help` and `convert --help` have the options of each.
"""
_FORMATS = "formats:\n" + "\n".join(f"  {name:<15}{kind.title}" for name, kind in DATASET_FORMATS.items())
_WRITE_NOTES = """\

An object's class is the one it has in the project, else its name. Frames of which nothing is known are left out. A clip
is in one part only. The folder appears when all of it is written; its README.md says what is in it.
"""
_READ_NOTES = """\

What cannot be read is left out, counted by reason on stderr; docs/formats.md lists what is read of each layout.

All masks become a person's: nothing overwrites them until they are dropped. Pictures that stand in a folder of their
own are used where they are; those that share one with other clips are copied beside the project.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "dataset",
        "write and read annotated datasets",
        "Writes annotated datasets out of projects, and reads datasets into projects.",
        _EXAMPLES,
    )
    parts = parser.add_subparsers(dest="action", required=True, metavar="write|read|convert")
    formats = tuple(DATASET_FORMATS)
    writable = tuple(name for name, kind in DATASET_FORMATS.items() if kind.writer)
    write = _part(parts, "write", "projects to a dataset", "write *.roto --format coco --out set/", _WRITE_NOTES)
    write.add_argument("projects", metavar="PROJECT", type=Path, nargs="+", help="project files (.roto)")
    write.add_argument("--format", choices=writable, required=True, help="see below")
    _add_writing_options(write)
    read = _part(parts, "read", "a dataset to projects", "read set/ --format coco --out projects/", _READ_NOTES)
    read.add_argument("folder", metavar="FOLDER", type=Path, help="the dataset's folder")
    read.add_argument("--format", choices=formats, help="see below (default: the layout that the folder has)")
    read.add_argument("--clip", dest="clips", metavar="NAME", nargs="+", help="only these clips (default: all)")
    read.add_argument(
        "--out",
        metavar="PATH",
        type=Path,
        required=True,
        help="a project (.roto) for one clip, or a folder for several",
    )
    read.add_argument("--overwrite", action="store_true", help="replace projects of the same name")
    convert = _part(
        parts, "convert", "a dataset to another layout", "convert DAVIS/ --from davis --to coco --out set/", "\n"
    )
    convert.add_argument("folder", metavar="FOLDER", type=Path, help="the dataset's folder")
    convert.add_argument(
        "--from", dest="source", choices=formats, help="see below (default: the layout that the folder has)"
    )
    convert.add_argument("--to", dest="format", choices=writable, required=True, help="see below")
    convert.add_argument("--clip", dest="clips", metavar="NAME", nargs="+", help="only these clips (default: all)")
    _add_writing_options(convert)


def run(args: argparse.Namespace) -> int:
    """Writes, reads or converts; raises CancelledError after Ctrl-C."""
    with cancelled_by_interrupt() as token:
        if args.action == "read":
            return _read(args, token)
        inputs = args.projects if args.action == "write" else [args.folder]
        spare_sources([args.out], with_clips(inputs))
        check_target(args.out, args.overwrite)
        if args.action == "convert":
            left_out = ReadNotes()
            clips = read_clips(args.folder, args.source, args.clips, left_out)
            return _write(clips, args, token, left_out)
        notes: list[Message] = []
        with ProjectClips(open_project) as projects:
            clips = projects.clips(args.projects, notes)
            for note in notes:
                print(f"note: {note}", file=sys.stderr)
            return _write(clips, args, token)


def _write(
    clips: list[AnnotatedClip], args: argparse.Namespace, token: CancelToken, notes: ReadNotes | None = None
) -> int:
    settings = DatasetSettings(
        args.format,
        args.ratios,
        args.seed,
        args.every,
        args.overwrite,
        args.title or "",
        args.licence or "",
        args.tolerance,
    )
    with ProgressPrinter("Writing") as printer:
        counts = watched(write_dataset(clips, args.out, settings, token, notes), printer.show)
    _print_notes(notes)
    for split, one in counts.splits.items():
        print(f"{split}: {len(one.clips)} clips, {one.frames} frames, {one.masks.total()} masks")
    print(f"{counted(counts.frames, 'frame')} in {args.out}")
    return 0


def _read(args: argparse.Namespace, token: CancelToken) -> int:
    notes = ReadNotes()
    clips = read_clips(args.folder, args.format, args.clips, notes)
    with ProgressPrinter("Reading") as printer:
        for path, progress in read_into_projects(clips, args.folder, args.out, args.overwrite, token, notes):
            printer.show(progress)
            done = path
    _print_notes(notes)
    print(f"{len(clips)} projects in {args.out}" if len(clips) > 1 else f"1 project: {done}")
    return 0


def _print_notes(notes: ReadNotes | None) -> None:
    for line in notes.lines() if notes else ():
        print(f"note: {line}", file=sys.stderr)


def _part(parts: Subparsers, name: str, line: str, example: str, notes: str) -> argparse.ArgumentParser:
    return parts.add_parser(
        name,
        help=line,
        description=f"{line[0].upper()}{line[1:]}.",
        epilog=f"example:\n  rotoflow dataset {example}\n\n{_FORMATS}\n{notes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_writing_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the folder to make")
    parser.add_argument(
        "--split",
        dest="ratios",
        metavar="TRAIN,VAL,TEST",
        type=_ratios,
        help="shares of the parts, by clip (default: the clips' own parts, else all to train)",
    )
    parser.add_argument(
        "--seed", type=Whole(0, LARGEST_SEED), default=0, help="seed of the draw of the parts (default: %(default)s)"
    )
    parser.add_argument(
        "--every", metavar="N", type=Whole(1, MOST_FRAMES), default=1, help="every n-th annotated frame only"
    )
    parser.add_argument(
        "--tolerance",
        metavar="PIXELS",
        type=Number(0, 100),
        default=0.0,
        help="polygons may be this far off (default: exact)",
    )
    parser.add_argument("--title", help="of the dataset, in its README.md (default: the folder's name)")
    parser.add_argument("--licence", help="of the pictures and masks, in its README.md")
    parser.add_argument("--overwrite", action="store_true", help="replace a dataset that was written here")


def _ratios(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' are no ratios; expected numbers such as 0.8,0.1,0.1") from error
