"""Downloads from a server on this machine: complete and right, or nothing."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.engines import downloads
from core.engines.downloads import DOWNLOADS, FOLDER_VARIABLE, Download, download, download_folder, downloaded
from core.errors import CancelledError, EngineError
from core.jobs import CancelToken
from tests.core.cli.conftest import RunCommand, run

__all__ = ["run"]

CONTENT = bytes(range(256)) * 10_000


class _Answers(BaseHTTPRequestHandler):
    torn = False

    def do_GET(self) -> None:
        if self.path == "/missing.pth":
            self.send_error(404)
            return
        asked = self.headers.get("Range")
        begin = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.path != "/old.pth" else 0
        if begin >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        said = {"/strange.pth": "many", "/endless.pth": None}.get(self.path, str(len(CONTENT) - begin))
        if said is not None:
            self.send_header("Content-Length", said)
        self.end_headers()
        if self.path == "/torn.pth" and not begin:
            # it says that it is longer than it is
            self.wfile.write(CONTENT[:1000])
        elif self.path == "/endless.pth":
            self.wfile.write(CONTENT * 3)
        else:
            self.wfile.write(CONTENT[begin:])

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str) -> Path:
    """An empty folder to download to, and files to be had."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    digest = hashlib.sha256(CONTENT).hexdigest()[:8]
    files = {
        name: Download(name, name.title(), f"{server}/{name}.pth", given, len(CONTENT), "MIT")
        for name in ("whole", "changed", "torn", "missing", "old", "strange", "endless")
        for given in ["00000000" if name == "changed" else digest]
    }
    monkeypatch.setattr(downloads, "DOWNLOADS", files)
    monkeypatch.setattr("core.cli.commands.models.DOWNLOADS", files)
    return tmp_path / "models"


def test_a_file_is_there_once_it_is_complete(folder: Path) -> None:
    assert downloaded("whole") is None
    work = download("whole", CancelToken())
    first = next(work)
    assert (first.done, first.total) == (1, 3)
    assert downloaded("whole") is None, "not before it was checked"
    assert [progress.done for progress in work] == [2, 3]
    path = downloaded("whole")
    assert path == folder / "whole.pth"
    assert path.read_bytes() == CONTENT
    assert [one.name for one in folder.iterdir()] == ["whole.pth"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("changed", "expected 00000000"), ("missing", "Not Found"), ("endless", "more came than")],
)
def test_what_did_not_come_right_is_not_kept(name: str, words: str, folder: Path) -> None:
    with pytest.raises(EngineError, match=words):
        list(download(name, CancelToken()))
    assert list(folder.iterdir()) == []


def test_a_length_that_is_none_is_not_believed(folder: Path) -> None:
    list(download("strange", CancelToken()))
    assert (folder / "strange.pth").read_bytes() == CONTENT


def test_a_torn_download_is_gone_on_with(folder: Path) -> None:
    with pytest.raises(EngineError, match=r"IncompleteRead.*What has come is kept"):
        list(download("torn", CancelToken()))
    assert [one.stat().st_size for one in folder.iterdir()] == [1000]
    list(download("torn", CancelToken()))
    assert [(one.name, one.read_bytes()) for one in folder.iterdir()] == [("torn.pth", CONTENT)]


@pytest.mark.parametrize("name", ["whole", "old"])
def test_a_cancelled_download_leaves_the_file_that_was_there_and_is_gone_on_with(folder: Path, name: str) -> None:
    folder.mkdir()
    (folder / f"{name}.pth").write_bytes(b"before")
    token = CancelToken()
    with pytest.raises(CancelledError, match="was not downloaded"):
        for _ in download(name, token):
            token.cancel()
    assert (folder / f"{name}.pth").read_bytes() == b"before"
    list(download(name, CancelToken()))
    assert [(one.name, one.read_bytes()) for one in folder.iterdir()] == [(f"{name}.pth", CONTENT)]


def test_no_server_and_no_such_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Download("whole", "Whole", "http://127.0.0.1:9/whole.pth", "", 1, "MIT")
    monkeypatch.setattr(downloads, "DOWNLOADS", {"whole": nowhere})
    with pytest.raises(EngineError, match=r"cannot be downloaded to .*models: .*refused"):
        list(download("whole", CancelToken()))
    with pytest.raises(EngineError, match="'rfat'; choose one of: whole"):
        download("rfat", CancelToken())


def test_the_command_lists_and_downloads(folder: Path, run: RunCommand) -> None:
    listed = run("models")
    assert "whole  -  Whole" in listed.out and "not downloaded" in listed.out and str(folder) in listed.out
    outcome = run("models", "--download", "whole")
    assert outcome.code == 0
    assert outcome.out == f"whole: {folder / 'whole.pth'}\n"
    assert "MB/s" in outcome.err
    assert str(folder / "whole.pth") in run("models").out
    assert run("models", "--download", "nothing").code == 1


def test_the_folder_is_the_users_unless_one_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert download_folder().parts[-2:] == ("rotoflow", "models")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert download_folder() == tmp_path


def test_the_publishers_name_their_files_after_the_digest() -> None:
    assert all(one.url.startswith("https://") and one.digest in one.url for one in DOWNLOADS.values())
