"""`train-clicks`: train the network that selects objects by clicks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import LARGEST_SEED, MOST_MINUTES, Number, Whole
from core.cli.progress import ProgressPrinter
from core.cli.targets import check_exports
from core.errors import CancelledError, DatasetError
from core.files import staged_folder
from core.jobs import Progress, ProgressClock
from core.own_folders import network_folders

if TYPE_CHECKING:
    from core.learning.clicks.trainer import ClickReport

_EXAMPLES = """\
  rotoflow train-clicks --data DATA --out runs/clicks --minutes 60
  rotoflow train-clicks --data DATA --out runs/more --init runs/clicks/compact-clicks.safetensors --rate 1e-3

DATA is as for `train`; of its pictures every 25th is held back, for `benchmarks/clicks.py`. The encoder is the tracking
network's, the one that ships or your own where `rotoflow models` says; it stays as it is, and what it makes of the
pictures is kept in memory (some gigabytes). The folder gets compact-clicks.safetensors, compact-clicks.onnx and the
encoder, compact-clicks-encoder.onnx, which go together. Exporting needs onnx and onnxscript:
pip install 'rotoflow[train]'.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "train-clicks",
        "train the network that selects objects by clicks",
        "Trains the decoder behind Smart select on pictures with masks, by simulated clicks.",
        _EXAMPLES,
    )
    parser.add_argument(
        "--data", metavar="FOLDER", type=Path, required=True, help="what to learn from, or a pack of it"
    )
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where the network goes")
    parser.add_argument("--init", metavar="FILE", type=Path, help="begin with these weights (NAME-clicks.safetensors)")
    parser.add_argument(
        "--minutes", type=Number(0, MOST_MINUTES, above=True), default=60.0, help="of training (default: %(default)g)"
    )
    parser.add_argument("--batch", type=Whole(2, 4096), default=8, help="crops a step (default: %(default)s)")
    parser.add_argument(
        "--side", type=Whole(64, 2048, 16), default=256, help="crops' size, a multiple of 16 (default: %(default)s)"
    )
    parser.add_argument(
        "--rate", type=Number(0, 1, above=True), default=2e-3, help="learning rate (default: %(default)g)"
    )
    parser.add_argument("--views", type=Whole(1, 1000), default=2, help="crops of each picture (default: %(default)s)")
    parser.add_argument(
        "--set-in",
        type=Number(0, 1),
        default=0.12,
        metavar="SHARE",
        help="share of the crops in which another picture's object lies over this one's (default: %(default)g)",
    )
    parser.add_argument(
        "--seed", type=Whole(0, LARGEST_SEED), default=0, help="of crops and clicks (default: %(default)s)"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace the network there, if there is one")
    parser.set_defaults(usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """Trains and exports; Ctrl-C ends the training early and exports what there is. Raises DatasetError without
    pictures to learn from, CancelledError if it ended before there was anything.
    """
    if args.minutes <= 0 or args.batch < 2 or args.side < 64 or args.side % 16:
        args.usage_error("--minutes are more than 0, --batch is at least 2, --side a multiple of 16 from 64 on")
    if args.views < 1 or args.seed < 0 or not 0 <= args.set_in <= 1:
        args.usage_error("--views are at least 1, --set-in is a share from 0 to 1, --seed is not negative")
    from core.engines.weights import SIZE, load_network, read_graphs

    encoder_name = f"{SIZE}-clicks-encoder.onnx"
    written = [f"{SIZE}-clicks.safetensors", f"{SIZE}-clicks.onnx", encoder_name]
    check_exports(args.out, written, [args.data, args.init], args.overwrite, network_folders())
    from core.learning.clicks.cutting import split
    from core.learning.clicks.export import save_click_decoder
    from core.learning.clicks.features import Crop, crops
    from core.learning.clicks.trainer import ClickTrainer
    from core.learning.samples.data import find_training_data
    from core.vos.network.onnx_runtime import OnnxRuntime

    data = find_training_data(args.data, ())
    examples = split(data)[0]
    graphs = read_graphs(SIZE, ["encoder"])
    runtime = OnnxRuntime(graphs, 0)
    config = load_network(name=SIZE).config
    with cancelled_by_interrupt() as token:
        found: list[Crop] = []
        clock = ProgressClock(len(examples) * args.views, token)
        with ProgressPrinter("Looking at pictures") as printer:
            made = crops(data, examples, runtime, args.side, args.seed, args.views, args.set_in)
            for count, crop in enumerate(made, 1):
                found += [] if crop is None else [crop]
                printer.show(clock.step(count))
                if token.cancelled:
                    raise CancelledError("Cancelled before the training began.")
        if not found:
            raise DatasetError("{data}: there is no picture with an object to learn from.", data=args.data)
        trainer = ClickTrainer(config, args.minutes, args.rate, args.batch, args.seed)
        if args.init is not None:
            trainer.start_from(args.init)
        report = None
        with ProgressPrinter("Training") as printer:
            for report in trainer.train(found):
                printer.show(_shown(report, 60 * args.minutes))
                if token.cancelled:
                    break
    with staged_folder(args.out) as staged:
        save_click_decoder(trainer.average, config, staged, SIZE)
        (staged / encoder_name).write_bytes(graphs["encoder"])
    if report is not None:
        overlaps = ", ".join(f"{value:.3f}" for value in report.overlaps)
        print(f"step {report.step}, loss {report.loss:.3f}, overlap after each click {overlaps}: {args.out}")
    return 0


def _shown(report: ClickReport, seconds: float) -> Progress:
    spent = report.progress * seconds
    total = max(report.step, round(report.step / max(report.progress, 1e-6)))
    return Progress(report.step, total, spent, seconds - spent, report.step / max(spent, 1e-6))
