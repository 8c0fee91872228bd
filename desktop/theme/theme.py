"""How the window looks: one of three themes, one accent, one spacing.

The colours are those of the theme in use. Whoever paints reads them while painting (`theme.ACCENT`), never when a
module is imported.
"""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme.colours import DARK, THEMES, Colours
from desktop.theme.style_sheet import style_sheet

ACCENT = DARK.ACCENT
BACKGROUND = DARK.BACKGROUND
SURFACE = DARK.SURFACE
RAISED = DARK.RAISED
LINE = DARK.LINE
TEXT = DARK.TEXT
TEXT_DIM = DARK.TEXT_DIM
WARNING = DARK.WARNING
ERROR = DARK.ERROR
CANVAS = DARK.CANVAS
SELECTION = DARK.SELECTION
PRIMARY = DARK.PRIMARY
PROGRESS = DARK.PROGRESS
ICON = DARK.ICON

SPACING = 6
MARGIN = 8
ICON_SIZE = 20
ROW_HEIGHT = 26

SYSTEM = "system"
"""The theme that follows the person's desktop."""
NAMES = (*THEMES, SYSTEM)


def colours_of(name: str) -> Colours:
    """The colours of a theme by its name; an unknown one is dark."""
    if name == SYSTEM:
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            name = "contrast"
        else:
            name = "light" if hints.colorScheme() is Qt.ColorScheme.Light else "dark"
    return THEMES.get(name, DARK)


def apply(app: QApplication, name: str = "dark") -> None:
    """Applies a theme to the application. The palette is for what is painted by hand, where no style sheet reaches."""
    colours = colours_of(name)
    globals().update({field.name: getattr(colours, field.name) for field in fields(Colours) if field.name.isupper()})
    app.setStyle("Fusion")
    # before the palette: making it sets the colour of links to that of the system's theme
    sheet = style_sheet(colours)
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, BACKGROUND),
        (QPalette.ColorRole.Base, BACKGROUND),
        (QPalette.ColorRole.AlternateBase, SURFACE),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.Highlight, SELECTION),
        (QPalette.ColorRole.HighlightedText, TEXT),
        (QPalette.ColorRole.PlaceholderText, TEXT_DIM),
        (QPalette.ColorRole.Link, ACCENT),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(sheet)
