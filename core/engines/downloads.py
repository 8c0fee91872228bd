"""Files that engines can use but that do not ship with the program: fetched when a person asks, never by themselves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import platformdirs

from core.errors import CancelledError, EngineError
from core.jobs import CancelToken, Progress, ProgressClock

FOLDER_VARIABLE = "ROTOFLOW_MODELS"
"""Names another folder for the files, such as one that several people share."""

_MEGABYTE = 1_000_000
_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Download:
    """A file at `url`. `digest` is what its SHA-256 begins with, as its publisher says; `size` about how
    many bytes it has.
    """

    name: str
    title: str
    url: str
    digest: str
    size: int
    licence: str

    @property
    def file_name(self) -> str:
        return f"{self.name}{Path(self.url).suffix}"


_RAFT = "https://download.pytorch.org/models/"

DOWNLOADS = {
    one.name: one
    for one in (
        Download(
            "raft-large",
            "RAFT, large: optical flow on a GPU",
            f"{_RAFT}raft_large_C_T_SKHT_V2-ff5fadd5.pth",
            "ff5fadd5",
            21_107_000,
            "BSD 3-Clause (torchvision); trained on FlyingChairs, FlyingThings3D, Sintel, KITTI and HD1K",
        ),
        Download(
            "raft-small",
            "RAFT, small: the same, faster and less exact",
            f"{_RAFT}raft_small_C_T_V2-01064c6d.pth",
            "01064c6d",
            4_007_000,
            "BSD 3-Clause (torchvision); trained on FlyingChairs and FlyingThings3D",
        ),
    )
}
"""Every file by name; of RAFT's, the better first."""


def download_folder() -> Path:
    """Where the files lie; it need not exist."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("rotoflow", appauthor=False) / "models"


def downloaded(name: str) -> Path | None:
    """The file of that name if it is there."""
    path = download_folder() / DOWNLOADS[name].file_name
    return path if path.is_file() else None


def download(name: str, cancel: CancelToken) -> Generator[Progress, None, None]:
    """Fetches one of `DOWNLOADS`, progress being in megabytes; the file is there once complete and its digest right.

    Raises EngineError if there is no such name, no connection, no room or the digest is wrong, CancelledError once
    cancelled; nothing is left behind then.
    """
    if name not in DOWNLOADS:
        raise EngineError(f"There is nothing to download as '{name}'; choose one of: {', '.join(DOWNLOADS)}.")
    return _fetch(DOWNLOADS[name], download_folder(), cancel)


def _fetch(wanted: Download, folder: Path, cancel: CancelToken) -> Generator[Progress, None, None]:
    target = folder / wanted.file_name
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with urlopen(wanted.url, timeout=_TIMEOUT_SECONDS) as answer, part.open("wb") as file:
            length = int(answer.headers.get("Content-Length") or wanted.size)
            clock, done = ProgressClock(-(-length // _MEGABYTE), cancel), 0
            while chunk := answer.read(_MEGABYTE):
                cancel.wait_while_paused()
                if cancel.cancelled:
                    raise CancelledError(f"Cancelled: {wanted.title} was not downloaded.")
                file.write(chunk)
                digest.update(chunk)
                done += 1
                yield clock.step(done)
        found = digest.hexdigest()
        if not found.startswith(wanted.digest):
            raise EngineError(
                f"{wanted.url}: what came is not what its publisher put there (SHA-256 {found[:16]}, "
                f"expected {wanted.digest}); nothing was kept. Try again later."
            )
        part.replace(target)
    except (OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise EngineError(f"{wanted.url} cannot be downloaded to {folder}: {reason}.") from error
    finally:
        part.unlink(missing_ok=True)
