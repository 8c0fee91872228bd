"""`propagate`: follow masked objects through a clip."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from core.cli.arguments import (
    Subparsers,
    add_clip_options,
    add_command,
    add_engine_options,
    add_mask_kind,
    clip_options,
    frame_argument,
    mask_argument,
    range_argument,
)
from core.cli.fine_tuning import fine_tuned
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import counted
from core.cli.prompts.anchors import with_prompts
from core.cli.prompts.arguments import add_prompt_options
from core.cli.propagation_run import anchors_of, cancelled, follow, make_request, open_session, read_masks
from core.cli.targets import check_file, check_target, open_target
from core.delivery.contact_sheet import contact_sheet, evenly_spaced, write_sheet
from core.errors import CancelledError, DeliveryError, MaskError, OutputError, RotoflowError
from core.masks import MaskKind, MaskReader
from core.media import open_video
from core.propagation import Direction, plan
from core.types import PROJECT_SUFFIX, Image
from core.vos.targets.reference_weights import REFERENCE_WEIGHTS, read_reference_weights

_EXAMPLES = """\
  rotoflow propagate clip.mp4 --mask first.png --out masks/
  rotoflow propagate clip.mp4 --mask first.png --out clip.roto          a project, to correct in the window
  rotoflow propagate clip.mp4 --engine edgetam --point 320,180 --out masks/          a click in place of a mask
  rotoflow propagate clip.mp4 --box 0:1=40,30,200,180 --outside 0:1=60,40 --point 12:2=300,90 --out masks/
  rotoflow propagate pictures/ --mask middle.png --frame 40 --out masks/
  rotoflow propagate clip.mp4 --mask 0=first.png --mask 120=later.png --out masks/
  rotoflow propagate clip.mp4 --mask 0=dog.png --mask 0=cat.png --out masks/    one object a file
  rotoflow propagate cut.mov --alpha --out masks/                       the clip's own transparency, on frame 0
  rotoflow propagate clip.mp4 --mask first.png --range 0:49 --sheet overview.png --out masks/
  rotoflow propagate clip.mp4 --mask first.png --fine-tune --out masks/  20 s more, for a clip that is hard

A mask is a picture of the clip's size: palette or grey values are object ids, a matte is one object, else each colour
is one (docs/masks.md). With several masks each one holds on its frame, and the frames between two are found from both;
those of one frame add up. Ctrl-C stops after the frame in hand; what is
finished is kept.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "propagate",
        "follow masked objects through a clip",
        "Follows the objects of one or more masks through a clip and stores a mask for each frame.",
        _EXAMPLES,
    )
    parser.add_argument("clip", metavar="CLIP", type=Path, help="video file or folder of pictures")
    parser.add_argument(
        "--mask",
        dest="masks",
        metavar="[N[:ID]=]FILE",
        type=mask_argument,
        action="append",
        default=[],
        help="mask of frame N (default: what --frame names), of object ID; may be repeated, also for one frame",
    )
    parser.add_argument(
        "--alpha", action="store_true", help="take the clip's own transparency on the frame of --frame as a mask"
    )
    add_prompt_options(parser)
    add_mask_kind(parser)
    parser.add_argument(
        "--frame", metavar="N", type=frame_argument, default=0, help="frame of the mask that names none (default: 0)"
    )
    parser.add_argument(
        "--range", dest="frames", metavar="A:B", type=range_argument, help="only these frames, both ends included"
    )
    parser.add_argument(
        "--direction",
        choices=[direction.name.lower() for direction in Direction],
        default="both",
        help="from the masked frames, in time (default: both)",
    )
    parser.add_argument(
        "--fine-tune",
        action="store_true",
        help="first adapt the built-in network, or train the target network of --engine target:NAME, on the masked "
        "frames; kept only if it follows this clip better",
    )
    parser.add_argument(
        "--reference",
        metavar="N=WEIGHT",
        action="append",
        default=[],
        help="how much frame N counts in the built-in network's memory, 0 (not read) to 1; see `rotoflow explain`",
    )
    add_engine_options(parser)
    add_clip_options(parser)
    parser.add_argument(
        "--out",
        metavar="PATH",
        type=Path,
        required=True,
        help="a path ending in .roto is a project; any other a folder that gets one palette PNG a frame, named after "
        "the picture or by five-digit frame index",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace the project, or the folder's files of the same name, and the contact sheet, if there are any",
    )
    parser.add_argument(
        "--sheet", metavar="FILE", type=Path, help="also write a contact sheet of overlays (PNG or JPEG)"
    )


def run(args: argparse.Namespace) -> int:
    """Propagates. Raises MaskError without a mask, OutputError if a path must not be written to, CancelledError after
    Ctrl-C, with the finished frames in place."""
    if not args.masks and not args.alpha and not args.prompts:
        raise MaskError(
            "No mask: give one with --mask FILE, point at the object with --point or --box, or --alpha for a clip that "
            "is transparent itself."
        )
    inputs = [args.clip, *(mask.path for mask in args.masks)]
    check_target(args.out, inputs, args.overwrite)
    if args.sheet:
        check_file(args.sheet, [*inputs, args.out], args.overwrite, (".png", ".jpg", ".jpeg"))
        if args.out.suffix != PROJECT_SUFFIX and args.sheet.resolve().is_relative_to(args.out.resolve()):
            raise OutputError(
                "{path}: would lie among the masks in {out}, and may take the place of one; name another place.",
                path=args.sheet,
                out=args.out,
            )
    with (
        closing(open_video(args.clip, clip_options(args))) as video,
        cancelled_by_interrupt() as token,
    ):
        reader = MaskReader(MaskKind(args.mask_kind))
        masks = read_masks(args.masks, args.frame, video, reader, args.alpha)
        given = dict(args.options)
        anchors = with_prompts(anchors_of(masks), args.prompts, args.frame, video, args.engine, args.device, given)
        request = make_request(video, anchors, Direction[args.direction.upper()], args.frames)
        total = len(plan(request).frames)
        text = f"Propagate ({args.direction})"
        options = list(args.options)
        if args.reference:
            weights = dict(one.partition("=")[::2] for one in args.reference)
            options.append((REFERENCE_WEIGHTS, read_reference_weights(weights)))
        if args.fine_tune:
            options += fine_tuned(args, video, anchors, token)
        # the engine is opened before anything is written: if it cannot be, what was there is still there
        with open_session(args.engine, video.size, args.device, options) as session:
            token.raise_if_cancelled()
            target = open_target(args.out, video, anchors, text, reader.values, masks.alphas)
            sheet: Image | None = None
            try:
                with target:
                    stored = follow(video, request, session, target, token, "Propagating")
                    if args.sheet and stored:
                        frames = evenly_spaced(stored, 12)
                        sheet = contact_sheet(video.read, target.labels, frames)
                    if token.cancelled:
                        raise cancelled(len(stored), total, target.result_path)
            except CancelledError:
                _write_sheet(args, sheet)
                raise
            except RotoflowError:
                if target.stored:
                    print(
                        f"note: {target.stored} of {total} frames are finished: {target.result_path}", file=sys.stderr
                    )
                raise
    print(f"{counted(len(stored), 'frame')} in {args.out}")
    _write_sheet(args, sheet)
    return 0


def _write_sheet(args: argparse.Namespace, sheet: Image | None) -> None:
    """Once the masks are where they belong: what goes wrong here must not cost them. Raises DeliveryError."""
    if sheet is None:
        return
    try:
        write_sheet(args.sheet, sheet)
    except OSError as error:
        raise DeliveryError(
            "{path}: the contact sheet cannot be written ({reason}). The masks are finished: {out}",
            path=args.sheet,
            reason=error.strerror or error,
            out=args.out,
        ) from error
