"""The order in which the Tab key goes through the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tabs(regions: Sequence[QWidget]) -> None:
    """Lets Tab go from region to region; inside one, the order in which its controls were made stays.

    A region that makes controls later orders them itself.
    """
    controls = [control for region in regions for control in tab_stops(region)]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def tab_stops(region: QWidget) -> Iterator[QWidget]:
    """The controls of a region that Tab stops at, itself included, in their present order; hidden ones, too."""
    if is_stop(region):
        yield region
    widget = region.nextInFocusChain()
    while widget is not None and widget is not region:
        if region.isAncestorOf(widget) and is_stop(widget):
            yield widget
        widget = widget.nextInFocusChain()


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops at a widget while it is visible and enabled; one with a proxy is stopped at as that."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
