"""What is here: added, verified, removed; and the command that does it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.tiny_models import save_tiny
from core.engines import load
from core.engines.models.adding import add
from core.engines.models.store import find_installed, installed, models_folder, read_note, remove, verify
from core.errors import EngineError
from core.jobs import CancelToken, watched
from tests.core.cli.conftest import RunCommand, run

__all__ = ["run"]


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint's folder as it lies on another machine."""
    folder = save_tiny("sam2_video", tmp_path_factory.mktemp("stick") / "Sam2.1 Hiera Tiny")
    (folder / "training.bin").write_bytes(b"code")
    return folder


def copied(path: Path, name: str = "") -> Path:
    return watched(add(path, name, CancelToken()), lambda _progress: None)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[]", ""])
def test_a_folder_whose_config_says_nothing_is_refused(official: Path, tmp_path: Path, text: str) -> None:
    spoilt = shutil.copytree(official, tmp_path / "spoilt")
    (spoilt / "config.json").write_text(text)
    with pytest.raises(EngineError, match=r"config.json: is cut short or damaged"):
        copied(spoilt, "mine")
    assert not models_folder().exists() or not any(models_folder().iterdir())


def test_a_folder_is_copied_whole_and_is_an_engine(official: Path) -> None:
    target = copied(official)
    assert target == models_folder() / "sam2.1-hiera-tiny"
    assert not (target / "training.bin").exists(), "what may hold code is left out"
    assert (target / "model.safetensors").read_bytes() == (official / "model.safetensors").read_bytes()
    assert load("sam2.1-hiera-tiny").info.prompts
    assert [one.name for one in models_folder().iterdir()] == ["sam2.1-hiera-tiny"]
    with pytest.raises(EngineError, match="already: remove it first"):
        copied(official)


def test_what_is_no_model_is_refused_and_leaves_nothing(official: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    lone = tmp_path / "lone.safetensors"
    lone.write_bytes(b"x")
    for path, name, words in (
        (empty, "", "no model's folder"),
        (lone, "", "one file is no model here"),
        (tmp_path / "nothing", "x", "no such file or folder"),
        (official, "builtin", "no name that a model can have"),
        (official, "../up", "no name that a model can have"),
        (lone, "raft-small", r"not the model 'raft-small' of the catalogue \(SHA-256"),
    ):
        with pytest.raises(EngineError, match=words):
            copied(path, name)
    assert installed() == []
    assert not models_folder().exists() or not list(models_folder().iterdir())


def test_what_is_cut_short_or_another_model_is_refused_before_it_is_used(official: Path, tmp_path: Path) -> None:
    whole = (official / "model.safetensors").read_bytes()
    cut = tmp_path / "cut"
    cut.mkdir()
    (cut / "config.json").write_bytes((official / "config.json").read_bytes())
    for content in (whole[:-1], whole[:1000], whole[:5], b"", b"\xff" * 99, (5).to_bytes(8, "little") + b"[[[[["):
        (cut / "model.safetensors").write_bytes(content)
        with pytest.raises(EngineError, match=r"model.safetensors: is cut short or damaged; get the file again"):
            copied(cut)
    (cut / "model.safetensors").write_bytes(whole)
    for index, words in (
        ('{"weight_map": {"a": "model-2.safetensors"}}', "model-2.safetensors: is missing"),
        ("{", "cut"),
    ):
        (cut / "model.safetensors.index.json").write_text(index)
        with pytest.raises(EngineError, match=words):
            copied(cut)
    with pytest.raises(EngineError, match="holds a model of the type 'sam2_video', but 'edgetam' is of the type"):
        copied(official, "edgetam")
    assert installed() == []
    # one that came before this was looked at is not called right
    target = copied(official, "mine")
    (target / "model.safetensors").write_bytes(whole[:-1])
    (target / "rotoflow.json").unlink()
    with pytest.raises(EngineError, match="cut short or damaged"):
        watched(verify("mine", CancelToken()), lambda _progress: None)


def test_a_changed_file_is_found_by_verifying_and_before_use(official: Path) -> None:
    target = copied(official, "mine")
    assert len(watched(verify("mine", CancelToken()), lambda _progress: None)) == 64
    weights = target / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-5] ^= 1
    weights.write_bytes(bytes(content))
    with pytest.raises(EngineError, match=r"model.safetensors: is damaged or another file .*remove the model 'mine'"):
        watched(verify("mine", CancelToken()), lambda _progress: None)
    with pytest.raises(EngineError, match="damaged or another file"):
        load("mine").open((64, 48), "cpu")
    weights.unlink()
    with pytest.raises(EngineError, match="is missing"):
        watched(verify("mine", CancelToken()), lambda _progress: None)
    assert remove("mine") > 0
    assert find_installed("mine") is None
    for work in (lambda: remove("mine"), lambda: watched(verify("mine", CancelToken()), lambda _progress: None)):
        with pytest.raises(EngineError, match="no model 'mine' here"):
            work()


_WITHOUT_HASH_AND_WITH = ("edgetam", "mobilenet-v2")
"""A model whose catalogue entry has no hash, and one whose has."""


def test_the_command(run: RunCommand, official: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = run("models")
    assert "edgetam  -  EdgeTAM" in listed.out and "not downloaded" in listed.out and "Apache 2.0" in listed.out
    assert str(models_folder()) in listed.out
    of_edgetam, of_mobilenet = (
        listed.out.partition(f"{name}  -  ")[2].partition("  -  ")[0] for name in _WITHOUT_HASH_AND_WITH
    )
    assert "no SHA-256 is recorded here" in of_edgetam and "no SHA-256" not in of_mobilenet
    refused = run("models", "download", "edgetam")
    assert refused.code == 1 and "agree to the licences shown with --yes" in refused.err
    assert "licence: Apache 2.0, https://www.apache.org" in refused.err
    added = run("models", "add", str(official), "--name", "mine")
    assert added.code == 0 and str(models_folder() / "mine") in added.out
    listed = run("models", "list")
    assert f"mine  -  added from {official}" in listed.out and "disk: " in listed.out
    assert "mine  -  mine" in run("engines").out
    verified = run("models", "verify")
    assert verified.code == 0 and "mine: right" in verified.out and "as it came" in verified.out
    (models_folder() / "mine" / "config.json").write_text("{}")
    broken = run("models", "verify", "mine")
    assert broken.code == 1 and "damaged" in broken.out and "1 of 1 models" in broken.err
    assert "removed" in run("models", "remove", "mine").out
    assert run("models", "remove", "mine").code == 1
    assert "mirror: https://m.example" in run("models", "mirror", "https://m.example").out
    assert "mirror: https://m.example" in run("models").out
    assert run("models", "mirror", "").out == "mirror: none\n"
    assert run("models", "download", "nothing").code == 1
    kept: list[str] = []
    monkeypatch.setattr("core.cli.commands.models.keep_token", lambda token, _host: kept.append(token.strip()))
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("hf_secret\n"))
    output = run("models", "token")
    assert kept == ["hf_secret"] and "hf_secret" not in output.out + output.err


def test_a_note_of_another_program_is_none(official: Path) -> None:
    target = copied(official, "mine")
    (target / "rotoflow.json").write_text("[1]")
    assert read_note(target) == {}
    assert load("mine").info.name == "mine"
