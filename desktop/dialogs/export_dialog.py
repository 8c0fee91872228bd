"""Asks what to export, how, and where to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from core.delivery.formats import FORMATS
from core.delivery.render import output_size
from core.delivery.settings import ExportSettings
from desktop.dialogs.exporting.background_field import BackgroundField
from desktop.dialogs.exporting.edge_field import EdgeField
from desktop.dialogs.exporting.format_field import FormatField
from desktop.dialogs.exporting.frames_field import FramesField
from desktop.dialogs.exporting.objects_field import ObjectsField
from desktop.dialogs.exporting.options_field import OptionsField
from desktop.dialogs.exporting.preset_bar import PresetBar
from desktop.dialogs.exporting.size_field import SizeField
from desktop.dialogs.exporting.subject import ExportChoice, ExportSubject
from desktop.dialogs.exporting.target_field import TargetField
from desktop.dialogs.framing import Rows, lay_out, titled_rows
from desktop.settings.format_texts import relevant
from desktop.settings.presets import Preset, Presets, general
from desktop.widgets.reason import enable

_WIDTH = 640
_FRAME = (8, 40)
"""Pixels of width and height for what the system draws around a dialog."""


class ExportDialog(QDialog):
    """One row a choice; rows that a format does not use are hidden. Export waits until nothing is missing."""

    edge_tried = Signal(object)
    """An edge to show on the canvas, MatteSettings; None while none is to be shown."""
    models_changed = Signal()
    """Another model is there, or one is gone, and with it an engine."""

    def __init__(self, subject: ExportSubject, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._subject = subject
        self.presets = PresetBar(presets)
        self.format = FormatField()
        self.target = TargetField(subject.base)
        self.objects = ObjectsField(subject.objects)
        self.frames = FramesField(subject.frame_count, subject.marked_range)
        self.size_ = SizeField(subject.size)
        self.edge = EdgeField()
        self.background = BackgroundField()
        self.options = OptionsField()
        self.missing = QLabel()
        rows = (
            (self.tr("Preset"), self.presets),
            (self.tr("Format"), self.format),
            (self.tr("Save to"), self.target),
            (self.tr("Objects"), self.objects),
            (self.tr("Frames"), self.frames),
            (self.tr("Size"), self.size_),
            (self.tr("Edge"), self.edge),
            (self.tr("Background"), self.background),
            ("", self.options),
        )
        self._form = titled_rows(rows)
        self.export_button = lay_out(self, self._form, self.missing, self.tr("Export"), self.tr("Cancel"), _WIDTH)
        self._show(presets.last)
        self.presets.chosen.connect(self._show)
        self.edge.changed.connect(self._try_edge)
        self.edge.try_button.toggled.connect(self._try_edge)
        self.edge.models_wanted.connect(self._show_models)
        self.format.changed.connect(self._format_changed)
        for part in (self.target, self.objects, self.frames, self.size_, self.edge, self.background, self.options):
            part.changed.connect(self._changed)
        self.target.path_edit.setFocus()
        self.target.path_edit.selectAll()

    @property
    def preset(self) -> Preset:
        """The settings shown, without what belongs to this clip alone."""
        return Preset(general(self.settings), self.format.suffix)

    @property
    def settings(self) -> ExportSettings:
        """The settings shown. What the format does not use has its default."""
        name, suffix, options = self.format.name, self.format.suffix, self.options
        rows, plain = relevant(name, suffix), ExportSettings()
        first, last = self.frames.ends
        quality = options.quality.value()
        return ExportSettings(
            format=name,
            object_ids=self.objects.object_ids,
            combined=not self.objects.each.isChecked(),
            first=first,
            last=last,
            step=self.frames.step.value(),
            scale=self.size_.scale,
            bits=options.bits.currentData() if "bits" in rows else plain.bits,
            premultiplied="premultiplied" in rows and options.premultiplied.isChecked(),
            invert="invert" in rows and options.invert.isChecked(),
            matte=self.edge.settings if "edge" in rows else plain.matte,
            background=self.background.background if "background" in rows else plain.background,
            audio=options.sound.isChecked() if "sound" in rows else plain.audio,
            only_masked="only-masked" in rows and options.only_masked.isChecked(),
            odd=options.odd.currentData() if "odd" in rows else plain.odd,
            tolerance=options.tolerance.value() if "tolerance" in rows else plain.tolerance,
            quality=quality if "quality" in rows and quality >= 0 else None,
        )

    @property
    def choice(self) -> ExportChoice:
        """What was chosen; Export is only enabled when there is a path."""
        path = self.target.path
        assert path is not None
        return ExportChoice(path, self.settings)

    def _show(self, preset: Preset) -> None:
        settings, options = preset.settings, self.options
        self.format.choose(settings.format, preset.suffix)
        self.objects.each.setChecked(not settings.combined)
        self.frames.step.setValue(settings.step)
        self.size_.percent.setValue(100 * settings.scale)
        self.edge.show_settings(settings.matte)
        self.background.show_background(settings.background)
        options.bits.setCurrentIndex(options.bits.findData(settings.bits))
        options.odd.setCurrentIndex(options.odd.findData(settings.odd))
        options.tolerance.setValue(settings.tolerance)
        options.premultiplied.setChecked(settings.premultiplied)
        options.invert.setChecked(settings.invert)
        options.sound.setChecked(settings.audio)
        options.only_masked.setChecked(settings.only_masked)
        options.quality.setValue(-1 if settings.quality is None else settings.quality)
        self._format_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._keep_room()

    def _keep_room(self) -> None:
        """As large as the format with the most rows makes it: the buttons stay where they are."""
        (around,), middle = self.findChildren(Rows), self.geometry().center()
        kinds = {one.options(suffix) for one in FORMATS.values() for suffix in one.suffixes}
        # twice: how high a text is depends on the width that all of them have
        for rows in (*kinds, *kinds):
            self._show_rows(rows)
            around.keep_room()
        self._changed()
        layout = self.layout()
        if layout is not None:
            # else it grows with the next event, after it was moved; it may need more than `adjustSize` gives, which
            # is two thirds of the screen
            layout.activate()
            self.resize(self.size().expandedTo(layout.totalMinimumSize()))
        # it was put in the middle of its window as it was; what has grown stays on the screen, its frame too
        grown, screen = self.geometry(), self.screen().availableGeometry()
        grown.moveCenter(middle)
        right = screen.right() - grown.width() - _FRAME[0]
        bottom = screen.bottom() - grown.height() - _FRAME[1]
        self.move(max(screen.x(), min(grown.x(), right)), max(screen.y(), min(grown.y(), bottom)))

    def _show_rows(self, rows: frozenset[str]) -> None:
        size = output_size(self._subject.size, self.size_.scale)
        self._form.setRowVisible(self.edge, "edge" in rows)
        self._form.setRowVisible(self.background, "background" in rows)
        self.options.set_relevant(rows, self._subject.has_sound, bool(size[0] % 2 or size[1] % 2))

    def _show_models(self) -> None:
        # of this dialog: another window would get no clicks while this one is open
        from desktop.dialogs.models.dialog import ModelsDialog

        dialog = ModelsDialog(self)
        dialog.changed.connect(self.models_changed)
        dialog.rows.choose("vitmatte")
        dialog.exec()
        dialog.deleteLater()
        self.edge.look_for_weights()

    def _format_changed(self) -> None:
        self.target.set_format(self.format.name, self.format.suffix)
        self._changed()
        self._try_edge()

    def _try_edge(self) -> None:
        shown = self.edge.try_button.isChecked() and self.edge.isVisibleTo(self)
        self.edge_tried.emit(self.edge.settings if shown else None)

    def _changed(self) -> None:
        self._show_rows(relevant(self.format.name, self.format.suffix))
        self.presets.show_preset(self.preset)
        text = self._what_is_missing()
        self.missing.setText(text)
        enable(self.export_button, text)

    def _what_is_missing(self) -> str:
        if self.target.path is None:
            return self.tr("Say where to save it.")
        if not self._subject.objects:
            return self.tr("There is no object yet: mask one first.")
        if not self.objects.chosen:
            return self.tr("Tick at least one object.")
        if "background" in relevant(self.format.name, self.format.suffix) and not self.background.complete:
            return self.tr("Choose the background's file.")
        if "edge" in relevant(self.format.name, self.format.suffix) and self.edge.lacks_weights:
            return self.tr("The finest edge needs the weights of ViTMatte: get them, or choose another refinement.")
        return ""
