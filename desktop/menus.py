"""The context menus: objects, lanes, anchors, frames to check, findings and the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.actions import propagate_menu
from desktop.actions.actions import translated
from desktop.main_window import MainWindow
from desktop.widgets.context_menu import ContextMenu, give_row_menu

_AT_FRAME = ("marker", "name_marker", "mark_in", "mark_out", "drop_anchor")
"""What the ruler's menu offers."""

_OF_OBJECT = (
    ("rename_object", "classify_object", "colour_object"),
    ("toggle_visible", "solo", "toggle_locked"),
    ("object_up", "object_down", "merge_object"),
    ("mask_to_shape", "masks_to_shapes", "shape_to_mask"),
    ("remove_object",),
)
_PROPAGATIONS = ("propagate_forward", "propagate_backward", "propagate_both", "redo_everything")
_REPAIRS = ("fill_holes", "remove_specks", "smooth_mask", "copy_previous", "copy_next", "clear_mask")
_ON_CANVAS = (_REPAIRS, ("drop_anchor",), ("fit", "actual", "show_masks"))
"""What the menus of things that are pointed at offer, in groups."""


def give_menus(window: MainWindow) -> None:
    """Gives each of them the actions that concern it."""

    # under their title, which says what goes forward
    propagate = QMenu(translated(propagate_menu.MENU[0]), window)
    propagate.setToolTipsVisible(True)
    propagate.addActions([window.actions_[name] for name in _PROPAGATIONS])

    def actions(*groups: Sequence[str], propagates: bool = True) -> list[QAction]:
        found = [propagate.menuAction()] if propagates else []
        for group in groups:
            if found:
                line = QAction(window)
                line.setSeparator(True)
                found.append(line)
            found += [window.actions_[name] for name in group]
        return found

    window.timeline.set_menu(actions(_AT_FRAME, propagates=False))
    give_row_menu(window.objects.view, actions(*_OF_OBJECT, propagates=False), lambda _row: None)
    lanes = window.timeline.lanes
    ContextMenu(lanes, actions(_AT_FRAME, *_OF_OBJECT), lanes.choose_at)
    give_row_menu(window.anchors.list, actions(("drop_anchor",)), window.anchors.go)
    give_row_menu(window.review.list, actions(_REPAIRS), window.review.go_to_row)
    give_row_menu(window.quality.list, actions(_REPAIRS), window.quality.go)
    menu = QMenu(window.canvas.view)
    menu.setToolTipsVisible(True)
    menu.addActions(actions(*_ON_CANVAS))
    window.canvas.view.menu_requested.connect(lambda position: menu.popup(position))
