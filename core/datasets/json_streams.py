"""Long JSON lists written to disk as they grow, so that an index of any length takes no memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class JsonLists:
    """The lists of one index, each in a file of its own until `finish` puts them together at `path`."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._parts = {name: path.with_name(f".{path.name}.{name}.part") for name in names}
        for part in self._parts.values():
            part.touch()

    def append(self, name: str, *entries: Mapping[str, Any]) -> None:
        """Adds entries to a list."""
        if entries:
            with self._parts[name].open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(entry, ensure_ascii=False) + ",\n" for entry in entries)

    def finish(self, head: Mapping[str, Any]) -> None:
        """Writes the index: the values of `head`, then the lists."""
        with self._path.open("wb") as file:
            start = json.dumps(head, ensure_ascii=False)[:-1]
            file.write(start.encode("utf-8"))
            separator = ", " if head else ""
            for name, part in self._parts.items():
                file.write(f"{separator}{json.dumps(name)}: [".encode())
                separator = ", "
                size = part.stat().st_size
                with part.open("rb") as source:
                    shutil.copyfileobj(source, file)
                if size:
                    file.seek(-2, 1)  # the comma after the last one
                    file.truncate()
                part.unlink()
                file.write(b"]")
            file.write(b"}\n")
