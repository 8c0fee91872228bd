"""Brings the translation files up to date with the sources: `make translations`.

New texts come into `resources/translations/*.ts` as unfinished, to be translated there or in Qt Linguist; texts that no
source has any more go. The program compiles them where it runs (`desktop/settings/languages.py`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from desktop.settings.qt_tools import run_tool
from tools.core_messages import core_messages

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"


def ts_files() -> list[Path]:
    return sorted(FOLDER.glob("rotoflow_*.ts"))


def update(ts: Path, into: Path | None = None) -> Path:
    """Brings a .ts file up to date with the sources, in its place or as a copy in another folder."""
    target = ts
    if into is not None:
        target = into / ts.name
        shutil.copy(ts, target)
    sources = sorted(str(path) for path in (ROOT / "desktop").rglob("*.py"))
    # T(context, text) marks a text that is looked up later; places in the sources would change with every edit
    options = ("-tr-function-alias", "QT_TRANSLATE_NOOP+=T", "-locations", "none", "-no-obsolete", "-silent")
    with tempfile.TemporaryDirectory() as folder:
        # the core marks nothing, as it knows no languages: its messages are marked here
        marked = Path(folder) / "core_messages.py"
        marked.write_text("".join(f"T('CoreMessages', {text!r})\n" for text in core_messages(ROOT / "core")))
        run_tool("lupdate", *options, *sources, str(marked), "-ts", str(target))
    return target


def unfinished(ts: Path) -> list[str]:
    """The texts of a .ts file without a finished translation, as "context: text"."""
    missing = []
    for context in ElementTree.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") is not None or not translation.text:
                missing.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return missing


def main() -> int:
    missing: list[str] = []
    for ts in ts_files():
        update(ts)
        missing += [f"{ts.name}: {text}" for text in unfinished(ts)]
    for text in missing:
        print(f"not translated: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
