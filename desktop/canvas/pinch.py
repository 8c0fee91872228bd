"""Two fingers on a touch pad or a touch screen: how much they zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget


def listen(port: QWidget) -> None:
    """Makes a widget get pinches of touch screens; touch pads send native gestures."""
    port.grabGesture(Qt.GestureType.PinchGesture)


def pinch_of(event: QEvent, port: QWidget) -> tuple[float, QPointF] | None:
    """The factor by which a pinch zooms, and the point of `port` about which; None for any other event."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            return 1 + event.value(), event.position()
    elif isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            event.accept(pinch)
            return pinch.scaleFactor(), QPointF(port.mapFromGlobal(pinch.centerPoint().toPoint()))
    return None


def scrolls(event: QWheelEvent) -> bool:
    """Whether the event comes from two fingers that move the picture, not from a wheel that zooms."""
    return event.deviceType() is QInputDevice.DeviceType.TouchPad and not event.pixelDelta().isNull()
