"""Small values that a project keeps by key."""

from __future__ import annotations

from collections.abc import Mapping

from core.project.changes import SETTINGS_CHANGED, Listeners
from core.project.storage.stores import Stores

_MASK_VALUES = "mask_values"


class Settings:
    """The settings of an open project, `Project.settings`."""

    def __init__(self, stores: Stores, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._listeners = stores, listeners

    def get(self, key: str, default: object = None) -> object:
        """A setting as JSON gives it back (a tuple comes back as a list), or `default`."""
        return self._stores.settings.get(key, default)

    def set(self, key: str, value: object) -> None:
        """Stores a setting; no undo step. Raises TypeError or ValueError if JSON cannot hold it."""
        self._stores.settings.set(key, value)

    def change(self, key: str, value: object, text: str) -> None:
        """Stores a setting as one undo step; what changes nothing is none. Raises TypeError or ValueError as `set`."""
        if self._stores.change_setting(key, value, text):
            self._listeners.notify(SETTINGS_CHANGED)

    @property
    def mask_values(self) -> dict[int, int]:
        """Value in mask pictures by object id, of objects that came with a value beyond 255; written back with them."""
        stored = self._stores.settings.get(_MASK_VALUES)
        return {int(number): int(value) for number, value in stored.items()} if isinstance(stored, dict) else {}

    @mask_values.setter
    def mask_values(self, values: Mapping[int, int]) -> None:
        self._stores.settings.set(_MASK_VALUES, {str(number): value for number, value in values.items()})
