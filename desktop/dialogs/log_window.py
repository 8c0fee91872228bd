"""The log window: what the program did and reported."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.program.log import RECENT, RecentLog
from desktop.settings.store import data_folder
from desktop.theme import theme


class LogWindow(QDialog):
    """Shows the last records and those that come while it is open; copies what a report of a fault needs."""

    _came = Signal(int, str)

    def __init__(self, copy: Callable[[], object], parent: QWidget | None = None, log: RecentLog = RECENT) -> None:
        """`copy` puts the diagnostics on the clipboard."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._log = log
        self.setWindowTitle(self.tr("Log"))
        self.resize(860, 520)
        self.level = QComboBox()
        self.level.setAccessibleName(self.tr("Show"))
        self.level.addItem(self.tr("Everything"), logging.NOTSET)
        self.level.addItem(self.tr("Warnings and errors"), logging.WARNING)
        self.level.addItem(self.tr("Errors"), logging.ERROR)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlaceholderText(self.tr("Nothing happened yet that is worth telling."))
        # Tab goes on to the buttons: nothing is written here
        self.text.setTabChangesFocus(True)
        self.copy_button = QPushButton(self.tr("Copy diagnostics"))
        self.copy_button.setToolTip(self.tr("Versions, machine, clip and the last lines, to paste into a report"))
        self.copy_button.clicked.connect(lambda: copy())
        folder = QPushButton(self.tr("Open folder"))
        folder.setToolTip(self.tr("Show the folder of the log file"))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(data_folder()))))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        label = QLabel(self.tr("Show"))
        label.setBuddy(self.level)
        top.addWidget(label)
        top.addWidget(self.level)
        top.addStretch()
        bottom.addWidget(self.copy_button)
        bottom.addWidget(folder)
        bottom.addStretch()
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addLayout(top)
        layout.addWidget(self.text, 1)
        layout.addLayout(bottom)
        self.level.currentIndexChanged.connect(lambda _index: self._fill())
        # queued: records come from any thread, under the log's lock
        self._came.connect(self._append, Qt.ConnectionType.QueuedConnection)
        self._fill()
        handler = self._came.emit
        log.listen(handler)
        self.destroyed.connect(lambda: log.stop_listening(handler))

    def _fill(self) -> None:
        self.text.setPlainText("\n".join(self._log.entries(self.level.currentData())))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _append(self, level: int, text: str) -> None:
        if level >= self.level.currentData():
            self.text.appendPlainText(text)
