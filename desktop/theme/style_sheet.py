"""The application's style sheet: qdarkstyle in our colours, and what it leaves to be set."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QDir

from desktop.theme.colours import CONTRAST, LIGHT, Colours

_PICTURES = "qdarkstyle"
"""Prefix, with the name of a theme behind it, under which Qt finds the pictures that the style sheet names."""

_NARROW = re.compile(r"QDialogButtonBox QPushButton\s*\{[^}]*\}")


def style_sheet(colours: Colours) -> str:
    """The style sheet of a theme."""
    name = "light" if colours is LIGHT else "dark"
    folder = _package() / name
    # its own loader would import all of Qt through qtpy and its pictures as a module: a tenth of the program's start
    sheet = (folder / f"{name}style.qss").read_text(encoding="utf-8")
    QDir.setSearchPaths(f"{_PICTURES}{name}", [str(folder / "rc")])
    sheet = sheet.replace(f":/qss_icons/{name}/rc/", f"{_PICTURES}{name}:")
    # a width of 80 pixels at least, which for a layout is all that a longer text needs
    sheet = _NARROW.sub("", sheet)
    # in one pass: what was replaced is not replaced again
    theirs = re.compile("|".join(colours.replaced), re.IGNORECASE)
    return (
        theirs.sub(lambda found: colours.replaced[found.group().upper()], sheet)
        + _own(colours)
        + (_bordered(colours) if colours is CONTRAST else "")
    )


def _package() -> Path:
    found = find_spec("qdarkstyle")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("qdarkstyle is not installed", name="qdarkstyle")
    return Path(found.origin).parent


def _bordered(c: Colours) -> str:
    """What is pressed or filled in has a line around it that is seen, and what has the focus a brighter one."""
    return f"""
QPushButton, QToolButton, QTabBar::tab, QComboBox, QLineEdit, QAbstractSpinBox {{
    background: {c.RAISED}; color: {c.TEXT}; border: 1px solid {c.LINE};
}}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 1px solid {c.ACCENT}; }}
QToolButton[flat="true"], QToolBar QToolButton {{ background: transparent; border: 1px solid transparent; }}
QToolButton[flat="true"]:checked, QToolBar QToolButton:checked {{ background: {c.SELECTION}; }}
QPushButton:hover, QPushButton:focus, QToolButton:hover, QToolButton:focus, QTabBar::tab:selected {{
    border: 2px solid {c.ACCENT};
}}
QPushButton:disabled, QToolButton:disabled {{ color: {c.LINE}; background: {c.BACKGROUND}; border-color: {c.RAISED}; }}
QPushButton[primary="true"] {{ background: {c.PRIMARY}; }}
QPushButton[primary="true"]:disabled {{ background: {c.RAISED}; }}
"""


def _as_large(*buttons: str) -> str:
    """Selects buttons in each state that the other style sheet has a padding of its own for: what is next to a button
    does not move when it can be used or is pressed.
    """
    states = ('[popupMode="0"]', ":disabled", ":checked", ":checked:disabled")
    return ", ".join(f"{button}{state}" for button in buttons for state in states)


def _own(c: Colours) -> str:
    return f"""
QToolTip {{ background: {c.RAISED}; color: {c.TEXT}; border: 1px solid {c.LINE}; padding: 4px; }}
QMainWindow::separator {{ background: {c.BACKGROUND}; width: 4px; height: 4px; border: 0; }}
QMainWindow::separator:hover {{ background: {c.ACCENT}; }}
QToolBar {{ background: {c.SURFACE}; border: 0; padding: 4px; spacing: 4px; }}
QToolBar QToolButton, QToolButton[flat="true"] {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px;
}}
{_as_large("QToolBar QToolButton", 'QToolButton[flat="true"]')} {{ padding: 3px; }}
QToolBar QToolButton:disabled, QToolButton[flat="true"]:disabled {{ background: transparent; }}
QToolBar::separator:horizontal {{
    background: {c.LINE}; width: 1px; margin: 6px 5px; padding: 0; border: 0; image: none;
}}
QToolBar QLabel, QToolBar QWidget {{ background: transparent; }}
QAbstractScrollArea {{ border: 0; border-radius: 0; padding: 0; }}
QMenuBar {{ background: {c.SURFACE}; border: 0; padding: 2px; }}
QToolBar QToolButton:hover, QToolButton[flat="true"]:hover {{ background: {c.RAISED}; }}
QToolBar QToolButton:checked, QToolButton[flat="true"]:checked {{ background: {c.SELECTION}; }}
QToolBar QToolButton:checked:disabled, QToolButton[flat="true"]:checked:disabled {{ background: transparent; }}
QToolButton[flat="true"]:pressed {{ background: {c.LINE}; }}
QToolButton[popupMode="2"], QToolButton[popupMode="2"][flat="true"] {{ padding-right: 14px; }}
QToolButton::menu-indicator {{
    subcontrol-origin: padding; subcontrol-position: right center; width: 10px; height: 10px;
}}
QToolButton:focus {{ border: 1px solid {c.ACCENT}; }}
QDockWidget {{ border: 0; font-weight: 600; }}
QDockWidget::title {{ background: {c.SURFACE}; padding: 5px 8px; border: 0; }}
QDockWidget > QWidget {{ background: {c.BACKGROUND}; border: 0; }}
QMainWindow > QTabBar::tab {{ padding: 4px 6px; }}
QStatusBar {{ background: {c.SURFACE}; color: {c.TEXT_DIM}; border: 0; }}
QStatusBar QLabel {{ background: transparent; color: {c.TEXT_DIM}; padding: 0 6px; }}
QStatusBar::item {{ border: 0; }}
QLabel[dim="true"] {{ color: {c.TEXT_DIM}; }}
QLabel[heading="true"] {{ font-size: 15pt; font-weight: 600; }}
QGraphicsView, QGraphicsView:hover, QGraphicsView:!hover, QGraphicsView:disabled {{
    background: {c.CANVAS}; border: 0; border-radius: 0; padding: 0;
}}
QTreeView, QListView, QTreeView:focus, QListView:focus, QTreeView:hover, QListView:hover {{
    background: {c.BACKGROUND}; border: 0; padding: 0; outline: 0;
}}
QTreeView::item, QListView::item {{ padding: 3px 2px; border: 0; min-height: 18px; }}
QTreeView::item:selected, QListView::item:selected, QTreeView::item:selected:!active,
QListView::item:selected:!active {{ background: {c.SELECTION}; color: {c.TEXT}; }}
QTreeView::item:disabled, QTreeView::item:selected:disabled, QTreeView::item:selected:!active:disabled {{
    color: {c.TEXT_DIM};
}}
QHeaderView, QTableCornerButton::section {{ background: {c.BACKGROUND}; border: 0; }}
QHeaderView::section {{ background: {c.BACKGROUND}; color: {c.TEXT_DIM}; border: 0; padding: 2px 4px; }}
QProgressBar {{ border: 0; border-radius: 4px; background: {c.RAISED}; text-align: center; min-height: 18px; }}
QProgressBar::chunk {{ background: {c.PROGRESS}; border-radius: 4px; }}
QPushButton, QPushButton:disabled, QPushButton:checked {{ padding: 5px 12px; }}
QPushButton[primary="true"] {{ background: {c.PRIMARY}; color: white; font-weight: 600; padding: 6px 16px; }}
QPushButton[primary="true"]:hover {{ background: {c.ACCENT}; }}
QPushButton[primary="true"]:disabled {{ background: {c.SURFACE}; color: {c.TEXT_DIM}; font-weight: normal; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus, QComboBox QAbstractItemView:hover {{
    background: {c.SURFACE}; border: 1px solid {c.LINE}; padding: 2px 0;
}}
QComboBox QAbstractItemView::item {{ padding: 3px 8px; min-height: 18px; border: 0; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu::item {{ padding: 5px 24px 5px 8px; }}
"""
