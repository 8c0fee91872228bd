"""The actions that menus, tool bars, shortcuts and tooltips are made from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.actions.spec import ActionSpec, Needs
from desktop.actions.table import SPECS
from desktop.icons import icon


def translated(text: str) -> str:
    """A text of the action table in the user's language."""
    return QCoreApplication.translate("Actions", text)


class Actions(QObject):
    """The actions, by name. What they do is connected elsewhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._specs = {spec.name: spec for spec in SPECS}
        self._actions: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(translated(spec.text), window)
            action.setObjectName(spec.name)
            if spec.icon:
                action.setIcon(icon(spec.icon))
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setCheckable(spec.checkable)
            action.setToolTip(self._tip(spec))
            action.setStatusTip(translated(spec.tip))
            window.addAction(action)
            self._actions[spec.name] = action
        tools = QActionGroup(self)
        for name in ("hand", "brush", "eraser"):
            tools.addAction(self._actions[name])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def enable(self, met: frozenset[Needs]) -> None:
        """Enables the actions whose needs are met, and no others."""
        for name, action in self._actions.items():
            action.setEnabled(self._specs[name].needs in met)

    def overview(self) -> list[tuple[str, str]]:
        """Every action with its keys, as (text, keys)."""
        rows = []
        for spec in SPECS:
            keys = self._keys(spec)
            if keys:
                rows.append((translated(spec.tip), keys))
        return rows

    def _keys(self, spec: ActionSpec) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        keys = [QKeySequence(key).toString(native) for key in spec.keys]
        return ", ".join([*keys, spec.also] if spec.also else keys)

    def _tip(self, spec: ActionSpec) -> str:
        keys = self._keys(spec)
        return f"{translated(spec.tip)} ({keys})" if keys else translated(spec.tip)
