"""`detect`: find the objects of a clip by a detector, and follow them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from core.cli.arguments import (
    Subparsers,
    add_clip_options,
    add_command,
    add_engine_options,
    clip_options,
    frame_argument,
)
from core.cli.finding.storing import Found, as_anchors, print_objects, store_classes
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.progress import ProgressPrinter
from core.cli.propagation_run import cancelled, check_frame, follow, make_request, open_session
from core.cli.targets import check_target, open_target
from core.engines.detectors import DEFAULT_DETECTOR, available_detectors, detector_info
from core.engines.detectors.finding import FindRequest, find_objects
from core.engines.detectors.prompting import AUTO
from core.engines.downloads import download_folder
from core.errors import EngineError
from core.jobs import CancelToken, watched
from core.media import VideoSource, open_video
from core.propagation import Direction, plan
from core.types import Anchor, FrameResult

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
    parser.add_argument("--weights", metavar="PATH", type=Path, help="where its weights are (default: models' folder)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--frame", metavar="N", type=frame_argument, default=0, help="look at frame N (default: 0)")
    where.add_argument("--every", metavar="N", type=_count, help="look at every N-th frame")
    parser.add_argument(
        "--threshold", metavar="SCORE", type=_share, default=0.5, help="least score, 0 to 1 (default: %(default)s)"
    )
    parser.add_argument(
        "--class", dest="classes", metavar="NAME", action="append", default=[], help="only these; may be repeated"
    )
    parser.add_argument(
        "--prompt",
        metavar="NAME",
        default=AUTO,
        help="what makes masks of boxes and joints: grabcut, clicks, or an engine that takes boxes (default: auto)",
    )
    parser.add_argument(
        "--size", metavar="PIXELS", type=_count, help="short side that the network sees, where it can be chosen"
    )
    parser.add_argument("--follow", action="store_true", help="follow all of them through the clip")
    add_engine_options(parser)
    add_clip_options(parser)
    parser.add_argument(
        "--out", metavar="PATH", type=Path, help="a path ending in .roto is a project; any other a folder of masks"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace what is there")


def run(args: argparse.Namespace) -> int:
    """Finds, prints and stores; raises CancelledError after Ctrl-C."""
    if args.list:
        return _list()
    if args.clip is None:
        raise EngineError("Name a clip, or list the detectors with --list.")
    if args.follow and args.out is None:
        raise EngineError("Say with --out where the masks go that --follow makes.")
    detector_info(args.model)
    if args.out is not None:
        inputs = [args.clip] if args.weights is None else [args.clip, args.weights]
        check_target(args.out, inputs, args.overwrite)
    with closing(open_video(args.clip, clip_options(args))) as video, cancelled_by_interrupt() as token:
        anchors, objects = _find(args, video, token)
        if args.out is None or not anchors:
            return 0
        if args.follow:
            _follow(args, video, anchors, token)
        else:
            _store(args.out, video, anchors)
    store_classes(args.out, objects)
    print(f"{len(objects)} object{'' if len(objects) == 1 else 's'} in {args.out}")
    return 0


def _find(args: argparse.Namespace, video: VideoSource, token: CancelToken) -> tuple[list[Anchor], list[Found]]:
    """Looks at the frames that were asked for, and prints what is there."""
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
        found = watched(find_objects(request, video.read, token), printer.show)
    anchors, objects = as_anchors(found, video)
    if not objects:
        print(f"nothing found with a score of at least {args.threshold:g}")
    counts: dict[int, int] = {}
    for anchor in anchors:
        for object_id in anchor.object_ids:
            counts[object_id] = counts.get(object_id, 0) + 1
    print_objects(objects, counts)
    return anchors, objects


def _store(out: Path, video: VideoSource, anchors: Sequence[Anchor]) -> None:
    with open_target(out, video, anchors, "Find objects") as target:
        for anchor in anchors:
            target.put(FrameResult(anchor.frame_index, anchor.labels))


def _follow(args: argparse.Namespace, video: VideoSource, anchors: Sequence[Anchor], token: CancelToken) -> None:
    request = make_request(video, anchors, Direction.BOTH, None)
    with open_session(args.engine, video.size, args.device, args.options) as session:
        token.raise_if_cancelled()
        with open_target(args.out, video, anchors, "Propagate (both)") as target:
            stored = follow(video, request, session, target, token, "Following")
            if token.cancelled:
                raise cancelled(len(stored), len(plan(request).frames), target.kept)


def _list() -> int:
    for info in available_detectors():
        print(f"{info.name:<18}{info.title}")
        print(f"{'':<18}gives {info.gives.value}; {info.megabytes} MB; {info.licence}")
        print(f"{'':<18}{info.address}")
    print(f"folder: {download_folder()}")
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no count; expected 1, 2, 3, ...")
    return int(text)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no score; expected a number from 0 to 1")
    return value
