"""`metrics`: masks against true ones in every measure, by object and frame."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from core.batch.reports.measures import MeasuredClip, write_measures
from core.cli.arguments import Subparsers, add_command, add_mask_kind
from core.cli.checked_clips import CheckedClip, open_both, paired
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Number
from core.cli.progress import ProgressPrinter
from core.cli.targets import check_folder
from core.datasets.formats import DATASET_FORMATS
from core.datasets.truth import match_frames
from core.errors import MaskError
from core.jobs import CancelToken, watched
from core.masks import MaskKind
from core.project import spare_sources, with_clips
from core.quality.measuring import MEASURES, RIGHT, Measured, class_name, measure_masks

_EXAMPLES = """\
  rotoflow metrics clip.roto --truth DAVIS/              prints the measures
  rotoflow metrics clip.roto --truth truth.roto --out metrics/
                                                         also metrics.html, metrics.json, frames.csv, confusion.csv
  rotoflow metrics masks/ --truth DAVIS/                 masks/00000.png ..., or masks/SEQUENCE/00000.png ...

Pixel accuracy, class accuracy, mean IoU and frequency-weighted IoU count the pixels of all frames, with the background
as a label; J, F and boundary IoU are means over frames. Every frame with both masks counts: for the numbers of the
DAVIS benchmark, which leaves out the first and the last, see `evaluate`. Precision and recall go by the confidence that
a project keeps: a result is right from a J of --right on.
"""

_TITLES = {
    "pixel_accuracy": "pixel accuracy",
    "class_accuracy": "class accuracy",
    "mean_iou": "mean IoU",
    "frequency_weighted_iou": "frequency-weighted IoU",
    "j": "J",
    "f": "F",
    "j_and_f": "J&F",
    "boundary_iou": "boundary IoU",
    "average_precision": "average precision of the confidence",
}


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "metrics",
        "measure masks against true ones",
        "Measures the masks of a project, a dataset or a folder against true ones.",
        _EXAMPLES,
    )
    parser.add_argument("masks", metavar="PROJECT|FOLDER", type=Path, help="project, dataset or folder of masks")
    parser.add_argument(
        "--truth", metavar="TRUTH", type=Path, required=True, help="true masks: project, dataset or folder"
    )
    parser.add_argument(
        "--format", choices=tuple(DATASET_FORMATS), help="the dataset's layout (default: the one it has)"
    )
    add_mask_kind(parser)
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="also write a page with plots, JSON and CSV there")
    parser.add_argument(
        "--right",
        metavar="J",
        type=Number(0, 1),
        default=RIGHT,
        help="least J of a result that counts as right for precision and recall, 0 to 1 (default: %(default)s)",
    )
    parser.add_argument("--overwrite", action="store_true", help="write into a folder that is not empty")


def run(args: argparse.Namespace) -> int:
    """Prints the measures, clip by clip; raises CancelledError after Ctrl-C."""
    if args.out:
        check_folder(args.out, args.overwrite)
        spare_sources([args.out], with_clips([args.masks, args.truth]))
    found: list[MeasuredClip] = []
    with (
        cancelled_by_interrupt() as token,
        open_both(args.masks, args.truth, args.format, MaskKind(args.mask_kind)) as (clips, truths),
    ):
        for clip, truth in paired(clips, truths, args.truth):
            found.append(_measure(clip, truth, args.right, token))
            if not args.out:
                _print(found[-1])
    if args.out:
        # before anything is printed: a reader such as `head` may be gone before the end
        paths = write_measures(args.out, args.masks.resolve().name, found)
        for one in found:
            _print(one)
        print(f"report: {paths[0]}")
    return 0


def _measure(checked: CheckedClip, truth: CheckedClip, right: float, token: CancelToken) -> MeasuredClip:
    clip = checked.clip
    true_index = match_frames(clip.frame_names, clip.annotated, truth.clip)
    ids = [one.object_id for one in truth.clip.objects]
    work = measure_masks(
        clip.labels,
        lambda index: truth.clip.labels(true_index[index]),
        sorted(true_index),
        ids,
        token,
        checked.confidence,
        right,
    )
    with ProgressPrinter(f"Measuring {clip.name}", quiet=not sys.stderr.isatty()) as printer:
        try:
            measured: Measured = watched(work, printer.show)
        except MaskError as error:
            raise MaskError("Clip '{name}': {error}", name=clip.name, error=error) from error
    return MeasuredClip(clip.name, measured, {**truth.names, **checked.names}, clip.frame_names)


def _print(clip: MeasuredClip) -> None:
    measured = clip.measured
    print(f"{clip.name}: {len(measured.frames)} frames, {len(measured.object_ids)} objects")
    for name, value in measured.totals().items():
        print(f"  {_TITLES[name]:<36}{_text(value)}")
    print(f"  {'object':<24}" + "".join(f"{_TITLES[name]:>14}" for name in MEASURES))
    for key in measured.object_ids:
        name = clip.names.get(key, str(key))
        print(f"  {name:<24}" + "".join(f"{_text(measured.object_mean(one, key)):>14}" for one in MEASURES))
    ids = measured.confusion.ids
    labels = [class_name(key, clip.names) for key in ids]
    width = max(12, *(len(label) + 2 for label in labels))
    print(f"  {'pixels: true, found as':<24}" + "".join(f"{label:>{width}}" for label in labels))
    for label, row in zip(labels, measured.confusion.counts().tolist(), strict=True):
        print(f"  {label:<24}" + "".join(f"{count:>{width}}" for count in row))


def _text(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"
