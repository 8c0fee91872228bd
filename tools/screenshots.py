"""Makes the pictures of the window in `docs/`: the sample clip followed to its end, in each theme and language.

python -m tools.screenshots
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LOOKS = {"window": ("dark", "en"), "window-light": ("light", "en"), "window-korean": ("dark", "ko")}
"""Theme and language by the picture's name."""
_SIZE = (1440, 880)
_FRAME = 20
_SETTLE_MS = 1500
_COLOURS = 256


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        # separate settings and projects, not the user's
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        return _run()


def _run() -> int:
    from PySide6.QtCore import QTimer

    from desktop.app import make_application
    from desktop.commands.propagation import Reach
    from desktop.main_window import MainWindow
    from desktop.program.program import apply_appearance
    from desktop.session.sample import CLIP
    from desktop.settings.preferences import Preferences
    from desktop.settings.store import settings
    from desktop.wiring import make_window

    settings().setValue("tour_done", True)
    app = make_application()
    looks: Iterator[tuple[str, tuple[str, str]]] = iter(LOOKS.items())
    windows: list[MainWindow] = []

    def when_idle(window: MainWindow, then: Callable[[], None]) -> None:
        def look() -> None:
            if window.jobs.busy:
                QTimer.singleShot(200, look)
            else:
                QTimer.singleShot(_SETTLE_MS, then)

        QTimer.singleShot(200, look)

    def show_next() -> None:
        look = next(looks, None)
        if look is None:
            app.quit()
            return
        name, (theme, language) = look
        Preferences(theme=theme, language=language).save()
        apply_appearance(app)
        window = make_window()
        windows.append(window)
        window.resize(*_SIZE)
        window.show()
        window.open(CLIP)

        def follow() -> None:
            # the first window does the work, the others find it in the project
            if len(windows) == 1:
                window.propagation.start(Reach.FORWARD)
            when_idle(window, take)

        def take() -> None:
            window.session.go_to(_FRAME)
            window.notices.dismiss()
            QTimer.singleShot(_SETTLE_MS, finish)

        def finish() -> None:
            path = DOCS / f"{name}.png"
            window.grab().save(str(path))
            _shrink(path)
            window.close()
            show_next()

        when_idle(window, follow)

    show_next()
    return int(app.exec())


def _shrink(path: Path) -> None:
    """Stores a picture with a palette: a third of the size, without a visible difference."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(_COLOURS, kmeans=2, dither=Image.Dither.FLOYDSTEINBERG)
    small.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
