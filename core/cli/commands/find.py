"""`find`: find the objects of a clip that match a text, and follow them."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import closing
from pathlib import Path

from core.cli.arguments import Subparsers, add_command, clip_options, range_argument
from core.cli.finding.results import add_finding_options, check_finding_options, store_and_follow
from core.cli.finding.storing import Found, print_objects, store_classes
from core.cli.finding.streaming import open_stream_target
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import counted
from core.cli.progress import ProgressPrinter
from core.cli.propagation_run import cancelled, check_frame
from core.engines.text import FollowedText, TextRequest, find_by_text, follow_text
from core.engines.text.models import DEFAULT_TEXT_MODEL
from core.errors import EngineError
from core.jobs import CancelToken, ProgressClock, watched
from core.media import VideoSource, open_video
from core.types import Box

_EXAMPLES = """\
  rotoflow find clip.mp4 --text dog --out clip.roto                  every dog, followed through the clip
  rotoflow find clip.mp4 --text dog --text "red ball" --out masks/
  rotoflow find clip.mp4 --text dog --frame 40 --follow --out clip.roto    found there, followed by --engine
  rotoflow find clip.mp4 --like 120,80,260,190 --frame 0 --out clip.roto   all that is like what lies in the box
  rotoflow find clip.mp4 --text dog --frame 0                        only says what it finds

Each object gets the text as its class. Without --frame and --every the whole clip is searched in one pass, by the
model that understands the text (SAM 3), and objects that come in later are found, too. SAM 3 needs
`pip install "rotoflow[engines]"`; its weights are given on request at https://huggingface.co/facebook/sam3.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "find",
        "find the objects of a clip by a text, and follow them",
        "Finds every object that a text says, or that is like an example, and follows them.",
        _EXAMPLES,
    )
    parser.add_argument("clip", metavar="CLIP", type=Path, help="video file or folder of pictures")
    parser.add_argument(
        "--text", dest="texts", metavar="TEXT", action="append", default=[], help="what to find; may be repeated"
    )
    parser.add_argument(
        "--like", metavar="X0,Y0,X1,Y1", type=_box, help="find all that is like what lies in this box of the frame"
    )
    parser.add_argument("--model", metavar="NAME", default=DEFAULT_TEXT_MODEL, help=argparse.SUPPRESS)
    parser.add_argument(
        "--weights", metavar="FOLDER", type=Path, help="SAM 3's folder (default: sam3 in the folder of models)"
    )
    parser.add_argument(
        "--range", dest="range", metavar="A:B", type=range_argument, help="only these frames, both ends included"
    )
    add_finding_options(parser, first_frame=False)


def run(args: argparse.Namespace) -> int:
    """Finds, prints and stores. Raises EngineError for what cannot be done, CancelledError after Ctrl-C."""
    if not args.texts and args.like is None:
        raise EngineError("Say what to find: --text dog, or --like with the box of an example.")
    check_finding_options(args)
    with closing(open_video(args.clip, clip_options(args))) as video, cancelled_by_interrupt() as token:
        if args.like is not None or args.frame is not None or args.every or args.out is None:
            _find(args, video, token)
        else:
            _go_through(args, video, token)
    return 0


def _find(args: argparse.Namespace, video: VideoSource, token: CancelToken) -> None:
    """Looks at some frames; without any named, at the first one."""
    frame_index = args.frame or 0
    check_frame(frame_index, video, "--frame: frame")
    every = args.every if args.like is None else None
    frames = list(range(0, video.frame_count, every)) if every else [frame_index]
    label = args.texts[0] if args.texts else "object"
    example = None if args.like is None else args.like.clipped(*video.size)
    request = TextRequest(
        frames, tuple(args.texts), example, label, args.model, args.weights, args.threshold, args.device
    )
    with ProgressPrinter("Finding objects") as printer:
        found = watched(find_by_text(request, video.read, token), printer.show)
    store_and_follow(args, video, found, token)


def _go_through(args: argparse.Namespace, video: VideoSource, token: CancelToken) -> None:
    """Finds and follows in one pass, storing each frame as it is found."""
    first = (args.range.first if args.range else None) or 0
    last = args.range.last if args.range and args.range.last is not None else video.frame_count - 1
    check_frame(first, video, "range: frame")
    check_frame(last, video, "range: frame")
    frames = range(first, last + 1)
    met = FollowedText()
    counts: dict[int, int] = {}
    results = follow_text(
        args.texts, frames, video.size, video.read, token, met, args.model, args.weights, args.threshold, args.device
    )
    # the first result is there, and so the model loaded, before anything is written
    begun = next(results, None)
    token.raise_if_cancelled()
    clock = ProgressClock(len(frames), token)
    with open_stream_target(args.out, video, met) as target, ProgressPrinter("Finding and following") as printer:
        while begun is not None:
            target.put(begun)
            for object_id in begun.confidence:
                counts[object_id] = counts.get(object_id, 0) + 1
            printer.show(clock.step(target.stored))
            begun = next(results, None)
        if token.cancelled:
            raise cancelled(target.stored, len(frames), target.result_path)
    objects = [Found(key, label, met.scores[key]) for key, label in met.labels.items()]
    if met.left_out:
        print(f"note: {met.left_out} more objects were found than ids there are (255)", file=sys.stderr)
    store_classes(args.out, objects)
    if not objects:
        print(f"nothing found with a score of at least {args.threshold:g}")
    print_objects(objects, counts)
    print(f"{counted(len(objects), 'object')} on {counted(target.stored, 'frame')} in {args.out}")


def _box(text: str) -> Box:
    match = re.fullmatch(r"\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*", text)
    box = Box(*map(int, match.groups())) if match else Box(0, 0, 0, 0)
    if box.empty:
        raise argparse.ArgumentTypeError(f"'{text}' is no box; expected X0,Y0,X1,Y1 in pixels, such as 120,80,260,190")
    return box
