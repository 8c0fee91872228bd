"""The languages of the window: Qt's translation files in `resources/translations`."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources

FOLDER = Path(resources.__file__).parent / "translations"

SYSTEM_LANGUAGE = ""
LANGUAGES = {"en": "English", "ko": "한국어"}
"""By the code of ISO 639-1, each by its own name."""

_log = logging.getLogger(__name__)
_loaded: list[QTranslator] = []


def language_of(chosen: str) -> str:
    """The language that is shown for a preference: the system's where there is a translation, else English."""
    if chosen in LANGUAGES:
        return chosen
    wanted = (QLocale(name).language() for name in QLocale.system().uiLanguages())
    known = {QLocale(code).language(): code for code in LANGUAGES}
    return next((known[language] for language in wanted if language in known), "en")


def use(chosen: str) -> str:
    """Makes texts that are looked up from now on be in a language, and returns its code.

    Qt's own texts (buttons of dialogs, file dialogs) go along where Qt brings them.
    """
    for translator in _loaded:
        QCoreApplication.removeTranslator(translator)
    _loaded.clear()
    code = language_of(chosen)
    if code != "en":
        _load(code, f"rotoflow_{code}", FOLDER, needed=True)
        _load(code, f"qtbase_{code}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), needed=False)
    return code


def _load(code: str, name: str, folder: Path, needed: bool) -> None:
    translator = QTranslator()
    if translator.load(name, str(folder)):
        QCoreApplication.installTranslator(translator)
        _loaded.append(translator)
    elif needed:
        _log.warning("no translation %s in %s: the window is in English", name, folder)
