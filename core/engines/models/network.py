"""Asking a server for a file: proxies, redirects, a mirror, and which hosts are sent a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import HTTPMessage, HTTPResponse
from typing import IO, cast
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from core.engines.models.tokens import token_for

TIMEOUT_SECONDS = 30.0
"""A server that says nothing for so long is not there."""

_AGENT = "rotoflow"
_HASH = "X-Linked-ETag"
_COMMIT = "X-Repo-Commit"
_LINKED_SIZE = "X-Linked-Size"
_LONGEST = 15


@dataclass
class Response:
    """A file that comes: `response` to read it from, and its headers."""

    response: HTTPResponse
    noted: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The file's SHA-256, or `git:` and git's own digest of a small file, as the hub says it; else empty."""
        linked = _bare(self.noted.get(_HASH, ""))
        if len(linked) == 64 and _is_hexadecimal(linked):
            return linked
        tag = _bare(self.noted.get("ETag", ""))
        if len(tag) == 64 and _is_hexadecimal(tag):
            return tag
        # only the hub's own tags are digests; another server's may be anything
        return f"git:{tag}" if len(tag) == 40 and _is_hexadecimal(tag) and _COMMIT in self.noted else ""

    @property
    def commit(self) -> str:
        """The revision that the file is of, as the hub says it."""
        noted = self.noted.get(_COMMIT, "")
        return noted if len(noted) == 40 and _is_hexadecimal(noted) else ""

    @property
    def length(self) -> int | None:
        """How many bytes will come; None where the server says none that makes sense."""
        return as_length(self.response.headers.get("Content-Length"))

    @property
    def begins_at(self) -> int:
        """The byte at which a part of a file begins."""
        noted = str(self.response.headers.get("Content-Range", "")).removeprefix("bytes ").partition("-")[0]
        return as_length(noted) or 0


def as_length(noted: str | None) -> int | None:
    """A number of bytes that a server says; None if it is invalid."""
    return int(noted) if noted is not None and noted.isdecimal() and len(noted) <= _LONGEST else None


def ask(url: str, begin: int = 0) -> Response:
    """Asks for a file from a byte on. Proxies are those of the environment or the system.

    Raises HTTPError, URLError and other OSErrors, HTTPException.
    """
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    host = urlsplit(url).netloc
    token = token_for(host) if _is_safe(url) else ""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    noting = _Redirects()
    response = cast(HTTPResponse, build_opener(noting).open(Request(url, headers=headers), timeout=TIMEOUT_SECONDS))
    for name in (_HASH, _COMMIT, _LINKED_SIZE, "ETag"):
        if name not in noting.noted and name in response.headers:
            noting.noted[name] = str(response.headers[name])
    return Response(response, noting.noted)


def mirrored(url: str, mirror: str) -> str:
    """The same path on a mirror; the address as it is without one."""
    if not mirror:
        return url
    there, here = urlsplit(mirror), urlsplit(url)
    return urlunsplit((there.scheme, there.netloc, there.path.rstrip("/") + here.path, here.query, ""))


def _is_safe(url: str) -> bool:
    """Whether a token may be sent there: encrypted, or not out of this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, sends the token to no other host, and keeps the hub's headers from before the redirect."""

    def __init__(self) -> None:
        self.noted: dict[str, str] = {}

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        for name in (_HASH, _COMMIT, _LINKED_SIZE):
            if name in headers:
                self.noted.setdefault(name, str(headers[name]))
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise HTTPError(newurl, code, "sent from an encrypted address to one that is not", headers, fp)
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None and urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            made.remove_header("Authorization")
        return made


def _bare(tag: str) -> str:
    return tag.removeprefix("W/").strip('"').lower()


def _is_hexadecimal(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text.lower())
