"""Both themes can be read, icons go along, and nothing keeps the colours of the other theme."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QToolBar,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from desktop.dialogs.metrics.dialog import share_ground
from desktop.theme import theme
from desktop.theme.colours import DARK, LIGHT, THEMES, Colours
from desktop.theme.icons import icon
from desktop.theme.style_sheet import style_sheet

DESKTOP = Path(theme.__file__).parent


@pytest.mark.parametrize("name", THEMES)
def test_all_pictures_of_the_style_sheet_are_found(themed: QApplication, name: str) -> None:
    named = set(re.findall(r'url\("(.*?)"\)', style_sheet(THEMES[name])))
    assert len(named) > 30
    assert [picture for picture in sorted(named) if QPixmap(picture).isNull()] == []


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    parts = QColor(colour)
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (parts.redF(), parts.greenF(), parts.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_numbers_stand_out_from_the_ground_that_shows_their_share(themed: QApplication, name: str) -> None:
    theme.apply(themed, name)
    colours = THEMES[name]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        ground = share_ground(share)
        for below in (QColor(colours.BACKGROUND), QColor(colours.SURFACE)):
            pairs = [(over(ground), over(below)) for over in (QColor.redF, QColor.greenF, QColor.blueF)]
            seen = QColor.fromRgbF(*(share * above + (1 - share) * under for above, under in pairs))
            assert contrast(colours.TEXT, seen.name()) >= 4.5, share


@pytest.mark.parametrize("colours", list(THEMES.values()), ids=list(THEMES))
def test_texts_and_signs_stand_out(colours: Colours) -> None:
    for ground in (colours.BACKGROUND, colours.SURFACE, colours.RAISED, colours.SELECTION, colours.PROGRESS):
        assert contrast(colours.TEXT, ground) >= 4.5, ground
    for text, ground in product(
        (colours.TEXT_DIM, colours.WARNING, colours.ERROR), (colours.BACKGROUND, colours.SURFACE)
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast("#ffffff", colours.PRIMARY) >= 4.5
    for ground in (colours.BACKGROUND, colours.SURFACE, colours.RAISED):
        assert contrast(colours.ICON, ground) >= 4.5, ground
        assert contrast(colours.ACCENT, ground) >= 3, ground


def test_the_theme_of_high_contrast_has_it() -> None:
    colours = THEMES["contrast"]
    for ground in (colours.BACKGROUND, colours.SURFACE, colours.RAISED, colours.SELECTION, colours.PROGRESS):
        assert contrast(colours.TEXT, ground) >= 7, ground
    for text in (colours.TEXT_DIM, colours.WARNING, colours.ERROR, colours.ACCENT, colours.LINE, colours.ICON):
        assert contrast(text, colours.SURFACE) >= 7, text


@pytest.mark.parametrize("colours", list(THEMES.values()), ids=list(THEMES))
def test_the_style_sheet_has_none_of_the_foreign_greys(colours: Colours, qapp: QApplication) -> None:
    sheet = style_sheet(colours).upper()
    ours = {value.upper() for value in colours.replaced.values()}
    assert not [foreign for foreign in colours.replaced if foreign.upper() in sheet and foreign.upper() not in ours]
    assert colours.BACKGROUND.upper() in sheet


def brightest(made: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> tuple[int, float]:
    """The highest value of the icon's own colour, and how opaque the icon is at most."""
    picture = made.pixmap(QSize(40, 40), mode).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(-1, 4)
    return int(pixels[pixels[:, 3] > 60, :3].max()), float(pixels[:, 3].max()) / 255


def test_icons_are_drawn_in_the_colour_of_the_theme(themed: QApplication) -> None:
    theme.apply(themed, "dark")
    assert brightest(icon("brush"))[0] > 190
    theme.apply(themed, "light")
    assert theme.BACKGROUND == LIGHT.BACKGROUND
    assert brightest(icon("brush"))[0] < 90
    assert brightest(icon("brush"), QIcon.Mode.Disabled)[1] < 0.4


@pytest.mark.parametrize("name", list(THEMES))
def test_a_list_shows_the_theme(themed: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(themed, name)
    tree = QTreeWidget()
    tree.setHeaderHidden(True)
    qtbot.addWidget(tree)
    tree.addTopLevelItem(QTreeWidgetItem(["row"]))
    tree.resize(200, 120)
    tree.show()
    ground = tree.viewport().grab().toImage().pixelColor(150, 100)
    assert ground.name() == THEMES[name].BACKGROUND


@pytest.mark.parametrize("name", THEMES)
def test_headers_of_a_table_are_as_empty_as_its_body_where_nothing_is_in_them(
    themed: QApplication, qtbot: QtBot, name: str
) -> None:
    theme.apply(themed, name)
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setVerticalHeaderLabels(["Background"])
    table.resize(400, 300)
    table.show()
    picture = table.grab().toImage()
    right, bottom = picture.width() - 4, picture.height() - 4
    beside = picture.pixelColor(right, bottom)
    places = {"below the rows": (4, bottom), "behind the columns": (right, 4), "the corner": (4, 4)}
    assert {where for where, (x, y) in places.items() if picture.pixelColor(x, y) != beside} == set()


def test_no_module_keeps_a_colour_from_when_it_was_imported() -> None:
    """A colour that is read at import stays that of the theme the program started with."""
    names = {name for name in DARK.__dataclass_fields__ if name.isupper()}
    kept = []
    for path in sorted(DESKTOP.rglob("*.py")):
        if path.name.startswith("theme"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                inside = [part for part in node.body if not isinstance(part, ast.FunctionDef)]
            else:
                inside = [] if isinstance(node, ast.FunctionDef) else [node]
            for part in inside:
                for found in ast.walk(part):
                    if isinstance(found, ast.Attribute) and found.attr in names and ast.unparse(found.value) == "theme":
                        kept.append(f"{path.name}: {ast.unparse(found)}")
                    if isinstance(found, ast.ImportFrom) and found.module == "desktop.theme.theme":
                        kept.extend(f"{path.name}: {alias.name}" for alias in found.names if alias.name in names)
    assert not kept


def test_an_unknown_theme_is_dark() -> None:
    assert theme.colours_of("no such") is DARK


def test_icons_are_sharp_on_screens_of_every_scale() -> None:
    """Each scale in a process of its own: it is chosen once, when Qt starts."""
    script = (
        "import sys; from PySide6.QtCore import QPoint, QSize; from PySide6.QtWidgets import QApplication; "
        "app = QApplication([]); from desktop.theme.icons import icon, pixmap; "
        "made = icon('brush'); ratio = app.primaryScreen().devicePixelRatio(); "
        "shown = made.pixmap(QSize(20, 20), ratio); large = pixmap('clip', 64); "
        "sizes = [size.width() for size in made.availableSizes()]; "
        "print(ratio, shown.width(), large.width(), large.devicePixelRatio(), max(sizes))"
    )
    for scale, wanted in (("1", "1.0 20 64 1.0 32"), ("1.5", "1.5 30 96 1.5 48"), ("2", "2.0 40 128 2.0 64")):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        shown = subprocess.run(
            [sys.executable, "-c", script],
            cwd=DESKTOP.parent,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert shown.stdout.split() == wanted.split()


@pytest.mark.parametrize("name", list(THEMES))
def test_the_text_of_buttons_can_be_read_on_them(themed: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(themed, name)
    for primary in (False, True):
        button = QPushButton("MMMM")
        button.setProperty("primary", primary)
        qtbot.addWidget(button)
        button.show()
        picture = button.grab().toImage()
        row = [picture.pixelColor(x, picture.height() // 2).name() for x in range(4, picture.width() - 4)]
        ground = max(set(row), key=row.count)
        assert max(contrast(ground, pixel) for pixel in row) >= 4.5, (primary, ground)


@pytest.mark.parametrize("name", list(THEMES))
def test_a_button_is_as_large_in_every_state(themed: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(themed, name)
    bar = QToolBar()
    qtbot.addWidget(bar)
    sizes = set()
    for checked, enabled, flat in product((False, True), repeat=3):
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(checked)
        button.setEnabled(enabled)
        button.setIcon(icon("brush"))
        button.setProperty("flat", flat)
        bar.addWidget(button)
        button.ensurePolished()
        sizes.add(button.sizeHint().toTuple())
    assert len(sizes) == 1, "or its neighbours move"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_text_of_a_questions_buttons_is_whole(themed: QApplication, qtbot: QtBot) -> None:
    """A question is as wide as its text, or as its buttons where they need more."""
    theme.apply(themed, "dark")
    box = QMessageBox(QMessageBox.Icon.Question, "", "Why?")
    qtbot.addWidget(box)
    for text in ("A short one", "One that is rather longer than the others are", "Cancel"):
        box.addButton(text, QMessageBox.ButtonRole.AcceptRole)
    box.show()
    qtbot.waitExposed(box)
    for button in box.buttons():
        assert button.width() >= button.sizeHint().width(), button.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", list(THEMES))
def test_the_list_of_a_combo_box_has_a_line_around_it_and_no_gutter(
    themed: QApplication, qtbot: QtBot, name: str
) -> None:
    from PySide6.QtWidgets import QComboBox

    theme.apply(themed, name)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["One", "Another", "A third"])
    box.show()
    box.showPopup()
    view = box.view()
    frame = view.parentWidget()
    assert frame is not None
    qtbot.waitUntil(view.isVisible)
    qtbot.wait(20)
    picture = frame.grab().toImage()
    colours = THEMES[name]
    row = view.visualRect(view.model().index(1, 0)).center().y() + view.mapTo(frame, QPoint(0, 0)).y()
    # left of the texts there is what is left of them everywhere: the list's own ground, from line to letter
    left = {picture.pixelColor(x, row).name() for x in range(3, 7)}
    assert left == {colours.SURFACE}, "and no other colour"
    assert colours.LINE in {picture.pixelColor(x, row).name() for x in range(3)}
    box.hidePopup()


@pytest.mark.parametrize("name", THEMES)
def test_links_have_the_themes_colour(themed: QApplication, name: str) -> None:
    theme.apply(themed, name)
    link = themed.palette().color(QPalette.ColorRole.Link).name()
    assert link == THEMES[name].ACCENT
    assert contrast(link, THEMES[name].BACKGROUND) >= 4.5


def test_high_contrast_draws_no_second_box_around_what_is_ticked() -> None:
    sheet = style_sheet(THEMES["contrast"])
    assert not re.search(r"QRadioButton::indicator\s*\{[^}]*border:\s*1px", sheet), "a round button in a square"
