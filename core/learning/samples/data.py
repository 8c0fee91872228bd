"""Finds training data below a folder: annotated sequences, pictures with masks, and footage.

    ROOT/davis-train/JPEGImages/RESOLUTION/SEQUENCE/00000.jpg     and Annotations/RESOLUTION/SEQUENCE/00000.png
    ROOT/images/SET/images/NAME.jpg                               and images/SET/masks/NAME.png
    ROOT/video/NAME.mp4                                           clips without annotation
    ROOT/pseudo-labels/...                                        as davis-train; see `tools.pseudo_labels`

The sequences that validation uses are never read, wherever they lie.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from core.errors import DatasetError
from core.learning.samples.examples import SHORT_SIDE, Example, TrainingData
from core.learning.samples.footage import Footage, find_footage
from core.learning.samples.packing import open_pack

VALIDATION_SEQUENCES = frozenset({"breakdance-flare", "drift-turn", "flamingo", "hockey", "rhino", "soccerball"})
"""DAVIS sequences for validation. They are never trained on."""

PSEUDO_LABELS = "pseudo-labels"
"""Folder of sequences whose masks are an engine's, and the first part of their names."""

_VALIDATION_FOLDER = "davis-dev"

_PICTURE_SETS = {
    "bsds500_regions": 3,
    "ccp_fashion": 1,
    "feral_cats": 1,
    "ecssd": 2,
    "duts_tr_part": 3,
    "weizmann_horses": 2,
    "penn_fudan": 3,
    "camvid_regions": 3,
}
"""Folders below `images` and how often each of their pictures counts: region maps show more kinds of things, and what
there is little of would hardly be seen.
"""


def is_pseudo_labelled(name: str) -> bool:
    """Whether a sequence's masks are an engine's, which may have seen the other sequences."""
    return name.startswith(f"{PSEUDO_LABELS}/")


def find_training_data(root: Path, hold_out: Collection[str] = ()) -> TrainingData:
    """Everything below `root`, or in a pack, but the sequences named in `hold_out`, and if there are any, without
    pseudo-labels. Decodes no picture yet.

    Raises DatasetError if there is nothing, if a held-out name is unknown, or if `root` is the validation data.
    """
    root = Path(root)
    left_out = VALIDATION_SEQUENCES.union(hold_out)
    if root.is_file():
        packed, known = open_pack(root, left_out)
        made = set(filter(is_pseudo_labelled, known))
        if hold_out and made:
            packed, _ = open_pack(root, left_out | made)
        _check_held_out(root, hold_out, known)
        return packed
    if not root.is_dir():
        raise DatasetError("{root}: there is no such folder.", root=root)
    if _VALIDATION_FOLDER in root.resolve().parts:
        raise DatasetError(
            "{root}: this is the validation data, never to be trained on; name the folder above.", root=root
        )
    sequences = _find_sequences(root / "davis-train")
    if sequences.keys() and sequences.keys() <= VALIDATION_SEQUENCES:
        raise DatasetError("{root}: holds nothing but validation sequences, never to be trained on.", root=root)
    _check_held_out(root, hold_out, sequences.keys())
    # the engine that made them may have seen what is held out
    labelled = {} if hold_out else _find_sequences(root / PSEUDO_LABELS)
    sequences = {name: examples for name, examples in sequences.items() if name not in left_out} | {
        f"{PSEUDO_LABELS}/{name}": examples for name, examples in labelled.items() if name not in left_out
    }
    pictures = [example for examples in sequences.values() for example in examples]
    for name, weight in _PICTURE_SETS.items():
        pictures += _pairs(root / "images" / name / "images", root / "images" / name / "masks") * weight
    if not pictures:
        raise DatasetError(
            "{root}: nothing to learn from; expected 'davis-train' or 'images' with masks in it.", root=root
        )
    return TrainingData(sequences, pictures, Footage(find_footage(root / "video"), SHORT_SIDE))


def _check_held_out(root: Path, hold_out: Collection[str], known: Collection[str]) -> None:
    unknown = sorted(set(hold_out).difference(known))
    if unknown:
        raise DatasetError("{root}: no sequence '{unknown}' to hold out.", root=root, unknown=unknown[0])


def _find_sequences(folder: Path) -> dict[str, list[Example]]:
    resolutions = sorted(path for path in folder.glob("Annotations/*") if path.is_dir())
    if not resolutions:
        return {}
    found = {}
    # every resolution shows the same; the first is scaled down anyway
    for masks in sorted(path for path in resolutions[0].iterdir() if path.is_dir()):
        examples = _pairs(folder / "JPEGImages" / resolutions[0].name / masks.name, masks)
        if examples:
            found[masks.name] = examples
    return found


def _pairs(pictures: Path, masks: Path) -> list[Example]:
    """Pictures that have a mask of the same name, sorted."""
    named = {path.stem: path for path in masks.glob("*.png")}
    return [Example(path, named[path.stem]) for path in sorted(pictures.glob("*.jpg")) if path.stem in named]
