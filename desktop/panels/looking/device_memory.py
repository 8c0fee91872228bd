"""How much memory is free where the engine runs, under the field that chooses the device."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel

from core.jobs import CancelToken
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.engines.devices import DeviceMemory

_EVERY_MS = 3000


class DeviceMemoryLabel(QLabel):
    """Asks in a worker, since asking a GPU may load libraries first; only while it is seen."""

    def __init__(self, devices: QComboBox) -> None:
        """`devices` has a device's name with each of its items."""
        super().__init__()
        self._devices = devices
        self.setProperty("dim", True)
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Memory of the device"))
        self._latest = LatestOnly(self)
        self._again = QTimer(self)
        self._again.setInterval(_EVERY_MS)
        self._again.timeout.connect(self.ask)
        devices.currentIndexChanged.connect(self.ask)

    def ask(self) -> None:
        """Shows what is free now, as soon as that is known."""
        if not self.isVisible() or self._latest.busy:
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
            self.setText(self.tr("There is no such device here, or it does not tell its memory."))
        else:
            title = self._devices.itemText(self._devices.findData(found.device))
            free, total = (f"{size / 1e9:.1f}" for size in (found.free, found.total))
            self.setText(
                self.tr("{device}: {free} of {total} GB of memory are free").format(
                    device=title, free=free, total=total
                )
            )

    def shut_down(self) -> None:
        """For a window that goes away."""
        self._again.stop()
        self._latest.shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        super().hideEvent(event)
