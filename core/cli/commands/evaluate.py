"""`evaluate`: scores masks, or engines, against an annotated dataset."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.cli.arguments import Subparsers, add_command, add_option
from core.cli.evaluating.engine_run import EvaluationOrder, evaluate_engine
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.progress import ProgressPrinter
from core.cli.scoring import print_scores, score_folder
from core.datasets.files import subfolders
from core.datasets.layouts.davis import DavisDataset
from core.datasets.truth import mask_files
from core.engines import EngineInfo, load
from core.engines.transformers_video.installed import not_installed
from core.errors import CancelledError, DatasetError, EngineError, RotoflowError
from core.jobs import ProgressClock, watched
from core.metrics import mean_score
from core.types import DEVICES, QUALITIES

_EXAMPLES = """\
  rotoflow evaluate results/ --against DAVIS/                      results/SEQUENCE/00000.png ...
  rotoflow evaluate results/ --against DAVIS/ --sequences rhino flamingo
  rotoflow evaluate masks/ --against DAVIS/ --sequences rhino      masks/00000.png ... of one sequence
  rotoflow evaluate --engines builtin,warping --dataset DAVIS/     runs engines and compares them in one table
  rotoflow evaluate --engines builtin,edgetam --dataset DAVIS/ --sequences rhino --device cpu
  rotoflow evaluate --engines target:unet,target:fcn-8s --option combine=none --dataset DAVIS/
                                                                   the networks alone, without the built-in engine

J is the overlap of the regions, F that of the contours, J&F their mean: mean over the frames, recall (share of frames
above 0.5) and decay (first quarter less last quarter). The first and the last frame do not count. Every object weighs
the same. MOSE's and LVOS' folders with their parts (train, valid) are taken, too. DAVIS 2016 (a dataset with only that
list in ImageSets) takes all objects for one.

With --engines each engine gets the true masks of the objects' first frames, in a process of its own: frames a second
with reading of the pictures and training, and the most memory that it had (on a GPU, also the GPU's). An --option is
for those of the engines that have it.
"""


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "evaluate",
        "score masks against annotated sequences",
        "Scores masks, or engines, against the annotations of a DAVIS folder as that benchmark does.",
        _EXAMPLES,
    )
    parser.add_argument(
        "results",
        metavar="RESULTS",
        type=Path,
        nargs="?",
        help="a folder of masks for each sequence, or the masks of one",
    )
    parser.add_argument(
        "--against", "--dataset", metavar="DAVIS_FOLDER", type=Path, required=True, help="folder with Annotations in it"
    )
    parser.add_argument(
        "--engines",
        metavar="NAME,NAME",
        type=_names,
        help="in place of RESULTS: run these engines and compare them (`engines` lists)",
    )
    parser.add_argument("--device", default="auto", choices=DEVICES, help="where engines run (default: %(default)s)")
    parser.add_argument("--quality", choices=QUALITIES, help="how accurate engines are that have a choice")
    add_option(parser, "a setting of the engines that have it; may be repeated (`engines` lists)")
    parser.add_argument("--sequences", metavar="NAME", nargs="+", help="only these (default: all that have results)")
    parser.add_argument("--year", type=int, choices=(2016, 2017), help="score as in that year (default: see below)")


def run(args: argparse.Namespace) -> int:
    """Prints the table, and on stderr sequences without results. Raises DatasetError if nothing can be scored."""
    if (args.results is None) == (args.engines is None):
        raise DatasetError("Name a folder of results, or engines to run with --engines builtin,warping.")
    datasets = _parts(args.against, args.year)
    if args.engines is not None:
        return _compare(args, datasets)
    if args.options:
        raise DatasetError("--option sets up engines: name them with --engines, or leave it out.")
    folders = _result_folders(args.results, args.against, datasets, args.sequences)
    scores = {}
    for name, folder in folders.items():
        sequence = datasets[name].sequence(name)
        scores[name] = score_folder(
            folder, sequence.frame_names, sequence.labels, sequence.single_object, sequence.reader
        )
    print_scores(scores)
    # the parts that nothing was made for are not missing
    asked = {id(datasets[name]) for name in folders}
    missing = [name for name, part in datasets.items() if name not in folders and id(part) in asked]
    if missing and not args.sequences and not _holds_masks(args.results):
        print(f"no results for: {', '.join(missing)}", file=sys.stderr)
    return 0


def _compare(args: argparse.Namespace, datasets: Mapping[str, DavisDataset]) -> int:
    """Runs the engines, one after the other; one that cannot run is named on stderr, and the others go on."""
    unknown = [name for name in args.sequences or () if name not in datasets]
    if unknown:
        raise DatasetError("{root}: no sequence '{name}'.", root=args.against, name=unknown[0])
    sequences = {name: datasets[name].root for name in args.sequences or datasets}
    infos, absent = _engines(args.engines)
    chosen = _options(args, infos)
    frames = sum(len(datasets[name].sequence(name).frame_names) for name in sequences)
    for name, error in absent.items():
        print(f"{name}: {error}", file=sys.stderr)
    failed = bool(absent)
    with cancelled_by_interrupt() as token:
        print(f"{'engine':<20}{'J':>8}{'F':>8}{'J&F':>8}{'frames/s':>10}{'peak MB':>10}{'GPU MB':>10}", flush=True)
        for name in infos:
            order = EvaluationOrder(name, sequences, args.device, chosen[name], args.year)
            clock = ProgressClock(frames, token)
            with ProgressPrinter(name) as printer:

                def show(done: int, clock: ProgressClock = clock, printer: ProgressPrinter = printer) -> None:
                    printer.show(clock.step(min(done, frames)))

                try:
                    score = watched(evaluate_engine(order, token), show)
                except CancelledError:
                    raise
                except RotoflowError as error:
                    failed = True
                    print(f"{name}: {error}", file=sys.stderr)
                    continue
            j, f = mean_score(score.sequences.values())
            rate = score.frames / score.seconds if score.seconds else 0.0
            gpu = "-" if score.gpu_peak is None else f"{score.gpu_peak:.0f}"
            values = (
                f"{j.mean:>8.3f}{f.mean:>8.3f}{(j.mean + f.mean) / 2:>8.3f}{rate:>10.2f}{score.peak:>10.0f}{gpu:>10}"
            )
            print(f"{name:<20}{values}", flush=True)
    print(f"{len(sequences)} sequence{'' if len(sequences) == 1 else 's'}, {frames} annotated frames")
    return 1 if failed else 0


def _engines(names: Sequence[str]) -> tuple[dict[str, EngineInfo], dict[str, EngineError]]:
    """The engines that are here, and why others of the catalogue are not. Raises EngineError for a name that there is
    none of, and if no engine is left.
    """
    here: dict[str, EngineInfo] = {}
    absent: dict[str, EngineError] = {}
    for name in names:
        try:
            here[name] = load(name).info
        except EngineError as error:
            if not_installed(name) is None or len(absent) == len(names) - 1:
                raise
            absent[name] = error
    return here, absent


def _options(args: argparse.Namespace, infos: Mapping[str, EngineInfo]) -> dict[str, dict[str, object]]:
    """What each engine is set up with. Raises EngineError for an option that none of them has."""
    given = dict(args.options)
    unknown = [name for name in given if not any(name in info.options for info in infos.values())]
    if unknown:
        raise EngineError(
            "None of these engines has an option '{name}'; they have: {options}.",
            name=unknown[0],
            options=", ".join(dict.fromkeys(one for info in infos.values() for one in info.options)) or "none",
        )
    if args.quality:
        given.setdefault("quality", args.quality)
    return {name: {key: value for key, value in given.items() if key in info.options} for name, info in infos.items()}


def _names(text: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("name one engine at least, such as builtin,warping")
    return names


def _parts(root: Path, year: int | None) -> dict[str, DavisDataset]:
    """The dataset that each sequence is of: the folder itself, or its parts, as in MOSE and LVOS (train, valid).

    Raises DatasetError if there is none.
    """
    parts = [root]
    if root.is_dir() and not (root / "Annotations").is_dir():
        parts = [part for part in subfolders(root) if (part / "Annotations").is_dir()] or [root]
    found: dict[str, DavisDataset] = {}
    for part in parts:
        dataset = DavisDataset(part, year=year)
        for name in dataset.sequence_names:
            if name in found:
                raise DatasetError(
                    "{root}: '{name}' is in {one} and in {other}; give one of the two folders.",
                    root=root,
                    name=name,
                    one=found[name].root.name,
                    other=part.name,
                )
            found[name] = dataset
    return found


def _result_folders(
    results: Path, root: Path, datasets: Mapping[str, DavisDataset], wanted: list[str] | None
) -> dict[str, Path]:
    """Where the masks of each sequence are. Raises DatasetError if there are none."""
    if not results.is_dir():
        raise DatasetError("{results}: there is no such folder.", results=results)
    if _holds_masks(results):
        names = wanted or [results.resolve().name]
        if len(names) != 1 or names[0] not in datasets:
            raise DatasetError("{results}: masks of one sequence; say of which with --sequences NAME.", results=results)
        return {names[0]: results}
    if wanted:
        lacking = [name for name in wanted if not (results / name).is_dir()]
        if lacking:
            raise DatasetError("{results}: no results for: {lacking}.", results=results, lacking=", ".join(lacking))
    found = {name: results / name for name in wanted or datasets if (results / name).is_dir()}
    if not found:
        raise DatasetError(
            "{results}: no masks, and no folder named after a sequence of {root}.", results=results, root=root
        )
    return found


def _holds_masks(folder: Path) -> bool:
    return bool(mask_files(folder))
