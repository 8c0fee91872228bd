"""The command line: one module a command, found by name.

Exit codes: 0 done; 1 the input, or something it names, cannot be used; 2 the command line cannot be understood;
130 cancelled (what was finished stays).
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from types import MappingProxyType, ModuleType

from core.cli.plain_text import plain_output
from core.disks import PATIENCE_SECONDS, reporting_stalls
from core.errors import MEMORY_IS_SHORT, CancelledError, RotoflowError, is_out_of_memory

EXIT_OK, EXIT_FAILURE, EXIT_USAGE, EXIT_CANCELLED = 0, 1, 2, 130

COMMANDS = MappingProxyType(
    {
        "info": "say what is in a clip or a project",
        "propagate": "follow masked objects through a clip",
        "detect": "find the objects of a clip by a detector",
        "find": "find the objects of a clip by a text, and follow them",
        "export": "take the masks out of a project",
        "batch": "segment and export many clips",
        "evaluate": "score masks against annotated sequences",
        "dataset": "write annotated datasets out of projects, and read them",
        "check": "look for faults in masks, and compare them with true ones",
        "metrics": "measure masks against true ones in every way: accuracies, IoU, confusion, curves",
        "explain": "show what the network sees and remembers, and seed masks of it",
        "repair": "save what can be saved of a damaged project",
        "restore": "put a project back as it was when it was opened before",
        "engines": "list the engines and their options",
        "models": "list and download what engines can use besides their own",
        "sample": "run the whole job on the sample clip",
        "train": "train the built-in network",
        "train-clicks": "train the network that selects objects by clicks",
        "pack": "put the training data into one small file",
        "curves": "draw how trainings went",
        "install-desktop": "add Rotoflow to the desktop's menu (Linux)",
        "uninstall-desktop": "remove it from the desktop's menu (Linux)",
    }
)
"""Every command with its line in the overview.

`core.cli.commands.NAME`, with underscores for hyphens, has `register(subparsers)` and `run(args) -> int`; those of
`_TRAINING` and `_INSPECTION` lie in folders of their own.
"""
_TRAINING = frozenset({"train", "train-clicks", "pack", "curves"})

_INSPECTION = frozenset({"explain", "metrics"})
"""Commands that lie in the folder `inspection`."""

_EPILOG = """\
Without a command the window opens, on the clip or project named, if any.
`COMMAND --help` has examples. Exit codes: 0 done, 1 the input cannot be used, 2 wrong usage, 130 cancelled.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code; errors are one line on stderr, never a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    with plain_output():
        return _main(arguments)


def _main(arguments: list[str]) -> int:
    try:
        args = _parser(arguments).parse_args(arguments)
        with reporting_stalls(_paths(args), _report_stall, PATIENCE_SECONDS):
            return int(_module(args.command).run(args))
    except SystemExit as stop:  # argparse has already reported what is wrong
        return stop.code if isinstance(stop.code, int) else EXIT_USAGE
    except CancelledError as error:
        return _fail(str(error), EXIT_CANCELLED)
    except KeyboardInterrupt:
        return _fail("Cancelled.", EXIT_CANCELLED)
    except RotoflowError as error:
        return _fail(str(error), EXIT_FAILURE)
    except BrokenPipeError:
        # the reader of our output, such as `head`, has gone: nothing more to say, not even at shutdown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    except (MemoryError, OSError, RuntimeError, ImportError) as error:
        if is_out_of_memory(error):
            return _fail(str(MEMORY_IS_SHORT), EXIT_FAILURE)
        if not isinstance(error, OSError):
            raise
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", EXIT_FAILURE)


def _paths(args: argparse.Namespace) -> list[Path]:
    """What the command line names on disks."""
    given = [one for value in vars(args).values() for one in (value if isinstance(value, list) else [value])]
    return [path for path in given if isinstance(path, Path)]


def _report_stall(path: Path) -> None:
    print(f"rotoflow: waiting for {path}: its disk or network share does not answer", file=sys.stderr)


def _module(command: str) -> ModuleType:
    part = ".training" if command in _TRAINING else ".inspection" if command in _INSPECTION else ""
    folder = f"core.cli.commands{part}"
    return importlib.import_module(f"{folder}.{command.replace('-', '_')}")


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser with the options of the chosen command only, so that no other command's imports are paid for."""
    parser = argparse.ArgumentParser(
        prog="rotoflow",
        usage="rotoflow [-h] COMMAND ...",
        description="Video object segmentation: mask an object once, follow it through the clip.",
        epilog="\n".join(["commands:", *(f"  {name:<19}{line}" for name, line in COMMANDS.items()), "", _EPILOG]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Rotoflow {metadata.version('rotoflow')}")
    subparsers = parser.add_subparsers(
        dest="command", required=True, prog="rotoflow", metavar="COMMAND", help=argparse.SUPPRESS
    )
    chosen = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name in COMMANDS:
        if name == chosen:
            _module(name).register(subparsers)
        else:
            subparsers.add_parser(name)
    return parser


def _fail(message: str, code: int) -> int:
    print(f"rotoflow: {message}", file=sys.stderr)
    return code
