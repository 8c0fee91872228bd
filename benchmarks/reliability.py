"""Data loss, leaks and crashes when programs are killed, files are damaged and the window is used at random.

    python -m benchmarks.reliability            hundreds to thousands of each kind; about an hour
    python -m benchmarks.reliability --short    the same in a minute
    python -m benchmarks.reliability --only clip

Each kind is tried in a process of its own (`benchmarks.trust`), in an empty folder. Kills: a program is killed at a
random moment; every project must open and be sound, what was to be replaced be the old or the new one, and the next run
end well and take away what was left. Damage: bits flipped, pieces cut, doubled or swapped for hostile values; what is
read of it must end well or in an error of ours, soon, without taking the process or the memory with it. Work: the
window's jobs are started, cancelled, closed and switched; nothing may be left behind. Same: the same work again gives
the same bytes. The environment variable ROTOFLOW_CLIPS names a folder of clips to be damaged besides.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.common import print_table, write_results
from benchmarks.trust import damage, kept_damage, kills, model_damage, sameness, work
from benchmarks.trust.tally import Case, Held, Tally

CASES: dict[str, Case] = {
    **kills.CASES,
    **damage.CASES,
    **model_damage.CASES,
    **kept_damage.CASES,
    **work.CASES,
    **sameness.CASES,
}
_HEADINGS = ("case", "tried", "passed", "lost", "leaked", "MiB", "s", "")


def try_case(name: str, count: int, seed: int) -> Tally:
    """Tries a case in this process, in a temporary folder."""
    case, before, tally, began = CASES[name], Path.cwd(), Tally(), time.monotonic()
    # names differ in their length: a kind of its own for each
    rng = np.random.default_rng([seed, *name.encode()])
    with tempfile.TemporaryDirectory(prefix="rotoflow-") as folder:
        try:
            if case.warm:
                _go_into(folder, "first")
                case.run(Tally(), case.warm, rng)
            _go_into(folder, "then")
            held = Held()
            case.run(tally, count, rng)
            tally.leaked += held.more() if case.warm else 0
        finally:
            os.chdir(before)
    tally.note_peak()
    tally.seconds = time.monotonic() - began
    return tally


def _go_into(folder: str, name: str) -> None:
    path = Path(folder, name)
    path.mkdir()
    os.chdir(path)


def _try_apart(name: str, count: int, seed: int) -> Tally:
    """The same in a process of its own."""
    line = [sys.executable, "-m", "benchmarks.reliability", "--case", name, "--count", str(count), "--seed", str(seed)]
    done = subprocess.run(line, capture_output=True, text=True, errors="replace")
    try:
        found = json.loads(done.stdout.splitlines()[-1])
        return Tally(**{**found, "faults": tuple(found["faults"])})
    except (ValueError, IndexError):
        tally = Tally()
        tally.count(f"ended with {done.returncode}: {' '.join(done.stderr.split())[-300:]}")
        return tally


def measure(names: list[str], short: bool, seed: int = 0, jobs: int = 2) -> dict[str, Tally]:
    """All of the cases named, `jobs` of them at once."""
    with ThreadPoolExecutor(jobs) as pool:
        counts = {name: CASES[name].short if short else CASES[name].full for name in names}
        begun = {name: pool.submit(_try_apart, name, counts[name], seed) for name in names if counts[name]}
        return {name: one.result() for name, one in begun.items()}


def main() -> int:
    """Prints the table; fails if a case did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="about a minute")
    parser.add_argument("--only", default="", help="kinds with this in their name")
    parser.add_argument("--jobs", type=int, default=2, help="kinds at once")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.case:
        print("\n" + json.dumps(dataclasses.asdict(try_case(args.case, args.count, args.seed))))
        return 0
    began = time.monotonic()
    found = measure([name for name in CASES if args.only in name], args.short, args.seed, args.jobs)
    print_table(_HEADINGS, [_row(name, one) for name, one in found.items()])
    print(f"\n{sum(one.tried for one in found.values())} cases in {time.monotonic() - began:.0f} s, seed {args.seed}")
    for name, one in found.items():
        for fault in one.faults:
            print(f"{name}: {fault}")
    settings = {"short": args.short, "seed": args.seed}
    write_results("reliability", settings, [{"case": name, **vars(one)} for name, one in found.items()])
    return int(any(one.passed < one.tried or one.lost or one.leaked for one in found.values()))


def _row(name: str, one: Tally) -> tuple[object, ...]:
    measured = f"{one.peak_mib:.0f}", f"{one.seconds:.0f}"
    return name, one.tried, one.passed, one.lost, one.leaked, *measured, one.figures


if __name__ == "__main__":
    sys.exit(main())
