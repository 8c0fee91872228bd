"""The actions that menus, tool bars, shortcuts and tooltips are made from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.actions.compare_menu import COMPARISONS
from desktop.actions.edit_menu import TOOLS
from desktop.actions.keymap import Keymap, native
from desktop.actions.overlay_menu import OVERLAYS
from desktop.actions.spec import ActionSpec, Needs, reason
from desktop.actions.table import SPECS
from desktop.theme.icons import icon


def translated(text: str) -> str:
    """A text of the action table in the user's language."""
    return QCoreApplication.translate("Actions", text)


def plain(text: str) -> str:
    """A menu's text without what marks its key: "&Open clip…" is "Open clip", "열기(&O)…" is "열기"."""
    text = re.sub(r"\(&\w\)", "", text)
    return re.sub(r"&(.)", r"\1", text).rstrip("….")


class Actions(QObject):
    """The actions, by name. What they do is connected elsewhere."""

    keys_changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._specs = {spec.name: spec for spec in SPECS}
        self._by_needs: dict[Needs, list[str]] = {}
        for spec in SPECS:
            self._by_needs.setdefault(spec.needs, []).append(spec.name)
        self._actions: dict[str, QAction] = {}
        self._met: frozenset[Needs] = frozenset(Needs)
        self._tips: dict[str, str] = {}
        """What each tooltip says where its action can be used."""
        self.keymap = Keymap({spec.name: spec.keys for spec in SPECS})
        for spec in SPECS:
            action = QAction(translated(spec.text), window)
            action.setObjectName(spec.name)
            if spec.icon:
                action.setIcon(icon(spec.icon))
            action.setCheckable(spec.checkable)
            action.setStatusTip(translated(spec.tip))
            window.addAction(action)
            self._actions[spec.name] = action
        self._show_keys(self._specs)
        for names in (TOOLS, OVERLAYS):
            group = QActionGroup(self)
            for name in names:
                group.addAction(self._actions[name])
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name in COMPARISONS:
            group.addAction(self._actions[name])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def spec(self, name: str) -> ActionSpec | None:
        """The table's row; None for an action that is not in it, such as a recent file."""
        return self._specs.get(name)

    def redraw_icons(self) -> None:
        """Draws the icons again, in the colour of another theme."""
        for name, spec in self._specs.items():
            if spec.icon:
                self._actions[name].setIcon(icon(spec.icon))

    def enable(self, met: frozenset[Needs]) -> None:
        """Enables the actions whose needs are met, and no others; the tooltips of those say why not."""
        if met == self._met:
            return
        before, self._met = self._met, met
        for needs, names in self._by_needs.items():
            # most of a hundred actions stay as they are, and this comes with every edit
            if reason(needs, before) != reason(needs, met):
                for name in names:
                    self._actions[name].setEnabled(needs in met)
                    self._show_tip(name)

    def reason(self, name: str) -> str:
        """Why an action cannot be used; empty where it can, or is none of the table's."""
        spec = self._specs.get(name)
        text = "" if spec is None else reason(spec.needs, self._met)
        return translated(text) if text else ""

    def unusable_by(self, keys: QKeySequence) -> str:
        """The name of an action that has these keys and cannot be used now; empty if there is none."""
        return next(
            (name for name, action in self._actions.items() if not action.isEnabled() and keys in action.shortcuts()),
            "",
        )

    def assign_keys(self, name: str, keys: Iterable[str]) -> None:
        """Gives an action other keys, at once and from now on; whoever had them loses them.

        Raises ValueError for a key that no action can have.
        """
        self._show_keys(self.keymap.assign(name, keys))

    def reset_keys(self, name: str | None = None) -> None:
        """Gives an action, or all of them, the keys of the table again."""
        self._show_keys(self.keymap.reset_all() if name is None else self.keymap.reset(name))

    def keys_text(self, name: str) -> str:
        """An action's keys as a person reads them, with what works elsewhere than through the action."""
        also = self._specs[name].also
        return ", ".join(part for part in (native(self.keymap.keys(name)), translated(also) if also else "") if part)

    def _show_keys(self, names: Iterable[str]) -> None:
        for name in names:
            spec, keys = self._specs[name], self.keys_text(name)
            tip = translated(spec.tip)
            if name in TOOLS:
                # a bar of icons: what one does, and what it is called everywhere else
                tip = f"{plain(translated(spec.text))}: {tip}"
            self._actions[name].setShortcuts([QKeySequence(key) for key in self.keymap.keys(name)])
            self._tips[name] = f"{tip} ({keys})" if keys else tip
            self._show_tip(name)
        self.keys_changed.emit()

    def _show_tip(self, name: str) -> None:
        lines = (self._tips[name], self.reason(name))
        self._actions[name].setToolTip("\n".join(line for line in lines if line))
