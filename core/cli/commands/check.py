"""`check`: what stands out in the masks of projects and datasets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from core.cli.arguments import Subparsers, add_command, add_mask_kind
from core.cli.check_report import ClipReport, write_check_report
from core.cli.checked_clips import CheckedClip, open_both, open_checked, paired
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import MOST_FRAMES, Whole
from core.cli.progress import ProgressPrinter
from core.cli.targets import check_file
from core.datasets.formats import DATASET_FORMATS
from core.datasets.truth import match_frames
from core.errors import MaskError
from core.jobs import CancelToken, watched
from core.masks import MaskKind
from core.project import with_clips
from core.quality.check import check_masks
from core.quality.comparison import Comparison, compare_masks
from core.quality.costs import by_cost
from core.quality.findings import Finding, sentence

T = TypeVar("T")

_EXAMPLES = """\
  rotoflow check clip.roto
  rotoflow check set/ --html report.html                 a dataset in any layout that `dataset` knows
  rotoflow check masks/ --against DAVIS/                 masks/00000.png ..., or masks/SEQUENCE/00000.png ...
  rotoflow check clip.roto --against truth.roto --html report.html

Looks for ids that were swapped, frames without a mask between frames with one, sudden changes of area and position,
holes and specks, the worst first. None of these is certain; a person looks. With --against, J (region) and F (contour)
of each frame are measured as well: all frames count, while `evaluate` leaves out the first and the last as DAVIS does.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "check",
        "look for faults in masks",
        "Looks for what stands out in the masks of a project, a dataset or a folder.",
        _EXAMPLES,
    )
    parser.add_argument("masks", metavar="PROJECT|FOLDER", type=Path, help="project, dataset or folder of masks")
    parser.add_argument(
        "--format", choices=tuple(DATASET_FORMATS), help="the dataset's layout (default: the one it has)"
    )
    parser.add_argument("--against", metavar="TRUTH", type=Path, help="true masks: project, dataset or folder")
    add_mask_kind(parser)
    parser.add_argument("--html", metavar="FILE", type=Path, help="also write a report with plots and pictures")
    parser.add_argument(
        "--limit", metavar="N", type=Whole(0, MOST_FRAMES), default=20, help="findings to print a clip (default: 20)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the report, if there is one")


def run(args: argparse.Namespace) -> int:
    """Prints the findings, clip by clip; raises CancelledError after Ctrl-C."""
    if args.html:
        check_file(args.html, with_clips([args.masks, args.against]), args.overwrite, (".html", ".htm"))
    reports = []
    with cancelled_by_interrupt() as token, _opened(args) as pairs:
        for clip, truth in pairs:
            reports.append(_check(clip, truth, token))
            if not args.html:
                _print(reports[-1], args.limit)
        if args.html:
            # before anything is printed: a reader such as `head` may be gone before the end
            write_check_report(args.html, args.masks.resolve().name, reports)
            for report in reports:
                _print(report, args.limit)
            print(f"report: {args.html}")
    return 0


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[Sequence[tuple[CheckedClip, CheckedClip | None]]]:
    """The clips, each with its truth where there are true masks."""
    kind = MaskKind(args.mask_kind)
    if args.against is None:
        with open_checked(args.masks, args.format, kind) as clips:
            yield [(clip, None) for clip in clips]
    else:
        with open_both(args.masks, args.against, args.format, kind) as (clips, truths):
            yield paired(clips, truths, args.against)


def _check(checked: CheckedClip, truth: CheckedClip | None, token: CancelToken) -> ClipReport:
    clip = checked.clip
    ids = [one.object_id for one in clip.objects]
    with ProgressPrinter(f"Checking {clip.name}", quiet=not sys.stderr.isatty()) as printer:
        findings: list[Finding] = watched(check_masks(clip.labels, clip.annotated, ids, token), printer.show)
    if truth is None:
        return ClipReport(checked, findings)
    frames = match_frames(clip.frame_names, clip.annotated, truth.clip)
    with ProgressPrinter(f"Comparing {clip.name}", quiet=not sys.stderr.isatty()) as printer:
        wanted = [one.object_id for one in truth.clip.objects]
        try:
            scores: Comparison = watched(
                compare_masks(
                    clip.labels, lambda index: truth.clip.labels(frames[index]), sorted(frames), wanted, token
                ),
                printer.show,
            )
        except MaskError as error:
            raise MaskError("Clip '{name}': {error}", name=clip.name, error=error) from error
    names = {**truth.names, **checked.names}
    if truth.has_pictures and not checked.has_pictures:
        # the truth is of the same clip: the report can show it
        grey = clip.picture
        clip = replace(
            clip, picture=lambda index: truth.clip.picture(frames[index]) if index in frames else grey(index)
        )
    return ClipReport(
        CheckedClip(clip, names, checked.has_pictures or truth.has_pictures),
        sorted([*findings, *scores.findings()], key=by_cost),
        scores,
    )


def _print(report: ClipReport, limit: int) -> None:
    clip, names = report.checked.clip, report.checked.names
    line = f"{clip.name}: {len(clip.annotated)} frames, {len(report.findings)} findings"
    if report.scores is not None:
        j, f = report.scores.means()
        line += f", J {j:.3f}, F {f:.3f}, J&F {(j + f) / 2:.3f}"
    print(line)
    for one in report.findings[:limit]:
        other = names.get(one.other_id or 0, "")
        print(f"  {clip.frame_names[one.frame_index]}  {sentence(one, names[one.object_id], other)}")
    if len(report.findings) > limit:
        print(f"  and {len(report.findings) - limit} more")
