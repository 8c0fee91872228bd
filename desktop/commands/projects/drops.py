"""What is dropped on the window: clips, projects, masks of one frame or of many, datasets."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from core.errors import RotoflowError
from desktop.commands.datasets.importing import DatasetImport
from desktop.commands.files import FileCommands
from desktop.commands.mask_import import MaskImport
from desktop.commands.projects.mask_folders import MaskFolderImport
from desktop.dialogs.ask import MASK_PATTERNS, Ask
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs

_MASK_SUFFIXES = frozenset(pattern.removeprefix("*") for pattern in MASK_PATTERNS.split())
_INDEX_SUFFIXES = frozenset({".json", ".xml", ".yaml", ".yml"})
"""Files that list what is in a dataset."""
_SHAPE_SUFFIXES = frozenset({".fxs", ".ssf", ".nk", ".py", ".jsx", ".svg", ".ntp"})


class Drops(QObject):
    """Decides by what a file or folder holds; asks where two things can be meant, and says what is not done with it."""

    notice = Signal(str, object)
    made = Signal(str, object, object)
    """A text, its Kind, and the first project of a dataset."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        ask: Ask,
        files: FileCommands,
        masks: MaskImport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._ask, self._files, self._masks = session, ask, files, masks
        self._datasets = DatasetImport(jobs, ask, self)
        self._datasets.notice.connect(self.notice)
        self._datasets.made.connect(self.made)
        self._folders = MaskFolderImport(session, jobs, masks, self)
        self._folders.notice.connect(self.notice)
        self._left_out = ""
        """What is said about files that were not taken, when the one that was is there."""
        files.opened.connect(self._report_left_out, Qt.ConnectionType.QueuedConnection)

    def take(self, paths: Sequence[Path]) -> None:
        """Opens or imports what was dropped. Nothing open is lost by it."""
        if not paths:
            return
        path, self._left_out = paths[0], ""
        if len(paths) > 1:
            if _are_one_sequence(paths):
                path = path.parent
            else:
                text = self.tr("Only {name} is taken: one clip is open at a time. For many there is File > Batch.")
                self._left_out = text.format(name=path.name)
        if path.is_dir():
            self._take_folder(path)
        elif path.suffix.lower() in _INDEX_SUFFIXES and not _is_labelme(path):
            self._datasets.start(path)
        elif path.is_file() and path.suffix.lower() in _MASK_SUFFIXES:
            self._take_picture(path)
        elif path.suffix.lower() in _SHAPE_SUFFIXES:
            text = self.tr("{name}: shapes are only written, for other programs. Import their masks as pictures.")
            self.notice.emit(text.format(name=path.name), Kind.WARNING)
        else:
            self._files.open(path)

    def _report_left_out(self) -> None:
        text, self._left_out = self._left_out, ""
        if text:
            self.notice.emit(text, Kind.WARNING)

    def _take_picture(self, path: Path) -> None:
        if self._session.is_open:
            self._masks.start(path)
        else:
            text = self.tr("{name} is a single picture. Open a clip first to import it as a mask, or drop its folder.")
            self.notice.emit(text.format(name=path.name), Kind.WARNING)

    def _take_folder(self, path: Path) -> None:
        from core.media.pictures import picture_files

        try:
            pictures = picture_files(path)
        except RotoflowError:
            # a dataset keeps its pictures in folders of its own; its dialog says if it is none
            self._datasets.start(path)
            return
        video = self._session.video
        if video is not None and path.resolve() != video.path and self._masks.is_mask(pictures[0]):
            ways: list[tuple[str, Callable[[], object]]] = [
                (self.tr("Masks of the open clip, one a frame"), lambda: self._folders.start(path)),
                (self.tr("Another clip"), lambda: self._files.open(path)),
            ]
            question = self.tr("What are the pictures in {name}?").format(name=path.name)
            chosen = self._ask.choice(self.tr("Folder of pictures"), question, [text for text, _ in ways])
            if chosen is not None:
                ways[chosen][1]()
        else:
            self._files.open(path)


def _are_one_sequence(paths: Sequence[Path]) -> bool:
    """Whether these are pictures of one folder, of which a person took all in place of the folder."""
    from core.media.pictures import PICTURE_SUFFIXES

    return len({path.parent for path in paths}) == 1 and all(
        path.suffix.lower() in PICTURE_SUFFIXES and path.is_file() for path in paths
    )


def _is_labelme(path: Path) -> bool:
    """Whether a file has the outlines of one frame, and is no list of many."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "shapes" in found
