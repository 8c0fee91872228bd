"""What the program is, and the libraries that it uses."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.program.libraries import libraries
from desktop.theme.icons import pixmap


def show_about(parent: QWidget) -> None:
    """Shows version, licence and libraries."""
    version = metadata.version("rotoflow")
    text = QCoreApplication.translate(
        "About",
        "<h3>Rotoflow {version}</h3><p>Mask an object once, follow it through the clip, take the masks away.</p>"
        "<p>MIT licence. Python {python}, Qt {qt}.</p><p>{libraries}</p>",
    ).format(version=version, python=platform.python_version(), qt=qVersion(), libraries=", ".join(libraries()))
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, QCoreApplication.translate("About", "About Rotoflow"), text, parent=parent
    )
    box.setIconPixmap(pixmap("rotoflow", 64))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
