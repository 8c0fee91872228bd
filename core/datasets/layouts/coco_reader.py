"""Reading COCO instances: what `coco_writer` writes, and what others do, with or without videos."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

from core.datasets.clips import DEFAULT_CLASS, SPLITS, AnnotatedClip
from core.datasets.files import flagged, read_json, subfolders
from core.datasets.layouts.flat import original_stem
from core.datasets.reading.inner_paths import PictureFinder, inner_parts, spellings
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_size, with_pictures
from core.errors import DatasetError
from core.messages import Message

Entry = dict[str, Any]

IMAGE_KEYS = frozenset({"id", "file_name", "width", "height", "video_id", "frame_index", "frame_id"})
ANNOTATION_KEYS = frozenset(
    {"id", "image_id", "category_id", "segmentation", "area", "bbox", "iscrowd", "video_id", "track_id", "object_id"}
)
VIDEO_KEYS = frozenset({"id", "name", "width", "height"})
_NAME_KEYS = ("file_name", "coco_url", "path", "url")
"""Where the name of a picture stands; LVIS has addresses alone."""
DATASET_KEYS = ("info", "licenses", "categories")
_NUMBERED = re.compile(r"(.*?)[_\-. ]?(\d+)")
_OTHER_TASKS = ("captions", "person_keypoints", "stuff", "panoptic", "image_info")
_SUBSET = re.compile(r"^(instances|annotations|labels|coco)?[_\-.]?(.*?)[_\-.]?(coco|annotations|instances)?$")


def read_coco(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a COCO folder (or of one .json file in it); `wanted` are the only names to read.

    Images of one video are a clip, and so are numbered images that share tracks; else each image is a clip of its own,
    named after its file. Annotations without a track are linked from frame to frame by overlap. Where annotations
    overlap, the smaller one is in front. What cannot be read is left out, and named in `notes`.
    Raises DatasetError, naming the file, if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    if root.is_file():
        files, root = [root], root.parent.parent if root.parent.name == "annotations" else root.parent
    else:
        files = index_files(root)
    if not files:
        raise DatasetError(
            "{root}: no COCO dataset; expected a folder 'annotations' with .json files in it.", root=root
        )
    finder = PictureFinder(root, ("images", "", "data", "train/JPEGImages", "valid/JPEGImages"))
    faults: list[DatasetError] = []
    read = 0
    for path in files:
        try:
            index = _Index(root, path, read_json(path), finder, notes)
        except DatasetError as error:
            faults.append(error)
            continue
        read += 1
        yield from index.clips(wanted)
    for fault in faults:
        if not read:
            raise fault
        notes.remark(Message("index left out: {fault}", fault=fault))


def index_files(root: Path) -> list[Path]:
    """The files that may be indices, those of other tasks left out where there are some of instances."""
    inner = [path for folder in subfolders(root) for path in sorted(folder.glob("*.json"))]
    found = sorted((root / "annotations").glob("*.json")) or sorted(root.glob("*.json")) or inner
    found = [path for path in found if not path.name.startswith(".") and path.name != "tracks.json"]
    others = [path for path in found if path.name.startswith(_OTHER_TASKS)]
    return [path for path in found if path not in others] or found


class _Index:
    """One .json file."""

    def __init__(self, root: Path, path: Path, index: Any, finder: PictureFinder, notes: ReadNotes) -> None:
        if isinstance(index, dict) and isinstance(index.get("image"), dict) and "images" not in index:
            index = _of_one_picture(index)
        if (
            not isinstance(index, dict)
            or not isinstance(index.get("images"), list)
            or not isinstance(index.get("annotations"), list)
        ):
            raise DatasetError(
                "{path}: no COCO instances; expected 'images', 'annotations' and 'categories' in it.", path=path
            )
        self._root, self._path, self._finder, self._notes = root, path, finder, notes
        self._index = index
        self._hints = index_folders(root, path)
        self._split = split_of(path.stem) or split_of(path.parent.name)
        self._classes = {
            id_of(one.get("id")): str(one.get("name", one.get("id"))) for one in self._entries("categories")
        }
        self._tracks = {id_of(one.get("id")): one for one in self._entries("tracks")}
        self._videos = {id_of(one.get("id")): one for one in self._entries("videos")}
        images = self._images()
        self._annotations: defaultdict[Any, list[Entry]] = defaultdict(list)
        known = {id_of(one["id"]) for one in images}
        for entry in self._entries("annotations"):
            if (image := id_of(entry.get("image_id"))) in known:
                self._annotations[image].append(entry)
            else:
                notes.leave_out(
                    path,
                    "annotation",
                    Message("its image is not in the index"),
                    Message("annotation {id}", id=entry.get("id")),
                )
        entries = self._entries("annotations")
        if entries and not any("segmentation" in one or "bbox" in one for one in entries):
            raise DatasetError("{path}: no COCO instances: its annotations have no masks.", path=path)
        # masks that are not outlines are marked so by some tools; then the mark means nothing
        marked = [flagged(one.get("iscrowd")) for one in self._entries("annotations") if one.get("segmentation")]
        self._all_crowds = (bool(marked) and all(marked)) or any(map(_is_of_cvat, self._entries("annotations")))
        self._groups = self._grouped(images)

    def clips(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        for name in sorted(self._groups):
            if wanted is None or name in wanted:
                with self._notes.leaving_out("clip", name):
                    if clip := self._clip(name, sorted(self._groups[name], key=_order)):
                        yield clip

    def _entries(self, key: str) -> list[Entry]:
        value = self._index.get(key)
        return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

    def _images(self) -> list[Entry]:
        """The images that have a number of their own and a name, be it that of an address."""
        found: dict[Any, Entry] = {}
        for one in self._entries("images"):
            name = next((one[key] for key in _NAME_KEYS if isinstance(one.get(key), str) and one[key]), None)
            if name is None or "id" not in one:
                continue
            if (number := id_of(one["id"])) in found:
                self._notes.leave_out(self._path, "image", Message("its number is another one's"), name)
            else:
                found[number] = {**one, "file_name": name}
        return list(found.values())

    def _grouped(self, images: list[Entry]) -> dict[str, list[Entry]]:
        """The images of each clip by its name."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        loose: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in images:
            video = entry.get("video_id")
            if video is None:
                loose[self._stem_of_numbered(entry["file_name"])].append(entry)
            else:
                # names of videos may be paths, as in TAO
                name = self._videos.get(id_of(video), {}).get("name", video)
                found[_joined(str(name)) or str(video)].append(entry)
        for name, group in loose.items():
            if len(group) > 1 and self._is_clip(group):
                found[name] += group
            else:
                for entry in group:
                    # the same name may be in several folders
                    found[_joined(str(Path(_shown(entry["file_name"])).with_suffix("")))].append(entry)
        return found

    def _stem_of_numbered(self, file_name: str) -> str:
        *folders, name = inner_parts(_shown(file_name)) or ("",)
        plain = original_stem(Path(name).stem)
        match = _NUMBERED.fullmatch(plain)
        stem = match[1] if match else plain
        return "_".join([*folders, stem] if stem else folders) or self._root.resolve().name

    def _is_clip(self, group: list[Entry]) -> bool:
        """Whether the images are frames: of one size, and with a track that is on more than one of them."""
        if len({size_of(one) for one in group}) > 1:
            return False
        tracks = Counter(
            track
            for image in group
            for track in {_track(entry) for entry in self._annotations[id_of(image["id"])]}
            if track is not None
        )
        return any(count > 1 for count in tracks.values())

    def _clip(self, name: str, images: list[Entry]) -> AnnotatedClip | None:
        size = _commonsize_of(images)
        if size is not None:
            check_size(size, Message("{path}: the images of '{name}'", path=self._path, name=name))
        frames = [frame for image in images if (frame := self._frame(image, size)) is not None]
        frames = with_pictures(frames, size, self._path, self._notes)
        if not frames or not any(frame.annotated for frame in frames):
            return None
        video = self._videos.get(id_of(images[0].get("video_id")), {})
        return annotated_clip(
            ShapeClip(
                name,
                size or frames_size(frames),
                frames,
                self._path,
                self._split,
                smaller_in_front=True,
                dataset_fields={key: self._index[key] for key in DATASET_KEYS if self._index.get(key)},
                clip_fields=_rest(video, VIDEO_KEYS),
            ),
            self._notes,
        )

    def _frame(self, image: Entry, size: tuple[int, int] | None) -> ShapeFrame | None:
        own = size_of(image)
        if size is not None and own is not None and own != size:
            reason = Message(
                "it is {width} x {height}, not {width2} x {height2} as the others of its video",
                width=own[0],
                height=own[1],
                width2=size[0],
                height2=size[1],
            )
            self._notes.leave_out(self._path, "image", reason, image["file_name"])
            return None
        file = self._finder.find(image["file_name"], self._hints)
        if file is None:
            self._notes.leave_out(
                self._path, "image", Message("there is no such picture in the dataset"), image["file_name"]
            )
            return None
        entries = self._annotations[id_of(image["id"])]
        shapes = [shape for entry in entries if (shape := self._shape(entry, size)) is not None]
        # a frame whose masks cannot be read is not one without objects
        unread = [entry for entry in entries if not self._is_crowd(entry)]
        return ShapeFrame(file.stem, file, shapes, bool(shapes) or not unread, fields=_rest(image, IMAGE_KEYS))

    def _is_crowd(self, entry: Entry) -> bool:
        return flagged(entry.get("iscrowd")) and _track(entry) is None and not self._all_crowds

    def _shape(self, entry: Entry, size: tuple[int, int] | None) -> Shape | None:
        item = Message("annotation {id}", id=entry.get("id"))
        segmentation = entry.get("segmentation")
        fault = segmentation_fault(segmentation, size)
        if self._is_crowd(entry):
            fault = Message("a crowd, which is not one object")
        elif not segmentation and entry.get("bbox"):
            fault = Message("it has no mask, only a box")
        if fault:
            self._notes.leave_out(self._path, "annotation", fault, item)
            return None
        category = id_of(entry.get("category_id"))
        if category not in self._classes:
            self._notes.happened(self._path, "annotation", Message("of a category that the index does not name"), item)
        class_label = self._classes.get(category, "object" if category is None else f"category {category}")
        track = _track(entry)
        known = self._tracks.get(track, {}) if track is not None else {}
        object_id = known.get("object_id")
        return Shape(
            class_label,
            draw_segmentation(segmentation),
            item,
            track,
            object_id if isinstance(object_id, int) and not isinstance(object_id, bool) else None,
            area=float(area) if isinstance(area := entry.get("area"), (int, float)) else None,
            fields=_rest(entry, ANNOTATION_KEYS),
        )


def _of_one_picture(index: Entry) -> Entry:
    """The files of SA-1B, one a picture, as an index of one image."""
    image = {**index["image"], "id": 1}
    entries = index.get("annotations")
    if isinstance(entries, list):
        entries = [{"category_id": 1, **one, "image_id": 1} for one in entries if isinstance(one, dict)]
    return {**index, "images": [image], "annotations": entries, "categories": [{"id": 1, "name": DEFAULT_CLASS}]}


def frames_size(frames: Sequence[ShapeFrame]) -> tuple[int, int]:
    """The size of the first picture of frames that were seen to be of one size."""
    from core.datasets.clips import picture_size

    return next(picture_size(frame.file) for frame in frames if frame.file is not None)


def index_folders(root: Path, path: Path) -> list[str]:
    """Where the pictures of an index may be, below the root."""
    match = _SUBSET.match(path.stem)
    subset = match[2] if match else ""
    beside = path.parent.relative_to(root).as_posix() if path.parent.is_relative_to(root) else ""
    names = [name for name in (subset, subset.split("_")[-1]) if name]
    hints = [folder for name in names for folder in (f"images/{name}", name, f"data/{name}")]
    return [*hints, *([beside, f"{beside}/images"] if beside not in ("", ".", "annotations") else [])]


def split_of(name: str) -> str:
    """The part that a name of a file or folder names; empty if it names none."""
    words = re.split(r"[^a-z]+", name.lower())
    for split, others in zip(SPLITS, (("training",), ("valid", "validation"), ("testing",)), strict=True):
        if split in words or any(other in words for other in others):
            return split
    return next((split for split in SPLITS if split in name.lower()), "")


def id_of(value: Any) -> Any:
    """An id that can be looked up, whatever the index has for one: "7", 7 and 7.0 are the same."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 20 else value
    return value if isinstance(value, (int, float)) or value is None else str(value)


def _is_of_cvat(entry: Entry) -> bool:
    """CVAT marks every brush mask as a crowd, next to outlines that are none."""
    attributes = entry.get("attributes")
    return isinstance(attributes, dict) and "occluded" in attributes


def _track(entry: Entry) -> Any:
    attributes = entry.get("attributes")
    for source in (entry, attributes if isinstance(attributes, dict) else {}):
        for key in ("track_id", "instance_id"):
            if source.get(key) is not None:
                return id_of(source[key])
    return None


def size_of(image: Entry) -> tuple[int, int] | None:
    """The size that an entry states, if it states one; some programs write 0 where they do not know it."""
    try:
        size = int(image["width"]), int(image["height"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return None if size == (0, 0) else size


def _commonsize_of(images: list[Entry]) -> tuple[int, int] | None:
    sizes = Counter(size for image in images if (size := size_of(image)) is not None)
    return sizes.most_common(1)[0][0] if sizes else None


def _order(image: Entry) -> tuple[int, list[tuple[int, int, str]]]:
    from core.media.pictures import natural_key

    position = image.get("frame_index", image.get("frame_id"))
    return (position if isinstance(position, int) else 0), natural_key(image["file_name"])


def _shown(name: str) -> str:
    """The path that a name of a picture is; of an address its file alone."""
    plain = name.replace("\\", "/")
    return spellings(plain)[-1].rpartition("/")[2] if "://" in plain else plain


def _joined(name: str) -> str:
    return "_".join(inner_parts(name))


def _rest(entry: Entry, known: frozenset[str]) -> Entry:
    return {key: value for key, value in entry.items() if key not in known}
