"""The dialog of the program's preferences."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.dialogs.framing import Rows
from desktop.settings.languages import LANGUAGES, SYSTEM_LANGUAGE
from desktop.settings.preferences import CACHE_MEGABYTES, Preferences, max_threads
from desktop.theme import theme
from desktop.theme.fonts import TEXT_SIZES
from desktop.widgets.path_field import PathField


class PreferencesDialog(QDialog):
    """Fields for the preferences; what is chosen counts when the dialog is accepted."""

    def __init__(self, now: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.device = self._choices(
            {
                "auto": self.tr("Automatic"),
                "cpu": self.tr("CPU"),
                "cuda": self.tr("GPU (CUDA)"),
                "mps": self.tr("GPU (MPS)"),
                "xpu": self.tr("GPU (XPU)"),
            },
            now.device,
        )
        self.threads = QSpinBox()
        self.threads.setRange(0, max_threads())
        self.threads.setSpecialValueText(self.tr("Automatic"))
        self.threads.setValue(now.threads)
        self.cache = QSpinBox()
        self.cache.setRange(*CACHE_MEGABYTES)
        self.cache.setSingleStep(256)
        self.cache.setSuffix(" MB")
        self.cache.setValue(now.cache_megabytes)
        self.theme = self._choices(
            {
                "dark": self.tr("Dark"),
                "light": self.tr("Light"),
                "contrast": self.tr("High contrast"),
                theme.SYSTEM: self.tr("Like the system"),
            },
            now.theme,
        )
        self.text_size = self._choices(
            {
                100: self.tr("Like the system"),
                **{size: self.tr("{percent} larger").format(percent=f"{size - 100} %") for size in TEXT_SIZES[1:]},
            },
            now.text_size,
        )
        self.language = self._choices({SYSTEM_LANGUAGE: self.tr("Like the system"), **LANGUAGES}, now.language)
        self.projects = PathField(self.tr("Projects"))
        self.projects.path_edit.setText(now.project_folder)
        self.projects.path_edit.setPlaceholderText(self.tr("beside each clip"))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.MARGIN)
        form.setVerticalSpacing(theme.SPACING)
        rows = (
            (self.tr("Device"), self.device, self.tr("Where engines run. Automatic takes the GPU where there is one.")),
            (
                self.tr("Threads"),
                self.threads,
                self.tr("Processor threads of an engine. Automatic leaves one for the window."),
            ),
            (self.tr("Frame cache"), self.cache, self.tr("Memory for decoded frames: more makes scrubbing smoother.")),
            (
                self.tr("Projects"),
                self.projects,
                self.tr("Folder for the projects of clips that are opened from now on."),
            ),
            (self.tr("Theme"), self.theme, self.tr("Light, dark or strongly contrasting surroundings of the picture.")),
            (self.tr("Text size"), self.text_size, self.tr("Of menus, panels and dialogs.")),
            (self.tr("Language"), self.language, self.tr("Language of the window.")),
        )
        for title, field, tip in rows:
            field.setAccessibleName(title)
            field.setAccessibleDescription(tip)
            field.setToolTip(tip)
            hint = QLabel(tip)
            hint.setProperty("dim", True)
            form.addRow(title, field)
            form.addRow("", hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("OK"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * theme.MARGIN,))
        layout.setSpacing(2 * theme.MARGIN)
        layout.addWidget(Rows(form, 400))
        layout.addWidget(buttons)

    @property
    def chosen(self) -> Preferences:
        """What the fields say."""
        return Preferences(
            device=str(self.device.currentData()),
            threads=self.threads.value(),
            cache_megabytes=self.cache.value(),
            theme=str(self.theme.currentData()),
            text_size=int(self.text_size.currentData()),
            language=str(self.language.currentData()),
            project_folder=str(self.projects.path or ""),
        )

    def _choices(self, choices: Mapping[str, str] | Mapping[int, str], now: str | int) -> QComboBox:
        box = QComboBox()
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(now))
        return box
