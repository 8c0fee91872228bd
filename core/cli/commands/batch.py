"""`batch`: segments and exports many clips."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from core.batch.cluster import ClusterRunner
from core.batch.events import Runner
from core.batch.folders import read_batch
from core.batch.job import EXPORT_NAMES
from core.batch.local import LocalRunner
from core.batch.running import run_batch
from core.batch.timelines import write_mattes_timeline
from core.cli.arguments import Subparsers, add_command, add_engine_options
from core.cli.batch_screen import BatchScreen
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Whole, counted
from core.engines.devices import GPUS
from core.engines.threads import own_cores
from core.errors import BatchError, CancelledError
from core.jobs import watched

_EXAMPLES = """\
  rotoflow batch DAVIS/ --out results/                       a dataset: JPEGImages and Annotations
  rotoflow batch clips/ --out mattes/ --export prores4444    clips/a.mp4 with clips/a.png, clips/b.roto, ...
  rotoflow batch shots.toml --out results/ --jobs 4
  rotoflow batch shots.csv --out results/ --export masks --export project
  rotoflow batch cut.otio --out mattes/ --export prores4444  the shots of a timeline: .otio, .edl, .fcpxml, .xml
  rotoflow batch shots.csv --out /net/results --scheduler tcp://host:8786

A manifest names each clip with its mask, or a project. TOML, or the same as JSON:

  [defaults]
  engine = "builtin"
  export = ["masks", "vp9-alpha"]
  [[clip]]
  clip = "a.mp4"
  mask = "a.png"                 of frame 0; frame = 12, or mask = ["0=a.png", "90=b.png"]
  [[clip]]
  project = "b.roto"             its masked frames are followed; the file itself is not changed
  background = "green"

or CSV with these names in the first line. Paths start at the manifest's folder. Besides name, device, preset (fast,
balanced or best), truth (a folder of true masks), options (option.NAME in CSV), a clip may set objects, each, range,
step, scale, bits, premultiplied, invert, background, quality, audio, band, choke, feather, smooth and refine, which
mean what they mean to `export`.

A shot of a timeline has its mask, of its first frame, as SHOT.png, or a project SHOT.roto, beside the timeline, or
either beside its media. OUT/NAME_mattes.otio is the timeline with the mattes on a track above. It needs the packages of
'rotoflow[timeline]'.

Run the same line again after an interruption: finished clips are kept, the others are done from their start, and the
results are the same as without it. One clip's failure does not stop the others; the exit code is then 1. Everything
is reported in OUT/report.html, with scores where there are true masks.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "batch",
        "segment and export many clips",
        "Follows the masks of many clips and exports the results, several clips at once.",
        _EXAMPLES,
    )
    parser.add_argument(
        "source", metavar="FOLDER|MANIFEST|TIMELINE", type=Path, help="clips with masks, a dataset, or a list"
    )
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where results and report go")
    parser.add_argument(
        "--export",
        dest="exports",
        metavar="FORMAT",
        action="append",
        choices=EXPORT_NAMES,
        help=f"for clips that do not say it, may be repeated: {', '.join(EXPORT_NAMES)} (default: masks)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--jobs", metavar="N", type=Whole(1, 1024), help="clips at once (default: one a core, one on a GPU)"
    )
    where.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="work on the Dask cluster of this scheduler, tcp://HOST:PORT; its machines must see the same folders",
    )
    parser.add_argument(
        "--retries",
        metavar="N",
        type=Whole(0, 1000),
        default=1,
        help="attempts after a failed one (default: %(default)s)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace what is in the way, and redo clips done with other settings"
    )
    add_engine_options(parser)


def run(args: argparse.Namespace) -> int:
    """Runs the batch.

    Raises BatchError for one that makes no sense, CancelledError after Ctrl-C, with finished clips in place.
    """
    batch = read_batch(args.source, _defaults(args))
    for note in batch.notes:
        print(f"note: {note}", file=sys.stderr)
    # one thread for every clip, wherever it is done: sums must not depend on what else runs
    runner: Runner
    if args.scheduler:
        runner = ClusterRunner(args.scheduler, args.retries)
    else:
        runner = LocalRunner(args.jobs or _jobs(args.device, len(batch.jobs)), args.retries)
    with (
        cancelled_by_interrupt() as token,
        BatchScreen(len(batch.jobs)) as screen,
        closing(run_batch(batch.jobs, args.out, runner, token, args.overwrite, args.source)) as events,
    ):
        result = watched(events, screen.show)
    print(f"{len(result.done)} of {len(batch.jobs)} clips are done: {result.report}")
    if target := write_mattes_timeline(args.source, batch.jobs, result.done, args.out):
        print(f"the timeline with the mattes: {target}")
    if token.cancelled and result.open:
        raise CancelledError(
            "Cancelled: {things} not done. Run the same again to go on.", things=counted(len(result.open), "clip")
        )
    if result.failed:
        raise BatchError(
            "{things} failed: {failed}. The report says why.",
            things=counted(len(result.failed), "clip"),
            failed=", ".join(result.failed),
        )
    return 0


def _defaults(args: argparse.Namespace) -> dict[str, object]:
    """The command line's settings, for clips that do not say otherwise."""
    given = {"export": args.exports, "engine": args.engine, "device": args.device}
    options = {"options": dict(args.options)} if args.options else {}
    return {**{name: value for name, value in given.items() if value}, **options}


def _jobs(device: str, clips: int) -> int:
    if device in GPUS:
        return 1
    return max(1, min(own_cores(), clips))
