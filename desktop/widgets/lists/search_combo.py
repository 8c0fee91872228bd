"""A list to choose from that finds what is typed anywhere in its texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QComboBox, QListView, QWidget

_PAUSE_MS = 1500
"""After a pause of this length a letter begins another search."""


class SearchCombo(QComboBox):
    """Typing goes to the first text that begins with what is typed, else to one of whose words begins with it, else to
    one that has it anywhere; open or closed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(_SearchedList())

    def showPopup(self) -> None:
        # the field may be narrow: where the texts differ is to be read in the list
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar + 2 * view.frameWidth())
        super().showPopup()


class _SearchedList(QListView):
    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._since = QElapsedTimer()

    def keyboardSearch(self, search: str) -> None:
        if not self._since.isValid() or self._since.elapsed() > _PAUSE_MS or not search:
            self._typed = ""
        self._since.start()
        self._typed += search.casefold()
        model = self.model()
        texts = [str(model.index(row, self.modelColumn()).data() or "") for row in range(model.rowCount())]
        row = found_row(texts, self._typed, self.currentIndex().row())
        if row is not None:
            self.setCurrentIndex(model.index(row, self.modelColumn()))


def found_row(texts: Sequence[str], typed: str, current: int) -> int | None:
    """The row of the text that is meant by what was typed, given in lower case; None if there is none.

    One letter, however often, goes on to the next text after the current one that fits; more letters stay as long as
    the current one fits.
    """
    typed = typed.strip()
    if not typed:
        return None
    if len(set(typed)) == 1:
        typed, first = typed[0], current + 1
    else:
        first = max(0, current)
    order = [(first + number) % len(texts) for number in range(len(texts))] if texts else []
    word = re.compile(rf"\b{re.escape(typed)}")
    for fits in (str.startswith, lambda text, _typed: word.search(text) is not None, str.__contains__):
        for row in order:
            if fits(texts[row].casefold(), typed):
                return row
    return None
