"""Small settings and large attachments that belong to a project. Neither is part of the history."""

from __future__ import annotations

import json

from core.project.storage.database import Database


class SettingStore:
    """Values by key, stored as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: object = None) -> object:
        """The value as JSON gives it back (a tuple comes back as a list), or `default` if it was never set."""
        row = self._database.row("SELECT value FROM setting WHERE key = ?", (key,))
        try:
            return default if row is None else json.loads(row[0])
        except (ValueError, RecursionError):
            # a damaged setting is no reason not to open a project
            return default

    def set(self, key: str, value: object) -> None:
        """Stores a value. Raises TypeError or ValueError if JSON cannot hold it."""
        text = json.dumps(value, allow_nan=False)
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, text))


class AttachmentStore:
    """Bytes by name: what an engine wants to keep, such as weights adapted to the clip."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, name: str, data: bytes) -> None:
        """Stores bytes, replacing those of the same name."""
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (name, data))

    def load(self, name: str) -> bytes | None:
        """The bytes of that name, or None if there are none."""
        row = self._database.row("SELECT data FROM attachment WHERE name = ?", (name,))
        return None if row is None else bytes(row[0])
