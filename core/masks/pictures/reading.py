"""Reading mask pictures of whatever program: what one is, and which object each of its areas belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import MaskError
from core.masks.colours import davis_palette
from core.masks.pictures import mattes, remarks
from core.masks.pictures.id_table import IdTable, Key
from core.masks.pictures.raster import Raster, read_raster
from core.masks.pictures.structure import Areas, areas, explains, is_enclosing, is_flat, is_hard, without_rims
from core.masks.pictures.writing import HIGHEST_IN_PNG
from core.messages import Message, join
from core.types import MAX_OBJECT_ID, LabelMap

_WHITE: Key = ("grey", 255)
"""White is one object, however many bits a picture has."""
_BRIGHTEST_ID = 63
"""Grey levels no brighter than this are ids: nobody could see such a matte."""
_FEW = 16
_MOST_KEPT = 16384
"""More areas than this are no objects."""


class MaskKind(Enum):
    """What a mask picture is."""

    AUTO = "auto"
    """Known by its structure."""
    LABELS = "labels"
    """Grey values and palette indices are object ids; so is each colour."""
    MATTE = "matte"
    """One object, its rim soft or hard: inside is what is at least half as bright as its brightest area."""
    COLOURS = "colours"
    """Each colour is an object; black, or what lies along most of the picture's border, is background."""


@dataclass(frozen=True)
class ReadMask:
    """A mask picture as a label map and how that was understood.

    `kind` is never AUTO. `unnamed`: one object, of which the file says no id (black and white, a matte). `values` are
    the values in the file of objects that have another id, and `notes` are sentences about what a person may not
    expect.
    """

    labels: LabelMap
    kind: MaskKind
    unnamed: bool = False
    values: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    alpha: NDArray[np.uint8] | None = None
    """(H, W): of one object whose rim is soft, how much of each pixel it covers, of 255."""


class MaskReader:
    """Reads the mask pictures of one clip, all in the same way: a colour or value has the same id on each of them.

    `kind` says what they are; AUTO looks at each. With `shared`, a table of a whole dataset, its clips agree as well.
    `values` are values in the files by object id that are known before; `pictures` those of the clip in their order:
    with them a colour's id does not depend on which picture is read first.
    """

    def __init__(
        self,
        kind: MaskKind = MaskKind.AUTO,
        shared: IdTable | None = None,
        values: Mapping[int, int] | None = None,
        pictures: Sequence[Path] = (),
    ) -> None:
        self.kind = kind
        self.table = IdTable(shared)
        self._values = dict(values or {})
        self._unseen = tuple(pictures)
        self._counted: dict[int, int] = {}
        for object_id, value in self._values.items():
            self.table.set(("grey", value), object_id)

    @property
    def values(self) -> Mapping[int, int]:
        """Value in the files by object id, where they differ (ids beyond 255)."""
        return dict(self._values)

    @property
    def counted(self) -> Mapping[int, int]:
        """Id by colour (0xRRGGBB) of objects that no file gives a number: they were counted as they came."""
        return dict(self._counted)

    def labels(self, path: Path, size: tuple[int, int] | None = None) -> LabelMap:
        """The label map, (H, W) uint8, of a picture. Raises MaskError as `read` does."""
        return self.read(path, size).labels

    def read(self, path: Path, size: tuple[int, int] | None = None) -> ReadMask:
        """The mask in a picture file.

        Raises MaskError, naming the file, if it cannot be read, is no mask, is not of `size` (width, height) or is
        larger than pictures may be; the last two before it is unpacked.
        """
        path = Path(path)
        raster = read_raster(path, size)
        found = self._read(raster, path)
        return replace(found, notes=(*found.notes, *remarks.left_out(raster, path)))

    def _read(self, raster: Raster, path: Path) -> ReadMask:
        if raster.form == "palette" and self.kind is MaskKind.AUTO and _is_davis(raster):
            return self._davis(raster, path)
        if raster.form == "colour" and self._unseen:
            self._see_all()
        if self.kind is MaskKind.MATTE:
            return self._matte(raster.cut_out or raster, path)
        if self.kind is MaskKind.LABELS:
            return self._exact(raster, path, [0 if value == 0 else int(value) for value in raster.values])
        if self.kind is MaskKind.COLOURS:
            return self._colours(raster, path)
        if raster.form == "palette":
            return self._palette(raster, path) if is_hard(raster) else self._soft(raster, path)
        if raster.form == "grey":
            return self._grey(raster, path)
        return self._by_colour(raster, path) if is_hard(raster) else self._soft(raster, path)

    def _see_all(self) -> None:
        """Gives every colour of the clip its id."""
        pictures, self._unseen = self._unseen, ()
        for path in pictures:
            with suppress(MaskError):
                self.read(path)

    # -- each kind

    def _davis(self, raster: Raster, path: Path) -> ReadMask:
        for value, colour in zip(raster.values, raster.colours, strict=True):
            self.table.set(("colour", _packed(colour)), int(value))
        return _without_void(ReadMask(raster.values.astype(np.uint8)[raster.value_map], MaskKind.LABELS), path)

    def _grey(self, raster: Raster, path: Path) -> ReadMask:
        values = [int(value) for value in raster.values]
        if mattes.is_black_and_white(raster):
            return self._one_object(raster, values, path)
        if raster.see_through:
            return self._matte(raster, path)
        if mattes.is_video_range(raster):
            return self._soft_one(raster.value_map > 0, raster, path)
        dark = values[-1] <= _BRIGHTEST_ID and len(values) <= _FEW and not raster.lossy
        if len(values) == 2 and values[0] > _BRIGHTEST_ID and (around := self._background(raster)) is not None:
            return self._soft_one(raster.value_map != around, raster, path)
        if dark or is_hard(raster):
            sharp = without_rims(raster)
            # full white next to other levels is a value like them; an earlier picture may have made it object 1
            read = self._exact(sharp or raster, path, [int(value) for value in (sharp or raster).values])
            notes = remarks.of_ids(raster, path) if sharp is None else remarks.smoothed(path)
            return replace(read, notes=(*read.notes, *notes))
        return self._soft(raster, path)

    def _one_object(self, raster: Raster, values: list[int], path: Path) -> ReadMask:
        """Black and white."""
        table = np.zeros(len(values), np.uint8)
        for index, value in enumerate(values):
            if value:
                (table[index],) = self.table.find([(_WHITE, 1)], "")
        labels = table[raster.value_map]
        return ReadMask(labels, MaskKind.MATTE, unnamed=True, notes=mattes.inside_out(labels > 0, path))

    def _exact(self, raster: Raster, path: Path, values: list[int]) -> ReadMask:
        """Each value an id; a value that no label map holds gets one."""
        if raster.form == "colour":
            return self._by_colour(raster, path)
        keys: list[tuple[Key, int]] = [(("grey", value), value) for value in values if value]
        found = iter(self._ids(keys, path))
        table = np.array([next(found) if value else 0 for value in values], np.uint8)
        renumbered = {int(table[index]): value for index, value in enumerate(values) if value != table[index]}
        notes: list[Message] = []
        self._values |= renumbered
        if renumbered:
            first = join(
                ", ",
                [
                    Message("{value} is {number}", value=value, number=number)
                    for number, value in list(renumbered.items())[:3]
                ],
            )
            dots = ", ..." if len(renumbered) > 3 else ""
            notes.append(
                Message(
                    "{name}: ids go from 1 to {max_object_id}; these were renumbered: {first}{dots}",
                    name=path.name,
                    max_object_id=MAX_OBJECT_ID,
                    first=first,
                    dots=dots,
                )
            )
        if max(renumbered.values(), default=0) > HIGHEST_IN_PNG:
            notes.append(
                Message(
                    "{name}: ids above {most} are written back as TIFF pictures of 32 bits, since PNG cannot hold them",
                    name=path.name,
                    most=HIGHEST_IN_PNG,
                )
            )
        read = ReadMask(table[raster.value_map], MaskKind.LABELS, values=renumbered, notes=tuple(notes))
        return _without_void(read, path) if values and values[-1] == MAX_OBJECT_ID else read

    def _palette(self, raster: Raster, path: Path) -> ReadMask:
        """Indices as ids, if index 0 is the background; else by colours."""
        values = [int(value) for value in raster.values]
        colours = [_packed(colour) for colour in raster.colours]
        if all(red == green == blue for red, green, blue in raster.colours.tolist()):
            levels = {int(level) for level in raster.colours[:, 0]}
            if levels <= {0, 255} and len(levels) == len(values):
                # black and white, whichever of them comes first
                return self._one_object(raster, [int(level) for level in raster.colours[:, 0]], path)
        distinct = len(set(colours)) == len(colours)
        if distinct and 0 in colours and values[colours.index(0)] != 0:
            return self._by_colour(raster, path)
        if values[0] == 0 and distinct and not _may_be_background(raster):
            return self._by_colour(raster, path)
        keys: list[tuple[Key, int]] = [
            (("colour", colour) if distinct else ("index", value), value)
            for value, colour in zip(values, colours, strict=True)
            if value
        ]
        found = iter(self._ids(keys, path))
        table = np.array([next(found) if value else 0 for value in values], np.uint8)
        return ReadMask(table[raster.value_map], MaskKind.LABELS)

    def _by_colour(self, raster: Raster, path: Path) -> ReadMask:
        """Each colour as it is an object."""
        if len(raster.values) > _MOST_KEPT:
            raise remarks.no_mask(path, len(raster.values), Message("colours"))
        packed = [_packed(colour) for colour in raster.colours]
        background, notes = 0, list[Message]()
        if 0 not in packed and (around := self._background(raster)) is not None:
            background = packed[around]
            notes.append(
                Message(
                    "{name}: there is no black in it; the colour along its border was read as background",
                    name=path.name,
                )
            )
        table = self._colour_ids(raster.colours, background, path, lossy=False)
        return _without_void(ReadMask(table[raster.value_map], MaskKind.COLOURS, notes=tuple(notes)), path)

    def _background(self, raster: Raster) -> int | None:
        """The number of the colour that lies along the border and is background; None where all colours are objects."""
        rim = mattes.border(raster.value_map)
        counts = np.bincount(rim, minlength=len(raster.values))
        index = int(counts.argmax())
        known = self.table.ids.get(("colour", _packed(raster.colours[index])))
        if known is not None:
            return index if known == 0 else None
        # of a scene that is all objects several lie along the border
        pale = int(np.ptp(raster.colours[index].astype(int))) <= 8 or len(raster.values) == 2
        needed = 0.5 if pale else mattes.ALL_AROUND
        return index if counts[index] > needed * len(rim) and len(raster.values) > 1 else None

    def _colours(self, raster: Raster, path: Path) -> ReadMask:
        """A person says that each colour is an object: rims and noise belong to one of them."""
        if is_hard(raster):
            return self._by_colour(raster, path)
        found = areas(raster, self.table.colours())
        if found is None:
            raise remarks.no_mask(path, len(raster.values), Message("colours"))
        return self._of_areas(found, path, raster, MaskKind.COLOURS)

    def _soft(self, raster: Raster, path: Path) -> ReadMask:
        """Levels or colours with soft or noisy rims."""
        found = areas(raster, self.table.colours())
        if found is not None and not raster.is_grey and not is_flat(found, raster):
            found = None
        if raster.cut_out is not None and (found is None or not explains(found, raster, raster.cut_out)):
            note = Message("{name}: a picture cut out; its transparency was read as one object", name=path.name)
            read = self._matte(raster.cut_out, path)
            return replace(read, notes=(note, *read.notes))
        if found is not None and len(found.colours) > (2 if raster.is_grey else 1):
            kind = MaskKind.COLOURS if len(found.colours) > 2 else MaskKind.MATTE
            return self._of_areas(found, path, raster, kind)
        background = None if raster.is_grey or found is None else found.colours[0]
        inside = mattes.matte(raster, background) if raster.is_grey or found is not None else None
        if inside is None:
            raise remarks.no_mask(path, len(raster.values), Message("greys") if raster.is_grey else Message("colours"))
        read = self._soft_one(inside, raster, path)
        return replace(read, notes=(*read.notes, *remarks.lost_ids(raster, inside, path)))

    def _of_areas(self, found: Areas, path: Path, raster: Raster, kind: MaskKind) -> ReadMask:
        colours = found.colours
        # JPEG leaves a little colour in what was grey
        grey = bool((np.ptp(colours.astype(int), axis=1) <= 8).all())
        if len(colours) <= 2 and grey:
            return self._soft_one(found.value_map > 0, raster, path)
        count = len(colours) - 1
        if grey:
            keys: list[tuple[Key, int]] = [(("grey", int(level)), int(level)) for level in colours[1:, 1]]
            table = np.array([0, *self.table.find(keys, str(path), lossy=True)], np.uint8)
        else:
            table = self._colour_ids(colours, _packed(colours[0]), path, lossy=True)
        notes: list[Message] = []
        notes.append(
            Message("{name}: its borders are soft or noisy; objects in it: {count}", name=path.name, count=count)
        )
        return ReadMask(table[found.value_map], kind, notes=tuple(notes))

    def _matte(self, raster: Raster, path: Path) -> ReadMask:
        """One object: at least half as bright as its brightest area, or its brightest pixel."""
        levels = raster.colours.max(axis=1).astype(int)
        counts = raster.counts
        # the brightest level that is more than noise
        order = np.argsort(levels)[::-1]
        enough = np.cumsum(counts[order]) >= max(1, 0.2 * counts[levels >= 32].sum())
        top = int(levels[order[int(np.argmax(enough))]])
        return self._unnamed((levels >= max(1, (top + 1) // 2))[raster.value_map], raster, path)

    def _unnamed(self, inside: NDArray[np.bool_], raster: Raster, path: Path) -> ReadMask:
        """One object of which the file says no id: what white is."""
        (number,) = self.table.find([(_WHITE, 1)], str(path))
        labels = inside.astype(np.uint8) * np.uint8(number)
        notes = mattes.inside_out(inside, path)
        return ReadMask(labels, MaskKind.MATTE, unnamed=True, notes=notes, alpha=mattes.alpha_of(raster))

    def _soft_one(self, inside: NDArray[np.bool_], raster: Raster, path: Path) -> ReadMask:
        notes: list[Message] = []
        notes.append(
            Message(
                "{name}: a soft matte, read as one object: where it is at least half as bright as it gets",
                name=path.name,
            )
        )
        read = self._unnamed(inside, raster, path)
        return replace(read, notes=(*notes, *read.notes))

    # -- ids

    def _ids(self, keys: list[tuple[Key, int]], path: Path) -> list[int]:
        if len(keys) > _MOST_KEPT:
            raise remarks.no_mask(path, len(keys), Message("values"))
        return self.table.find(keys, str(path))

    def _colour_ids(self, colours: NDArray[np.uint8], background: int, path: Path, lossy: bool) -> NDArray[np.uint8]:
        """The id of each of (N, 3) uint8 colours: of the DAVIS palette if all are of it, else any."""
        packed = [_packed(colour) for colour in colours]
        others = sorted(value for value in packed if value != background)
        davis = _davis_ids()
        known = all(value in davis for value in others)
        keys: list[tuple[Key, int]] = [(("colour", value), davis[value] if known else 0) for value in others]
        self.table.set(("colour", background), 0)
        ids = dict(zip(others, self.table.find(keys, str(path), lossy), strict=True))
        self._counted |= {} if known else ids
        return np.array([ids.get(value, 0) for value in packed], np.uint8)


def read_mask(path: Path, size: tuple[int, int] | None = None, kind: MaskKind = MaskKind.AUTO) -> LabelMap:
    """The label map, (H, W) uint8, in one picture file; pictures of one clip are read by one `MaskReader`.

    Raises MaskError as `MaskReader.read` does.
    """
    return MaskReader(kind).labels(path, size)


@cache
def _davis_ids() -> dict[int, int]:
    return {_packed(colour): index for index, colour in enumerate(davis_palette())}


def _is_davis(raster: Raster) -> bool:
    """The indices have the colours of DAVIS and PASCAL VOC files: there is nothing to find out."""
    return bool(np.array_equal(raster.colours, davis_palette()[raster.values]))


def _may_be_background(raster: Raster) -> bool:
    """Index 0 is black or pale; a bright colour is an object's."""
    return int(np.ptp(raster.colours[0].astype(int))) <= 8


def _without_void(read: ReadMask, path: Path) -> ReadMask:
    """Without the line that PASCAL VOC draws in 255 around every object, where nobody can tell."""
    if not is_enclosing(read.labels, MAX_OBJECT_ID):
        return read
    note = Message("{name}: 255 lies around all objects as a line, and is no object itself", name=path.name)
    labels = np.where(read.labels == MAX_OBJECT_ID, 0, read.labels).astype(np.uint8)
    return replace(read, labels=labels, notes=(*read.notes, note))


def _packed(colour: NDArray[np.uint8]) -> int:
    red, green, blue = (int(value) for value in colour)
    return red << 16 | green << 8 | blue
