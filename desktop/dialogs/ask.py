"""The questions the window asks. One object, so that a test can answer in a person's place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from core.types import PROJECT_SUFFIX
from desktop.dialogs.agreeing import agrees_to_lose
from desktop.dialogs.leaving import Leave, Purpose, Unfinished, ask_to_leave
from desktop.dialogs.waiting import Reaching

if TYPE_CHECKING:
    from core.matting import MatteSettings
    from core.media import ClipOptions, Gaps
    from desktop.dialogs.dataset.choice import DatasetChoice
    from desktop.dialogs.dataset.import_dialog import ImportChoice
    from desktop.dialogs.exporting.subject import ExportChoice, ExportSubject
    from desktop.dialogs.fix_dialog import FixChoice, FixSubject

VIDEO_PATTERNS = (
    "*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mts *.m2ts *.ts *.mpg *.mpeg *.wmv *.gif *.y4m "
    "*.mxf *.3gp *.flv *.ogv *.vob *.asf *.dv *.qt *.apng"
)
MASK_PATTERNS = "*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp *.json"
"""Pictures, and the JSON of labelme."""
_MORE_MASKS = "*.exr *.dpx *.cin *.tga *.jp2 *.gif *.avif *.jxl *.npy *.npz"
"""Pictures that are masks only where they are chosen as such: dropped on the window they may be clips."""
_CLIP_PICTURE_PATTERNS = "*.exr *.dpx *.tif *.tiff *.webp *.png *.avif"
"""Single files that may hold a whole clip, or be one frame of it."""

translate = QCoreApplication.translate


class Ask:
    """Asks with dialogs; every answer may be None: the person changed their mind."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._reaching: Reaching | None = None
        self.models_changed: Callable[[], object] = lambda: None
        """What is to be done once a dialog has fetched a model, or removed one."""

    def when_reached(self, path: Path, then: Callable[[], None]) -> None:
        """Calls `then` as soon as the disk of a file answers; a person who does not want to wait gives it up."""
        self._reaching = self._reaching or Reaching(self._window)
        self._reaching.when_reached(path, then)

    def clip(self, start: Path) -> Path | None:
        filters = ";;".join(
            (
                translate("Ask", "Clips and projects ({patterns})").format(
                    patterns=f"{VIDEO_PATTERNS} {_CLIP_PICTURE_PATTERNS} *{PROJECT_SUFFIX}"
                ),
                translate("Ask", "Rotoflow projects (*.roto)"),
                translate("Ask", "All files (*)"),
            )
        )
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, translate("Ask", "Open clip or project"), str(start), filters
        )
        return Path(chosen) if chosen else None

    def clip_folder(self, start: Path) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._window, translate("Ask", "Open folder of pictures"), str(start))
        return Path(chosen) if chosen else None

    def project(self, start: Path) -> Path | None:
        """Where a project is to be saved."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            translate("Ask", "Save project as"),
            str(start),
            translate("Ask", "Rotoflow projects (*.roto)"),
        )
        return Path(chosen) if chosen else None

    def reading(self, options: ClipOptions, pictures: bool, gaps: Sequence[Gaps] = ()) -> ClipOptions | None:
        """How to read the open clip; `pictures` if it is a folder of them, `gaps` what its missing ones may become."""
        from desktop.dialogs.reading_dialog import ReadingDialog

        dialog = ReadingDialog(options, pictures, gaps, self._window)
        chosen = dialog.options if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    def mask(self, start: Path) -> Path | None:
        filters = translate("Ask", "Masks ({patterns})").format(patterns=f"{MASK_PATTERNS} {_MORE_MASKS}")
        chosen, _ = QFileDialog.getOpenFileName(self._window, translate("Ask", "Import mask"), str(start), filters)
        return Path(chosen) if chosen else None

    def truth(self, start: Path) -> Path | None:
        """True masks: a folder of masks, a dataset's folder or a project."""
        text = translate("Ask", "A folder of masks, the folder of a dataset, or another project.")
        box = QMessageBox(
            QMessageBox.Icon.Question, translate("Ask", "Where are the true masks?"), text, parent=self._window
        )
        folder = box.addButton(translate("Ask", "Folder…"), QMessageBox.ButtonRole.AcceptRole)
        project = box.addButton(translate("Ask", "Project…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(translate("Ask", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed is folder:
            chosen = QFileDialog.getExistingDirectory(
                self._window, translate("Ask", "Folder of true masks"), str(start)
            )
        elif pressed is project:
            filters = translate("Ask", "Rotoflow projects (*.roto)")
            chosen, _ = QFileDialog.getOpenFileName(
                self._window, translate("Ask", "Project with true masks"), str(start), filters
            )
        else:
            return None
        return Path(chosen) if chosen else None

    def report_folder(self, start: Path) -> Path | None:
        """Where a report is to be written."""
        chosen = QFileDialog.getExistingDirectory(self._window, translate("Ask", "Folder for the report"), str(start))
        return Path(chosen) if chosen else None

    def moved_video(self, message: str, start: Path, is_folder: bool) -> Path | None:
        """The clip of a project was not found: where is it now?"""
        box = QMessageBox(
            QMessageBox.Icon.Question, translate("Ask", "The clip has moved"), message, parent=self._window
        )
        locate = box.addButton(translate("Ask", "Locate clip…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(translate("Ask", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is not locate:
            return None
        return self.clip_folder(start) if is_folder else self.clip(start)

    def export(
        self, subject: ExportSubject, show_edge: Callable[[MatteSettings | None], object]
    ) -> ExportChoice | None:
        """What to export, how, and where to. What is chosen is the start of the next time. `show_edge` shows an edge on
        the canvas while the person tries some; None ends that.
        """
        # not at the top: the formats bring FFmpeg along, and the window is to be on the screen first
        from desktop.dialogs.export_dialog import ExportDialog
        from desktop.settings.presets import Presets

        presets = Presets()
        dialog = ExportDialog(subject, presets, self._window)
        dialog.edge_tried.connect(show_edge)
        dialog.models_changed.connect(lambda: self.models_changed())
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        show_edge(None)
        choice = dialog.choice if accepted else None
        if accepted:
            presets.remember(dialog.preset)
        dialog.deleteLater()
        return choice

    def dataset_to_import(self, source: Path | None = None) -> ImportChoice | None:
        """Which dataset to make projects of, and where they go; `source` is proposed."""
        from desktop.dialogs.dataset.import_dialog import ImportDialog

        dialog = ImportDialog(self._window)
        if source is not None:
            dialog.source.set_path(source)
        choice = dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return choice

    def dataset(self, project: Path) -> DatasetChoice | None:
        """What dataset to write out of the open project, and where to."""
        from desktop.dialogs.dataset.dialog import DatasetDialog

        dialog = DatasetDialog(project, self._window)
        choice = dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return choice

    def fix(self, subject: FixSubject) -> FixChoice | None:
        """Which specks and holes are to go."""
        from desktop.dialogs.fix_dialog import FixDialog

        dialog = FixDialog(subject, self._window)
        choice = dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return choice

    def overwrite(self, taken: list[Path]) -> bool:
        """Whether to replace files, and files of the same name in folders."""
        first = taken[0]
        text = (
            translate("Ask", "{path} is not empty. Files of the same name are replaced.")
            if first.is_dir()
            else translate("Ask", "{path} is there already. It is replaced.")
        )
        question = text.format(path=first)
        if len(taken) > 1:
            question += " " + translate("Ask", "The same goes for {count} more.").format(count=len(taken) - 1)
        return agrees_to_lose(self._window, translate("Ask", "Replace?"), question, translate("Ask", "Replace"))

    def clear_masks(self, question: str) -> bool:
        """Whether to take masks away."""
        return agrees_to_lose(self._window, translate("Ask", "Clear masks?"), question, translate("Ask", "Clear"))

    def leave(self, purpose: Purpose, running: Sequence[Unfinished]) -> Leave | None:
        """What becomes of the running work; None to stay."""
        return ask_to_leave(self._window, purpose, running)

    def colour(self, start: tuple[int, int, int]) -> tuple[int, int, int] | None:
        chosen = QColorDialog.getColor(QColor(*start), self._window, translate("Ask", "Object colour"))
        return (chosen.red(), chosen.green(), chosen.blue()) if chosen.isValid() else None

    def choice(self, title: str, question: str, choices: list[str]) -> int | None:
        """One of several things, by its index in the list."""
        from desktop.dialogs.choice_dialog import ChoiceDialog

        dialog = ChoiceDialog(title, question, choices, self._window)
        chosen = dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    def text(self, title: str, question: str, start: str) -> str | None:
        """A line of text; it may be empty."""
        text, accepted = QInputDialog.getText(self._window, title, question, text=start)
        return text if accepted else None

    def number(self, title: str, question: str, start: int, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        number, accepted = QInputDialog.getInt(self._window, title, question, start, low, high)
        return number if accepted else None
