"""The layouts by the names that the command line and the window give them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from core.datasets.annotators.cityscapes import read_cityscapes
from core.datasets.annotators.cvat_reader import read_cvat
from core.datasets.annotators.cvat_writer import CvatVideoWriter
from core.datasets.annotators.fiftyone import read_fiftyone
from core.datasets.annotators.label_studio import read_label_studio
from core.datasets.annotators.labelbox import read_labelbox
from core.datasets.annotators.labelme import LabelmeWriter, read_labelme
from core.datasets.annotators.outline_files import read_outline_files
from core.datasets.annotators.supervisely import read_supervisely
from core.datasets.annotators.via import read_via
from core.datasets.clips import AnnotatedClip
from core.datasets.layouts.coco_reader import read_coco
from core.datasets.layouts.coco_writer import CocoPolygonWriter, CocoWriter
from core.datasets.layouts.davis_reader import read_davis
from core.datasets.layouts.davis_writer import Davis2016Writer, DavisWriter
from core.datasets.layouts.mots import MotsWriter, read_mots
from core.datasets.layouts.voc_reader import read_voc
from core.datasets.layouts.voc_writer import VocWriter
from core.datasets.layouts.yolo_reader import read_yolo
from core.datasets.layouts.yolo_writer import YoloWriter
from core.datasets.layouts.youtube_vis import YouTubeVisWriter, read_youtube_vis
from core.datasets.layouts.youtube_vos import YouTubeVosWriter, read_youtube_vos
from core.datasets.reading.detection import dataset_root, detect_format
from core.datasets.reading.inner_paths import plain_name
from core.datasets.reading.notes import ReadNotes
from core.datasets.tracks.burst import read_burst
from core.datasets.tracks.object_folders import read_object_folders
from core.datasets.tracks.panoptic import read_panoptic
from core.datasets.tracks.sa_v import read_sa_v
from core.datasets.tracks.visor import read_visor
from core.datasets.writer import DatasetPlan, DatasetWriter
from core.errors import DatasetError
from core.messages import Message, join

__all__ = ["DATASET_FORMATS", "DatasetFormat", "ReadClips", "dataset_root", "detect_format", "unused_name"]


class ReadClips(Protocol):
    """Reads the clips below a folder: `wanted` are the only names to read, `notes` take what is left out."""

    def __call__(
        self, root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
    ) -> Iterator[AnnotatedClip]: ...


@dataclass(frozen=True)
class DatasetFormat:
    """One layout. `consecutive_ids`: object ids are counted from 1 in each clip; `one_object`: objects are merged."""

    title: Message
    writer: Callable[[Path, DatasetPlan], DatasetWriter] | None
    reader: ReadClips
    consecutive_ids: bool = False
    one_object: bool = False

    def read(
        self, root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
    ) -> Iterator[AnnotatedClip]:
        """The clips below a folder, each under a name of its own that a file can have.

        What cannot be read is left out and named in `notes`. Raises DatasetError if nothing can be read.
        """
        notes = notes or ReadNotes()
        names: set[str] = set()
        found = False
        clips = self.reader(root, None if wanted is None else _Wanted(wanted), notes)
        while (clip := self._next(clips, root)) is not None:
            found = True
            name = unused_name(clip, names)
            names.add(name)
            if wanted is None or name in wanted:
                yield clip if name == clip.name else replace(clip, name=name)
        if not found and wanted is None and (reasons := notes.lines()):
            more = (
                Message(" And {count} reasons more.", count=len(reasons) - _REASONS) if len(reasons) > _REASONS else ""
            )
            raise DatasetError(
                "{root}: nothing in it can be read. {reasons}{more}",
                root=root,
                reasons=join(" ", reasons[:_REASONS]),
                more=more,
            )

    def _next(self, clips: Iterator[AnnotatedClip], root: Path) -> AnnotatedClip | None:
        try:
            return next(clips, None)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
            # an index can be wrong in more ways than readers look for
            raise DatasetError(
                "{root}: cannot be understood as {title} ({error}).", root=root, title=self.title, error=repr(error)
            ) from error


def unused_name(clip: AnnotatedClip, names: Container[str]) -> str:
    """The clip's name, with its part or a number behind it if it is one of `names`."""
    name = clip.name
    if name in names and clip.split:
        name = f"{clip.name}_{clip.split}"
    number = 2
    while name in names:
        name = f"{clip.name}_{number}"
        number += 1
    return name


class _Wanted(Container[str]):
    """Names of clips as the dataset has them, of which those that are requested may be made."""

    def __init__(self, wanted: Container[str]) -> None:
        self._wanted = wanted
        self._starts = tuple(str(name) for name in wanted) if isinstance(wanted, Iterable) else ()

    def __contains__(self, name: object) -> bool:
        if name in self._wanted:
            return True
        plain = plain_name(str(name))
        return plain in self._wanted or any(start.startswith(f"{plain}_") for start in self._starts)


_REASONS = 3

DATASET_FORMATS: Mapping[str, DatasetFormat] = MappingProxyType(
    {
        "davis": DatasetFormat(
            Message("DAVIS 2017 folders"), DavisWriter, partial(read_davis, year=2017), consecutive_ids=True
        ),
        "davis-2016": DatasetFormat(
            Message("DAVIS 2016 folders, all objects as one"),
            Davis2016Writer,
            partial(read_davis, year=2016),
            one_object=True,
        ),
        "youtube-vos": DatasetFormat(Message("YouTube-VOS folders with meta.json"), YouTubeVosWriter, read_youtube_vos),
        "coco": DatasetFormat(Message("COCO instances as run lengths, with videos and tracks"), CocoWriter, read_coco),
        "coco-polygons": DatasetFormat(
            Message("COCO instances as polygons, with videos and tracks"), CocoPolygonWriter, read_coco
        ),
        "youtube-vis": DatasetFormat(
            Message("YouTube-VIS and OVIS: a JSON of tracks as run lengths"), YouTubeVisWriter, read_youtube_vis
        ),
        "labelme": DatasetFormat(
            Message("labelme: a JSON of outlines beside each picture"), LabelmeWriter, read_labelme
        ),
        "cvat-video": DatasetFormat(Message("CVAT for video 1.1: an XML of tracks a clip"), CvatVideoWriter, read_cvat),
        "mots": DatasetFormat(Message("MOTS: 16-bit pictures, and text files of run lengths"), MotsWriter, read_mots),
        "supervisely": DatasetFormat(
            Message("Supervisely: a project of images or videos (to read)"), None, read_supervisely
        ),
        "label-studio": DatasetFormat(
            Message("Label Studio: JSON of outlines and brushes (to read)"), None, read_label_studio
        ),
        "via": DatasetFormat(Message("VGG Image Annotator: JSON of outlines (to read)"), None, read_via),
        "isat": DatasetFormat(
            Message("ISAT: a JSON of outlines beside each picture (to read)"), None, partial(read_outline_files, "isat")
        ),
        "v7": DatasetFormat(
            Message("V7 Darwin: a JSON of outlines a picture (to read)"), None, partial(read_outline_files, "v7")
        ),
        "vott": DatasetFormat(Message("VoTT: JSON of outlines (to read)"), None, partial(read_outline_files, "vott")),
        "datumaro": DatasetFormat(
            Message("Datumaro: JSON of outlines and run lengths (to read)"),
            None,
            partial(read_outline_files, "datumaro"),
        ),
        "burst": DatasetFormat(Message("BURST: JSON of tracks as run lengths (to read)"), None, read_burst),
        "visor": DatasetFormat(Message("EPIC-KITCHENS VISOR: JSON of outlines by frame (to read)"), None, read_visor),
        "sa-v": DatasetFormat(Message("SA-V: a video and a JSON of run lengths (to read)"), None, read_sa_v),
        "panoptic": DatasetFormat(Message("COCO panoptic, of pictures and videos (to read)"), None, read_panoptic),
        "cityscapes": DatasetFormat(Message("Cityscapes: JSON of outlines a picture (to read)"), None, read_cityscapes),
        "fiftyone": DatasetFormat(Message("FiftyOne's own: samples.json with data (to read)"), None, read_fiftyone),
        "labelbox": DatasetFormat(Message("Labelbox: NDJSON of outlines (to read)"), None, read_labelbox),
        "object-folders": DatasetFormat(
            Message("Black and white masks: SA-V's folders by object, or 'im' with 'gt' (to read)"),
            None,
            read_object_folders,
        ),
        "yolo": DatasetFormat(Message("YOLO segmentation"), YoloWriter, read_yolo),
        "voc": DatasetFormat(Message("PASCAL VOC segmentation pictures"), VocWriter, read_voc, consecutive_ids=True),
    }
)
