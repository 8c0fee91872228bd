"""The catalogue of models that can be downloaded: `resources/models/catalogue.json`, one entry a model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from core.errors import EngineError

HUB = "https://huggingface.co"

VIDEO = "video"
"""The kind of models that follow objects. Others are flow, backbone (of target networks), detector and matting."""


@dataclass(frozen=True)
class CatalogueFile:
    """One file of a model. `sha256` is its digest, or what that begins with, or empty where it is not known;
    `size` is about how many bytes it has, 0 where that is not known. An `optional` one need not be there.
    """

    path: str
    sha256: str = ""
    size: int = 0
    optional: bool = False


@dataclass(frozen=True)
class CatalogueModel:
    """A model that can be downloaded. It lies in a `repository` of the hub, or its one file at `address`. `types` are
    what its config.json may say that it is, its own first.
    """

    name: str
    title: str
    kind: str
    licence: str
    licence_address: str
    files: tuple[CatalogueFile, ...]
    size: int
    repository: str = ""
    revision: str = "main"
    address: str = ""
    gated: bool = False
    needs: tuple[str, ...] = ()
    about: str = ""
    types: tuple[str, ...] = ()

    def url(self, file: CatalogueFile, hub: str = HUB, revision: str = "") -> str:
        """Where one of its files lies; `revision` is another one than the catalogue's."""
        if self.address:
            return self.address
        return f"{hub}/{self.repository}/resolve/{revision or self.revision}/{file.path}"

    @property
    def page(self) -> str:
        """Where a person reads about it."""
        return f"{HUB}/{self.repository}" if self.repository else self.address

    @property
    def has_hashes(self) -> bool:
        """Whether the catalogue itself says what every file has to be; where it does not, the hub is asked."""
        return all(file.sha256 or file.optional for file in self.files)

    @property
    def is_file(self) -> bool:
        """Whether it is one file, which lies next to the folders of the others."""
        return not self.repository


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, CatalogueModel]:
    text = resources.files("resources").joinpath("models", "catalogue.json").read_text("utf-8")
    return parse(json.loads(text))


def catalogue() -> Mapping[str, CatalogueModel]:
    """Every model by name."""
    return _shipped()


def find(name: str) -> CatalogueModel:
    """The model of that name. Raises EngineError, naming those there are."""
    found = catalogue().get(name)
    if found is None:
        raise EngineError(
            "There is nothing to download as '{name}'; choose one of: {known}.",
            name=name,
            known=", ".join(catalogue()),
        )
    return found


def parse(document: Mapping[str, Any]) -> dict[str, CatalogueModel]:
    """The catalogue's models from its JSON. Raises ValueError on a path that leads out of a model's folder."""
    found = {}
    for entry in document["models"]:
        files = tuple(
            CatalogueFile(one["path"], one.get("sha256") or "", one.get("size") or 0, one.get("optional", False))
            for one in entry["files"]
        )
        for one in files:
            if PurePosixPath(one.path).is_absolute() or ".." in PurePosixPath(one.path).parts:
                raise ValueError(one.path)
        found[entry["name"]] = CatalogueModel(
            entry["name"],
            entry["title"],
            entry["kind"],
            entry["licence"],
            entry["licence_address"],
            files,
            entry["size"],
            entry.get("repository", ""),
            entry.get("revision", "main"),
            entry.get("address", ""),
            entry.get("gated", False),
            tuple(entry.get("needs", ())),
            entry.get("about", ""),
            tuple(entry.get("types", ())),
        )
    return found
