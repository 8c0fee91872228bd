"""How much memory is free where the engine runs, under the field that chooses the device."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel

from core.jobs import CancelToken
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.engines.devices import DeviceMemory

_EVERY_MS = 3000


class DeviceMemoryLabel(QLabel):
    """Asks in a worker, since asking a GPU may load libraries first; only while it is seen.

    That is from its first paint on: a panel behind another is not painted, and what is loaded for the answer would
    keep a new window from the screen.
    """

    def __init__(self, devices: QComboBox) -> None:
        """`devices` has a device's name with each of its items."""
        super().__init__()
        self._devices = devices
        self.setProperty("dim", True)
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Memory of the device"))
        self._over = False
        self._latest = LatestOnly(self)
        self._again = QTimer(self)
        self._again.setInterval(_EVERY_MS)
        self._again.timeout.connect(self.ask_again)
        devices.currentIndexChanged.connect(self.ask)

    def ask(self) -> None:
        """Shows what is free now, as soon as that is known."""
        if self._over or not self.isVisible() or self._latest.busy:
            return
        device = self._devices.currentData()

        def work(_cancel: CancelToken) -> Generator[object, None, None]:
            from core.engines.devices import memory_where_it_runs

            yield memory_where_it_runs(device)

        self._latest.start(work, lambda found: self.show_memory(device, found), lambda: None)  # type: ignore[arg-type]

    def show_memory(self, device: str, found: DeviceMemory | None) -> None:
        """What was found of a device; None if it is not there."""
        if device != self._devices.currentData():
            # another was chosen meanwhile
            self.ask()
        elif found is None:
            self.setText(self.tr("There is no such device here, or it does not report its memory."))
        else:
            title = self._devices.itemText(self._devices.findData(found.device))
            free, total = (f"{size / 1e9:.1f}" for size in (found.free, found.total))
            self.setText(
                self.tr("{device}: {free} of {total} GB of memory are free").format(
                    device=title, free=free, total=total
                )
            )

    def shut_down(self) -> None:
        """Stops the worker when the window goes."""
        self._over = True
        self._again.stop()
        self._latest.shut_down()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._again.isActive() and not self._over:
            self._again.start()
            # after this paint, which may be the window's first one
            QTimer.singleShot(0, self, self.ask)

    def ask_again(self) -> None:
        """Asks if the panel is before others."""
        if self.visibleRegion().isEmpty():
            # its panel is behind another; the next paint begins again
            self._again.stop()
        else:
            self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        super().hideEvent(event)
