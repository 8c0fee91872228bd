"""The smaller choices: depth, alpha, sound, quality. Those that a format does not use are not shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.theme import theme

_WORST_QUALITY = 63


class OptionsField(QWidget):
    """Check boxes in a column, lists and numbers below."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.invert = QCheckBox(self.tr("Inverted: everything but the objects"))
        self.premultiplied = QCheckBox(self.tr("Premultiplied alpha"))
        self.premultiplied.setToolTip(
            self.tr("Colours are multiplied by alpha. Most programs expect straight alpha: leave this off if unsure")
        )
        self.only_masked = QCheckBox(self.tr("Only frames with an object"))
        self.only_masked.setToolTip(self.tr("Otherwise every frame becomes a picture, black where there is no mask"))
        self.sound = QCheckBox(self.tr("With the clip's sound"))
        self.sound.setChecked(True)
        self.bits = QComboBox()
        for bits in (8, 16):
            self.bits.addItem(self.tr("{bits} bits a channel").format(bits=bits), bits)
        self.bits.setAccessibleName(self.tr("Depth"))
        self.odd = QComboBox()
        for odd, text in (
            ("pad", self.tr("Odd sizes: repeat a row or column")),
            ("crop", self.tr("Odd sizes: cut a row or column off")),
            ("refuse", self.tr("Odd sizes: refuse to export")),
        ):
            self.odd.addItem(text, odd)
        self.odd.setAccessibleName(self.tr("Odd sizes"))
        self.odd.setToolTip(self.tr("This format has even widths and heights only"))
        self.quality = QSpinBox()
        self.quality.setRange(-1, _WORST_QUALITY)
        self.quality.setSpecialValueText(self.tr("high"))
        self.quality.setValue(-1)
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setToolTip(
            self.tr("The encoder's CRF: lower is better and larger; 18 is hard to tell from the clip")
        )
        self._quality_row = _row(self.tr("Quality"), self.quality)
        self.tolerance = QDoubleSpinBox()
        self.tolerance.setRange(0.2, 50.0)
        self.tolerance.setSingleStep(0.5)
        self.tolerance.setDecimals(1)
        self.tolerance.setValue(1.0)
        self.tolerance.setSuffix(" px")
        self.tolerance.setAccessibleName(self.tr("Tolerance of fitted shapes"))
        self.tolerance.setToolTip(
            self.tr("How far shapes fitted to masks may be from their outlines; more gives fewer points")
        )
        self._tolerance_row = _row(self.tr("Tolerance of fitted shapes"), self.tolerance)
        self._rows = {
            "only-masked": self.only_masked,
            "invert": self.invert,
            "premultiplied": self.premultiplied,
            "sound": self.sound,
            "bits": self.bits,
            "odd": self.odd,
            "quality": self._quality_row,
            "tolerance": self._tolerance_row,
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        for part in self._rows.values():
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        for box in (self.only_masked, self.invert, self.premultiplied, self.sound):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.odd.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.bits.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.quality.valueChanged.connect(lambda _value: self.changed.emit())
        self.tolerance.valueChanged.connect(lambda _value: self.changed.emit())

    def set_relevant(self, rows: frozenset[str], has_sound: bool, odd_size: bool) -> None:
        """Shows the rows that are named; the sound only where there is some, and odd sizes where the size is odd."""
        there = {"sound": has_sound, "odd": odd_size}
        for name, part in self._rows.items():
            part.setVisible(name in rows and there.get(name, True))
        self.setVisible(any(not part.isHidden() for part in self._rows.values()))


def _row(title: str, field: QWidget) -> QWidget:
    """A field with its title before it."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.MARGIN)
    label = QLabel(title)
    label.setBuddy(field)
    row.addWidget(label)
    row.addWidget(field)
    row.addStretch()
    return widget
