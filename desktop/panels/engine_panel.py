"""The engine that propagates, and its settings."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.option_ranges import NUMBERS
from core.types import DEVICES
from desktop.panels.inspection.device_memory import DeviceMemoryLabel
from desktop.settings.core_texts import choice_title, core_text, option_hint, option_title
from desktop.settings.store import settings
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo

if TYPE_CHECKING:
    # engines bring OpenCV and more: the window is on the screen before
    from core.engines.protocol import EngineInfo


_FIXED_ROWS = 3
"""Engine, device and the device's memory; the options come below."""


_AUTOMATIC = frozenset({"threads", "network_side"})
"""Options whose 0 is the engine's own choice."""


class EnginePanel(QWidget):
    """Makes a field for each option of the chosen engine; knows no engine by name."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._infos: list[EngineInfo] = []
        self._readers: dict[str, Callable[[], object]] = {}
        self.engines = SearchCombo()
        _let_be_narrow(self.engines)
        self.engines.setAccessibleName(self.tr("Engine"))
        self.engines.setToolTip(self.tr("The engine that propagates"))
        self.device = QComboBox()
        self.device.setAccessibleName(self.tr("Device"))
        self.device.setToolTip(self.tr("Where the engine runs"))
        titles = (
            self.tr("Automatic"),
            self.tr("CPU"),
            self.tr("GPU (CUDA)"),
            self.tr("GPU (MPS)"),
            self.tr("GPU (XPU)"),
        )
        for name, text in zip(DEVICES, titles, strict=True):
            self.device.addItem(text, name)
        self._description = QLabel()
        self._description.setProperty("dim", True)
        self._description.setWordWrap(True)
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(theme.MARGIN)
        self._form.setVerticalSpacing(theme.SPACING)
        self._form.addRow(self.tr("Engine"), self.engines)
        self._form.addRow(self.tr("Device"), self.device)
        self.memory = DeviceMemoryLabel(self.device)
        self._form.addRow("", self.memory)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.SPACING)
        layout.addLayout(self._form)
        layout.addWidget(self._description)
        layout.addStretch()
        self.engines.currentIndexChanged.connect(self._engine_chosen)
        self.device.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def engine(self) -> str:
        """The chosen engine's name; empty before there are any."""
        return str(self.engines.currentData() or "")

    @property
    def adaptable(self) -> bool:
        """Whether the chosen engine can be fine-tuned on a clip."""
        info = self._info()
        return info is not None and info.adaptable

    @property
    def takes_prompts(self) -> bool:
        """Whether the chosen engine segments a picture by boxes and clicks."""
        info = self._info()
        return info is not None and info.prompts

    @property
    def device_name(self) -> str:
        return str(self.device.currentData())

    @property
    def options(self) -> dict[str, object]:
        return {name: read() for name, read in self._readers.items()}

    def set_engines(self, infos: list[EngineInfo], chosen: str = "", device: str = "auto") -> None:
        self._infos = infos
        self.engines.blockSignals(True)
        self.engines.clear()
        for info in infos:
            self.engines.addItem(core_text(info.title), info.name)
        self.engines.setCurrentIndex(max(0, self.engines.findData(chosen)))
        self.device.setCurrentIndex(max(0, self.device.findData(device)))
        self.engines.blockSignals(False)
        self._engine_chosen()

    def restore(self, infos: list[EngineInfo]) -> None:
        """Lists engines; the one that is chosen, or was in the last run, is chosen, with its settings."""
        self.remember()
        store = settings()
        self.set_engines(infos, str(store.value("engine/name", "")), str(store.value("engine/device", "auto")))
        kept = store.value(f"engine/options/{self.engine}")
        if isinstance(kept, str):
            with contextlib.suppress(ValueError, TypeError, AttributeError, RecursionError):
                # a settings file that was damaged is no reason not to start
                self.set_options(json.loads(kept))

    def remember(self) -> None:
        """Keeps the choice for the next run."""
        if self.engine:
            store = settings()
            store.setValue("engine/name", self.engine)
            store.setValue("engine/device", self.device_name)
            store.setValue(f"engine/options/{self.engine}", json.dumps(self.options))

    def add_below(self, widget: QWidget) -> None:
        """Puts a widget under the engine's description."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, widget)

    def set_options(self, values: Mapping[str, object]) -> None:
        """Fills in remembered settings; names the engine does not know are left out."""
        info = self._info()
        if info is not None:
            known = {name: values.get(name, default) for name, default in info.options.items()}
            self._make_fields(known)

    def _info(self) -> EngineInfo | None:
        return next((info for info in self._infos if info.name == self.engine), None)

    def _engine_chosen(self) -> None:
        info = self._info()
        self._description.setText(core_text(info.description) if info else "")
        self._make_fields(dict(info.options) if info else {})
        self.changed.emit()

    def _make_fields(self, options: Mapping[str, object]) -> None:
        while self._form.rowCount() > _FIXED_ROWS:
            self._form.removeRow(_FIXED_ROWS)
        self._readers = {}
        info = self._info()
        choices = info.choices if info else {}
        before: QWidget = self.device
        for name, value in options.items():
            field, read = self._field(name, value, choices.get(name, ()))
            title = option_title(name)
            field.setAccessibleName(title)
            field.setToolTip(option_hint(name))
            self._form.addRow(title, field)
            QWidget.setTabOrder(before, field)
            before = field
            self._readers[name] = read

    def _field(self, name: str, value: object, choices: Sequence[str] = ()) -> tuple[QWidget, Callable[[], object]]:
        """A field for the option `name`, of its value's type or for one of `choices`, and how to read it."""
        if choices:
            list_box = SearchCombo()
            _let_be_narrow(list_box)
            for choice in choices:
                list_box.addItem(choice_title(choice), choice)
            list_box.setCurrentIndex(max(0, list_box.findData(value)))
            list_box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            return list_box, lambda: str(list_box.currentData())
        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            box.toggled.connect(lambda _on: self.changed.emit())
            return box, box.isChecked
        if isinstance(value, int):
            whole = QSpinBox()
            # counts and sizes: 0 is often the engine's own choice
            whole.setRange(0, int(NUMBERS[name][1]) if name in NUMBERS else 1_000_000)
            if name in _AUTOMATIC:
                whole.setSpecialValueText(self.tr("Automatic"))
            whole.setValue(value)
            whole.valueChanged.connect(lambda _value: self.changed.emit())
            return whole, whole.value
        if isinstance(value, float):
            real = QDoubleSpinBox()
            real.setRange(*NUMBERS.get(name, (-1e6, 1e6)))
            real.setDecimals(3)
            real.setSingleStep(0.1)
            real.setValue(value)
            real.valueChanged.connect(lambda _value: self.changed.emit())
            return real, real.value
        line = QLineEdit("" if value is None else str(value))
        line.editingFinished.connect(self.changed)
        # an empty field is the engine's own choice where that is its default
        return line, lambda: (line.text() or None) if value is None else line.text()


def _let_be_narrow(box: QComboBox) -> None:
    """A long name in a list must not make the panel wider than its dock."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
