"""What people call the layouts of datasets."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.actions.spec import T

_TITLES = {
    "davis": T("DatasetFormats", "DAVIS 2017: a palette picture a frame"),
    "davis-2016": T("DatasetFormats", "DAVIS 2016: all objects as one"),
    "youtube-vos": T("DatasetFormats", "YouTube-VOS: palette pictures with meta.json"),
    "coco": T("DatasetFormats", "COCO: run lengths, exact"),
    "coco-polygons": T("DatasetFormats", "COCO: polygons"),
    "youtube-vis": T("DatasetFormats", "YouTube-VIS: a JSON of tracks"),
    "cvat-video": T("DatasetFormats", "CVAT for video: an XML of tracks a clip"),
    "labelme": T("DatasetFormats", "labelme: a JSON of outlines a picture"),
    "mots": T("DatasetFormats", "MOTS: 16-bit pictures and text files"),
    "yolo": T("DatasetFormats", "YOLO: polygons, a text file a frame"),
    "voc": T("DatasetFormats", "PASCAL VOC: class and object pictures"),
}


def format_titles() -> dict[str, str]:
    """Of the formats that can be written, by the format's name, in the language of the window.

    A format that is new here has its own name.
    """
    from core.datasets.formats import DATASET_FORMATS

    return {
        name: QCoreApplication.translate("DatasetFormats", _TITLES[name]) if name in _TITLES else kind.title
        for name, kind in DATASET_FORMATS.items()
        if kind.writer is not None
    }
