"""The rows of the list of models."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from core.engines.models.catalogue import CatalogueModel, catalogue
from core.engines.models.store import InstalledModel, begun_bytes, installed
from desktop.settings.core_texts import core_text
from desktop.widgets.lists.row_delegate import RowDelegate

_NAME = Qt.ItemDataRole.UserRole


class ModelRows(QTreeWidget):
    """One row a model: the catalogue's, and those that were added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here: dict[str, InstalledModel] = {}
        self.setAccessibleName(self.tr("Models and their state"))
        self.setHeaderLabels([self.tr("Model"), self.tr("Size"), self.tr("Licence"), self.tr("State")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RowDelegate(self))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setStretchLastSection(False)

    @property
    def names(self) -> list[str]:
        return list(catalogue())

    @property
    def name(self) -> str:
        """Name of the chosen model; empty if none is chosen."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _NAME))

    @property
    def title(self) -> str:
        entry, here = self.entry, self._here.get(self.name)
        return core_text(entry.title) if entry is not None else here.title if here is not None else self.name

    @property
    def entry(self) -> CatalogueModel | None:
        """The chosen model in the catalogue."""
        return catalogue().get(self.name)

    @property
    def is_here(self) -> bool:
        return self.name in self._here

    @property
    def is_begun(self) -> bool:
        return bool(self.name) and begun_bytes(self.name) > 0

    @property
    def can_be_fetched(self) -> bool:
        return self.entry is not None and not self.is_here

    @property
    def details(self) -> str:
        """Licence and address of the chosen model, as links."""
        model = self.entry
        if model is None:
            here = self._here.get(self.name)
            return "" if here is None else escape(str(here.path))
        link = f'<a href="{escape(model.licence_address)}">{escape(model.licence_address)}</a>'
        lines = [escape(core_text(model.about))] if model.about else []
        lines += [
            f'<a href="{escape(model.page)}">{escape(model.page)}</a>',
            self.tr("Licence: {licence}, {address}").format(licence=escape(core_text(model.licence)), address=link),
        ]
        if model.needs:
            lines.append(self.tr("Needs: {libraries}").format(libraries=", ".join(model.needs)))
        if not model.has_hashes:
            lines.append(
                self.tr("No SHA-256 is recorded here: what comes is checked against the one the server names.")
            )
        if model.gated:
            lines.append(self.tr("Given to those who agree to it on its page, with a token."))
        return "<br>".join(lines)

    def fill(self) -> None:
        """Lists what there is now; the chosen one stays chosen."""
        chosen = self.name
        self._here = {one.name: one for one in installed()}
        self.blockSignals(True)
        self.clear()
        for model in catalogue().values():
            self._add(model.name, core_text(model.title), model.size, core_text(model.licence), self._state(model))
        for one in self._here.values():
            if one.entry is None:
                self._add(one.name, one.title, one.bytes, "", self.tr("here"))
        rows = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        named = [item for item in rows if item is not None and item.data(0, _NAME) == chosen]
        first = named[0] if named else self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)
        self.blockSignals(False)

    def choose(self, name: str) -> None:
        """Chooses the model of that name."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, _NAME) == name:
                self.setCurrentItem(item)

    def _state(self, model: CatalogueModel) -> str:
        if model.name in self._here:
            return self.tr("here")
        begun = begun_bytes(model.name)
        if not begun:
            return self.tr("not downloaded")
        return self.tr("{percent} % have come").format(percent=min(99, round(100 * begun / model.size)))

    def _add(self, name: str, title: str, size: int, licence: str, state: str) -> None:
        item = QTreeWidgetItem([title, f"{size / 1e6:.0f} MB", licence.partition(" (")[0], state])
        item.setData(0, _NAME, name)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addTopLevelItem(item)
