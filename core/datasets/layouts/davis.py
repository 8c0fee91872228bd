"""The folder layout of DAVIS 2016 and 2017.

    ROOT/JPEGImages/480p/SEQUENCE/00000.jpg
    ROOT/Annotations/480p/SEQUENCE/00000.png
    ROOT/ImageSets/2016/val.txt            one sequence name (or, in the 2016 release, one pair of paths) a line

The folder of the resolution may be missing, as in YouTube-VOS, MOSE and LVOS; the pictures may be of any kind.

Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016;
Pont-Tuset et al., "The 2017 DAVIS Challenge on Video Object Segmentation", 2017.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.datasets.clips import MASK_ENDINGS, PICTURE_ENDINGS
from core.datasets.files import files_by_stem, read_text, subfolders
from core.datasets.reading.inner_paths import is_plain_name
from core.errors import DatasetError, MaskError
from core.masks import IdTable, MaskReader, present_ids, read_mask
from core.media import read_image
from core.media.pictures import natural_key
from core.messages import Message
from core.types import Image, LabelMap

_VOID = 255
"""Pixels that belong to nothing in particular in annotations of 2017, and the object in those of 2016."""


@dataclass(frozen=True)
class DavisSequence:
    """One annotated clip. Frames are named by the stem of their annotation, as results are."""

    name: str
    annotations: dict[str, Path]
    pictures: dict[str, Path]
    single_object: bool
    reader: MaskReader = field(default_factory=MaskReader, compare=False, repr=False)
    """Reads all its masks, so that a colour is the same object on each of them."""

    @property
    def frame_names(self) -> list[str]:
        """Names of the annotated frames, in order."""
        return list(self.annotations)

    def labels(self, frame_name: str) -> LabelMap:
        """The annotation of a frame; a single object has id 1 whatever its value in the file."""
        labels = self.reader.labels(self._path(self.annotations, frame_name, Message("annotation")))
        return merge_objects(labels) if self.single_object else np.where(labels == _VOID, 0, labels).astype(np.uint8)

    def picture(self, frame_name: str) -> Image:
        """The picture of a frame."""
        return read_image(self._path(self.pictures, frame_name, Message("picture")))

    def given_frames(self) -> list[str]:
        """The annotated frames on which an object is seen for the first time: what a method is given of each object.

        Masks that cannot be read are passed over; the first frame is among them whatever it holds.
        """
        known: set[int] = set()
        found: list[str] = []
        for name in self.frame_names:
            try:
                present = present_ids(self.labels(name))
            except MaskError:
                continue
            if present - known or not found:
                found.append(name)
            known |= present
        return found

    def object_ids(self) -> list[int]:
        """Ids of the objects on the first annotated frame, which is what a method is given."""
        return sorted(present_ids(self.labels(self.frame_names[0])))

    def _path(self, paths: dict[str, Path], frame_name: str, what: Message) -> Path:
        if frame_name not in paths:
            raise DatasetError(
                "Sequence '{name}' has no {what} for frame '{frame_name}'.",
                name=self.name,
                what=what,
                frame_name=frame_name,
            )
        return paths[frame_name]


class DavisDataset:
    """A DAVIS folder: its sequences by name.

    `resolution` is the folder below Annotations (480p where there are several), empty where the sequences lie directly
    in it. `year` 2016 merges all objects of a sequence into one, 2017 keeps them apart; None takes 2016 where the lists
    are of that release (`lists_one_object`). Raises DatasetError for another kind of folder.
    """

    def __init__(self, root: Path, resolution: str | None = None, year: int | None = None) -> None:
        self.root = Path(root)
        if not self.root.is_dir():
            raise DatasetError("{root}: there is no such folder.", root=self.root)
        annotations = next((path for path in annotation_folders(self.root)), self.root / "Annotations")
        self._annotations = annotations
        if not annotations.is_dir():
            raise DatasetError("{root}: no DAVIS dataset; expected a folder 'Annotations' in it.", root=self.root)
        self.resolution = _choose_resolution(annotations, resolution)
        if year is None:
            year = 2016 if lists_one_object(self.root) else 2017
        self._single_object = year == 2016
        self._colours = IdTable()

    def __iter__(self) -> Iterator[DavisSequence]:
        return (self.sequence(name) for name in self.sequence_names)

    @property
    def sequence_names(self) -> list[str]:
        """All annotated sequences, in alphabetical order."""
        return [path.name for path in subfolders(self._annotations / self.resolution)]

    def split(self, name: str) -> list[str]:
        """The sequences listed under a name such as 'train' or 'val', in its order. Raises DatasetError for none."""
        for year in ("2017", "2016", self.resolution, ""):
            path = self.root / "ImageSets" / year / f"{name}.txt"
            if path.is_file():
                return _listed_names(path)
        raise DatasetError("{root}: no list '{name}.txt' below ImageSets.", root=self.root, name=name)

    def sequence(self, name: str) -> DavisSequence:
        """A sequence by its name. Raises DatasetError if it is not there or has no annotation."""
        folder = self._annotations / self.resolution / name
        if not is_plain_name(name) or not folder.is_dir():
            known = ", ".join(self.sequence_names[:8]) or Message("none")
            raise DatasetError(
                "{root}: no sequence '{name}'; there are: {known}.", root=self.root, name=name, known=known
            )
        annotations = _by_number(files_by_stem(folder, *MASK_ENDINGS))
        if not annotations:
            raise DatasetError("{folder}: no annotation (*.png) in it.", folder=folder)
        picture_folder = self.root / "JPEGImages" / self.resolution / name
        pictures = _matched_names(_by_number(files_by_stem(picture_folder, *PICTURE_ENDINGS)), annotations)
        # the 2016 release paints its one object in 255, which no 2017 object has
        white = _is_white(annotations.values())
        return DavisSequence(
            name,
            annotations,
            pictures,
            self._single_object or white,
            MaskReader(shared=self._colours, pictures=tuple(annotations.values())),
        )


def annotation_folders(root: Path) -> list[Path]:
    """The folders of a DAVIS release that hold its masks: those of the unsupervised challenge have another name."""
    names = ("Annotations", "Annotations_unsupervised")
    return [root / name for name in names if (root / name).is_dir()]


def lists_one_object(root: Path) -> bool:
    """Whether the lists are those of 2016: in a folder of that year or of a resolution, and none of 2017.

    Lists that lie directly in ImageSets are other datasets', whose objects are told apart (VOST, MOSE, LVOS).
    """
    lists = root / "ImageSets"
    return bool(subfolders(lists)) and not (lists / "2017").is_dir() if lists.is_dir() else False


def merge_objects(labels: LabelMap) -> LabelMap:
    """All objects as object 1, as DAVIS 2016 scores them."""
    return (labels > 0).astype(np.uint8)


def _is_white(paths: Iterable[Path]) -> bool:
    """Whether the first mask that has anything in it is painted in 255 alone."""
    for path in paths:
        try:
            present = present_ids(read_mask(path))
        except MaskError:
            continue
        if present:
            return present == {_VOID}
    return False


def _by_number(paths: dict[str, Path]) -> dict[str, Path]:
    return dict(sorted(paths.items(), key=lambda one: (natural_key(one[0]), one[0])))


def _matched_names(pictures: dict[str, Path], annotations: dict[str, Path]) -> dict[str, Path]:
    """The pictures by the names that their annotations have, where those differ in leading zeros only."""
    if set(pictures) & set(annotations) or not all(name.isdecimal() for name in (*pictures, *annotations)):
        return pictures
    names = {int(name): name for name in annotations}
    return {names.get(int(name), name): path for name, path in pictures.items()}


def _choose_resolution(annotations: Path, wanted: str | None) -> str:
    found = [path.name for path in subfolders(annotations)]
    if not found:
        raise DatasetError(
            "{annotations}: empty; expected a folder such as '480p' with one folder a sequence.",
            annotations=annotations,
        )
    if wanted is not None:
        if wanted not in found:
            raise DatasetError(
                "{annotations}: no resolution '{wanted}'; there are: {found}.",
                annotations=annotations,
                wanted=wanted,
                found=", ".join(found),
            )
        return wanted
    if "480p" in found:
        return "480p"
    # a folder with folders in it is a resolution, one with masks a sequence
    resolutions = [name for name in found if subfolders(annotations / name)]
    return resolutions[-1] if resolutions else ""


def _listed_names(path: Path) -> list[str]:
    names: list[str] = []
    for line in read_text(path).splitlines():
        words = line.split()
        if not words:
            continue
        name = Path(words[0]).parent.name if "/" in words[0] else words[0]
        if name not in names:
            names.append(name)
    return names
