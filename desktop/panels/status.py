"""The status bar: pixel, object under the pointer, frame, zoom, cache and memory."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QStatusBar, QWidget

from desktop.canvas.canvas import Canvas
from desktop.session.session import EditorSession
from desktop.theme import theme

_REFRESH_MS = 1000
_FRAME_WIDTH = 150


class StatusLine:
    """Fills a window's status bar. What changes with the mouse stands left, what changes with time right."""

    def __init__(self, bar: QStatusBar, session: EditorSession, canvas: Canvas, parent: QWidget) -> None:
        self._session, self._canvas = session, canvas
        self._parent = parent
        self._pixel: tuple[int, int] | None = None
        self.pixel, self.clip, self.zoom, self.cache, self.memory = (QLabel() for _ in range(5))
        # a label would lay the whole window out again on every frame that is played
        self.frame = QLineEdit()
        self.frame.setReadOnly(True)
        self.frame.setFrame(False)
        self.frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frame.setStyleSheet(f"background: transparent; border: none; padding: 0; color: {theme.TEXT_DIM}")
        self.frame.setFixedWidth(_FRAME_WIDTH)
        self.frame.setAccessibleName(QCoreApplication.translate("StatusLine", "Frame"))
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.frame)
        bar.addWidget(self.pixel)
        for label, width in ((self.clip, 0), (self.zoom, 70), (self.cache, 110), (self.memory, 80)):
            label.setMinimumWidth(width)
            bar.addPermanentWidget(label)
        self._timer = QTimer(parent)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._show_resources)
        self._timer.start()
        canvas.view.hovered.connect(self._show_pixel)
        canvas.view.zoom_changed.connect(lambda zoom: self.zoom.setText(f"{zoom:.0%}"))
        session.project_changed.connect(self._show_clip)
        session.labels_changed.connect(lambda _box: self._show_pixel(self._pixel))
        session.frame_changed.connect(self._show_frame)
        self._show_clip()
        self._show_resources()

    def _show_frame(self, frame: int) -> None:
        video = self._session.video
        number = video.frame_number(frame) if video is not None else frame
        if number == frame:
            text = QCoreApplication.translate("StatusLine", "frame {frame}").format(frame=frame)
        else:
            # pictures have numbers of their own, such as a plate's 1001
            text = QCoreApplication.translate("StatusLine", "frame {frame} (no. {number})").format(
                frame=frame, number=number
            )
        self.frame.setText(text if self._session.is_open else "")
        self._show_pixel(None)

    def _show_pixel(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        labels = self._canvas.labels
        if pixel is None or labels is None:
            self.pixel.setText("")
            return
        x, y = pixel
        object_id = int(labels[y, x]) if y < labels.shape[0] and x < labels.shape[1] else 0
        track = self._session.track(object_id)
        name = track.name if track else QCoreApplication.translate("StatusLine", "background")
        self.pixel.setText(f"{x}, {y}   {name}")

    def _show_clip(self) -> None:
        video = self._session.video
        if video is None:
            self.clip.setText("")
            self.zoom.setText("")
            return
        info = video.info
        parts = [video.path.name, f"{info.width} × {info.height}"]
        if info.rate:
            parts.append(f"{float(info.rate):.4g} fps")
        self.clip.setText("   ".join(parts))

    def _show_resources(self) -> None:
        share = self._cache_share()
        self.cache.setText(
            ""
            if share is None
            else QCoreApplication.translate("StatusLine", "cache {share}").format(share=f"{share:.0%}")
        )
        memory = resident_bytes()
        self.memory.setText(f"{memory / 2**30:.2f} GB" if memory else "")

    def _cache_share(self) -> float | None:
        cache = self._session.cache
        if cache is None:
            return None
        stats = cache.stats
        return stats.bytes_used / max(1, stats.byte_limit)


def resident_bytes() -> int | None:
    """The memory this process holds; None where the system does not say."""
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
    return None
