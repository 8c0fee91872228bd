"""A server that answers as the hub does, and a catalogue of models that lie there."""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from core.engines.models.catalogue import CatalogueFile, CatalogueModel
from core.engines.models.downloading import download
from core.engines.models.store import models_folder
from core.jobs import CancelToken, watched

WEIGHTS = bytes(range(256)) * 10_000
CONFIG = b'{"model_type": "sam2_video"}'
SHA = hashlib.sha256(WEIGHTS).hexdigest()
GIT = hashlib.sha1(b"blob %d\0" % len(CONFIG) + CONFIG, usedforsecurity=False).hexdigest()
COMMIT = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "hf_secret"


class Hub(BaseHTTPRequestHandler):
    """The hub: small files at once, weights by a redirect to another host, which is the same one by another name."""

    requests: list[tuple[str, str | None, str | None]]
    torn: Counter[str]
    scheme = "http"
    address = ""

    def do_GET(self) -> None:
        where = self.path
        self.requests.append((where, self.headers.get("Range"), self.headers.get("Authorization")))
        if "gated" in where and self.headers.get("Authorization") != f"Bearer {TOKEN}" and "/far/" not in where:
            self.send_error(401)
        elif "missing" in where or not where.endswith(("/config.json", ".safetensors")):
            self.send_error(404)
        elif "teapot" in where:
            self.send_error(503, "Busy")
        elif where.endswith("config.json"):
            self._answer(CONFIG, {"ETag": f'"{GIT}"', "X-Repo-Commit": COMMIT})
        elif "/far/" in where or where == "/raft.safetensors":
            self._weights(where)
        else:
            self.send_response(302)
            self.send_header("Location", f"{self.scheme}://localhost:{self.address.rpartition(':')[2]}/far{where}")
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("X-Linked-ETag", f'"{"0" * 64 if "changed" in where else SHA}"')
            self.send_header("Content-Length", "0")
            self.end_headers()

    def _answer(self, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _weights(self, where: str) -> None:
        asked = self.headers.get("Range")
        begin = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and "no-ranges" not in where else 0
        if begin >= len(WEIGHTS):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(WEIGHTS) - 1}/{len(WEIGHTS)}")
        length = str(len(WEIGHTS) - begin)
        for part, declared in (("strange", "many"), ("huge", str(10**12)), ("endless", None)):
            length = declared if part in where else length  # type: ignore[assignment]
        if length is not None:
            self.send_header("Content-Length", length)
        self.end_headers()
        content = WEIGHTS[begin:]
        if "endless" in where:
            content = content * 3
        if "torn" in where and self.torn[where] < 2:
            # the connection is cut half-way, twice
            self.torn[where] += 1
            content = content[: len(content) // 3]
        if "hopeless" in where:
            content = content[:1000] if not begin else b""
        if "slow" in where:
            for index in range(0, len(content), 300_000):
                self.wfile.write(content[index : index + 300_000])
                time.sleep(0.02)
            return
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], secured: ssl.SSLContext | None = None) -> Iterator[str]:
    """Listens on this machine while in the block, and gives the address."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    listening.daemon_threads = True
    if secured is not None:
        listening.socket = secured.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'http' if secured is None else 'https'}://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def own_hub() -> type[Hub]:
    """A hub of one test alone."""

    class Own(Hub):
        """Of this test alone."""

    Own.requests, Own.torn = [], Counter()
    return Own


def _model(name: str, **more: Any) -> CatalogueModel:
    files = (
        CatalogueFile("config.json"),
        CatalogueFile("model.safetensors", size=len(WEIGHTS)),
        CatalogueFile("processor_config.json", optional=True),
    )
    return CatalogueModel(
        name, name.title(), "video", "Apache 2.0", "https://l", files, len(WEIGHTS), f"some/{name}", **more
    )


MODELS = {
    name: _model(name)
    for name in (
        *("whole", "changed", "torn", "hopeless", "missing", "teapot", "no-ranges", "strange", "huge", "endless"),
        *("slow", "gated"),
    )
}


def fetch(name: str, token: CancelToken | None = None) -> Path:
    return watched(download(name, token or CancelToken()), lambda _progress: None)


def hidden() -> list[str]:
    """What lies in the folder of models that is no model."""
    return [one.name for one in models_folder().iterdir() if not one.name.endswith(".lock")]
