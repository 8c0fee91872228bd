"""The window follows the system's theme while it runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.program.program import Program
from desktop.program.reporter import Reporter
from desktop.settings.store import settings
from desktop.theme import theme
from desktop.theme.colours import THEMES
from desktop.theme.icons import IconButton, ThemedIcon


@pytest.mark.parametrize("chosen", ["system", "dark"])
def test_the_window_becomes_light_when_the_system_does(
    qtbot: QtBot, themed: QApplication, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    settings().setValue("theme", chosen)
    # the platform of tests has no theme of its own
    system: dict[str | None, str] = {theme.SYSTEM: "dark"}
    monkeypatch.setattr(theme, "colours_of", lambda name: THEMES[system.get(name) or str(name)])
    theme.apply(themed, chosen)
    program = Program(themed, Reporter())
    program.window.show()

    def darkest(icon: QIcon) -> int:
        picture = icon.pixmap(20).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(20) for y in range(20)]
        return max(pixels, key=lambda pixel: pixel.alpha()).lightness()

    buttons = program.window.findChildren(IconButton)
    assert len(buttons) > 2
    kept = [ThemedIcon("visible"), ThemedIcon("cancel")]

    def others() -> list[int]:
        return [darkest(one) for one in (*(one.now() for one in kept), *(one.icon() for one in buttons))]

    before = others()

    def look() -> tuple[bool, int]:
        ground = themed.palette().color(QPalette.ColorRole.Window).lightness()
        return ground > 128, darkest(program.window.actions_["open"].icon())

    was_light, icon_before = look()
    system[theme.SYSTEM] = "light"
    themed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    is_light, icon = look()
    assert not was_light and is_light == (chosen == "system")
    assert (icon < icon_before) == (chosen == "system"), "icons are drawn in the theme's colour"
    assert all((now < then) == (chosen == "system") for now, then in zip(others(), before, strict=True))
    program.window.close()
    program.end()


@pytest.mark.parametrize("change", ["colours", "contrast"])
def test_a_program_that_has_ended_follows_nothing(qtbot: QtBot, themed: QApplication, change: str) -> None:
    settings().setValue("theme", "system")
    program = Program(themed, Reporter())
    program.window.show()
    program.window.close()
    program.end()
    qtbot.waitUntil(lambda: not isValid(program.window))
    hints = themed.styleHints()
    # whoever still holds the program: an exception in here fails the test
    if change == "colours":
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    else:
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
