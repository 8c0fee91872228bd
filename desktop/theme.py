"""How the window looks: qdarkstyle on neutral greys (a coloured surround misleads the eye), one accent, one spacing."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

ACCENT = "#3f9bff"
BACKGROUND = "#1b1d20"
SURFACE = "#24272b"
RAISED = "#32363b"
LINE = "#3c4147"
TEXT = "#e2e4e7"
TEXT_DIM = "#9ba1a8"
WARNING = "#e8b14a"
ERROR = "#f0706a"
CANVAS = "#141517"

SPACING = 6
MARGIN = 8
ICON_SIZE = 20
ROW_HEIGHT = 26

# qdarkstyle's bluish greys and blues, each replaced by one of ours
_REPLACED = {
    "#19232D": BACKGROUND,
    "#293544": SURFACE,
    "#37414F": RAISED,
    "#455364": LINE,
    "#54687A": "#4a5057",
    "#60798B": "#5a6168",
    "#DFE1E2": TEXT,
    "#C0C4C8": "#c9cdd1",
    "#ACB1B6": "#b3b8bd",
    "#9DA9B5": TEXT_DIM,
    "#26486B": "#1f4670",
    "#346792": "#2a6cb3",
    "#1A72BB": "#2f81d6",
    "#259AE9": ACCENT,
    "#37AEFE": "#62afff",
    "#788D9C": "#6d747b",
}

_EXTRA = f"""
QToolTip {{ background: {RAISED}; color: {TEXT}; border: 1px solid {LINE}; padding: 4px; }}
QMainWindow::separator {{ background: {BACKGROUND}; width: 4px; height: 4px; border: 0; }}
QMainWindow::separator:hover {{ background: {ACCENT}; }}
QToolBar {{ background: {SURFACE}; border: 0; padding: 4px; spacing: 4px; }}
QToolBar QToolButton, QToolButton[flat="true"] {{
    background: transparent; border: 0; border-radius: 4px; padding: 4px;
}}
QToolBar QToolButton:disabled, QToolButton[flat="true"]:disabled {{ background: transparent; }}
QToolBar::separator:horizontal {{
    background: {LINE}; width: 1px; margin: 6px 5px; padding: 0; border: 0; image: none;
}}
QToolBar QLabel, QToolBar QWidget {{ background: transparent; }}
QAbstractScrollArea {{ border: 0; border-radius: 0; padding: 0; }}
QMenuBar {{ background: {SURFACE}; border: 0; padding: 2px; }}
QToolBar QToolButton:hover, QToolButton[flat="true"]:hover {{ background: {RAISED}; }}
QToolBar QToolButton:checked, QToolButton[flat="true"]:checked {{ background: #1f4670; }}
QToolBar QToolButton:checked:disabled, QToolButton[flat="true"]:checked:disabled {{ background: transparent; }}
QToolButton[flat="true"]:pressed {{ background: {LINE}; }}
QToolButton:focus {{ border: 1px solid {ACCENT}; }}
QDockWidget {{ border: 0; font-weight: 600; }}
QDockWidget::title {{ background: {SURFACE}; padding: 5px 8px; border: 0; }}
QDockWidget > QWidget {{ background: {BACKGROUND}; border: 0; }}
QStatusBar {{ background: {SURFACE}; color: {TEXT_DIM}; border: 0; }}
QStatusBar QLabel {{ background: transparent; color: {TEXT_DIM}; padding: 0 6px; }}
QStatusBar::item {{ border: 0; }}
QLabel[dim="true"] {{ color: {TEXT_DIM}; }}
QLabel[heading="true"] {{ font-size: 15pt; font-weight: 600; }}
QGraphicsView, QGraphicsView:hover, QGraphicsView:!hover, QGraphicsView:disabled {{
    background: {CANVAS}; border: 0; border-radius: 0; padding: 0;
}}
QTreeView, QListView, QTreeView:focus, QListView:focus, QTreeView:hover, QListView:hover {{
    background: {BACKGROUND}; border: 0; padding: 0; outline: 0;
}}
QTreeView::item, QListView::item {{ padding: 3px 2px; border: 0; }}
QTreeView::item:selected, QListView::item:selected, QTreeView::item:selected:!active,
QListView::item:selected:!active {{ background: #1f4670; color: {TEXT}; }}
QProgressBar {{ border: 0; border-radius: 4px; background: {RAISED}; text-align: center; min-height: 18px; }}
QProgressBar::chunk {{ background: #2a6cb3; border-radius: 4px; }}
QPushButton {{ padding: 5px 12px; }}
QPushButton[primary="true"] {{ background: #2a6cb3; color: white; font-weight: 600; padding: 6px 16px; }}
QPushButton[primary="true"]:hover {{ background: {ACCENT}; }}
QMenu::item {{ padding: 5px 24px 5px 8px; }}
"""


def style_sheet() -> str:
    """The application's style sheet."""
    import qdarkstyle

    sheet: str = qdarkstyle.load_stylesheet(qt_api="pyside6")
    for theirs, ours in _REPLACED.items():
        sheet = sheet.replace(theirs, ours)
    return sheet + _EXTRA


def apply(app: QApplication) -> None:
    """Dresses the application. The palette is for what is painted by hand, where no style sheet reaches."""
    app.setStyle("Fusion")
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, BACKGROUND),
        (QPalette.ColorRole.Base, BACKGROUND),
        (QPalette.ColorRole.AlternateBase, SURFACE),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.Highlight, "#1f4670"),
        (QPalette.ColorRole.HighlightedText, TEXT),
        (QPalette.ColorRole.PlaceholderText, TEXT_DIM),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(style_sheet())
