"""The layouts by the names that the command line and the window give them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from core.datasets.clips import AnnotatedClip
from core.datasets.layouts.coco_reader import read_coco
from core.datasets.layouts.coco_writer import CocoPolygonWriter, CocoWriter
from core.datasets.layouts.davis_reader import read_davis
from core.datasets.layouts.davis_writer import Davis2016Writer, DavisWriter
from core.datasets.layouts.voc import VocWriter, read_voc
from core.datasets.layouts.yolo import YoloWriter, read_yolo
from core.datasets.layouts.youtube_vos import YouTubeVosWriter, read_youtube_vos
from core.datasets.writer import DatasetPlan, DatasetWriter

ReadClips = Callable[[Path, Container[str] | None], Iterator[AnnotatedClip]]
"""Reads the clips below a folder; the second argument are the only names to read, None for all."""


@dataclass(frozen=True)
class DatasetFormat:
    """One layout. `consecutive_ids`: object ids are counted from 1 in each clip; `one_object`: objects are merged."""

    title: str
    writer: Callable[[Path, DatasetPlan], DatasetWriter]
    read: ReadClips
    consecutive_ids: bool = False
    one_object: bool = False


MARK = ".rotoflow-dataset"
"""A file with the format's name in its first line, and below it the names of all files that were written: they were
made here, and may be replaced by another dataset."""

DATASET_FORMATS: Mapping[str, DatasetFormat] = MappingProxyType(
    {
        "davis": DatasetFormat("DAVIS 2017 folders", DavisWriter, partial(read_davis, year=2017), consecutive_ids=True),
        "davis-2016": DatasetFormat(
            "DAVIS 2016 folders, all objects as one", Davis2016Writer, partial(read_davis, year=2016), one_object=True
        ),
        "youtube-vos": DatasetFormat("YouTube-VOS folders with meta.json", YouTubeVosWriter, read_youtube_vos),
        "coco": DatasetFormat("COCO instances as run lengths, with videos and tracks", CocoWriter, read_coco),
        "coco-polygons": DatasetFormat(
            "COCO instances as polygons, with videos and tracks", CocoPolygonWriter, read_coco
        ),
        "yolo": DatasetFormat("YOLO segmentation", YoloWriter, read_yolo),
        "voc": DatasetFormat("PASCAL VOC segmentation pictures", VocWriter, read_voc, consecutive_ids=True),
    }
)


def detect_format(folder: Path) -> str | None:
    """The name of the layout that a folder has, by what only that one has in it; None if it has none."""
    mark = _read_mark(folder)
    if mark and mark[0] in DATASET_FORMATS:
        return mark[0]
    if (folder / "data.yaml").is_file():
        return "yolo"
    if (folder / "SegmentationClass").is_dir():
        return "voc"
    if any((folder / part / "meta.json").is_file() for part in ("train", "valid", "test", "")):
        return "youtube-vos"
    if any((folder / "annotations").glob("*.json")):
        return "coco"
    if (folder / "Annotations").is_dir():
        lists = folder / "ImageSets"
        return "davis-2016" if lists.is_dir() and not (lists / "2017").is_dir() else "davis"
    return None


def write_mark(folder: Path, format_name: str) -> None:
    """Marks a finished dataset as made here, with all that is in it. Raises OSError."""
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    text = "\n".join([format_name, MARK, *written]) + "\n"
    (folder / MARK).write_text(text, encoding="utf-8", errors="surrogateescape")


def marked_files(folder: Path) -> set[str] | None:
    """The files that were written with a dataset, by their paths from its folder; None if it was not made here."""
    mark = _read_mark(folder)
    return set(mark[1:]) if mark else None


def _read_mark(folder: Path) -> list[str]:
    mark = folder / MARK
    return mark.read_text(encoding="utf-8", errors="surrogateescape").split("\n")[:-1] if mark.is_file() else []
