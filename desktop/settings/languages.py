"""The languages of the window: Qt's translation files in `resources/translations`.

Qt loads compiled files only. They are made of the sources when a language is first used, in the user's data folder.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import logging
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from core.files import atomic_file
from desktop.settings.qt_tools import run_tool
from desktop.settings.store import data_folder

FOLDER = Path(resources.__file__).parent / "translations"

SYSTEM_LANGUAGE = ""
LANGUAGES = {"en": "English", "ko": "한국어"}
"""Names of the languages, each in its own language, by ISO 639-1 code."""

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
    """Sets the language of texts that are looked up from now on, and returns its code.

    Qt's own texts (buttons of dialogs, file dialogs) go along where Qt brings them.
    """
    for translator in _loaded:
        QCoreApplication.removeTranslator(translator)
    _loaded.clear()
    code = language_of(chosen)
    if code != "en":
        if not _load_own(FOLDER / f"rotoflow_{code}.ts"):
            _log.warning("no translation %s in %s: the window is in English", code, FOLDER)
        _load(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{code}.qm")
    return code


def _load_own(source: Path) -> bool:
    try:
        return _load(compiled(source, data_folder() / "translations"))
    except OSError:
        _log.info("no translation can be kept in the data folder", exc_info=True)
    folder = Path(tempfile.mkdtemp(prefix="rotoflow-"))
    # Qt has it open until the end
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        return _load(compiled(source, folder))
    except OSError:
        _log.exception("%s cannot be compiled", source)
        return False


def compiled(source: Path, folder: Path) -> Path:
    """The .qm file of a .ts file, named after what is in it, in a folder; made if it is not there. Raises OSError."""
    mark = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    target = folder / f"{source.stem}-{mark}.qm"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with atomic_file(target) as part:
            run_tool("lrelease", "-silent", str(source), "-qm", str(part))
        # those of other versions; one that is in use cannot be removed everywhere
        for other in folder.glob(f"{source.stem}-*.qm"):
            if other != target:
                with contextlib.suppress(OSError):
                    other.unlink()
    return target


def _load(path: Path) -> bool:
    translator = QTranslator()
    if not translator.load(path.name, str(path.parent)):
        return False
    QCoreApplication.installTranslator(translator)
    _loaded.append(translator)
    return True
