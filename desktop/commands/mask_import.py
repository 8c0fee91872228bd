"""Importing masks: what a file is, which object it is of, and reading it in another way."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.errors import MaskError, RotoflowError
from desktop.dialogs.ask import Ask
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.settings.counts import counted

if TYPE_CHECKING:
    from core.masks import MaskKind, MaskReader, ReadMask

_KNOWN = "mask_ids"
"""The project's setting with the id of each colour and value of the masks imported so far."""


class MaskImport(QObject):
    """Brings mask files onto the current frame.

    A file with one object becomes the mask of the chosen object, and the other objects stay; one with several replaces
    the frame's masks, and one without any clears them, after a question. What it was read as is a notice, with a button
    to read it differently.
    """

    notice = Signal(str, object, str, object)

    def __init__(self, session: EditorSession, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._ask = session, ask

    def choose(self, start: Path) -> None:
        """Asks for a file and imports it."""
        path = self._ask.mask(start)
        if path is not None:
            self.start(path)

    def start(self, path: Path, kind: MaskKind | None = None, offers: bool = True) -> None:
        """Makes a mask file the masks of the current frame, or of the chosen object on it.

        Without `offers` there is no button to read it differently: the program knows the file.
        """
        session, video = self._session, self._session.video
        if video is None:
            return
        from core.datasets.mask_files import read_mask_file

        frame = session.frame_index
        reader = self.reader(kind)
        try:
            read = read_mask_file(path, video.size, reader)
            notice_text = self._import(path, read)
            if notice_text is None:
                return
        except (RotoflowError, OSError) as error:
            # another kind may still make a mask of a picture that is none by its structure
            offer = isinstance(error, MaskError) and kind is None and path.is_file()
            self._notify(describe(error), Kind.ERROR, path, frame if offer else None, None)
            return
        self.remember(reader)
        text = session.undo_text
        notes = [core_message(note) for note in read.notes]
        self._notify("\n".join([notice_text, *notes]), Kind.INFO, path, frame if offers else None, text)

    def _import(self, path: Path, read: ReadMask) -> str | None:
        """Imports it; says what became of what. None if it would only have cleared masks, and a person said no."""
        from core.masks import present_ids

        session = self._session
        text = self.tr("Import {name}").format(name=path.name)
        ids = present_ids(read.labels)
        if len(ids) != 1:
            masked = set(session.areas()) - session.locked_ids
            if not ids and masked and not self._agrees_to_clear(path, len(masked)):
                return None
            session.import_labels(read.labels, text)
            if not ids:
                pattern = self.tr("{name} is empty: the masks of frame {frame} are cleared.")
                return pattern.format(name=path.name, frame=session.frame_index)
            pattern = self.tr("Imported {name} on frame {frame} with {count} objects; the frame is an anchor now.")
            notice_text = pattern.format(name=path.name, frame=session.frame_index, count=len(ids))
            if gone := len(masked - set(session.areas())):
                notice_text += "\n" + counted(
                    gone,
                    self.tr("1 object that was masked here is not in it and has no mask here any more."),
                    self.tr("{count} objects that were masked here are not in it and have no mask here any more."),
                ).format(count=gone)
            return notice_text
        (own,) = ids
        target = self._target(own, read.unnamed)
        before, mask = session.labels, read.labels > 0
        assert before is not None
        over = int(np.count_nonzero(mask & ~np.isin(before, [0, target, *session.locked_ids])))
        session.import_labels(mask.astype(np.uint8) * np.uint8(target), text, keep_others=True)
        if read.alpha is not None:
            # a soft export of this frame writes it, as long as the mask stays as it is
            session.project.edges.keep_matte(session.frame_index, target, read.alpha)
        track = session.track(target)
        pattern = self.tr("Imported {name} on frame {frame} as the mask of {object}; the frame is an anchor now.")
        notice_text = pattern.format(name=path.name, frame=session.frame_index, object=track.name if track else target)
        if over:
            notice_text += "\n" + counted(
                over,
                self.tr("It lies over other objects and took 1 pixel of them."),
                self.tr("It lies over other objects and took {count} pixels of them."),
            ).format(count=over)
        return notice_text

    def _agrees_to_clear(self, path: Path, masks: int) -> bool:
        question = counted(
            masks,
            self.tr("{name} is empty: no pixel of it is masked. Clear the mask on frame {frame}?"),
            self.tr("{name} is empty: no pixel of it is masked. Clear the {count} masks on frame {frame}?"),
        )
        return self._ask.clear_masks(question.format(name=path.name, count=masks, frame=self._session.frame_index))

    def _target(self, own: int, unnamed: bool) -> int:
        """The object that a mask with one object is of: the chosen one, unless the file names another."""
        session = self._session
        chosen = session.current_object
        if not session.tracks or session.track(chosen) is None:
            return own
        if unnamed:
            return chosen
        areas = session.areas()
        # a second file that calls its object 1 as the first one did is of the object that was made for it
        return chosen if own in areas and chosen not in areas else own

    # -- reading it differently

    def _read_differently(self, path: Path, frame: int, text: str | None) -> None:
        from core.masks import MaskKind

        kinds = {
            MaskKind.LABELS: self.tr("Object ids: each value or palette index is an object"),
            MaskKind.MATTE: self.tr("A matte: one object, with a soft or hard rim"),
            MaskKind.COLOURS: self.tr("Colours: each colour is an object"),
        }
        question = self.tr("How is {name} to be read?").format(name=path.name)
        chosen = self._ask.choice(self.tr("Read differently"), question, list(kinds.values()))
        if chosen is None:
            return
        session = self._session
        session.go_to(frame)
        if text is not None and session.undo_text == text:
            session.project.history.undo()
        self.start(path, list(kinds)[chosen])

    def _notify(self, notice_text: str, kind: Kind, path: Path, frame: int | None, text: str | None) -> None:
        if frame is None or path.suffix.lower() == ".json":
            self.notice.emit(notice_text, kind, "", None)
        else:
            action = partial(self._read_differently, path, frame, text)
            self.notice.emit(notice_text, kind, self.tr("Read differently…"), action)

    # -- the same id on every frame

    def is_mask(self, path: Path) -> bool:
        """Whether a picture is by its structure a mask of the open clip."""
        video = self._session.video
        try:
            return video is not None and bool(self.reader().read(path, video.size))
        except (RotoflowError, OSError):
            return False

    def reader(self, kind: MaskKind | None = None) -> MaskReader:
        """Reads a file as the ones before: their colours and values keep their ids, unless a person says otherwise."""
        from core.masks import MaskKind, MaskReader

        reader = MaskReader(kind or MaskKind.AUTO, values=self._session.project.settings.mask_values)
        stored = self._session.project.settings.get(_KNOWN)
        if kind is None and isinstance(stored, list):
            for name, value, object_id in stored:
                reader.table.set((str(name), int(value)), int(object_id))
        return reader

    def remember(self, reader: MaskReader) -> None:
        """Keeps in the project which colours and values of files are which objects."""
        found = [[name, value, object_id] for (name, value), object_id in reader.table.ids.items()]
        self._session.project.settings.set(_KNOWN, found)
        if reader.values:
            self._session.project.settings.mask_values = reader.values
