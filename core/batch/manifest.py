"""Manifests: the clips of a batch as TOML, JSON or CSV.

TOML has a table `[[clip]]` a clip, JSON a list of objects (alone or as "clip"), CSV a line a clip below a line with the
names of the columns, separated by commas, semicolons or tabs. What is set under `[defaults]` (TOML, JSON) holds for
every clip that does not set it. Paths are relative to the manifest's folder. `core.batch.entries` lists the settings.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.batch.entries import job_of_entry
from core.batch.job import ClipJob, check_jobs
from core.errors import BatchError
from core.messages import Message

_MOST_BYTES = 1 << 26
MANIFEST_SUFFIXES = frozenset({".toml", ".json", ".csv", ".tsv"})


def read_manifest(path: Path, defaults: Mapping[str, object] | None = None) -> tuple[ClipJob, ...]:
    """The jobs of a manifest, in its order; `defaults` hold where neither the clip nor the manifest says otherwise.

    Raises BatchError naming file, entry and setting.
    """
    path = Path(path)
    try:
        if not path.is_file():
            # a pipe or a device might never end
            raise BatchError("{path}: the manifest is no file.", path=path)
        if path.suffix.lower() not in MANIFEST_SUFFIXES:
            listed = ", ".join(sorted(MANIFEST_SUFFIXES))
            raise BatchError(
                "{path}: no manifest; expected a file ending in one of {listed}, or a folder.", path=path, listed=listed
            )
        if path.stat().st_size > _MOST_BYTES:
            raise BatchError(
                "{path}: a manifest of more than {most} MiB is not read.", path=path, most=_MOST_BYTES >> 20
            )
        data = path.read_bytes()
        # spreadsheets save "Unicode text" in UTF-16, with a mark at its start
        marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchError("{path}: no text in UTF-8; save it again as UTF-8.", path=path) from error
    except OSError as error:
        raise BatchError(
            "{path}: the manifest cannot be read ({reason}).", path=path, reason=error.strerror or error
        ) from error
    entries, own = _entries(path, text)
    merged = {**(defaults or {}), **own}
    return check_jobs((job_of_entry({**merged, **entry}, where, path.parent) for where, entry in entries), path)


Entries = list[tuple[str, dict[str, object]]]


def _entries(path: Path, text: str) -> tuple[Entries, dict[str, object]]:
    """Each entry with its name in errors, and the manifest's own defaults."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return _lines(path, text), {}
    try:
        data: Any = tomllib.loads(text) if suffix == ".toml" else json.loads(text)
    except RecursionError as error:
        raise BatchError("{path}: is nested too deeply for a manifest.", path=path) from error
    except ValueError as error:
        raise BatchError(
            "{path}: no valid {suffix} ({error}).", path=path, suffix=suffix[1:].upper(), error=error
        ) from error
    if isinstance(data, list):
        data = {"clip": data}
    strange = sorted(set(data) - {"clip", "defaults"}) if isinstance(data, dict) else []
    if not isinstance(data, dict) or strange:
        found = repr(strange[0]) if strange else Message("something else")
        raise BatchError(
            "{path}: expected the clips as 'clip' and, if wanted, 'defaults'; found {found}.", path=path, found=found
        )
    clips, own = data.get("clip", []), data.get("defaults", {})
    if not isinstance(clips, list) or not all(isinstance(one, dict) for one in [*clips, own]):
        raise BatchError("{path}: expected a list of clips, each with its settings.", path=path)
    return [
        (Message("{path}, clip {number}", path=path, number=number), clip) for number, clip in enumerate(clips, 1)
    ], own


def _has_content(line: str) -> bool:
    """Whether a line has more than separators and is no comment; comments may stand above the names."""
    return bool(line.strip(" ,;\t")) and not line.startswith("#")


def _lines(path: Path, text: str) -> Entries:
    # the line with the names shows what separates values, in Excel's own words too
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    above = next((number for number, line in enumerate(text.split("\n")) if _has_content(line)), 0)
    text = "\n".join(text.split("\n")[above:])
    first, _, rest = text.partition("\n")
    separator_line = re.fullmatch("sep=(.)", first, re.IGNORECASE)
    if separator_line:
        text = rest
        first = rest.partition("\n")[0]
    separator = separator_line[1] if separator_line else max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        entries: Entries = []
        for row in rows:
            number = rows.line_num + bool(separator_line) + above
            where = Message("{path}, line {number}", path=path, number=number)
            first = str(next(iter(row.values()), "") or "").lstrip()
            if first.startswith("# "):
                # a remark, which may have commas in it; "#1.mp4" is a clip
                continue
            if None in row:
                raise BatchError("{where}: has more values than the first line has names.", where=where)
            # an empty cell sets nothing, and a line of empty cells is no clip
            values: dict[str, object] = {
                name.strip().lower(): value.strip() for name, value in row.items() if value and value.strip()
            }
            if values and not (len(values) == 1 and first.startswith("#")):
                entries.append((where, values))
        return entries
    except csv.Error as error:
        raise BatchError(
            "{path}, line {number}: no valid CSV ({error}).",
            path=path,
            number=rows.line_num + bool(separator_line) + above,
            error=error,
        ) from error
