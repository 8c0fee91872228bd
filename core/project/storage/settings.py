"""Small settings and large attachments that belong to a project. A setting may be changed as part of a step."""

from __future__ import annotations

import json

from core.project.storage.database import Database


class SettingStore:
    """Values by key, stored as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: object = None) -> object:
        """The value as JSON gives it back (a tuple comes back as a list), or `default` if it was never set."""
        text = self._text(key)
        try:
            return default if text is None else json.loads(text)
        except (ValueError, RecursionError):
            # a damaged setting is no reason not to open a project
            return default

    def set(self, key: str, value: object) -> None:
        """Stores a value; not part of the history. Raises TypeError or ValueError if JSON cannot hold it."""
        text = json.dumps(value, allow_nan=False)
        with self._database.transaction():
            self._store(key, text)

    def change(self, step: int, key: str, value: object) -> None:
        """Stores a value as part of a step, inside a transaction. Raises TypeError or ValueError as `set`."""
        text = json.dumps(value, allow_nan=False)
        self._database.execute("INSERT OR IGNORE INTO step_setting VALUES (?, ?, ?)", (step, key, self._text(key)))
        self._store(key, text)

    def keys(self, beginning: str) -> list[str]:
        """The keys that begin so."""
        rows = self._database.rows("SELECT key FROM setting WHERE substr(key, 1, ?) = ?", (len(beginning), beginning))
        return [str(key) for (key,) in rows]

    def swap(self, step: int) -> None:
        """Exchanges the settings of a step with the ones that are there."""
        for key, text in self._database.rows("SELECT key, value FROM step_setting WHERE step_id = ?", (step,)):
            self._database.execute(
                "UPDATE step_setting SET value = ? WHERE step_id = ? AND key = ?", (self._text(key), step, key)
            )
            self._store(key, text)

    def forget(self, step: int) -> None:
        """Throws away what a step remembers."""
        self._database.execute("DELETE FROM step_setting WHERE step_id = ?", (step,))

    def _text(self, key: str) -> str | None:
        row = self._database.row("SELECT value FROM setting WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def _store(self, key: str, text: str | None) -> None:
        if text is None:
            self._database.execute("DELETE FROM setting WHERE key = ?", (key,))
        else:
            self._database.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, text))


class AttachmentStore:
    """Bytes by name: what an engine wants to keep, such as weights adapted to the clip."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, name: str, data: bytes) -> None:
        """Stores bytes, replacing those of the same name."""
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO attachment VALUES (?, ?)", (name, data))

    def names(self, beginning: str) -> list[str]:
        """The names that begin so."""
        sql = "SELECT name FROM attachment WHERE substr(name, 1, ?) = ?"
        return [str(name) for (name,) in self._database.rows(sql, (len(beginning), beginning))]

    def load(self, name: str) -> bytes | None:
        """The bytes of that name, or None if there are none."""
        row = self._database.row("SELECT data FROM attachment WHERE name = ?", (name,))
        return None if row is None else bytes(row[0])
