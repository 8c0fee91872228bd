"""Korean is letters also where the system has none of them, and texts are as large as a person wants them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings.languages import FOLDER
from desktop.settings.preferences import Preferences, load_preferences
from desktop.theme import fonts
from desktop.theme.fonts import HANGUL, provide_hangul, use_text_size
from tests.desktop.conftest import Editor


def drawn(text: str) -> bytes:
    picture = QImage(40, 40, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    font = QApplication.font()
    font.setPixelSize(24)
    painter.setFont(font)
    painter.drawText(4, 30, text)
    painter.end()
    return bytes(np.frombuffer(picture.constBits(), np.uint8))


def test_the_font_that_comes_along_has_every_letter_of_the_translation(qapp: QApplication) -> None:
    text = (FOLDER / "rotoflow_ko.ts").read_text(encoding="utf-8")
    font = QRawFont(str(HANGUL), 16)
    assert font.isValid()
    missing = [
        letter for letter in sorted(set(re.findall("[\uac00-\ud7a3]", text))) if not font.supportsCharacter(ord(letter))
    ]
    assert not missing


def test_korean_is_letters_and_no_boxes(qapp: QApplication) -> None:
    provide_hangul()
    pictures = [drawn(letter) for letter in "객체색글"]
    assert len(set(pictures)) == 4, "boxes all look alike"


def test_a_system_with_korean_keeps_its_own(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(QFontDatabase, "families", staticmethod(lambda _system: ["A font"]))
    assert not provide_hangul()


def test_texts_are_as_large_as_wanted(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_system", [])
    before = QFont(qapp.font())
    try:
        use_text_size(qapp, 150)
        assert qapp.font().pointSizeF() == pytest.approx(1.5 * before.pointSizeF())
        use_text_size(qapp, 100)
        assert qapp.font().pointSizeF() == pytest.approx(before.pointSizeF())
    finally:
        qapp.setFont(before)


def test_the_text_size_is_kept_and_needs_a_new_window() -> None:
    Preferences(text_size=130).save()
    assert load_preferences().text_size == 130
    assert Preferences(text_size=130).needs_new_window(Preferences())


def test_nothing_moves_by_itself(editor: Editor, qtbot: QtBot) -> None:
    assert not editor.window.isAnimated()
