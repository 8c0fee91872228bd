"""Printing and storing what was found on some frames of a clip, and following it where that is requested."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.cli.arguments import add_clip_options, add_engine_options, frame_argument, up_to_one_argument
from core.cli.finding.storing import as_anchors, print_objects, store_classes
from core.cli.numbers import MOST_FRAMES, Whole
from core.cli.propagation_run import cancelled, follow, make_request, open_session
from core.cli.targets import check_target, open_target
from core.errors import EngineError
from core.jobs import CancelToken
from core.masks.found import FoundObject
from core.media import VideoSource
from core.propagation import Direction, plan
from core.types import Anchor, FrameResult


def add_finding_options(parser: argparse.ArgumentParser, first_frame: bool) -> None:
    """What both commands take: frames, threshold, following, and where results go. `first_frame` is whether frame 0
    is searched where no frame is named.
    """
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--frame",
        metavar="N",
        type=frame_argument,
        default=0 if first_frame else None,
        help=f"look at frame N{' (default: 0)' if first_frame else ' only'}",
    )
    where.add_argument("--every", metavar="N", type=Whole(1, MOST_FRAMES), help="look at every N-th frame of the clip")
    parser.add_argument(
        "--threshold",
        metavar="SCORE",
        type=up_to_one_argument("score"),
        default=0.5,
        help="leave out what has a lower score, 0 to 1 (default: %(default)s)",
    )
    parser.add_argument(
        "--follow", action="store_true", help="follow what was found there through the clip by --engine"
    )
    add_engine_options(parser)
    add_clip_options(parser)
    parser.add_argument(
        "--out", metavar="PATH", type=Path, help="a path ending in .roto is a project; any other a folder of masks"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace what is there")


def check_finding_options(args: argparse.Namespace) -> None:
    """Raises EngineError or DeliveryError if results could not be kept; writes nothing."""
    if args.follow and args.out is None:
        raise EngineError("Say with --out where the masks go that --follow makes.")
    if args.out is not None:
        inputs = [args.clip] if args.weights is None else [args.clip, args.weights]
        check_target(args.out, inputs, args.overwrite)


def store_and_follow(
    args: argparse.Namespace, video: VideoSource, found: Sequence[FoundObject], token: CancelToken
) -> None:
    """Prints what was found; with `--out` stores it, with `--follow` on all frames."""
    anchors, objects = as_anchors(found, video)
    if not objects:
        print(f"nothing found with a score of at least {args.threshold:g}")
        return
    counts: dict[int, int] = {}
    for anchor in anchors:
        for object_id in anchor.object_ids:
            counts[object_id] = counts.get(object_id, 0) + 1
    print_objects(objects, counts)
    if args.out is None:
        return
    if args.follow:
        _follow(args, video, anchors, token)
    else:
        with open_target(args.out, video, anchors, "Find objects") as target:
            for anchor in anchors:
                target.put(FrameResult(anchor.frame_index, anchor.labels))
    store_classes(args.out, objects)
    print(f"{len(objects)} object{'' if len(objects) == 1 else 's'} in {args.out}")


def _follow(args: argparse.Namespace, video: VideoSource, anchors: Sequence[Anchor], token: CancelToken) -> None:
    request = make_request(video, anchors, Direction.BOTH, None)
    with open_session(args.engine, video.size, args.device, args.options) as session:
        token.raise_if_cancelled()
        with open_target(args.out, video, anchors, "Propagate (both)") as target:
            stored = follow(video, request, session, target, token, "Following")
            if token.cancelled:
                raise cancelled(len(stored), len(plan(request).frames), target.result_path)
