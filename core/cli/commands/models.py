"""`models`: what can be downloaded for the engines, what is here, and changing that."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from core.cli.arguments import Subparsers, add_command
from core.cli.interrupt import cancelled_by_interrupt
from core.cli.numbers import Whole, megabytes
from core.cli.progress import ProgressPrinter
from core.engines.models.adding import add
from core.engines.models.catalogue import CatalogueModel, catalogue, find
from core.engines.models.downloading import MIRROR_VARIABLE, download, mirror, set_mirror
from core.engines.models.store import (
    MODELS_VARIABLE,
    InstalledModel,
    begun_bytes,
    find_installed,
    installed,
    models_folder,
    read_note,
    remove,
    verify,
)
from core.engines.models.tokens import HUB_HOST, TOKEN_VARIABLE, keep_token
from core.engines.transformers_video.installed import find_engine, not_installed
from core.errors import CancelledError, EngineError
from core.jobs import Progress, watched

_EXAMPLES = f"""\
  rotoflow models
  rotoflow models download edgetam
  rotoflow models download sam2.1-tiny --yes             agrees to the licence, which is shown
  rotoflow models verify                                 all that are here
  rotoflow models remove sam2.1-large
  rotoflow models add /media/stick/sam2.1-hiera-tiny --name sam2.1-tiny      for a machine that is offline
  rotoflow models prepare edgetam                        makes its picture encoder faster on a CPU, once
  rotoflow models token                                  asks for a token of {HUB_HOST}, for models that want one
  rotoflow models mirror https://mirror.example          takes the place of all publishers' servers; '' forgets it
  {MODELS_VARIABLE}=/shared/models rotoflow models download edgetam

The program works without any of them, and fetches nothing unless it is told to. A download that broke off, or was
stopped with Ctrl-C, goes on where it was when it is asked for again. Proxies are those of the environment
(HTTPS_PROXY). Tokens are kept in the system's keyring, or named in {TOKEN_VARIABLE}; a mirror for one run is named in
{MIRROR_VARIABLE}.
"""

Value = TypeVar("Value")


def register(subparsers: Subparsers) -> None:
    """Adds the command to the parser."""
    parser = add_command(
        subparsers,
        "models",
        "list, download, verify, remove and add models for the engines",
        "Manages the models that engines can use but that do not come with the program.",
        _EXAMPLES,
    )
    parts = parser.add_subparsers(dest="action", metavar="list|download|verify|remove|add|prepare|token|mirror")
    _part(parts, "list", "what there is, what is here, and how much of the disk it takes (the default)")
    one = _part(parts, "download", "fetch models of the catalogue")
    one.add_argument("names", metavar="NAME", nargs="+", help="as `models list` calls it")
    one.add_argument("--yes", action="store_true", help="agree to the licences, which are shown all the same")
    one = _part(parts, "verify", "read models and compare them with what their publishers put there")
    one.add_argument("names", metavar="NAME", nargs="*", help="default: all that are here")
    one = _part(parts, "remove", "take models off the disk")
    one.add_argument("names", metavar="NAME", nargs="+", help="as `models list` calls it")
    one = _part(parts, "add", "copy a model from a folder or file of this machine")
    one.add_argument(
        "path", metavar="PATH", type=Path, help="a folder with config.json and model.safetensors, or a file"
    )
    one.add_argument("--name", default="", help="what to call it (default: after the folder)")
    one = _part(parts, "prepare", "make the picture encoder of a model that is here faster on a CPU")
    one.add_argument("name", metavar="NAME", help="as `models list` calls it")
    one.add_argument(
        "--side",
        type=Whole(0, 4096),
        default=0,
        help="side of the square picture, as the engine's option input_side (default: the model's own)",
    )
    one = _part(parts, "token", "keep a token for models whose publisher wants one, in the system's keyring")
    one.add_argument("--host", default=HUB_HOST, help="whom it is for (default: %(default)s)")
    one.add_argument("--forget", action="store_true", help="take it out of the keyring")
    one = _part(parts, "mirror", "say or set the address that takes the place of the publishers' servers")
    one.add_argument("address", metavar="URL", nargs="?", help="'' for none (default: say the one that is set)")


def _part(parts: Subparsers, name: str, line: str) -> argparse.ArgumentParser:
    """A part's parser, whose own help says in a sentence what the list of parts says."""
    return parts.add_parser(name, help=line, description=f"{line[0].upper()}{line[1:]}.")


def run(args: argparse.Namespace) -> int:
    """Does what was asked, or lists what there is."""
    actions: dict[str | None, Callable[[argparse.Namespace], None]] = {
        "download": _download,
        "verify": _verify,
        "remove": _remove,
        "add": _add,
        "prepare": _prepare,
        "token": _token,
        "mirror": _mirror,
    }
    actions.get(args.action, _list)(args)
    return 0


def _list(_args: argparse.Namespace) -> None:
    here = {one.name: one for one in installed()}
    for model in catalogue().values():
        print(f"{model.name}  -  {model.title}{f': {model.about}' if model.about else ''}")
        gated = ", given to those who agree to it on its page" if model.gated else ""
        print(f"    {megabytes(model.size)}, {model.licence}{gated}")
        print(f"    {model.page}")
        if not model.has_hashes:
            print("    no SHA-256 is recorded here: what comes is checked against the one that the server names")
        print(f"    {_state(model, here.get(model.name))}")
    for one in here.values():
        if one.entry is None:
            print(f"{one.name}  -  added from {read_note(one.path).get('source', one.path)}")
            print(f"    {megabytes(one.bytes)}, {one.model_type or 'of unknown kind'}")
            print(f"    here: {one.path}")
    begun = sum(begun_bytes(name) for name in catalogue())
    print(f"disk: {megabytes(sum(one.bytes for one in here.values()) + begun)}")
    print(f"folder: {models_folder()} (another one: {MODELS_VARIABLE})")
    if mirror():
        print(f"mirror: {mirror()}")


def _state(model: CatalogueModel, here: InstalledModel | None) -> str:
    if here is not None:
        return f"here: {here.path}"
    begun = begun_bytes(model.name)
    return f"begun: {megabytes(begun)} have come" if begun else "not downloaded"


def _download(args: argparse.Namespace) -> None:
    models = [find(name) for name in args.names]
    for model in models:
        print(f"{model.name}: {model.title}, {megabytes(model.size)}", file=sys.stderr)
        print(f"licence: {model.licence}, {model.licence_address}", file=sys.stderr)
    if not args.yes and not _agreed():
        raise EngineError("Nothing was downloaded: agree to the licences shown with --yes.")
    with cancelled_by_interrupt() as token:
        for model in models:
            path = _shown(download(model.name, token), f"Downloading {model.name}")
            print(f"{model.name}: {path}")
            if not read_note(path).get("checked", True):
                print("note: nobody said what its files should be; they are kept as they came", file=sys.stderr)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    return input("Agree to the licence and download? [y/N] ").strip().lower() in ("y", "yes")


def _verify(args: argparse.Namespace) -> None:
    names = args.names or [one.name for one in installed()]
    if not names:
        print(f"there are no models in {models_folder()}")
    wrong = 0
    with cancelled_by_interrupt() as token:
        for name in names:
            try:
                digest = _shown(verify(name, token), f"Verifying {name}")
            except CancelledError:
                raise
            except EngineError as error:
                print(f"{name}: {error}")
                wrong += 1
                continue
            found = find_installed(name)
            checked = found is not None and bool(read_note(found.path).get("checked") or _known(found))
            print(f"{name}: right (SHA-256 {digest[:16]}..., {'as published' if checked else 'as it came'})")
    if wrong:
        raise EngineError("{count} of {total} models are not as they should be.", count=wrong, total=len(names))


def _known(model: InstalledModel) -> bool:
    return model.entry is not None and model.entry.has_hashes


def _remove(args: argparse.Namespace) -> None:
    for name in args.names:
        print(f"{name}: removed, {megabytes(remove(name))} are free again")


def _add(args: argparse.Namespace) -> None:
    with cancelled_by_interrupt() as token:
        path = _shown(add(args.path, args.name, token), f"Copying {args.path.name}")
    print(f"{path.stem if path.is_file() else path.name}: {path}")


def _prepare(args: argparse.Namespace) -> None:
    engine = find_engine(args.name)
    if engine is None:
        raise not_installed(args.name) or EngineError("There is no model '{name}' here.", name=args.name)
    print(f"{args.name}: {engine.prepare(args.side)}")


def _token(args: argparse.Namespace) -> None:
    if args.forget:
        keep_token("", args.host)
        print(f"the token for {args.host} is forgotten")
        return
    given = getpass.getpass(f"Token for {args.host}: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not given.strip():
        raise EngineError("No token was given, so none was kept.")
    keep_token(given, args.host)
    print(f"the token for {args.host} is in the system's keyring")


def _mirror(args: argparse.Namespace) -> None:
    if args.address is not None:
        set_mirror(args.address)
    print(f"mirror: {mirror() or 'none'}")


def _shown(work: Generator[Progress, None, Value], label: str) -> Value:
    # closed at once, so that a cancelled download is cleared away
    with closing(work), ProgressPrinter(label, unit="MB/s") as printer:
        return watched(work, printer.show)
