"""`export`: takes the masks out of a project."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.progress import ProgressPrinter
from core.cli.projects import clip_of, open_project
from core.cli.targets import check_folder
from core.delivery.masks import export_masks
from core.errors import ProjectError
from core.media import open_video

_EXAMPLES = """\
  rotoflow export clip.roto --format masks --out masks/            palette PNG, the index is the object id
  rotoflow export clip.roto --format binary --out matte/           black and white
  rotoflow export clip.roto --format binary --objects 2 --out two/
  rotoflow export clip.roto --format masks --out masks/ --video moved/clip.mp4

Frames that have masks become one picture each, named after the clip's pictures or by five-digit frame index.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "export",
        "take the masks out of a project",
        "Writes a project's masks as pictures.",
        _EXAMPLES,
    )
    parser.add_argument("project", metavar="PROJECT", type=Path, help="project file (.roto)")
    parser.add_argument("--format", choices=("masks", "binary"), default="masks", help="default: %(default)s")
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="folder to write into")
    parser.add_argument("--objects", metavar="ID", type=int, nargs="+", help="only these objects (default: all)")
    parser.add_argument("--video", metavar="PATH", type=Path, help="where the project's clip is now, if it was moved")
    parser.add_argument(
        "--overwrite", action="store_true", help="write into a folder that is not empty; files of the same name go"
    )


def run(args: argparse.Namespace) -> int:
    """Exports every frame that has masks; raises CancelledError after Ctrl-C, with the finished files in place."""
    with open_project(args.project) as project, cancelled_by_interrupt() as token:
        known = {track.object_id for track in project.tracks}
        unknown = sorted(set(args.objects or ()) - known)
        if unknown:
            listed = ", ".join(map(str, sorted(known))) or "none"
            raise ProjectError(f"{args.project}: there is no object {unknown[0]}; there are: {listed}.")
        clip = clip_of(project, args.video)
        check_folder(args.out, args.overwrite)
        frames = [index for index in range(project.frame_count) if project.has_labels(index)]
        if not frames:
            raise ProjectError(f"{args.project}: no frame has a mask yet; propagate first.")
        with closing(open_video(clip)) as video, ProgressPrinter("Exporting") as printer:
            for progress in export_masks(
                project.labels,
                args.out,
                video.frame_name,
                frames,
                token,
                binary=args.format == "binary",
                object_ids=args.objects,
            ):
                printer.show(progress)
    print(f"{len(frames)} frames in {args.out}")
    return 0
