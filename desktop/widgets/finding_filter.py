"""Which findings are listed: of a kind, of an object, and of what cost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.quality.findings import Fault, Finding
from core.types import ObjectTrack
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo

_COSTS = (0.0, 0.1, 1.0, 10.0)


class FindingFilter(QWidget):
    """Three lists to choose from; at first everything is listed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = _choice(self.tr("Kinds that are listed"))
        self.objects = _choice(self.tr("Objects that are listed"))
        self.costs = _choice(self.tr("Least cost: how many whole masks are likely wrong"))
        self.kinds.addItem(self.tr("All kinds"), None)
        for fault, title in self.titles().items():
            self.kinds.addItem(title, fault)
        self.costs.addItem(self.tr("Any cost"), 0.0)
        for cost in _COSTS[1:]:
            self.costs.addItem(self.tr("≥ {cost} masks").format(cost=f"{cost:g}"), cost)
        self.show_objects(())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        layout.setSpacing(theme.SPACING)
        for box in (self.kinds, self.objects, self.costs):
            layout.addWidget(box, 1)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def titles(self) -> dict[Fault, str]:
        """What the kinds are called."""
        return {
            Fault.SWAP: self.tr("Swaps"),
            Fault.EMPTY: self.tr("Gaps"),
            Fault.MISSING: self.tr("Missing"),
            Fault.AREA: self.tr("Area"),
            Fault.POSITION: self.tr("Position"),
            Fault.HOLES: self.tr("Holes"),
            Fault.SPECKS: self.tr("Specks"),
            Fault.POOR: self.tr("Poor J&F"),
        }

    def show_objects(self, tracks: Sequence[ObjectTrack]) -> None:
        """The objects that there are; the chosen one stays chosen while it is there."""
        chosen = self.objects.currentData()
        with QSignalBlocker(self.objects):
            self.objects.clear()
            self.objects.addItem(self.tr("All objects"), None)
            for track in tracks:
                self.objects.addItem(track.name, track.object_id)
            self.objects.setCurrentIndex(max(0, self.objects.findData(chosen)))

    def accepts(self, finding: Finding) -> bool:
        """Whether a finding is listed."""
        kind, one = self.kinds.currentData(), self.objects.currentData()
        return (
            (kind is None or finding.fault == kind)
            and (one is None or one in (finding.object_id, finding.other_id))
            and finding.cost >= self.costs.currentData()
        )


def _choice(name: str) -> QComboBox:
    box = SearchCombo()
    box.setAccessibleName(name)
    box.setToolTip(name)
    # a long name is cut, and does not make the panel wide
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(5)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box
