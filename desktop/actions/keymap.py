"""Which keys an action has: those of the table, unless a person chose others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from desktop.settings.store import settings

_GROUP = "shortcuts"

OBJECT_KEYS = tuple(str(number) for number in range(1, 10))
"""Keys that choose objects."""
FIXED = frozenset({*OBJECT_KEYS, "Space", "\\"})
"""Keys of the canvas that are held or are no actions; no action can have them."""


class Keymap:
    """Keys by the action's name, remembered between runs. Keys are texts such as "Ctrl+Shift+A"."""

    def __init__(self, defaults: Mapping[str, tuple[str, ...]]) -> None:
        self._defaults = {name: _portable(keys) for name, keys in defaults.items()}
        self._chosen: dict[str, tuple[str, ...]] = {}
        store = settings()
        for name in defaults:
            kept = store.value(f"{_GROUP}/{name}")
            if isinstance(kept, str):
                self._chosen[name] = _portable(key.toString() for key in QKeySequence.listFromString(kept))

    def keys(self, name: str) -> tuple[str, ...]:
        return self._chosen.get(name, self._defaults[name])

    def is_changed(self, name: str) -> bool:
        """Whether a person chose the keys."""
        return name in self._chosen

    def owners(self, keys: Iterable[str], but: str = "") -> list[str]:
        """Names of the actions, other than `but`, that have any of the keys."""
        wanted = set(_portable(keys))
        return [name for name in self._defaults if name != but and wanted & set(self.keys(name))]

    def assign(self, name: str, keys: Iterable[str]) -> list[str]:
        """Gives an action its keys and takes them from whoever had them. Returns the names of all that changed.

        Raises ValueError for a key that no action can have.
        """
        given = _portable(keys)
        if taken := FIXED.intersection(given):
            raise ValueError(", ".join(sorted(taken)))
        losers = self.owners(given, but=name)
        for loser in losers:
            self._choose(loser, tuple(key for key in self.keys(loser) if key not in given))
        self._choose(name, given)
        return [name, *losers]

    def reset(self, name: str) -> list[str]:
        """Gives an action the keys of the table again. Returns the names of all that changed."""
        return self.assign(name, self._defaults[name])

    def reset_all(self) -> list[str]:
        """Gives every action the keys of the table again. Returns the names of all that changed."""
        changed = list(self._chosen)
        for name in changed:
            self._choose(name, self._defaults[name])
        return changed

    def _choose(self, name: str, keys: tuple[str, ...]) -> None:
        store = settings()
        if keys == self._defaults[name]:
            self._chosen.pop(name, None)
            store.remove(f"{_GROUP}/{name}")
        else:
            self._chosen[name] = keys
            store.setValue(f"{_GROUP}/{name}", QKeySequence.listToString([QKeySequence(key) for key in keys]))


def native(keys: Iterable[str]) -> str:
    """Keys as the person's system writes them, separated by commas."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _portable(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys in the one way Qt writes them, without empty ones and without doubles."""
    return tuple(dict.fromkeys(text for key in keys if (text := QKeySequence(key).toString())))
