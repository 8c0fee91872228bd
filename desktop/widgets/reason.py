"""Disables controls and gives the reason in their tooltips."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_TIP = "tip"


def enable(control: QWidget, reason: str = "") -> None:
    """A control can be used where there is no reason why not; the reason is added to its tooltip."""
    tip = control.property(_TIP)
    if not isinstance(tip, str):
        tip = control.toolTip()
        control.setProperty(_TIP, tip)
    control.setEnabled(not reason)
    control.setToolTip("\n".join(line for line in (tip, reason) if line))
