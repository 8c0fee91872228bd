"""Downloads one file: resumed where it broke off, checked, and never larger than expected."""

from __future__ import annotations

import errno
import hashlib
import shutil
import ssl
from collections.abc import Generator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.error import HTTPError, URLError

from core.engines.models.network import Response, ask
from core.errors import CancelledError, EngineError
from core.jobs import CancelToken

_CHUNK = 1 << 16
_MOST_SIZE = 1.5
"""More than `count` times the size that is known of a file is not that file."""
_MOST_UNKNOWN = 50_000_000
"""Bytes of a file of which nobody says a size: settings and word lists."""
_TRIES = 4
"""So often a connection that brings something is taken up again by itself."""
_ROOM = 50_000_000
"""Bytes that stay free on the disk."""

_DENIED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True)
class Wanted:
    """A file to fetch. `sha256` is its digest or what that begins with, `size` its bytes or 0, as far as known;
    `page` is where a person reads about it.
    """

    url: str
    title: str
    sha256: str = ""
    size: int = 0
    page: str = ""

    @property
    def limit(self) -> int:
        """Bytes after which a download is refused."""
        return int(self.size * _MOST_SIZE) if self.size else _MOST_UNKNOWN


@dataclass(frozen=True)
class Fetched:
    """A file that is there. `checked` says whether it was compared with a digest of its publisher's."""

    sha256: str
    checked: bool
    commit: str


def fetch(wanted: Wanted, part: Path, cancel: CancelToken) -> Generator[int, None, Fetched]:
    """Adds what is not there yet to `part`, yielding how many bytes are, and checks it.

    Raises EngineError, with what has come kept unless it is wrong, and CancelledError. FileNotFoundError says that the
    server has no such file.
    """
    tries, before = 0, -1
    while True:
        try:
            answer = yield from _receive(wanted, part, cancel)
            break
        except HTTPError as error:
            with error:
                _refuse(wanted, error)
        except (OSError, HTTPException) as error:
            there = part.stat().st_size if part.exists() else 0
            tries += 1
            if tries >= _TRIES or there <= before or isinstance(error, URLError) or _is_full(error):
                raise _interrupted(wanted, part, error) from error
            before = there
    return _checked(wanted, part, answer)


def _receive(wanted: Wanted, part: Path, cancel: CancelToken) -> Generator[int, None, Response]:
    there = part.stat().st_size if part.exists() else 0
    try:
        answer = ask(wanted.url, there)
    except HTTPError as error:
        if not there or error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        # all of it is there, or it is another file: the file is checked, and what the server reports about it
        error.close()
        return _head(wanted)
    response = answer.response
    goes_on = response.status == HTTPStatus.PARTIAL_CONTENT and answer.begins_at == there
    if response.status == HTTPStatus.PARTIAL_CONTENT and not goes_on:
        response.close()
        part.unlink(missing_ok=True)
        raise IncompleteRead(b"")
    with response, part.open("ab" if goes_on else "wb") as file:
        there = file.tell()
        coming = answer.length
        whole = None if coming is None else there + coming
        _check_room(wanted, part, whole, there)
        while chunk := response.read1(_CHUNK):
            cancel.wait_while_paused()
            if cancel.cancelled:
                raise CancelledError(
                    "Cancelled: {title} was not downloaded. What has come is kept.", title=wanted.title
                )
            file.write(chunk)
            there += len(chunk)
            if there > wanted.limit:
                break
            yield there
    if there > wanted.limit:
        part.unlink(missing_ok=True)
        raise EngineError("{url}: more came than its publisher put there; nothing was kept.", url=wanted.url)
    if whole is not None and there < whole:
        raise IncompleteRead(b"", whole - there)
    return answer


def _head(wanted: Wanted) -> Response:
    answer = ask(wanted.url)
    answer.response.close()
    return answer


def _check_room(wanted: Wanted, part: Path, whole: int | None, there: int) -> None:
    if whole is not None and whole > wanted.limit:
        part.unlink(missing_ok=True)
        raise EngineError("{url}: more came than its publisher put there; nothing was kept.", url=wanted.url)
    needed = (whole or wanted.size) - there
    free = shutil.disk_usage(part.parent).free
    if needed + _ROOM > free:
        raise EngineError(
            "There is no room for {title}: {needed} MB are needed in {folder}, and {free} MB are free. Make room, or "
            "name another folder in the variable ROTOFLOW_MODELS.",
            title=wanted.title,
            needed=-(-(needed + _ROOM) // 1_000_000),
            folder=part.parent.parent,
            free=free // 1_000_000,
        )


def _checked(wanted: Wanted, part: Path, answer: Response) -> Fetched:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    announced = answer.digest
    expected, digest = wanted.sha256 or announced, found
    if not wanted.sha256 and announced.startswith("git:"):
        expected, digest = announced.removeprefix("git:"), _git_digest(part)
    if not digest.startswith(expected):
        part.unlink(missing_ok=True)
        raise EngineError(
            "{url}: what came is not what its publisher put there (SHA-256 {found}, expected {digest}); "
            "nothing was kept. Try again later.",
            url=wanted.url,
            found=digest[:16],
            digest=expected[:16],
        )
    return Fetched(found, bool(expected), answer.commit)


def _git_digest(path: Path) -> str:
    """What git calls a file's content: the hub says this of the small ones."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    digest.update(path.read_bytes())
    return digest.hexdigest()


def _refuse(wanted: Wanted, error: HTTPError) -> None:
    if error.code == HTTPStatus.NOT_FOUND:
        raise FileNotFoundError(errno.ENOENT, str(error.reason), wanted.url) from error
    if error.code in _DENIED:
        raise EngineError(
            "{title} is given only to people who have agreed to its licence: agree to it on {page}, make a token for "
            "reading there, and keep it with `rotoflow models token` or in the window's list of models.",
            title=wanted.title,
            page=wanted.page or wanted.url,
        ) from error
    raise EngineError(
        "{url} cannot be downloaded: the server says {code} ({reason}). What has come is kept; try again later.",
        url=wanted.url,
        code=error.code,
        reason=error.reason,
    ) from error


def _interrupted(wanted: Wanted, part: Path, error: Exception) -> EngineError:
    if _is_full(error):
        return EngineError(
            "The disk is full: {title} is not whole. Make room in {folder} and try again; what has come is kept.",
            title=wanted.title,
            folder=part.parent.parent,
        )
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return EngineError(
            "{url} cannot be downloaded: this machine does not trust the server's certificate ({reason}). Is the date "
            "right? Where a company's proxy or mirror has a certificate of its own, name the file of its authority in "
            "SSL_CERT_FILE.",
            url=wanted.url,
            reason=reason.verify_message,
        )
    return EngineError(
        "{url} cannot be downloaded: {reason}. Is there a connection, and a proxy to be named in HTTPS_PROXY? What has "
        "come is kept; try again to continue.",
        url=wanted.url,
        reason=reason,
    )


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
