"""Interchange with other programs: how many inputs of each kind were tried, and how many are right. All are synthetic.

    python -m benchmarks.interop                          everything (half an hour on two cores)
    python -m benchmarks.interop --only datasets exports  some of the kinds

Kinds: clips (`interop_clips`), datasets (`interop_datasets`), sound (`interop_sound`) and exports (`interop_exports`);
each also runs by itself and says more. Refused with a sentence is right where ffmpeg cannot read an input either.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import interop_clips, interop_datasets, interop_exports, interop_sound
from benchmarks.common import print_table, write_results


class Row(NamedTuple):
    """One kind of inputs."""

    kind: str
    tried: int
    right: int
    refused: int = 0


def clips() -> Iterator[Row]:
    for family in interop_clips.FAMILIES:
        found = interop_clips.tally(family)
        yield Row(f"clips: {family}", found.tried, found.tried - found.wrong, found.refused)


def datasets() -> Iterator[Row]:
    rows = interop_datasets.run()
    for layout in dict.fromkeys(str(row["layout"]) for row in rows):
        of_it = [row for row in rows if row["layout"] == layout]
        yield Row(f"datasets: {layout}", len(of_it), sum(not row["wrong"] for row in of_it))


def sound() -> Iterator[Row]:
    tried = wrong = 0
    for source in interop_sound.SOURCES:
        with tempfile.TemporaryDirectory() as folder:
            for *_, faults in interop_sound.tried(source, Path(folder)):
                tried, wrong = tried + 1, wrong + bool(faults)
    yield Row("sound: pairs of source and target", tried, tried - wrong)


def exports() -> Iterator[Row]:
    seen = list(interop_exports.tried())
    for name in dict.fromkeys(one.name.split()[0] for one in seen):
        of_it = [one for one in seen if one.name.split()[0] == name]
        yield Row(f"exports: {name}", len(of_it), sum(not one.wrong for one in of_it))


KINDS: dict[str, Callable[[], Iterator[Row]]] = {
    "clips": clips,
    "datasets": datasets,
    "sound": sound,
    "exports": exports,
}


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 1 if an input is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=tuple(KINDS), default=tuple(KINDS), help="some of the kinds")
    chosen = parser.parse_args(arguments).only
    rows = [row for kind in chosen for row in KINDS[kind]()]
    rows.append(Row("all", *(sum(row[column] for row in rows) for column in (1, 2, 3))))  # type: ignore[misc]
    print_table(["kind", "inputs tried", "right", "refused with a sentence"], rows)
    write_results("interop", {"kinds": list(chosen)}, [row._asdict() for row in rows])
    return int(rows[-1].right < rows[-1].tried)


if __name__ == "__main__":
    sys.exit(main())
