"""Files that engines can use but that do not ship with the program: fetched when a person asks, never by themselves."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Generator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import platformdirs

from core.errors import CancelledError, EngineError
from core.files import partial_path
from core.jobs import CancelToken, Progress, ProgressClock

FOLDER_VARIABLE = "ROTOFLOW_MODELS"
"""Names another folder for the files, such as one that several people share."""

_MEGABYTE = 1_000_000
_TIMEOUT_SECONDS = 30.0
_MOST_SIZE = 1.5
"""More than so many times the size that is known of a file is not that file."""


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

    Raises EngineError if there is no such name, no connection, no room, more than was said or the digest is wrong,
    CancelledError once cancelled. What has come until the connection broke, or somebody cancelled, is gone on from.
    """
    if name not in DOWNLOADS:
        raise EngineError(
            "There is nothing to download as '{name}'; choose one of: {known}.",
            name=name,
            known=", ".join(DOWNLOADS),
        )
    return _fetch(DOWNLOADS[name], download_folder(), cancel)


def _fetch(wanted: Download, folder: Path, cancel: CancelToken) -> Generator[Progress, None, None]:
    target = folder / wanted.file_name
    begun = folder / f".{wanted.file_name}.begun"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial_path(folder) as part:
            with contextlib.suppress(FileNotFoundError):
                # taken away first: two programs never write to one file
                begun.replace(part)
            try:
                yield from _receive(wanted, part, cancel)
            except EngineError:
                raise
            except BaseException:
                with contextlib.suppress(FileNotFoundError):
                    part.replace(begun)
                raise
            with part.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if not found.startswith(wanted.digest):
                raise EngineError(
                    "{url}: what came is not what its publisher put there (SHA-256 {found}, expected {digest}); "
                    "nothing was kept. Try again later.",
                    url=wanted.url,
                    found=found[:16],
                    digest=wanted.digest,
                )
            part.replace(target)
    except (OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise EngineError(
            "{url} cannot be downloaded to {folder}: {reason}. What has come is kept; try again to go on.",
            url=wanted.url,
            folder=folder,
            reason=reason,
        ) from error


def _receive(wanted: Download, part: Path, cancel: CancelToken) -> Generator[Progress, None, None]:
    """Adds what is not there yet to `part`."""
    there = part.stat().st_size if part.exists() else 0
    limit = int(wanted.size * _MOST_SIZE)
    request = Request(wanted.url, headers={"Range": f"bytes={there}-"} if there else {})
    try:
        answer = urlopen(request, timeout=_TIMEOUT_SECONDS)
    except HTTPError as error:
        if there and error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # all of it is there
        raise
    with answer, part.open("ab" if answer.status == HTTPStatus.PARTIAL_CONTENT else "wb") as file:
        there = file.tell()
        coming = _length(answer.headers.get("Content-Length"))
        whole = there + coming if coming is not None else None
        steps = -(-(whole or wanted.size) // _MEGABYTE)
        clock = ProgressClock(steps, cancel)
        while chunk := answer.read(_MEGABYTE):
            cancel.wait_while_paused()
            if cancel.cancelled:
                raise CancelledError(
                    "Cancelled: {title} was not downloaded. What has come is kept.", title=wanted.title
                )
            file.write(chunk)
            there += len(chunk)
            if there > limit:
                raise EngineError("{url}: more came than its publisher put there; nothing was kept.", url=wanted.url)
            yield clock.step(min(-(-there // _MEGABYTE), steps))
        if whole is not None and there < whole:
            raise IncompleteRead(b"", whole - there)


def _length(said: str | None) -> int | None:
    """The number of bytes that a server says will come; None where it says none that makes sense."""
    return int(said) if said is not None and said.isdecimal() and len(said) < 16 else None
