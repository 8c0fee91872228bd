"""Folders of pictures and folders of masks that belong together by their names and those of their files."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from core.datasets.clips import MASK_ENDINGS, PICTURE_ENDINGS
from core.datasets.files import files_by_stem, subfolders

_MASK_WORDS = frozenset(
    {"mask", "masks", "gt", "gts", "groundtruth", "groundtruths", "label", "labels", "annotation", "annotations"}
    | {"annot", "ann", "anns", "seg", "segmentation", "segmentations", "alpha", "matte", "mattes", "panomasks"}
)
"""What folders of masks are called, alone or as a word of their names (`masks_png`, `ann_dir`)."""
_ENDINGS = ("annot", "masks")
"""What such a name may end with (`trainannot`)."""
_MARKS = ("_mask", "_gt", "_label", "_labels", "_seg", "_segmentation", "_matte", "_alpha", "_annotation", "_l")
"""What the names of masks have more than those of their pictures."""
_BESIDE = "_mask"
"""What they have more where they lie in the same folder."""
_OBJECT_FOLDERS = (
    ("JPEGImages_24fps", "Annotations_6fps"),
    ("JPEGImages", "Annotations"),
    ("JPEGImages", "GroundTruth"),
)
_LOOKED_AT = 8
_MOST_FOLDERS = 64

Pair = tuple[Path, Path]
"""A folder of pictures, and one of masks."""


def object_video_folders(root: Path) -> list[Pair]:
    """Of the folder or those in it: frames by video, and masks by video and object, as of SA-V, SAM 2 and SegTrack."""
    pairs = [(one / pictures, one / masks) for one in (root, *subfolders(root)) for pictures, masks in _OBJECT_FOLDERS]
    return [pair for pair in pairs if _is_by_object(*pair)]


def pair_folders(root: Path) -> list[Pair]:
    """Of the folder and up to two below: pictures and masks of the same names, in two folders or in one.

    Two folders may have a folder for each video or part instead: then those are the pairs.
    """
    below = [folder for one in subfolders(root) for folder in (one, *subfolders(one))]
    pairs = [pair for folder in islice((root, *below), _MOST_FOLDERS) for pair in _pairs_in(folder)]
    return list(dict.fromkeys(pairs))


def masks_of(pictures: Path, masks: Path) -> dict[str, Path]:
    """The masks by the name of their picture; by their own, without a mark, where there is no such picture."""
    known = files_by_stem(pictures, *PICTURE_ENDINGS)
    files = files_by_stem(masks, *MASK_ENDINGS)
    if masks == pictures:
        marked = {stem: path for stem, path in files.items() if stem.lower().endswith(_BESIDE)}
        return {stem[: -len(_BESIDE)]: path for stem, path in marked.items()}
    return {stem if stem in known else _unmarked(stem): path for stem, path in files.items()}


def _pairs_in(folder: Path) -> list[Pair]:
    inner = subfolders(folder)
    marked = [one for one in inner if _is_called_masks(one.name)]
    others = [one for one in inner if one not in marked]
    for masks in sorted(marked, key=lambda one: (one.name.lower() not in _MASK_WORDS, one.name)):
        for pictures in others:
            if _has_a_pair(pictures, masks):
                return [(pictures, masks)]
            parts = [(pictures / part.name, part) for part in subfolders(masks) if (pictures / part.name).is_dir()]
            if any(_has_a_pair(*pair) for pair in parts[:_LOOKED_AT]):
                return [pair for pair in parts if _has_a_pair(*pair)]
    return [(folder, folder)] if _has_a_pair(folder, folder) else []


def _is_called_masks(name: str) -> bool:
    words = re.split(r"[^a-z]+", name.lower())
    return bool(_MASK_WORDS & {*words, "".join(words)}) or name.lower().endswith(_ENDINGS)


def _has_a_pair(pictures: Path, masks: Path) -> bool:
    known = files_by_stem(pictures, *PICTURE_ENDINGS)
    return bool(known) and not known.keys().isdisjoint(masks_of(pictures, masks))


def _unmarked(stem: str) -> str:
    # with the ending of the picture's file: `a.jpg.png`
    name = Path(stem).stem if Path(stem).suffix.lower() in PICTURE_ENDINGS else stem
    mark = next((mark for mark in _MARKS if name.lower().endswith(mark)), "")
    return name.removesuffix(name[len(name) - len(mark) :]) if mark else name


def _is_by_object(pictures: Path, masks: Path) -> bool:
    return any(
        subfolders(video)
        and not files_by_stem(video, *MASK_ENDINGS)
        and files_by_stem(pictures / video.name, *PICTURE_ENDINGS)
        for video in subfolders(masks)[:_LOOKED_AT]
    )
