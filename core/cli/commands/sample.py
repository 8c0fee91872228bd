"""`sample`: the whole job on the clip that comes with the program."""

from __future__ import annotations

import argparse
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

from core.cli.arguments import MaskArgument, Subparsers, add_command, add_engine_options
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.propagation_run import cancelled, follow, make_request, open_session, read_anchors
from core.cli.scoring import print_scores, score_folder
from core.cli.targets import check_folder, open_target
from core.delivery.contact_sheet import contact_sheet, evenly_spaced, write_sheet
from core.masks import read_mask
from core.media import open_video
from core.project import spare_sources
from core.propagation import Direction

_EXAMPLES = """\
  rotoflow sample
  rotoflow sample --out runs/sample --overwrite
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "sample",
        "run the whole job on the sample clip",
        "Follows the three objects of the sample clip, scores the masks against the true ones, and writes the masks "
        "and a contact sheet.",
        _EXAMPLES,
    )
    parser.add_argument(
        "--out", metavar="FOLDER", type=Path, default=Path("runs/sample"), help="where to write (default: runs/sample)"
    )
    parser.add_argument("--overwrite", action="store_true", help="write into the folder even if it is not empty")
    add_engine_options(parser)


def run(args: argparse.Namespace) -> int:
    """Propagates, scores, and writes the sheet."""
    with as_file(files("resources") / "sample") as sample:
        return _run(args, sample)


def _run(args: argparse.Namespace, sample: Path) -> int:
    masks, sheet = args.out / "masks", args.out / "contact_sheet.png"
    # inside the folder there may be links
    spare_sources([args.out, masks, sheet], [sample])
    check_folder(args.out, args.overwrite)
    with closing(open_video(sample / "clip.mp4")) as video, cancelled_by_interrupt() as token:
        anchors = read_anchors([MaskArgument(sample / "first_mask.png", 0)], 0, video)
        request = make_request(video, anchors, Direction.FORWARD, None)
        with open_session(args.engine, video.size, args.device, args.options) as session:
            token.raise_if_cancelled()
            with open_target(masks, video, anchors, "Sample") as target:
                stored = follow(video, request, session, target, token, "Propagating")
                if token.cancelled:
                    raise cancelled(len(stored), video.frame_count, masks)
                frames = evenly_spaced(stored, 12)
                write_sheet(sheet, contact_sheet(video.read, target.labels, frames, columns=3))
    truth = sample / "truth"
    names = sorted(path.stem for path in truth.glob("*.png"))
    print_scores({"sample": score_folder(masks, names, lambda name: read_mask(truth / f"{name}.png"))})
    print(f"masks in {masks}, contact sheet in {sheet}")
    return 0
