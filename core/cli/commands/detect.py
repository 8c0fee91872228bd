"""`detect`: find the objects of a clip by a detector, and follow them."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from core.cli.arguments import Subparsers, add_command, clip_options
from core.cli.finding.results import add_finding_options, check_finding_options, store_and_follow
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Whole, megabytes
from core.cli.progress import ProgressPrinter
from core.cli.propagation_run import check_frame
from core.engines.detectors import DEFAULT_DETECTOR, available_detectors, detector_info
from core.engines.detectors.finding import FindRequest, find_objects
from core.engines.detectors.prompting import AUTO
from core.engines.models.catalogue import find
from core.errors import EngineError
from core.jobs import CancelToken, watched
from core.masks.found import FoundObject
from core.media import VideoSource, open_video
from core.own_folders import models_folder

_EXAMPLES = """\
  rotoflow detect --list                                          the detectors, and where their weights go
  rotoflow detect clip.mp4 --model maskrcnn --out clip.roto       the objects of frame 0, to accept in the window
  rotoflow detect clip.mp4 --frame 40 --class dog --follow --out clip.roto
  rotoflow detect clip.mp4 --every 25 --model fasterrcnn --out masks/
  rotoflow detect clip.mp4 --model keypointrcnn --threshold 0.8   only says what it finds
  rotoflow detect clip.mp4 --model maskrcnn --weights mine.pth --out clip.roto

Boxes become masks by GrabCut, and joints by the click network (--prompt chooses another way). With --every, what
overlaps from one frame to the next is one object. Nothing is downloaded: weights lie in the folder of models, under
their official name. A folder gets one palette PNG a frame and objects.json with the classes; a project has the
classes as labels.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "detect",
        "find the objects of a clip by a detector",
        "Finds objects on one frame, or on every n-th, names their classes, and follows them if asked.",
        _EXAMPLES,
    )
    parser.add_argument("clip", metavar="CLIP", type=Path, nargs="?", help="video file or folder of pictures")
    parser.add_argument("--list", action="store_true", help="list the detectors")
    parser.add_argument(
        "--model", metavar="NAME", default=DEFAULT_DETECTOR, help="detector to use (default: %(default)s)"
    )
    parser.add_argument(
        "--weights",
        metavar="PATH",
        type=Path,
        help="the detector's weights, a file or folder (default: in the folder of models)",
    )
    parser.add_argument(
        "--class",
        dest="classes",
        metavar="NAME",
        action="append",
        default=[],
        help="keep objects of this class only, such as dog; may be repeated",
    )
    parser.add_argument(
        "--prompt",
        metavar="NAME",
        default=AUTO,
        help="what makes masks of boxes and joints: grabcut, clicks, or an engine that takes boxes (default: auto)",
    )
    parser.add_argument(
        "--size",
        metavar="PIXELS",
        type=Whole(32, 4096),
        help="short side of the picture that the network sees, where it can be chosen: smaller is faster",
    )
    add_finding_options(parser, first_frame=True)


def run(args: argparse.Namespace) -> int:
    """Finds, prints and stores. Raises EngineError for what cannot be done, CancelledError after Ctrl-C."""
    if args.list:
        return _list()
    if args.clip is None:
        raise EngineError("Name a clip, or list the detectors with --list.")
    detector_info(args.model)
    check_finding_options(args)
    with closing(open_video(args.clip, clip_options(args))) as video, cancelled_by_interrupt() as token:
        store_and_follow(args, video, _find(args, video, token), token)
    return 0


def _find(args: argparse.Namespace, video: VideoSource, token: CancelToken) -> list[FoundObject]:
    """Searches the requested frames."""
    check_frame(args.frame, video, "--frame: frame")
    frames = range(0, video.frame_count, args.every) if args.every else [args.frame]
    request = FindRequest(
        frames=list(frames),
        size=video.size,
        model=args.model,
        weights=args.weights,
        least=args.threshold,
        classes=tuple(args.classes),
        prompter=args.prompt,
        device=args.device,
        short_side=args.size,
    )
    with ProgressPrinter("Finding objects") as printer:
        return watched(find_objects(request, video.read, token), printer.show)


def _list() -> int:
    for info in available_detectors():
        print(f"{info.name:<18}{info.title}")
        print(f"{'':<18}gives {info.gives.value}; {megabytes(find(info.name).size)}; {info.licence}")
        print(f"{'':<18}{info.address}")
    print(f"folder: {models_folder()}")
    return 0
