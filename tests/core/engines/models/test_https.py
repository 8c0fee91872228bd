"""Downloads over HTTPS: from servers whose certificate is trusted, through a proxy, and from no others."""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest
import trustme

from core.engines.models.store import find_installed, models_folder
from core.engines.models.tokens import TOKEN_VARIABLE
from core.errors import EngineError
from tests.core.engines.models.hub import TOKEN, WEIGHTS, Hub, fetch, own_hub, serving


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """What a server needs that shows a certificate for these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
def secure_hub(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalogue_of_the_hub: None
) -> Iterator[type[Hub]]:
    """A hub whose authority is trusted, as SSL_CERT_FILE names it."""
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    own = own_hub()
    own.scheme = "https"
    with serving(own, secured(authority, "127.0.0.1", "localhost")) as own.address:
        monkeypatch.setattr("core.engines.models.downloading.HUB", own.address)
        yield own


def test_a_model_comes_encrypted_and_is_taken_up_where_it_was_cut(secure_hub: type[Hub]) -> None:
    assert (fetch("torn") / "model.safetensors").read_bytes() == WEIGHTS
    assert [asked for where, asked, _ in secure_hub.requests if "/far/" in where][1:] != []


@pytest.mark.parametrize("wrong", ["unknown authority", "another name"])
def test_a_wrong_certificate_is_refused(
    wrong: str, secure_hub: type[Hub], authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = secured(authority, "elsewhere.example") if wrong == "another name" else secured(trustme.CA(), "127.0.0.1")
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    with serving(secure_hub, context) as address:
        monkeypatch.setattr("core.engines.models.downloading.HUB", address)
        with pytest.raises(
            EngineError, match=r"does not trust the server's certificate \(.+\).*SSL_CERT_FILE"
        ) as caught:
            fetch("whole")
    assert "\n" not in str(caught.value)
    assert find_installed("whole") is None
    assert secure_hub.requests == [], "nothing was asked, and no token shown"
    assert not list(models_folder().rglob("*.part"))


def test_nothing_is_taken_from_where_an_encrypted_address_sends_in_the_clear(secure_hub: type[Hub]) -> None:
    secure_hub.scheme = "http"
    with pytest.raises(EngineError, match="sent from an encrypted address to one that is not"):
        fetch("whole")


class Proxy(BaseHTTPRequestHandler):
    """Connects the client with the address that it asks for, and sees no more than that."""

    seen: ClassVar[list[tuple[str, str | None]]] = []

    def do_CONNECT(self) -> None:
        self.seen.append((self.path, self.headers.get("Authorization")))
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as there:
            self.send_response(200)
            self.end_headers()
            ends = {self.connection: there, there: self.connection}
            while ready := select.select(list(ends), [], [], 10)[0]:
                for end in ready:
                    if not (some := end.recv(1 << 16)):
                        return
                    ends[end].sendall(some)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_a_proxy_carries_what_is_encrypted_and_does_not_see_the_token(
    secure_hub: type[Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = secure_hub.address.rpartition(":")[2]
    monkeypatch.setattr(Proxy, "seen", [])
    with serving(Proxy) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        assert (fetch("whole") / "model.safetensors").read_bytes() == WEIGHTS
    assert (f"127.0.0.1:{port}", None) in Proxy.seen
    assert {token for _, token in Proxy.seen} == {None}
