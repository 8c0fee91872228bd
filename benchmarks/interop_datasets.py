"""Datasets as many programs write them, made here and read: how many of each layout come in right.

    python -m benchmarks.interop_datasets                 the table by layout
    python -m benchmarks.interop_datasets --all           a line for each input
    python -m benchmarks.interop_datasets --only coco

An input is right if its masks are those that it was made of (to the pixel where the layout holds pixels, else to 2 % of
their outline's pixels), its frames and objects are all there, and what is left out is reported; or, where nothing in it
can be read, if it is refused with a sentence.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import (
    dataset_kinds,
    dataset_kinds_folders,
    dataset_kinds_foreign,
    dataset_kinds_outlines,
    dataset_kinds_pictures,
    dataset_kinds_tools,
    dataset_kinds_tracks,
)
from benchmarks.common import print_table, write_results
from benchmarks.dataset_kinds import Kind, labels
from core.datasets.formats import DATASET_FORMATS, dataset_root, detect_format
from core.datasets.reading.notes import ReadNotes
from core.errors import RotoflowError


def judge(kind: Kind, folder: Path) -> str:
    """Reads an input; empty if it came in right, else what was wrong."""
    notes = ReadNotes()
    try:
        folder = dataset_root(folder)
        if kind.detected and detect_format(folder) != kind.layout:
            return f"taken for {detect_format(folder)}"
        clips = list(DATASET_FORMATS[kind.layout].read(folder, None, notes))
    except RotoflowError as error:
        return "" if kind.refused and kind.refused in str(error) else f"refused: {error}"
    except Exception as error:  # a fault of the program, which is what is looked for
        return f"{type(error).__name__}: {error}"
    if kind.refused:
        return "not refused"
    frames = sum(len(clip.frame_names) for clip in clips)
    if (len(clips), frames) != (kind.clips, kind.frames):
        return f"{len(clips)} clips, {frames} frames; expected {kind.clips}, {kind.frames}"
    for clip in clips:
        for index in clip.annotated:
            found = clip.labels(index)
            true = kind.truth(clip.frame_names[index])
            if (wrong := _differing(found, true)) > kind.tolerance:
                return f"frame {clip.frame_names[index]}: {wrong:.3f} of the pixels differ"
    noted = "\n".join(notes.lines())
    missing = [text for text in kind.notes if text not in noted]
    return f"not noted: {missing[0]}" if missing else ""


def _differing(found: np.ndarray, true: np.ndarray) -> float:
    """The share of object pixels that are another object's or none's; ids may be others."""
    if found.shape != true.shape:
        return 1.0
    wrong = np.count_nonzero((found > 0) != (true > 0))
    taken: set[int] = set()
    for object_id in np.unique(true)[1:]:
        inside = np.bincount(found[true == object_id], minlength=2)
        best = int(inside.argmax())
        # two objects that became one are wrong, too
        wrong += int(inside.sum() - (0 if best in taken else inside.max()))
        taken.add(best)
    return wrong / max(1, np.count_nonzero(true))  # type: ignore[operator]


def run(only: str = "") -> list[dict[str, object]]:
    """A row for each input of the layouts whose name has `only` in it."""
    rows: list[dict[str, object]] = []
    made = (
        dataset_kinds,
        dataset_kinds_pictures,
        dataset_kinds_foreign,
        dataset_kinds_folders,
        dataset_kinds_outlines,
        dataset_kinds_tools,
        dataset_kinds_tracks,
    )
    for kind in (kind for module in made for kind in module.KINDS):
        if only in kind.layout:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder) / "set"
                root.mkdir()
                kind.make(root)
                rows.append({"layout": kind.layout, "input": kind.title, "wrong": judge(kind, root)})
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table and writes it to `benchmarks/results`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="layouts whose name has this in it")
    parser.add_argument("--all", action="store_true", help="a line for each input")
    args = parser.parse_args(arguments)
    rows = run(args.only)
    if args.all:
        lines = [(row["layout"], row["input"], row["wrong"] or "right") for row in rows]
        print_table(("layout", "input", "result"), lines)
        print()
    counts: defaultdict[object, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        counts[row["layout"]][0] += 1
        counts[row["layout"]][1] += not row["wrong"]
    print_table(
        ("layout", "written", "inputs tried", "right"),
        [(name, "yes" if DATASET_FORMATS[str(name)].writer else "no", *found) for name, found in counts.items()],
    )
    for row in rows:
        if row["wrong"] and not args.all:
            print(f"{row['layout']}, {row['input']}: {row['wrong']}")
    write_results("interop_datasets", {"only": args.only, "size": labels(0).shape}, rows)


if __name__ == "__main__":
    main()
