"""Downloads from a server on this machine that does what servers do: complete and right, or nothing."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import keyring
import pytest
from filelock import FileLock
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from core.engines.models import fetching
from core.engines.models.catalogue import CatalogueFile, CatalogueModel, catalogue, parse
from core.engines.models.downloading import MIRROR_VARIABLE, download, mirror, set_mirror
from core.engines.models.store import begun_folder, find_installed, models_folder, read_note, remove, verify
from core.engines.models.tokens import TOKEN_VARIABLE, keep_token, token_for
from core.errors import CancelledError, EngineError
from core.jobs import CancelToken, watched
from tests.core.engines.models.hub import COMMIT, CONFIG, MODELS, SHA, TOKEN, WEIGHTS, Hub, fetch, hidden


class Ring(KeyringBackend):  # type: ignore[misc]
    """A keyring that forgets."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_model_appears_when_all_of_it_is_there_and_right(hub: type[Hub]) -> None:
    work = download("whole", CancelToken())
    next(work)
    assert find_installed("whole") is None, "not before it is whole"
    path = watched(work, lambda _progress: None)
    assert sorted(one.name for one in path.iterdir()) == ["config.json", "model.safetensors", "rotoflow.json"]
    assert (path / "model.safetensors").read_bytes() == WEIGHTS
    note = read_note(path)
    assert note["sha256"]["model.safetensors"] == SHA  # type: ignore[index]
    assert note["revision"] == COMMIT and note["checked"] is True
    asked = [where for where, _, _ in hub.requests]
    assert f"/some/whole/resolve/{COMMIT}/model.safetensors" in asked, "all files are of the revision of the first"
    assert hidden() == ["whole"]
    assert watched(verify("whole", CancelToken()), lambda _progress: None) == SHA


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("changed", "not what its publisher put there"),
        ("missing", r"no such file \(404\)"),
        ("teapot", r"the server says 503 \(Busy\)"),
        ("endless", "more came than"),
        ("huge", "more came than"),
    ],
)
def test_what_did_not_come_right_is_no_model(hub: type[Hub], name: str, words: str) -> None:
    with pytest.raises(EngineError, match=words) as caught:
        fetch(name)
    assert "\n" not in str(caught.value)
    assert find_installed(name) is None
    assert not list(begun_folder(name).glob("*.part"))


def test_a_connection_that_is_cut_is_taken_up_where_it_was(hub: type[Hub]) -> None:
    assert (fetch("torn") / "model.safetensors").read_bytes() == WEIGHTS
    ranges = [asked for where, asked, _ in hub.requests if "/far/" in where]
    assert ranges[0] is None and all(ranges[1:]) and len(ranges) == 3


def test_one_that_stays_cut_is_reported_and_gone_on_with_later(hub: type[Hub]) -> None:
    with pytest.raises(EngineError, match="What has come is kept; try again"):
        fetch("hopeless")
    assert (begun_folder("hopeless") / "model.safetensors.part").stat().st_size == 1000
    weights = Hub._weights
    with patch.object(Hub, "_weights", lambda self, _where: weights(self, "/far/whole")):
        assert (fetch("hopeless") / "model.safetensors").read_bytes() == WEIGHTS
    assert [asked for where, asked, _ in hub.requests if "/far/" in where][-1] == "bytes=1000-"
    assert sum(where.endswith("/config.json") for where, _, _ in hub.requests) == 1


def test_a_server_without_ranges_starts_over(hub: type[Hub]) -> None:
    begun_folder("no-ranges").mkdir(parents=True)
    (begun_folder("no-ranges") / "model.safetensors.part").write_bytes(WEIGHTS[:777])
    assert (fetch("no-ranges") / "model.safetensors").read_bytes() == WEIGHTS


def test_all_of_it_there_already_is_looked_at(hub: type[Hub]) -> None:
    begun_folder("whole").mkdir(parents=True)
    (begun_folder("whole") / "model.safetensors.part").write_bytes(WEIGHTS)
    assert (fetch("whole") / "model.safetensors").read_bytes() == WEIGHTS


def test_a_length_that_is_none_is_not_believed(hub: type[Hub]) -> None:
    assert (fetch("strange") / "model.safetensors").read_bytes() == WEIGHTS


def test_cancelling_a_slow_one_keeps_what_has_come_and_the_model_that_was_there(hub: type[Hub]) -> None:
    old = models_folder() / "slow"
    old.mkdir(parents=True)
    (old / "config.json").write_bytes(CONFIG)
    token = CancelToken()
    with pytest.raises(CancelledError, match="Slow was not downloaded"):
        for progress in download("slow", token):
            if progress.done > 1:
                token.cancel()
    assert sorted(one.name for one in old.iterdir()) == ["config.json"]
    assert 0 < (begun_folder("slow") / "model.safetensors.part").stat().st_size < len(WEIGHTS)
    assert (fetch("slow") / "model.safetensors").read_bytes() == WEIGHTS


def test_pausing_holds_it(hub: type[Hub]) -> None:
    token = CancelToken()
    work = download("slow", token)
    next(work)
    token.pause()
    threading.Timer(0.05, token.resume).start()
    assert watched(work, lambda _progress: None).is_dir()
    assert token.paused_seconds > 0.02


def test_no_room_is_reported_before_and_a_full_disk_after(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
    with pytest.raises(EngineError, match=r"no room for Whole: 3 MB are needed in .*, and 1 MB are free"):
        fetch("whole")


def test_a_disk_that_fills_up_keeps_what_has_come(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def full(_wanted: object, part: Path, _cancel: object) -> Iterator[int]:
        part.write_bytes(b"some")
        raise OSError(errno.ENOSPC, "No space left on device")
        yield 0

    monkeypatch.setattr(fetching, "_receive", full)
    with pytest.raises(EngineError, match="disk is full: Whole is not whole"):
        fetch("whole")
    assert (begun_folder("whole") / "config.json.part").read_bytes() == b"some"


def test_no_network_is_reported(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.engines.models.downloading.HUB", "http://127.0.0.1:9")
    with pytest.raises(EngineError, match=r"cannot be downloaded: .*refused.* Is there a connection, and a proxy"):
        fetch("whole")
    with pytest.raises(EngineError, match="'sam9'; choose one of: whole"):
        fetch("sam9")


def test_two_programs_do_not_fetch_one_model(hub: type[Hub]) -> None:
    models_folder().mkdir(parents=True)
    with FileLock(models_folder() / ".whole.lock"), pytest.raises(EngineError, match="by another program"):
        fetch("whole")


def test_a_gated_model_wants_a_token_which_goes_nowhere_else(
    hub: type[Hub], ring: Ring, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(EngineError, match=r"agreed to its licence.*rotoflow models token"):
        fetch("gated")
    host = str(hub.address).removeprefix("http://")
    keep_token(TOKEN, host)
    path = fetch("gated")
    tokens = {token for where, _, token in hub.requests if "/far/" in where}
    assert tokens == {None}, "the other host does not see it"
    assert TOKEN not in "".join(one.read_text("utf-8", "ignore") for one in path.parent.rglob("*") if one.is_file())
    assert TOKEN not in caplog.text + "".join(capfd.readouterr()), "nor a log or the terminal"
    keep_token("", host)
    assert token_for(host) == "" and not ring.kept


def test_without_a_keyring_it_is_reported_and_a_variable_does(
    hub: type[Hub], ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_args: object) -> None:
        raise NoKeyringError

    monkeypatch.setattr(Ring, "set_password", none)
    with pytest.raises(EngineError, match=f"no keyring that can be used.*{TOKEN_VARIABLE}"):
        keep_token(TOKEN)
    with pytest.raises(EngineError, match="no token"):
        keep_token("two words")
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    assert token_for("huggingface.co") == TOKEN
    assert token_for("elsewhere.example") == ""


def test_a_mirror_takes_the_place_of_the_hub(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.engines.models.downloading.HUB", "http://hub.invalid")
    set_mirror(f"{hub.address}/copies/")
    assert (fetch("whole") / "model.safetensors").read_bytes() == WEIGHTS
    assert all(where.startswith(("/copies/some/", "/far/copies/some/")) for where, _, _ in hub.requests)
    monkeypatch.setenv(MIRROR_VARIABLE, "")
    assert mirror() == ""
    with pytest.raises(EngineError, match="no address of a mirror"):
        set_mirror("ftp:/x")


def test_proxies_of_the_environment_are_used(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.engines.models.downloading.HUB", "http://hub.invalid")
    monkeypatch.setenv("http_proxy", str(hub.address))
    monkeypatch.setenv("no_proxy", "localhost")
    assert (fetch("whole") / "model.safetensors").read_bytes() == WEIGHTS
    assert any(where.startswith("http://hub.invalid/some/whole") for where, _, _ in hub.requests)


def test_a_model_of_one_file_lies_beside_the_folders(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{hub.address}/raft.safetensors"
    files = (CatalogueFile("raft.pth", SHA[:8], len(WEIGHTS)),)
    model = CatalogueModel("raft", "Raft", "flow", "BSD", "https://l", files, len(WEIGHTS), address=address)
    monkeypatch.setitem(MODELS, "raft", model)
    assert fetch("raft") == models_folder() / "raft.pth"
    assert (models_folder() / "raft.pth").read_bytes() == WEIGHTS
    assert sorted(hidden()) == [".raft.pth.rotoflow.json", "raft.pth"]
    assert watched(verify("raft", CancelToken()), lambda _progress: None) == SHA
    (models_folder() / "raft.pth").write_bytes(WEIGHTS[:-1])
    with pytest.raises(EngineError, match=r"raft.pth: is damaged or another file"):
        watched(verify("raft", CancelToken()), lambda _progress: None)
    assert remove("raft") == len(WEIGHTS) - 1
    assert hidden() == []


def test_the_catalogue_that_ships() -> None:
    models = catalogue()
    assert {"edgetam", "sam2.1-tiny", "sam2.1-small", "sam2.1-base-plus", "sam2.1-large", "sam3"} <= models.keys()
    for model in models.values():
        assert model.licence and model.licence_address.startswith("https://") and model.size
        assert all(model.url(file).startswith("https://") for file in model.files)
        assert not any(file.path.endswith((".bin", ".pt", ".pkl")) for file in model.files)
        if model.is_file:
            # these publishers name their files after the digest
            assert model.files[0].sha256 in model.address
    with pytest.raises(ValueError, match="escape"):
        parse({"models": [{"files": [{"path": "../escape"}]}]})
    assert json.loads(json.dumps(models["sam3"].gated))
